"""The RDF of a thing: its own triples, the claims and assertions about it with their evidence, and the names of its neighbours."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, Triple
from starlette.responses import Response

from api.citation import cite
from api.description import rdf_response
from api.document import LICENCE, Document
from api.jsonld import Context, nest
from api.negotiate import Format
from api.service import Service
from api.terms import iri, select
from baligraph import data
from baligraph.prefixes import expand, sparql_header, unshrink
from baligraph.store import Query

PAGE = 500
"""Things that point at a thing on one page of its description."""

_NAMES = "VALUES ?p { rdfs:label skos:prefLabel dcterms:title } ?s ?p ?o"
# what leads to a thing and says nothing of it: claims on triples that end in it (those who begin them show them), terms, bookkeeping
_APART = "bp:claimSubject, bp:claimPredicate, bp:claimObject, bp:method, bp:reviewStatus, rdf:type, void:class, void:property"
_HEADER = ("bp", "rdf", "rdfs", "skos", "dcterms", "void")


async def describe(service: Service, name: str, page: int = 1) -> tuple[list[Triple], bool]:
    """A page of the description of a thing, and whether there is another; no triples where the page does not exist.

    The first holds its own triples, the claims about it with their evidence, and the names of what it points to. Every page holds what
    points at it: assertions whole and with their evidence, of anything else the link; and their names. Raises StoreError.
    """
    header, me = sparql_header(_HEADER), iri(name)
    offset = (page - 1) * PAGE
    found = await select(
        service.engine,
        f"{header}SELECT DISTINCT ?node {{ ?node ?via {me} FILTER(?via NOT IN ({_APART}) && isIRI(?node)) }}"
        f" ORDER BY ?node LIMIT {PAGE + 1} OFFSET {offset}",
    )
    nodes = [row["node"].value for row in found[:PAGE]]
    if page > 1 and not nodes:
        return [], False
    parts = []
    if page == 1:
        parts += [
            f"VALUES ?s {{ {me} }} ?s ?p ?o",
            f"?s bp:claimSubject {me} ; ?p ?o",
            f"{me} bp:evidence ?s . ?s ?p ?o",
            f"?claim bp:claimSubject {me} ; bp:evidence ?s . ?s ?p ?o",
            f"{me} ?any ?s FILTER(?any != rdf:type) {_NAMES}",
        ]
    if nodes:
        about = f"VALUES ?node {{ {' '.join(iri(node) for node in nodes)} }}"
        assertion = f"{about} {{ ?node bp:evidence ?with }} UNION {{ ?node a bp:Membership }}"
        parts += [
            f"{about} BIND(?node AS ?s) BIND({me} AS ?o) ?s ?p ?o FILTER(?p NOT IN ({_APART}))",
            f"{about} BIND(?node AS ?s) {_NAMES}",
            f"{assertion} BIND(?node AS ?s) ?s ?p ?o",
            f"{about} ?node bp:evidence ?s . ?s ?p ?o",
            f"{assertion} ?node ?any ?s FILTER(?any != rdf:type) {_NAMES}",
        ]
    where = " } UNION { ".join(parts)
    return await construct(service, f"{header}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {where} }} }}"), len(found) > PAGE


def frame(service: Service, address: str, document: Document, onward: str = "") -> list[Triple]:
    """What a document says of itself: what it is about, licence, data set and release, how to cite it, the page after it."""
    me = NamedNode(address)
    said = [(me, "rdf:type", "foaf:Document"), (me, "foaf:primaryTopic", document.about)]
    if service.release.date:
        said += [(me, "dcterms:license", LICENCE), (me, "void:inDataset", "id:dataset_baligraph")]
        said.append((me, "dcterms:isPartOf", f"{service.settings.base_iri}releases/{service.release.id}"))
    if onward:
        said.append((me, "xhv:next", onward))
    citation = Triple(me, NamedNode(expand("dcterms:bibliographicCitation")), Literal(cite(service, document.path).text))
    return [citation, *(Triple(s, NamedNode(expand(p)), NamedNode(unshrink(o))) for s, p, o in said)]


async def construct(service: Service, text: str) -> list[Triple]:
    """The triples of a CONSTRUCT query of ours, each once, sorted; blank nodes, which every load names anew, by canonical names.

    Raises StoreError.
    """
    async with await service.engine.ask(Query(text=text, triples="application/n-triples")) as answer:
        body = await answer.read()
    lines = sorted(set(body.splitlines(keepends=True)))
    found = pyoxigraph.parse(b"".join(lines), format=RdfFormat.N_TRIPLES)
    if b"_:" not in body:
        return [quad.triple for quad in found]
    dataset = Dataset(found)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((quad.triple for quad in dataset), key=str)


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
