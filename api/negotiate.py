"""Content negotiation (RFC 9110, section 12.5.1) as one table of formats and one function.

Quality values, specificity and `q=0` count; where the client is indifferent, the order of the offers decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Format:
    """One form of an answer. `aliases` are media types that clients ask for and mean this one; the answer then carries that name."""

    name: str
    media_type: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header's value: text is UTF-8 and says so."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML: Final = Format("html", "text/html", "HTML", ("application/xhtml+xml",))
TURTLE: Final = Format("ttl", "text/turtle", "Turtle", ("application/turtle", "application/x-turtle"))
JSONLD: Final = Format("jsonld", "application/ld+json", "JSON-LD", ("application/json",))

SOLUTIONS: Final = (
    Format("json", "application/sparql-results+json", "JSON", ("application/json",)),
    Format("xml", "application/sparql-results+xml", "XML", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "CSV"),
    Format("tsv", "text/tab-separated-values", "TSV"),
)
"""For SELECT."""

TRUTH: Final = SOLUTIONS[:2]
"""For ASK: there is no CSV for a truth value."""

TRIPLES: Final = (
    TURTLE,
    JSONLD,
    Format("nt", "application/n-triples", "N-Triples", ("text/plain",)),
    Format("rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml")),
)
"""For CONSTRUCT and DESCRIBE, and for descriptions of things."""

DATASETS: Final = (Format("trig", "application/trig", "TriG"), Format("nq", "application/n-quads", "N-Quads"))
"""For all graphs at once."""

GRAPHS: Final = (*TRIPLES, *DATASETS)
"""For what `/sparql` and `/graphs` answer in triples."""

CSV: Final = Format("csv", "text/csv", "CSV")
GEOJSON: Final = Format("geojson", "application/geo+json", "GeoJSON", ("application/vnd.geo+json",))

FILE: Final = (TURTLE, HTML, *TRIPLES[1:])
"""For files in Turtle and for descriptions of the whole: a client that is indifferent gets Turtle."""

THING: Final = (*FILE, CSV)
"""For /data."""

PLACED: Final = (*THING, GEOJSON)
"""For /data of what has a place on the map."""

_NAMES: Final = {
    "turtle": ("ttl",),
    "n3": ("ttl",),
    "ntriples": ("nt",),
    "json-ld": ("jsonld",),
    "json": ("jsonld",),
    "rdf+xml": ("rdf",),
    "xml": ("rdf",),
}
_USUAL: Final = 500
"""Characters of a header that is worth remembering."""

_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE: Final = re.compile(rf"\s*({_NAME})/({_NAME})((?:\s*;\s*{_NAME}\s*=\s*(?:{_NAME}|\"[^\"]*\"))*)\s*")
_QUALITY: Final = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def negotiate(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The offer that the client likes best, or None if it accepts none (406).

    No header, or one without a single readable media range, accepts everything.
    """
    accept = accept or ""
    return _remembered(accept, tuple(offers)) if len(accept) < _USUAL else _best(accept, tuple(offers))


@lru_cache(maxsize=512)
def _remembered(accept: str, offers: tuple[Format, ...]) -> Format | None:
    return _best(accept, offers)


def _best(accept: str, offers: tuple[Format, ...]) -> Format | None:
    ranges = _ranges(accept)
    if not ranges:
        return offers[0]
    best: tuple[float, Format] | None = None
    for offer in offers:
        for name in (offer.media_type, *offer.aliases):
            exact = name == offer.media_type
            quality = _quality(name, ranges, wildcards=exact)
            if quality > 0 and (best is None or quality > best[0]):
                best = quality, offer if exact or offer is HTML else replace(offer, media_type=name)
    return best[1] if best else None


def by_name(name: str, offers: Sequence[Format]) -> Format | None:
    """The offer of a suffix or `?format=`, which may also be a media type or a name that client libraries use."""
    names = (name, *_NAMES.get(name, ()))
    return next((offer for wanted in names for offer in offers if wanted in {offer.name, offer.media_type}), None)


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(","):
        match = _RANGE.fullmatch(part)
        if match:
            quality = _QUALITY.search(match[3])
            value = min(float(quality[1]), 1.0) if quality else 1.0
            if quality or not re.search(r";\s*q\s*=", match[3], re.IGNORECASE):
                found.append((match[1].lower(), match[2].lower(), value))
    return found


def _quality(name: str, ranges: list[tuple[str, str, float]], *, wildcards: bool) -> float:
    """The quality of the most specific range that fits; an alias is asked for only by its own name."""
    kind, sub = name.split("/")
    found = (-1, 0.0)
    for range_kind, range_sub, quality in ranges:
        if (range_kind, range_sub) == (kind, sub):
            found = max(found, (2, quality))
        elif wildcards and (range_kind, range_sub) == (kind, "*"):
            found = max(found, (1, quality))
        elif wildcards and (range_kind, range_sub) == ("*", "*"):
            found = max(found, (0, quality))
    return found[1]
