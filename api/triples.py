"""The RDF of a thing: its own triples, the claims and assertions about it with their evidence, and the names of its neighbours."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from starlette.responses import Response

from api.description import rdf_response
from api.jsonld import Context, nest
from api.negotiate import Format
from api.service import Service
from api.terms import iri
from baligraph import data
from baligraph.prefixes import sparql_header
from baligraph.store import Query

MOST = 2000
"""Assertions about one thing in its description; beyond them, ask by SPARQL."""


def description_query(name: str) -> str:
    """The CONSTRUCT query of a description."""
    about = (
        f"{{ SELECT DISTINCT ?node {{ ?node ?via {iri(name)} . {{ ?node bp:evidence ?any }} UNION {{ ?node a bp:Membership }}"
        " FILTER(?via NOT IN (bp:claimSubject, bp:claimPredicate, bp:claimObject, bp:method, bp:reviewStatus))"
        f" }} ORDER BY ?node LIMIT {MOST} }}"
    )
    names = "VALUES ?p { rdfs:label skos:prefLabel dcterms:title } ?s ?p ?o"
    parts = (
        f"VALUES ?s {{ {iri(name)} }} ?s ?p ?o",
        f"?s bp:claimSubject {iri(name)} ; ?p ?o",
        f"{iri(name)} bp:evidence ?s . ?s ?p ?o",
        f"?claim bp:claimSubject {iri(name)} ; bp:evidence ?s . ?s ?p ?o",
        f"{about} BIND(?node AS ?s) ?s ?p ?o",
        f"{about} ?node bp:evidence ?s . ?s ?p ?o",
        f"{about} ?node ?any ?s FILTER(?any != rdf:type) {names}",
        f"{iri(name)} ?any ?s FILTER(?any != rdf:type) {names}",
    )
    where = " } UNION { ".join(parts)
    return f"{sparql_header(('bp', 'rdf', 'rdfs', 'skos', 'dcterms'))}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {where} }} }}"


async def construct(service: Service, text: str) -> list[Triple]:
    """The triples of a CONSTRUCT query of ours, each once, sorted. Raises StoreError."""
    async with await service.engine.ask(Query(text=text, triples="application/n-triples")) as answer:
        body = await answer.read()
    lines = sorted(set(body.splitlines(keepends=True)))
    return [quad.triple for quad in pyoxigraph.parse(b"".join(lines), format=RdfFormat.N_TRIPLES)]


def write(triples: list[Triple], chosen: Format, headers: dict[str, str], root: str | None = None) -> Response:
    """Triples in one of the RDF forms; JSON-LD nested below `root`, by the published context where there is one."""
    context = published_context()
    if chosen.name != "jsonld" or root is None or context is None:
        return rdf_response(triples, chosen, headers)
    body = json.dumps(nest(triples, root, context), ensure_ascii=False, indent=1).encode()
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


@cache
def published_context() -> Context | None:
    """The context of `ontology/context.jsonld`."""
    try:
        path = data.ontology("context.jsonld")
    except data.DataNotFoundError:
        return None
    document: dict[str, Any] = json.loads(path.read_bytes())
    return Context(document["@context"])
