"""Where a value comes from: the sentence that says it, the row of a table, the rule, or a person's decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from api.service import Service
from api.terms import Row, Term, iri, select
from baligraph.prefixes import sparql_header

_AROUND = 70
_MARKED = 0.8  # a mark on nearly all words says nothing
_HEADER = ("bp", "rdf")
_AT_ONCE = 500  # nodes that one query names


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage with the words that carry the fact; a long one is cut to what stands around them.

    `raw` is the passage as it stands in the text from `start` to `end` (code points), `words` what carries the fact, if that is known.
    """

    evidence: str
    document: str
    paragraph: str
    before: str
    anchor: str
    after: str
    rule: str = ""
    quote: str = ""
    page: str = ""
    raw: str = ""
    start: int = 0
    end: int = 0
    words: str = ""

    kind = "sentence"

    def holds(self, text: str) -> bool:
        """Whether the passage is these words, marks of lists and numbers apart."""
        return bool(text) and _plain(text) in _plain(self.quote) and len(_plain(text)) > _MARKED * len(_plain(self.quote))


@dataclass(frozen=True, slots=True)
class Note:
    """An origin that is not a sentence: kind is `row`, `rule`, `decision`, `file`, `text` or `release`."""

    kind: str
    text: str
    href: str = ""


Origin: TypeAlias = Sentence | Note

_PASSAGE = """?e bp:quote ?quote ; bp:startOffset ?start ; bp:endOffset ?end ; bp:fromDocument ?doc . OPTIONAL { ?e bp:paragraph ?par }
 OPTIONAL { ?e bp:page ?page }"""
_MARK = "OPTIONAL { ?c bp:anchor ?anchor } OPTIONAL { ?c bp:anchorStart ?at } OPTIONAL { ?c bp:rule ?rule }"


async def _sentences(service: Service, rows: Iterable[Row]) -> list[tuple[Row, Origin]]:
    """Rows with the decisions that they are, or the passages that they name: each passage is read once, however many things rest on it."""
    rows = list(rows)
    named = sorted({row["e"].value for row in rows if "e" in row})
    passages: dict[str, Row] = {}
    for start in range(0, len(named), _AT_ONCE):
        values = " ".join(map(iri, named[start : start + _AT_ONCE]))
        found = await select(service.engine, f"{sparql_header(_HEADER)}SELECT * {{ VALUES ?e {{ {values} }} {_PASSAGE} }}")
        passages |= {row["e"].value: row for row in found}
    told: list[tuple[Row, Origin]] = []
    for row in rows:
        if "e" not in row:
            when = f", {row['on'].value}" if "on" in row else ""
            told.append((row, Note("decision", f"{row['reason'].value} ({row['who'].value}{when})")))
        elif row["e"].value in passages:
            told.append((row, sentence({**row, **passages[row["e"].value]})))
    return told


