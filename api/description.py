"""The service description of `/sparql` (SPARQL 1.1 Service Description): only what is true."""

from __future__ import annotations

from bisect import bisect_left

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from starlette.responses import Response

from api.negotiate import GRAPHS, SOLUTIONS, TRIPLES, Format
from api.service import Service
from api.terms import select
from baligraph.prefixes import expand, prefixes
from baligraph.settings import limits

_MOST_GRAPHS = 5000
_FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "trig": "TriG",
    "nq": "N-Quads",
}


async def service_description(service: Service, chosen: Format) -> Response:
    """What this endpoint can do, in one of the RDF forms."""
    base = service.settings.base_iri
    endpoint, node, dataset, graph = NamedNode(f"{base}sparql"), BlankNode("service"), BlankNode("dataset"), BlankNode("graph")

    def term(name: str) -> NamedNode:
        return NamedNode(expand(name))

    triples = [
        Triple(node, term("rdf:type"), term("sd:Service")),
        Triple(node, term("sd:endpoint"), endpoint),
        Triple(node, term("sd:supportedLanguage"), term("sd:SPARQL11Query")),
        *(
            Triple(node, term("sd:resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{_FORMATS[offer.name]}"))
            for offer in (*SOLUTIONS, *GRAPHS)
        ),
        Triple(node, term("sd:defaultDataset"), dataset),
        Triple(dataset, term("rdf:type"), term("sd:Dataset")),
        Triple(dataset, term("dcterms:identifier"), Literal(service.release.id)),
        Triple(dataset, term("sd:defaultGraph"), graph),
        Triple(graph, term("rdf:type"), term("sd:Graph")),
        *(triple for number, name in enumerate(await _named_graphs(service)) for triple in _named_graph(dataset, number, name)),
        *(triple for limit in limits(service.settings) for triple in _limit(node, *limit)),
    ]
    response = rdf_response(triples, chosen, {"Vary": "Accept", "Cache-Control": "no-cache"})
    found = bytes(response.body)
    # the endpoint is the address that was asked, be it of a mirror, behind a proxy or of a kept release: an empty relative IRI says so
    if chosen.name == "ttl":
        found = found.replace(f"<{endpoint.value}>".encode(), b"<>")
    elif chosen.name != "nt":
        found = found.replace(f'"{endpoint.value}"'.encode(), b'""')
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(found, headers=headers)


async def _named_graphs(service: Service) -> list[str]:
    """The IRIs of the named graphs, sorted; none where there are more than a description should list."""
    if "named graphs" not in service.kept:
        rows = await select(service.engine, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ }} }} LIMIT {_MOST_GRAPHS + 1}")
        names = sorted(row["g"].value for row in rows if row["g"].is_iri)
        service.kept["named graphs"] = names if len(names) <= _MOST_GRAPHS else []
    found: list[str] = service.kept["named graphs"]
    return found


def _named_graph(dataset: BlankNode, number: int, name: str) -> list[Triple]:
    node = BlankNode(f"named{number}")
    return [
        Triple(dataset, NamedNode(expand("sd:namedGraph")), node),
        Triple(node, NamedNode(expand("rdf:type")), NamedNode(expand("sd:NamedGraph"))),
        Triple(node, NamedNode(expand("sd:name")), NamedNode(name)),
    ]


def _limit(node: BlankNode, name: str, value: float, unit: str, doc: str) -> list[Triple]:
    """A limit of the service, for which the vocabulary of service descriptions has no word."""
    limit = BlankNode(name.replace("_", ""))
    return [
        Triple(node, NamedNode(expand("schema:additionalProperty")), limit),
        Triple(limit, NamedNode(expand("rdf:type")), NamedNode(expand("schema:PropertyValue"))),
        Triple(limit, NamedNode(expand("schema:name")), Literal(name)),
        Triple(limit, NamedNode(expand("schema:value")), Literal(value)),
        Triple(limit, NamedNode(expand("schema:unitText")), Literal(unit)),
        Triple(limit, NamedNode(expand("schema:description")), Literal(doc, language="en")),
    ]


def rdf_response(triples: list[Triple], chosen: Format, headers: dict[str, str]) -> Response:
    """Triples in Turtle, N-Triples, RDF/XML or plain JSON-LD."""
    kind = next(offer.media_type for offer in TRIPLES if offer.name == chosen.name)
    chosen_kind = RdfFormat.from_media_type(kind)
    used = _used(triples)
    body = pyoxigraph.serialize(triples, format=chosen_kind, prefixes=None if chosen.name == "nt" else used)
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


def _used(triples: list[Triple]) -> dict[str, str]:
    """The prefixes of which a name stands in the triples."""
    nodes = {node for triple in triples for node in (triple.subject, triple.predicate, triple.object)}
    names = sorted(node.value for node in nodes if isinstance(node, NamedNode))
    found = {}
    for prefix, space in prefixes().items():
        at = bisect_left(names, space)  # names of the space, if there are any, begin here
        if at < len(names) and names[at].startswith(space):
            found[prefix] = space
    return found
