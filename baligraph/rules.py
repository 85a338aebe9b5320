"""The rules of `queries/rules/`: one CONSTRUCT each, which writes its own graph `g:inferred/{name}`.

The header's lines begin with `#+`: summary, writes. Files run in the order of their names until nothing new follows (`ingest.infer`); a
rule is plain patterns, FILTER, BIND and FILTER NOT EXISTS, without paths, so that `baligraph.why` can find the premises of each triple.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, QueryTriples, Store, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, URIRef
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Variable as RdfVariable

from baligraph import data
from baligraph.errors import InputError
from baligraph.prefixes import expand, named
from baligraph.query_header import read_header

_NAME: Final = re.compile(r"\d\d-([a-z0-9-]+)")
_FIELDS: Final = ("summary", "writes")
_NEGATION: Final = re.compile(r"FILTER\s+NOT\s+EXISTS\s*\{|MINUS\s*\{", re.IGNORECASE)

_ANY_PROPERTY: Final = re.compile(r"\?\w+\s+\?\w+\s+[^\s.,;)}]|;\s*\?\w+\s")  # a variable where a property stands, or may stand

Slot: TypeAlias = NamedNode | Literal | Variable


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; `graph` is None for the default graph."""

    subject: Slot
    predicate: Slot
    object: Slot
    graph: Slot | None = None


@dataclass(frozen=True)
class Rule:
    """One file of rules. What stands in the query is taken apart when it is asked for: a build runs rules, it does not explain them."""

    name: str
    file: str
    summary: str
    query: str

    @cached_property
    def _algebra(self) -> Any:
        return prepareQuery(self.query).algebra  # rdflib takes 20 ms for a rule

    @cached_property
    def _body(self) -> tuple[str, tuple[str, ...]]:
        return _positive(_body(_uncommented(self.query)))

    @cached_property
    def template(self) -> tuple[Pattern, ...]:
        """What it writes."""
        return tuple(_pattern(t, None) for t in self._algebra.template)

    @cached_property
    def premises(self) -> tuple[Pattern, ...]:
        """What it needs."""
        return tuple(_patterns(self._algebra.p, None))

    @cached_property
    def computed(self) -> frozenset[str]:
        """The variables of its BINDs."""
        return frozenset(_computed(self._algebra.p))

    @cached_property
    def _properties(self) -> frozenset[str] | None:
        """All terms that it names, the properties among them; None where it asks for any property."""
        text = _uncommented(self.query)
        return None if _ANY_PROPERTY.search(text) else named(text).union(re.findall(r"<([^<>\s]*)>", text), {expand("rdf:type")})

    def asks(self, properties: Collection[str]) -> bool:
        """Whether triples of these properties may change what it finds."""
        return bool(properties) and (self._properties is None or not self._properties.isdisjoint(properties))

    @property
    def where(self) -> str:
        """The body without its negations."""
        return self._body[0]

    @property
    def unless(self) -> tuple[str, ...]:
        """Its negations."""
        return self._body[1]

    @cached_property
    def prologue(self) -> str:
        return "\n".join(re.findall(r"^PREFIX .*$", self.query, re.MULTILINE))


def load_rules(folder: Path | None = None) -> list[Rule]:
    """Read the rules of a folder, by default the project's, in the order in which they run.

    Raises InputError: a file is not named NN-name.rq, lacks a header field, is no CONSTRUCT or can't be parsed.
    """
    folder = data.queries("rules") if folder is None else folder
    return [_load(path, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.rq"))]


@lru_cache(maxsize=256)  # so that a rule is taken apart once
def _load(path: Path, _changed: int) -> Rule:
    file = f"queries/rules/{path.name}"
    found = _NAME.fullmatch(path.stem)
    if found is None:
        raise InputError(
            file, "is not named NN-name.rq", "Give it two digits for its place in the order, a hyphen and a name of [a-z0-9-]."
        )
    text = path.read_text(encoding="utf-8")
    head = {name: field.text for name, field in read_header(text, file, _FIELDS).items()}
    if head["writes"] != f"inferred/{found[1]}":
        raise InputError(file, f"writes {head['writes']!r}", f"A rule writes the graph of its own name: #+ writes: inferred/{found[1]}")
    try:
        found_by_engine = Store().query(text)
    except SyntaxError as error:
        raise InputError(file, f"is not SPARQL ({error})", "Mend the query; any SPARQL tool shows the place.") from error
    if not isinstance(found_by_engine, QueryTriples):
        raise InputError(file, "is no CONSTRUCT", "A rule is a CONSTRUCT.")
    return Rule(found[1], file, head["summary"], text)


def _uncommented(text: str) -> str:
    """Without whole-line comments; our rules have no others."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def _body(text: str) -> str:
    start = text.index("{", re.search(r"\bWHERE\b", text).start())  # type: ignore[union-attr]  # a CONSTRUCT that parses has one
    return text[start + 1 : _closing(text, start)]


def _positive(body: str) -> tuple[str, tuple[str, ...]]:
    """The body without its negated groups, and those groups."""
    kept, negated, at = [], [], 0
    while found := _NEGATION.search(body, at):
        end = _closing(body, found.end() - 1)
        kept.append(body[at : found.start()])
        negated.append(" ".join(body[found.end() : end].split()))
        at = end + 1
    return "".join((*kept, body[at:])), tuple(negated)


def _closing(text: str, opening: int) -> int:
    """The position of the brace that closes text[opening], strings and IRIs apart."""
    depth = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>|[{}]', text[opening:]):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return opening + found.start()
    raise ValueError("a brace is not closed")  # pragma: no cover  # the query was parsed before


def _patterns(part: Any, graph: Slot | None) -> Iterator[Pattern]:
    """The triple patterns of an algebra tree, but for those inside filters."""
    if not isinstance(part, CompValue):
        return
    if part.name == "BGP":
        yield from (_pattern(t, graph) for t in part.triples)
        return
    inner = _slot(part.term) if part.name == "Graph" else graph
    for name in ("p", "p1") if part.name == "Minus" else ("p", "p1", "p2"):
        if name in part:
            yield from _patterns(part[name], inner)


def _computed(part: Any) -> Iterator[str]:
    if isinstance(part, CompValue):
        if part.name == "Extend":
            yield str(part.var)
        for name in ("p", "p1", "p2"):
            if name in part:
                yield from _computed(part[name])


def _pattern(triple: Any, graph: Slot | None) -> Pattern:
    s, p, o = (_slot(term) for term in triple)
    return Pattern(s, p, o, graph)


def _slot(term: Any) -> Slot:
    if isinstance(term, RdfVariable):
        return Variable(str(term))
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, RdfLiteral):
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term), language=term.language)
    if isinstance(term, BNode):
        return Variable(f"b{term}")
    raise TypeError(f"{term!r} can't stand in a rule")