def sentence(row: Row) -> Sentence:
    """A passage and what marks it, as the queries here bring them, cut around its anchor."""
    quote, anchor = row["quote"].value, row["anchor"].value if "anchor" in row else ""
    words = anchor
    at = int(row["at"].value) - int(row["start"].value) if "at" in row else -1
    if not anchor or at < 0 or quote[at : at + len(anchor)] != anchor:
        at = quote.find(anchor) if anchor else -1
    if at < 0 or len(anchor) > _MARKED * len(quote) > _MARKED * 2 * _AROUND:
        before, anchor, after = quote, "", ""
    else:
        before, after = quote[:at], quote[at + len(anchor) :]
    before = _clean(before, keep_end=True)
    if anchor and len(before) > 2 * _AROUND:
        before = "… " + before[-_AROUND:].split(" ", 1)[-1]
    after = _clean(after, keep_start=True)
    if anchor and len(after) > 2 * _AROUND:
        after = after[:_AROUND].rsplit(" ", 1)[0] + " …"
    paragraph = row["par"].value if "par" in row else ""
    rule = row["rule"].value if "rule" in row else ""
    page = row["page"].value if "page" in row else ""
    return Sentence(
        evidence=row["e"].value,
        document=row["doc"].value,
        paragraph=paragraph,
        before=before,
        anchor=_clean(anchor),
        after=after,
        rule=rule,
        quote=_clean(quote),
        page=page,
        raw=quote,
        start=int(row["start"].value),
        end=int(row["end"].value),
        words=_clean(words),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _clean(text: str, *, keep_start: bool = False, keep_end: bool = False) -> str:
    """White space as one reads it; the space beside the marked words stays."""
    plain = " ".join(text.split())
    start = " " if keep_start and text[:1].isspace() else ""
    end = " " if keep_end and text[-1:].isspace() and plain else ""
    return start + plain + end


async def claims_about(service: Service, subjects: Iterable[str]) -> dict[tuple[str, str, Term], list[Origin]]:
    """(subject, predicate, object) → sentences that claim this triple, and decisions of curation about it."""
    values = " ".join(iri(subject) for subject in subjects)
    claim = (  # in each branch: the engine would evaluate a union whole before it joins it
        f"VALUES ?s {{ {values} }} ?c bp:claimSubject ?s ; bp:claimPredicate ?p ."
        " OPTIONAL { ?c bp:claimObject ?o } OPTIONAL { ?c bp:claimValue ?v }"
    )
    found = await select(
        service.engine,
        f"{sparql_header(_HEADER)}SELECT * {{ {{ {claim} ?c bp:evidence ?e . {_MARK} }} UNION {{ {claim} ?c a bp:CurationDecision ;"
        " bp:reason ?reason ; bp:decidedBy ?who OPTIONAL { ?c bp:decidedOn ?on } } }",
    )
    origins: dict[tuple[str, str, Term], list[Origin]] = {}
    for row, told in await _sentences(service, found):
        value = row.get("o") or row.get("v")
        if value is not None:
            _note(origins.setdefault((row["s"].value, row["p"].value, value), []), told)
    return origins


async def claims_upon(service: Service, target: str, subjects: Iterable[str]) -> dict[tuple[str, str], list[Origin]]:
    """(subject, predicate) → sentences that claim a triple of these subjects whose object is `target`."""
    values = " ".join(iri(subject) for subject in sorted(subjects))
    found = await select(
        service.engine,
        f"{sparql_header(_HEADER)}SELECT * {{ VALUES ?s {{ {values} }} ?c bp:claimSubject ?s ; bp:claimObject {iri(target)} ;"
        f" bp:claimPredicate ?p ; bp:evidence ?e . {_MARK} }}",
    )
    origins: dict[tuple[str, str], list[Origin]] = {}
    for row, told in await _sentences(service, found):
        _note(origins.setdefault((row["s"].value, row["p"].value), []), told)
    return origins


async def evidence_of(service: Service, nodes: Iterable[str]) -> dict[str, list[Origin]]:
    """Node → sentences of the assertion nodes and provisions that carry their evidence themselves."""
    values = " ".join(iri(node) for node in sorted(set(nodes)))
    if not values:
        return {}
    found = await select(service.engine, f"{sparql_header(_HEADER)}SELECT * {{ VALUES ?c {{ {values} }} ?c bp:evidence ?e . {_MARK} }}")
    origins: dict[str, list[Origin]] = {}
    for row, told in await _sentences(service, found):
        _note(origins.setdefault(row["c"].value, []), told)
    return origins


async def of_nodes(service: Service, nodes: Iterable[str]) -> dict[str, list[Origin]]:
    """Node → all that it rests on itself: its sentences, its row of a table, the decision that it is."""
    wanted = sorted(set(nodes))
    rows: list[Row] = []
    for start in range(0, len(wanted), _AT_ONCE):
        values = f"VALUES ?c {{ {' '.join(map(iri, wanted[start : start + _AT_ONCE]))} }}"
        branches = (
            f"?c bp:evidence ?e . {_MARK}",
            "?c bp:sourceRow ?row FILTER NOT EXISTS { ?c a bp:CurationDecision }",
            "?c a bp:CurationDecision ; bp:reason ?reason ; bp:decidedBy ?who OPTIONAL { ?c bp:decidedOn ?on }",
        )
        where = " UNION ".join(f"{{ {values} {branch} }}" for branch in branches)
        rows += await select(service.engine, f"{sparql_header(_HEADER)}SELECT * {{ {where} }}")
    origins: dict[str, list[Origin]] = {}
    for row, told in sorted(await _sentences(service, (row for row in rows if "row" not in row)), key=lambda entry: "e" not in entry[0]):
        _note(origins.setdefault(row["c"].value, []), told)
    for row in sorted((row for row in rows if "row" in row), key=lambda row: row["row"]):
        origins.setdefault(row["c"].value, []).append(Note("row", row["row"].value))
    return origins


def _note(into: list[Origin], origin: Origin) -> None:
    if isinstance(origin, Sentence):
        # a claim may rest on several passages and hold the anchor of one: the marked reading of each passage is kept
        for place, other in enumerate(into):
            if isinstance(other, Sentence) and other.evidence == origin.evidence:
                into[place] = other if other.anchor else origin
                return
    if origin not in into:
        into.append(origin)


def of_value(
    claims: Iterable[Origin], own: Iterable[Origin], places: Iterable[str], base: str, row: str = "", source: str = ""
) -> list[Origin]:
    """All that is known of where one triple comes from: its claims, else the words that its node was read from, and what the graphs tell
    that hold it. `row` and `source` are those of the node, if it stands in a table."""
    places, found = sorted(places), list(claims)
    if not found and any(place.startswith(f"{base}graph/doc/") for place in places):
        found = list(own)
    for place in places:
        note = of_graph(place, base, row, source)
        if note is not None and not (note.kind in {"decision", "rule"} and found):
            found.append(note)
    return found


def of_graph(graph: str, base: str, source_row: str = "", source: str = "") -> Note | None:
    """The origin that a named graph tells: a rule, a table, a file of ours. None for graphs of documents, whose sentences tell more."""
    name = graph.removeprefix(f"{base}graph/")
    if name.startswith("inferred/"):
        return Note("rule", name.removeprefix("inferred/"), graph)
    if name == "reference":
        return Note("row", source_row or "corpus/reference", source)
    if name in {"ontology", "concepts"}:
        return Note("file", name)
    if name == "curated":
        return Note("decision", source_row or "corpus/curation")
    if name.startswith("evidence/"):
        return Note("text", name.removeprefix("evidence/"))
    return Note("release", "release") if name == "meta" else None
