"""Nodes and literals for quads: the IRIs of `baligraph.iris` as pyoxigraph terms, and the one place where a Ref becomes a node."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from baligraph import iris
from baligraph.prefixes import expand
from ingest.findings import Ref

Object: TypeAlias = NamedNode | BlankNode | Literal
Spo: TypeAlias = tuple[NamedNode | BlankNode, NamedNode, Object]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"


@cache
def node(curie: str) -> NamedNode:
    """The node of a CURIE: `rdf:type`, `c:role_host`, `g:meta`."""
    return NamedNode(expand(curie))


def bp(name: str) -> NamedNode:
    """A term of the ontology by its local name."""
    return node(f"bp:{name}")


def concept(scheme: str, name: str) -> NamedNode:
    return NamedNode(iris.concept_iri(scheme, name))


def date(value: dt.date) -> Literal:
    return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))


def literal(value: str | int | bool, language: str | None = None) -> Literal:
    """A literal with the datatype of its Python type; a string with a language is a langString."""
    if isinstance(value, bool):
        return Literal(value)
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    return Literal(value, language=language) if language else Literal(value)


class Scope:
    """Resolves the Refs of one document; `meetings` maps the keys of its meetings to the keys of their IRIs."""

    def __init__(self, slug: str, meetings: Mapping[str, str]):
        self.slug, self.meetings = slug, meetings
        self._known: dict[Ref, NamedNode] = {}

    def iri(self, ref: Ref) -> NamedNode:
        """The node of a Ref. Raises IriError or ValueError for one that names nothing: a fault of the genre that made it."""
        if ref not in self._known:
            self._known[ref] = NamedNode(self._iri(ref))
        return self._known[ref]

    def _iri(self, ref: Ref) -> str:
        kind, _, key = ref.partition(":")
        if ref == "document":
            return iris.doc_iri(self.slug)
        if kind == "provision":
            return iris.provision_iri(self.slug, key)
        if kind == "meeting":
            if key not in self.meetings:
                raise ValueError(f"{self.slug}: {ref!r} names a meeting without a MeetingFound")
            return iris.id_iri(f"meeting:{self.meetings[key]}")
        return iris.iri(ref)


def triple(quad: Quad) -> Spo:
    """The triple of a quad as the tuple that sets and maps of this package hold."""
    return (quad.subject, quad.predicate, quad.object)  # type: ignore[return-value]  # the graph holds no quoted triples
