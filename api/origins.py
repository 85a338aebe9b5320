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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage with the words that carry the fact; a long one is cut to what stands around them."""

    evidence: str
    document: str
    paragraph: str
    before: str
    anchor: str
    after: str
    rule: str = ""
    quote: str = ""
    page: str = ""

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

_PASSAGE = """?e bp:quote ?quote ; bp:startOffset ?start ; bp:fromDocument ?doc . OPTIONAL { ?e bp:paragraph ?par }
 OPTIONAL { ?e bp:page ?page }
 OPTIONAL { ?c bp:anchor ?anchor } OPTIONAL { ?c bp:anchorStart ?at } OPTIONAL { ?c bp:rule ?rule }"""


def sentence(row: Row) -> Sentence:
    """A passage as the queries here bring it, cut around its anchor."""
    quote, anchor = row["quote"].value, row["anchor"].value if "anchor" in row else ""
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
    return Sentence(row["e"].value, row["doc"].value, paragraph, before, _clean(anchor), after, rule, _clean(quote), page)


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _clean(text: str, *, keep_start: bool = False, keep_end: bool = False) -> str:
    """White space as one reads it; the space beside the marked words stays."""
    plain = " ".join(text.split())
    start = " " if keep_start and text[:1].isspace() else ""
    end = " " if keep_end and text[-1:].isspace() and plain else ""
    return start + plain + end


async def claims_about(service: Service, subject: str) -> dict[tuple[str, Term], list[Origin]]:
    """(predicate, object) → sentences that claim this triple of the subject, and decisions of curation about it."""
    found = await select(
        service.engine,
        f"{sparql_header(_HEADER)}SELECT * {{ ?c bp:claimSubject {iri(subject)} ; bp:claimPredicate ?p ."
        " OPTIONAL { ?c bp:claimObject ?o } OPTIONAL { ?c bp:claimValue ?v }"
        f" {{ ?c bp:evidence ?e . {_PASSAGE} }} UNION {{ ?c a bp:CurationDecision ; bp:reason ?reason ; bp:decidedBy ?who"
        " OPTIONAL { ?c bp:decidedOn ?on } } }",
    )
    origins: dict[tuple[str, Term], list[Origin]] = {}
    for row in found:
        value = row.get("o") or row.get("v")
        if value is not None:
            _note(origins.setdefault((row["p"].value, value), []), row)
    return origins


async def claims_upon(service: Service, target: str) -> dict[tuple[str, str], list[Origin]]:
    """(subject, predicate) → sentences that claim a triple whose object is `target`."""
    found = await select(
        service.engine,
        f"{sparql_header(_HEADER)}SELECT * {{ ?c bp:claimObject {iri(target)} ; bp:claimSubject ?s ; bp:claimPredicate ?p ;"
        f" bp:evidence ?e . {_PASSAGE} }} LIMIT 5000",
    )
    origins: dict[tuple[str, str], list[Origin]] = {}
    for row in found:
        _note(origins.setdefault((row["s"].value, row["p"].value), []), row)
    return origins


async def evidence_of(service: Service, nodes: Iterable[str]) -> dict[str, list[Origin]]:
    """Node → sentences of the assertion nodes and provisions that carry their evidence themselves."""
    values = " ".join(iri(node) for node in sorted(set(nodes)))
    if not values:
        return {}
    found = await select(service.engine, f"{sparql_header(_HEADER)}SELECT * {{ VALUES ?c {{ {values} }} ?c bp:evidence ?e . {_PASSAGE} }}")
    origins: dict[str, list[Origin]] = {}
    for row in found:
        _note(origins.setdefault(row["c"].value, []), row)
    return origins


def _note(into: list[Origin], row: Row) -> None:
    if "e" in row:
        origin: Origin = sentence(row)
        # a claim may rest on several passages and hold the anchor of one: the marked reading of each passage is kept
        for place, other in enumerate(into):
            if isinstance(other, Sentence) and isinstance(origin, Sentence) and other.evidence == origin.evidence:
                into[place] = other if other.anchor else origin
                return
    else:
        when = f", {row['on'].value}" if "on" in row else ""
        origin = Note("decision", f"{row['reason'].value} ({row['who'].value}{when})")
    if origin not in into:
        into.append(origin)


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
