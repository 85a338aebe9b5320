"""The operative cues of one sentence, in order: which of its words act, and which only look as if they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.grammar.actives import actives
from ingest.grammar.cues import Act, Cue, Party, patterns
from ingest.grammar.nominals import nominals
from ingest.grammar.obligations import obligations, values
from ingest.grammar.passives import passives
from ingest.grammar.speakers import PEOPLE, SOME, may_be_finite, speakers
from ingest.lexicon import Lexicon

_PERSON = re.compile(r"\s+(?:mr|mrs|ms|dr|ambassador)\b\.?\s+(?![^,.;]{0,60}'s?\s)")
_BADE = re.compile(r"\b(?:bade|bid|bids|made)\s+[^,.;]{1,50}\s$")  # "bade participants welcome"
_OPINION = re.compile(
    r"(?<!it was )(?<!it is )(?<!was also )"
    r"(?<!generally )(?<!widely )\b(?:believed|felt|thought|held|maintained|"
    r"cautioned|remarked|contended|insisted|hoped|feared|added|pointed out"
    r"|(?:was|were)\s+of\s+the\s+(?:[a-z]+\s+)?(?:view|opinion)|(?:expressed|shared|voiced)\s+the\s+(?:view|opinion|belief|conviction))"
    r"\s+(?:[a-z]+ly\s+)?that\b|^(?P<source>according\s+to\s+(?!the\s+(?:plan|strategy|declaration|terms))|"
    rf"(?:in\s+the\s+(?:view|opinion)\s+of|for)\s+(?:{SOME})\s+(?:[a-z-]+\s+){{0,2}}?(?:{PEOPLE})\b[^,]{{0,60}},)"
)
_WHEN = re.compile(r"\w\s(?:when|after|since|because)\s+(?:the\s+)?(?:[\w'-]+\s+){1,3}$")
_FORCE = re.compile(r"task\s?forces?\b")


def find_cues(n: str, start: int, end: int, lexicon: Lexicon, parties: Sequence[Party] = (), *, opens: bool = False) -> list[Cue]:
    """The cues of the sentence n[start:end]; `n` is normal text, `parties` the offsets of names that may promise something.

    `opens`: a verb at the head of the sentence acts in any form, because its subject was named before.
    """
    found = [*passives(n, start, end, lexicon, parties), *values(n, start, end, lexicon), *nominals(n, start, end, parties, opens)]
    found += obligations(n, start, end, lexicon, parties, opens)
    found = [c for c in found if not any(o is not c and o.start <= c.start and c.end <= o.end for o in found)]
    taken = [(c.start, c.end) for c in found]
    found += [c for c in actives(n, start, end, lexicon, parties, opens) if not any(a <= c.start < b for a, b in taken)]
    found += _opinions(n, start, end)
    told = {c.start for c in found} | {m.start() for m in _OPINION.finditer(n, start, end)}
    for m in patterns(lexicon).narrate.finditer(n, start, end):
        if m.start() not in told and may_be_finite(n, start, m.start()):
            found.append(Cue(m.start(), m.end(), Act.NARRATE, None))
    return sorted((c for c in found if not _in_name(n, c, parties) and not _in_passing(n, start, c)), key=lambda c: (c.start, c.end))


def _in_passing(n: str, start: int, cue: Cue) -> bool:
    """Whether the verb only says when something else was so: "it was moved to Suva when Fiji agreed to be the host"."""
    return cue.act in (Act.DECIDE, Act.PROMISE) and n[cue.start : cue.end].endswith("ed") and _WHEN.search(n, start, cue.start) is not None


def _opinions(n: str, start: int, end: int) -> Iterator[Cue]:
    """What one voice, not those who met together, thinks or says: "Fiji believed that members should pay"."""
    for m in _OPINION.finditer(n, start, end):
        if m["source"] or speakers(n, start, m.start(), "agreed") is None:
            yield Cue(m.start(), m.end(), Act.NARRATE, None)


def _in_name(n: str, cue: Cue, parties: Sequence[Party]) -> bool:
    """Whether the verb is a word of a name ("the Regional Support Office", "Task Force members"), or greets a person.

    "And welcome Mr Roe" greets one, "welcome Mr Roe's offer" does not.
    """
    greets = cue.slug == "welcome" and (_BADE.search(n, 0, cue.start) or _PERSON.match(n, cue.end)) is not None
    return greets or any(x.start <= cue.start < x.end for x in parties) or _FORCE.match(n, cue.start) is not None
