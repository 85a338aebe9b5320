"""The named questions as RDF (SHACL Advanced Features, `sh:SPARQLExecutable`), so that other editors can show them as examples."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from api.document import LICENCE
from api.rest.answers import questions
from baligraph.prefixes import expand
from baligraph.questions import Question


@cache
def executables(base: str) -> list[Triple]:
    """Each question with its query, its words and where it is answered."""
    return [triple for question in questions().values() for triple in _executable(base, question)]


def _executable(base: str, question: Question) -> list[Triple]:
    me = NamedNode(f"{base}queries/{question.name}")

    def said(predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(me, NamedNode(expand(predicate)), value)

    def words(text: str) -> Literal:
        return Literal(text, language="en")

    found = [
        said("rdf:type", NamedNode(expand("sh:SPARQLExecutable"))),
        said("rdf:type", NamedNode(expand("sh:SPARQLSelectExecutable"))),
        said("rdfs:label", words(question.summary)),
        said("rdfs:comment", words(question.summary)),
        said("dcterms:identifier", Literal(question.id)),
        said("dcterms:subject", Literal(question.topic)),
        said("dcterms:license", NamedNode(LICENCE)),
        said("sh:select", Literal("".join(line for line in question.text.splitlines(keepends=True) if not line.startswith("#+")))),
        said("schema:target", NamedNode(f"{base}sparql")),
        said("dcterms:isReferencedBy", NamedNode(f"{base}api/v1/queries/{question.name}")),
    ]
    if question.description:
        found.append(said("dcterms:description", words(question.description)))
    return found
