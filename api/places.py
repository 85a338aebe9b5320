"""Where a thing is on the map, and its description as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from api.jsonld import nest
from api.service import Service
from api.terms import iri, select
from api.triples import published_context
from baligraph.prefixes import sparql_header


@dataclass(frozen=True, slots=True)
class Place:
    """The point of a place, in degrees as they are written: the thing itself, or the one place that it says it is in."""

    iri: str
    label: str
    latitude: str
    longitude: str


async def place_of(service: Service, name: str) -> Place | None:
    """The place of a thing, where the release gives its point. Raises StoreError."""
    found = await select(
        service.engine,
        f"{sparql_header(('bp', 'geo', 'rdfs'))}SELECT * {{ {{ BIND({iri(name)} AS ?place) }} UNION {{ {iri(name)} bp:inPlace ?place }}"
        " ?place geo:lat ?lat ; geo:long ?long OPTIONAL { ?place rdfs:label ?label } } ORDER BY ?place ?label LIMIT 1",
    )
    if not found:
        return None
    row = found[0]
    return Place(row["place"].value, row["label"].value if "label" in row else "", row["lat"].value, row["long"].value)


def feature(name: str, place: Place, triples: list[Triple], more: dict[str, Any]) -> bytes:
    """The thing as a GeoJSON feature: its own triples as properties, under the keys of the JSON-LD context, and `more` beside them."""
    own = [triple for triple in triples if triple.subject == NamedNode(name)]
    context = published_context()
    properties = nest(own, name, context) if context is not None else {}
    properties.pop("@context", None)
    properties |= {"place": place.iri, "placeLabel": place.label}
    body = {
        "type": "Feature",
        "id": name,
        "geometry": {"type": "Point", "coordinates": [_degrees(place.longitude), _degrees(place.latitude)]},
        "properties": properties,
        **more,
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def _degrees(written: str) -> float:
    return float(Literal(written).value)
