"""Provisions: the commitments, recommendations, decisions and findings of a text, one for each operative clause.

What is narrated ("the workshop was opened", "Australia spoke about") is no provision, and a fact that is merely reported is no finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound, Ref, Source
from ingest.gazetteer import normal
from ingest.grammar.actors import NOBODY, Parties, engaged, item_addressees, named, opening_name, opening_names, parties
from ingest.grammar.asides import aside_clause
from ingest.grammar.assembly import Assembly, Voice
from ingest.grammar.clauses import Clause, Kind, clauses
from ingest.grammar.content import content_verbs
from ingest.grammar.cues import ADVERBS, HARD, Party, patterns
from ingest.grammar.introductions import Introduction, inline_items, introduction
from ingest.grammar.lines import cut
from ingest.grammar.outcomes import outcome_clauses
from ingest.grammar.quotations import is_said, quoted_clauses
from ingest.grammar.speakers import THEY, short_as_we, short_names, they_as_we
from ingest.grammar.verbs import main_verbs
from ingest.layout import Block

Attribution: TypeAlias = Callable[[Source], Ref | None]
"""The meeting whose decision a quotation repeats, from the source of the quotation; None where the passage names none."""

PROMISING: Final = ("area", "org", "gov", "process", "body")
_CONDITION = re.compile(
    r"\b(?:until|once|when) (?:this|that) (?:occurs|happens|is done)\b"
    r"|\b(?:where|if|when|until|unless|subject to|provided that|in cases? where)\b"
    r"(?:(?!\b(?:should|must|encouraged)\b)[^,;.()]){0,200}?(?=,)"
    r"|\b(?:where(?:ver)?|if|as|when|whenever)\s+(?:appropriate|applicable|possible|feasible|necessary|needed|required|"
    r"permitted[^,;.()]*|relevant|requested)\b|\bsubject to\s+[^,;.()]+"
    r"|\b(?:in accordance with|consistent with)\s+(?:their\s+|its\s+)?(?:respective\s+)?(?:national|domestic)"
    r"\s+(?:laws?|legislation)\b[^,;.()]*",
    re.IGNORECASE,
)
# An office that no table knows, or the secretariat that acts: who does it is no topic.
_OFFICE = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s+(?:(?:of|on|for|and|the|in)\s+){0,2}){1,6}(?:Secretariat|Office|Agency|Commission|Committee|Department|Institute|"
    r"Organi[sz]ation|Association|Council|Bureau|Authority)\b|\b[Tt]he\s+(?:[\w’'-]+\s+){0,2}?[Ss]ecretariat(?:['’]s)?\b"
    r"|\b(?:Ministry|Department|Office|Bureau|Agency)\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:(?:,\s+|\s+(?:and\s+|of\s+)?)[A-Z][\w’'-]*){0,5}"
)
_WE = re.compile(r"\bwe\b")
_SPOKE = re.compile(r"\s+(?:also\s+|further\s+|therefore\s+|\w+ly\s+)?[a-z]+ed\b")
_GATHERING = re.compile(
    r"The\s+(?:[Mm]eeting|[Cc]onference|[Ww]orkshop|(?:[A-Z][a-z]+\s+)*[Gg]roup)\b"
    r"|(?:The\s+)?(?:[Ss]enior\s+)?(?:[Oo]fficials|[Dd]elegates|[Dd]elegations|[Ee]xperts|[Cc]ountries|[Ss]tates|[Ll]eaders|[Rr]epresentatives)\s"
)
_IT = re.compile(r"^it\b(?=\s+(?:also\s+|further\s+|then\s+)?[a-z]+ed\s)")
_AND_THEY = re.compile(r"(?:(?<=;\s)|(?<=,\sand\s))they\b(?=\s)")
_BY = re.compile(rf"\s+{ADVERBS}*by\s+")
_ADVERBS_ALONE = re.compile(rf"\W*(?:(?:have|has|hereby)\s+)?{ADVERBS}*")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DUE = re.compile(
    r"\b(?:by|before|no later than|until)\s+(?:the\s+)?"
    rf"(?:(?:end|middle|beginning)\s+of\s+)?(?:\d{{1,2}}\s+)?(?:{_MONTH}\s+)?(?:19|20)\d\d\b"
    rf"|\b(?:by|before)\s+(?:\d{{1,2}}\s+)?{_MONTH}\b"
    r"|\b(?:by|before|at|in time for)\s+(?:the|its|their)\s+next\s+(?:[\w’'-]+\s+){0,4}?(?:meeting|conference|workshop|session)\b"
    r"|\bwithin\s+(?:the\s+next\s+)?(?:\w+\s+)(?:days?|weeks?|months?|years?)\b|\b(?:in|over|during)\s+the\s+(?:next|coming)\s+"
    r"(?:\w+\s+)?(?:weeks?|months?|years?)\b|\bin\s+the\s+(?:first|second)\s+half\s+of\s+(?:19|20)\d\d\b|\bby\s+the\s+end\s+of\s+the\s+year\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Given:
    """What an introduction or a heading gives to every item below it; `said` are the passages that give it."""

    kind: Kind | None = None
    wording: tuple[str, ...] = ()
    parties: Parties = NOBODY
    themes: tuple[str, ...] = ()
    said: tuple[Source, ...] = ()
    verbal: bool = True  # whether an item completes a verb ("agreed to:"), so that it begins with one


def provisions_of_prose(
    document: Document,
    blocks: Iterable[Block],
    context: ReadingContext,
    attribution: Attribution = lambda _: None,
    we: Voice | None = None,
    speaking: Collection[Ref] = (),
    met: Assembly | None = None,
) -> list[ProvisionFound]:
    """The provisions of these blocks of a report, in order.

    A provision has the number of its paragraph, where the text prints one: several may share it. An item below an introduction
    ("Ministers agreed to:") takes its force from there. `we`: the text is a declaration in the first person, and this is who speaks;
    `speaking` are the bodies whose meeting it tells of ("The AHG agreed …"), `met` those who met ("The Group agreed …").
    """
    met = met or Assembly(document)
    wanted = set(map(id, blocks))
    found: list[ProvisionFound] = []
    above: Introduction | None = None
    block: Block | None = None
    they: Voice | None = None  # the people whom the sentence before speaks of
    leader: Voice | None = None  # … where an introduction says "they"
    leading = {id(a) for a, b in pairwise(document.passages) if _is_item(b) and a.block is not b.block}
    short = short_names(document.text)
    before = 0  # how many were found before the last passage
    marks = ""  # what the items above are marked with
    for p in document.passages:
        if id(p.block) not in wanted:
            continue
        they, block = they if p.block is block or _goes_on(p, they, found[before:]) else None, p.block
        later = _goes_on_in(p, above)
        # "9. Pacific session" behind bullets is the next heading
        listed = _is_item(p, above) and not (marks == "bullet" and p.block.kind == "numbered" and not p.s[:1].islower())
        above, before = above if later or listed else None, len(found)
        marks = p.block.kind if listed else marks if later else ""
        if above is not None and above.given is not None and not later:
            who = parties(above.passage, above.given)
            voice = _introduced(above, leader or we, met) if not who.actors else Voice()
            who = replace(who, actors=who.actors or voice.refs)
            found.append(
                item(p, context, Given(above.given.kind, above.given.wording, who, said=(above.source, *voice.said), verbal=above.verbal))
            )
        elif (
            above is not None and above.narrated and not later
        ):  # "They discussed (a) trends and (b) rescue. It was agreed …": only the item is narrated
            rests = [a for a, _ in p.sentences()][1:]
            rest = cut(p, rests[0], len(p.s)) if rests else None
            found += _read(rest, context, attribution, None, _Speaks(met, we, None, None, speaking, short=short)) if rest else []
        else:
            lead = None if later else above
            speaks = _Speaks(met, we, they, _item_voice(lead, leader, met), speaking, short=short)
            read = _read(p, context, attribution, lead, speaks)
            found += read
            they = they if they is not None and (p.s.startswith("It ") or THEY.match(normal(p.s))) else _antecedent(p, read, met)
        if not later and not listed:
            leader = they if THEY.match(normal(p.s)) else None
            above = introduction(
                p, context.lexicon, promising(p, speaking), opens=we is not None, leads=id(p) in leading, they=they is not None, short=short
            )
            if above is not None and above.given is not None and found and found[-1].source.passage == p.text.span():
                found.pop()  # the introduction itself is the first half of each item
    return _numbered(found, document)


def provisions_of_entries(entries: Iterable[Passage], context: ReadingContext, *, rows: bool = False) -> list[ProvisionFound]:
    """The provisions of the entries of a chronology, where outcomes are mostly nouns ("agreement to contribute material").

    Their `order` is their place in the text, since entries are read one by one. Of `rows` a remark needs no subject ("Agreed to meet").
    """
    found: list[ProvisionFound] = []
    for p in entries:
        n = normal(p.s)
        for start, end in p.sentences():
            read = outcome_clauses(n, start, end, context.lexicon)
            read = read or clauses(n, start, end, context.lexicon, parties=promising(p), opens=rows)
            found += [provision(p, c, context) for c in read]
    counted: dict[str, int] = {}
    result: list[ProvisionFound] = []
    for f in found:
        label = _paragraph(f.source.paragraph)
        counted[label] = counted.get(label, 0) + 1
        result.append(replace(f, key=f"{label}-{counted[label]}", order=f.source.anchor.start + 1))
    return result


def provision(p: Passage, clause: Clause, context: ReadingContext, given: Given = Given()) -> ProvisionFound:
    """The provision of one clause. The caller sets key, order and number."""
    n, s = normal(p.s), p.s[clause.start : clause.end]
    lexicon = context.lexicon
    start, end = clause.start, clause.end
    verbs = content_verbs(n, clause, lexicon)
    who = parties(p, clause)
    condition = _CONDITION.search(s)
    due = _DUE.search(s)
    return ProvisionFound(
        key="",
        kind=given.kind or clause.kind,
        order=1,
        text=p.text.part(start, end).s,
        source=p.source(start, end, clause.rule).with_beside(*given.said),
        wording=tuple(dict.fromkeys(given.wording + clause.wording)),
        verbs=tuple(verbs),
        actions=tuple(dict.fromkeys(slug for v in verbs if (slug := lexicon.action(v)))),
        actors=who.actors or given.parties.actors,
        addressees=who.addressees or given.parties.addressees,
        themes=given.themes or lexicon.themes(_without_names(p, start, end)),
        crimes=lexicon.crimes(s),
        responsible=engaged(p, start, end),
        instruments=named(p, start, end, ("instrument",)),
        directives=clause.directives,
        condition=condition[0].strip() if condition else None,
        due=due[0] if due else None,
    )


def item(p: Passage, context: ReadingContext, given: Given) -> ProvisionFound:
    """The provision that a whole bullet is, where an introduction before the list says what all of them are.

    "members to provide data" and "members ratify the Protocol" address those whom they name; a bullet that is a clause of its own
    ("smuggling should be made a crime") adds its wording and has its own verbs.
    """
    n, lexicon = normal(p.s), context.lexicon
    end = len(re.sub(r"[;,]\s+and$", "", p.s.rstrip(" ;,.")).rstrip(" ;,."))
    own = [c for start, stop in p.sentences() for c in clauses(n, start, stop, lexicon, parties=promising(p)) if c.head.act in HARD]
    found = provision(p, Clause.whole(end, given.kind or "Recommendation", given.wording), context, given)
    first = opening_name(p)
    if own:
        verbs = [v for c in own for v in content_verbs(n, c, lexicon)]
        who = [parties(p, c) for c in own]
        addressees = tuple(dict.fromkeys(r for w in who for r in (*w.actors, *w.addressees)))
        wording = tuple(dict.fromkeys([*given.wording, *(w for c in own for w in c.wording)]))
    else:
        verbs = main_verbs(n, first.end if first else 0, end, lexicon, unknown=given.verbal and p.s[:1].islower())
        addressees = opening_names(p) or item_addressees(p, lexicon)
        wording = given.wording
    actions = tuple(dict.fromkeys(slug for v in verbs if (slug := lexicon.action(v))))
    return replace(
        found, wording=wording, verbs=tuple(dict.fromkeys(verbs)), actions=actions, addressees=addressees or given.parties.addressees
    )


def _without_names(p: Passage, start: int, end: int) -> str:
    """The words s[start:end] without names that are no topic: the Regional Support Office is not about support."""
    said = p.s[start:end]
    for m in p.named("org", "gov", "body", start=start, end=end):
        if m.kind != "body" or " on " not in m.written:
            said = said[: m.start - start] + "\N{MIDDLE DOT}" * (m.end - m.start) + said[m.end - start :]
    return _OFFICE.sub(lambda m: "\N{MIDDLE DOT}" * len(m[0]), said)


def promising(p: Passage, speaking: Collection[Ref] = ()) -> list[Party]:
    """Where the passage names somebody who may promise something for himself; `speaking` are the bodies whose meeting the text tells of."""
    return [Party(m.start, m.end, m.ref in speaking) for m in p.named(*PROMISING)]


@dataclass(frozen=True, slots=True)
class _Speaks:
    """Who is meant by "we", by "they", by "the Group", and by an item of a list that begins with its verb."""

    met: Assembly
    we: Voice | None = None
    they: Voice | None = None
    item: Voice | None = None
    bodies: Collection[Ref] = ()
    verbs: Collection[int] = ()  # where a sentence begins with its verb
    short: re.Pattern[str] | None = None  # abbreviations of those who met

    def of(self, n: str, clause: Clause, s: str) -> Voice:
        """The voice of a clause; nobody where it names its subject itself. `n` has "we" for a "they" or "it" of the text `s`."""
        begin = clause.start if clause.head.speaker is None else min(clause.start, clause.head.speaker)
        before = n[begin : clause.head.start]
        if m := _WE.search(before):
            said = s[begin + m.start() :][:4].lower()
            return (self.we if said.startswith("we") else self.they) or Voice()
        if clause.head.speaker is not None and clause.head.speaker < clause.start and clause.head.speaker in self.verbs:
            return self.item or self.we or Voice()
        if not before.strip() or _ADVERBS_ALONE.fullmatch(before):
            return self.item or self.we or Voice()
        return Voice()


def _item_voice(lead: Introduction | None, leader: Voice | None, met: Assembly) -> Voice | None:
    """Who speaks in an item below an introduction that only names them ("Ministers:", "they:", "At its close the Task Force:")."""
    if lead is None or not lead.speaks:
        return None
    if lead.subject:
        return Voice(lead.subject, lead.source)
    return leader if leader is not None else met.leading(lead.passage)


def _introduced(above: Introduction, voice: Voice | None, met: Assembly) -> Voice:
    """Who speaks in an introduction that names nobody: "they agreed to:", "The Group agreed to:"."""
    speaker = above.given.head.speaker if above.given else None
    bare = met.voice(above.passage, speaker) if speaker is not None else Voice()
    return bare if bare.refs else voice or Voice()


def _is_item(p: Passage, above: Introduction | None = None) -> bool:
    """Whether the passage is an item below an introduction: a bullet, or a number before words without a capital; with one, too, where
    the introduction has no number itself ("The dialogue:", "1. Agreed that …")."""
    if p.block.kind == "numbered":
        return p.s[:1].islower() or (_is_apart(above) and p.text.at[0] == p.block.text.at[0])
    return p.block.kind == "bullet"


def _goes_on_in(p: Passage, above: Introduction | None) -> bool:
    """Whether the passage is a later sentence of a numbered item."""
    return _is_apart(above) and p.block.kind == "numbered" and p.text.at[0] != p.block.text.at[0]


def _is_apart(above: Introduction | None) -> bool:
    """Whether an introduction that has no number itself gives force to numbered items below it."""
    return above is not None and above.passage.block.kind != "numbered" and (above.given is not None or above.speaks)


def _goes_on(p: Passage, they: Voice | None, before: Sequence[ProvisionFound]) -> bool:
    """Whether "They" at the head of a paragraph means those who acted at the end of the one before, which has the provisions `before`;
    where it has none, those of whom it speaks."""
    if they is None or not they.refs or p.block.kind not in ("numbered", "paragraph") or not THEY.match(normal(p.s)):
        return False
    return not before or they.refs[0] in before[-1].actors


def _antecedent(p: Passage, read: Sequence[ProvisionFound], met: Assembly) -> Voice | None:
    """The people whom a sentence that begins with "They" or "It" would mean after this one."""
    later = (m for m in p.named("group") if p.s[: m.start].endswith(", ") and _SPOKE.match(p.s, m.end))
    first = opening_name(p) or next(later, None)
    refs = first.refs if first and first.kind in ("group", "body") else ()
    refs = refs or tuple(r for f in read[-1:] for r in f.actors if r.startswith("group:"))
    if not refs and (bare := met.voice(p, 0)).refs:
        return replace(bare, source=bare.source or p.whole("provisions.antecedent"))
    return Voice(refs[:1], p.whole("provisions.antecedent")) if refs or _GATHERING.match(p.s) else None


def _read(
    p: Passage, context: ReadingContext, attribution: Attribution, above: Introduction | None, speaks: _Speaks
) -> list[ProvisionFound]:
    n = normal(p.s)
    if speaks.they is not None:  # as long as the word itself, so that offsets stay
        n = _IT.sub("we", they_as_we(n))
    n = inline_items(short_as_we(n, speaks.short), context.lexicon)
    first = opening_name(p)
    if first is not None and first.kind == "group":
        n, speaks = _AND_THEY.sub("we  ", n), replace(speaks, they=Voice(first.refs[:1]))
    opens = speaks.we is not None or speaks.item is not None
    found: list[ProvisionFound] = []
    for start, end in p.sentences():
        speaks = replace(speaks, verbs=[m.start("verb") for m in [patterns(context.lexicon).opens.match(n, start, end)] if m])
        if is_said(p.s, start, end):
            continue
        if quoted := quoted_clauses(n, start, end, context.lexicon):
            for c in quoted:
                f = provision(p, c, context)
                found.append(replace(f, attributed_to=attribution(f.source)))
            continue
        if aside := aside_clause(n, start, end, context.lexicon):
            found.append(provision(p, aside, context))
            continue
        for c in clauses(n, start, end, context.lexicon, above.frame if above else None, promising(p, speaks.bodies), opens=opens):
            voice = speaks.of(n, c, p.s)
            if not voice.refs and not parties(p, c).actors:
                voice = speaks.met.voice(p, speaker) if (speaker := _speaker(n, c)) is not None else voice
            who = Parties(addressees=voice.refs) if c.head.passive and not _BY.match(n, c.head.end) else Parties(actors=voice.refs)
            said = (*((above.source,) if above else ()), *(voice.said if voice.refs else ()))
            given = Given(parties=who, said=said)
            found.append(provision(p, c, context, given))
    return found


def _speaker(n: str, c: Clause) -> int | None:
    """Where those stand who speak in the clause: before an active verb, behind "by" after a passive one."""
    if c.head.passive:
        by = _BY.match(n, c.head.end, c.end)
        return by.end() if by else None
    return c.head.speaker


def _paragraph(label: str) -> str:
    return f"p{label}" if label[:1].isdigit() else label


def _numbered(found: Sequence[ProvisionFound], document: Document) -> list[ProvisionFound]:
    """Keys, order and numbers, in the order of the text."""
    printed = {b.label for b in document.blocks if b.kind == "numbered"}
    seen: Counter[str] = Counter()
    result: list[ProvisionFound] = []
    for order, f in enumerate(found, 1):
        label = f.source.paragraph
        seen[label] += 1
        number = label if label in printed else None
        result.append(replace(f, key=f"{_paragraph(label)}-{seen[label]}", order=order, number=number))
    return result
