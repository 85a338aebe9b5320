"""What this service has, for machines that look for data: DCAT 3 and VoID of the release that is served.

The counts by class, property and graph stand in the release (`g:meta`); beside them stand here the catalogue, the ways to have the data,
and the links to data of others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from api.document import LICENCE
from api.negotiate import DATASETS
from api.service import Service
from api.terms import iri, select
from api.triples import construct
from baligraph.prefixes import expand, shrink, sparql_header

DATASET: Final = "id/dataset_baligraph"
TITLE: Final = "Bali Process Graph"
DESCRIPTION: Final = (
    "What the Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime did and promised, read from its "
    "documents as linked data: meetings, who hosted and took part, and what was agreed and recommended. Every fact shows the sentence, the "
    "table row or the rule that it rests on."
)
_MATCHES: Final = "skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch owl:sameAs".split()


@dataclass(frozen=True, slots=True)
class Linkset:
    """Links of one kind to the data of one other."""

    predicate: str
    target: str
    links: int

    @property
    def name(self) -> str:
        """A fragment that names it."""
        host = re.sub(r"[^a-z0-9]+", "-", self.target.partition("://")[2].lower()).strip("-")
        return f"linkset_{shrink(self.predicate).partition(':')[2]}_{host}"


async def linksets(service: Service) -> list[Linkset]:
    """The links to other data, counted by predicate and host; asked for once."""
    if "linksets" not in service.kept:
        base = service.settings.base_iri
        rows = await select(
            service.engine,
            f"{sparql_header(('skos', 'owl'))}SELECT ?p ?host (COUNT(*) AS ?n) {{ VALUES ?p {{ {' '.join(_MATCHES)} }} ?s ?p ?o"
            f' FILTER(isIRI(?o) && !STRSTARTS(STR(?o), "{base}"))'
            ' BIND(REPLACE(STR(?o), "^([a-z]+://[^/]+/).*$", "$1") AS ?host) } GROUP BY ?p ?host ORDER BY ?p ?host',
        )
        service.kept["linksets"] = [Linkset(row["p"].value, row["host"].value, int(row["n"].value)) for row in rows if "host" in row]
    found: list[Linkset] = service.kept["linksets"]
    return found


async def catalog(service: Service) -> list[Triple]:
    """The catalogue, its data set and what belongs to them. Raises StoreError."""
    base = service.settings.base_iri
    dataset = f"{base}{DATASET}"
    counted = await construct(
        service,
        f"{sparql_header(('void',))}CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ BIND({iri(dataset)} AS ?s) }} UNION {{ {iri(dataset)} "
        f"void:classPartition|void:propertyPartition|void:subset ?s }} ?s ?p ?o }}",
    )
    found = set(counted)

    def say(subject: str, predicate: str, value: str | Literal) -> None:
        found.add(Triple(NamedNode(subject), NamedNode(expand(predicate)), value if isinstance(value, Literal) else NamedNode(value)))

    def words(text: str) -> Literal:
        return Literal(text, language="en")

    home, me = base, f"{base}data"
    judged = service.release.date is not None
    for subject, kind in ((me, "dcat:Catalog"), (dataset, "dcat:Dataset"), (dataset, "void:Dataset")):
        say(subject, "rdf:type", expand(kind))
        say(subject, "dcterms:title", words(TITLE))
        say(subject, "dcterms:description", words(DESCRIPTION))
        say(subject, "dcterms:publisher", home)
        say(subject, "dcterms:language", Literal("en"))
        if judged:
            say(subject, "dcterms:license", LICENCE)
    say(home, "rdf:type", expand("foaf:Agent"))
    say(home, "foaf:name", Literal(TITLE))
    say(me, "dcat:dataset", dataset)
    say(me, "dcat:service", f"{base}sparql")
    say(me, "foaf:homepage", home)
    say(f"{base}sparql", "rdf:type", expand("dcat:DataService"))
    say(f"{base}sparql", "dcterms:title", words("SPARQL endpoint"))
    say(f"{base}sparql", "dcat:endpointURL", f"{base}sparql")
    say(f"{base}sparql", "dcat:servesDataset", dataset)
    say(dataset, "dcterms:identifier", Literal(service.release.id))
    say(dataset, "dcat:version", Literal(service.release.id))
    say(dataset, "dcat:landingPage", me)
    say(dataset, "dcterms:conformsTo", f"{base}shapes")
    say(dataset, "void:vocabulary", f"{base}ontology#")
    say(dataset, "void:sparqlEndpoint", f"{base}sparql")
    say(dataset, "void:uriSpace", Literal(base))
    for offer in DATASETS:
        whole = f"{base}graphs?format={offer.name}"
        say(dataset, "dcat:distribution", f"{me}#{offer.name}")
        say(f"{me}#{offer.name}", "rdf:type", expand("dcat:Distribution"))
        say(f"{me}#{offer.name}", "dcterms:title", words(f"All graphs as {offer.label}"))
        say(f"{me}#{offer.name}", "dcat:accessURL", whole)
        say(f"{me}#{offer.name}", "dcat:mediaType", f"https://www.iana.org/assignments/media-types/{offer.media_type}")
        if judged:
            say(f"{me}#{offer.name}", "dcterms:license", LICENCE)
    for links in await linksets(service):
        subject = f"{me}#{links.name}"
        say(dataset, "void:subset", subject)
        say(subject, "rdf:type", expand("void:Linkset"))
        say(subject, "void:linkPredicate", links.predicate)
        say(subject, "void:subjectsTarget", dataset)
        say(subject, "void:objectsTarget", links.target)
        say(subject, "void:triples", Literal(links.links))
    return sorted(found, key=str)
