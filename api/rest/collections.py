"""What REST has, in reading order. A collection is a table of `events`, `actors` or `texts`: a field or a filter is a line there."""

from __future__ import annotations

from functools import cache

from api.rest import actors, events, texts
from api.rest.table import Collection


@cache
def collections() -> dict[str, Collection]:
    """All collections by name. Raises DataNotFoundError where the ontology is missing."""
    found = (
        events.meetings(),
        events.participations(),
        actors.states(),
        actors.organisations(),
        actors.bodies(),
        actors.people(),
        texts.commitments(),
        texts.provisions(),
        texts.documents(),
        texts.instruments(),
        texts.themes(),
        texts.observations(),
        events.places(),
    )
    return {collection.name: collection for collection in found}
