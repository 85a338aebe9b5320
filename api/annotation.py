"""A piece of evidence as a Web Annotation (W3C Recommendation of 2017): the passage is the target, what rests on it is the body."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pyoxigraph
from pyoxigraph import RdfFormat, Triple
from starlette.requests import Request
from starlette.responses import Response

from api.description import rdf_response
from api.document import Document, base_of, known
from api.negotiate import JSONLD, TRIPLES
from api.service import Service, service_of
from api.terms import iri, select
from baligraph.prefixes import sparql_header

PROFILE: Final = "http://www.w3.org/ns/anno.jsonld"
NAMES: Final = frozenset({"oa", PROFILE, "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/oa"})
"""What `?profile=` and `Accept-Profile` may say to have it."""

VARY: Final = "Accept, Accept-Profile"
"""Of every answer about a piece of evidence."""

_PROFILES: Final = re.compile(r"<([^<>\s]+)>([^,<>]*)")
_NONE: Final = re.compile(r"\s*;\s*q\s*=\s*0(\.0*)?\s*$")
_AROUND = 60
"""Characters before and after a quotation, by which it is found again in another copy of the text."""


def is_asked(request: Request) -> bool:
    """Whether the request wants a Web Annotation."""
    wanted = request.query_params.get("profile")
    if wanted is not None:
        return wanted in NAMES
    return any(match[1] in NAMES and not _NONE.match(match[2]) for match in _PROFILES.finditer(request.headers.get("accept-profile", "")))


async def annotation(request: Request, evidence: str, path: str, suffix: str) -> Response | None:
    """The annotation of a piece of evidence in an RDF form, JSON-LD as the recommendation prescribes it; None where the IRI is no evidence.

    Raises Problem and StoreError.
    """
    service = service_of(request)
    body = await _read(service, evidence, f"{base_of(request)}{path}?profile=oa")
    if body is None:
        return None
    document = Document(evidence, path, (JSONLD, *(offer for offer in TRIPLES if offer is not JSONLD)), query="?profile=oa")
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen, f"{service.release.id}-oa")
    headers |= {"Vary": VARY, "Content-Profile": f"<{PROFILE}>", "Link": f'{headers["Link"]}, <{PROFILE}>; rel="profile"'}
    if answer := known(request, headers):
        return answer
    if chosen.name != JSONLD.name:
        return rdf_response(_triples(body), chosen, headers)
    kind = f'{chosen.content_type}; profile="{PROFILE}"' if chosen.media_type == JSONLD.media_type else chosen.content_type
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    return Response(content, headers={**headers, "Content-Type": kind})


async def _read(service: Service, evidence: str, document: str) -> dict[str, Any] | None:
    header, me = sparql_header(("bp", "prov")), iri(evidence)
    found = await select(
        service.engine,
        f"{header}SELECT * {{ {me} bp:quote ?quote ; bp:startOffset ?start ; bp:endOffset ?end ; bp:fromDocument ?doc ;"
        " bp:inVersion ?version } ORDER BY ?version LIMIT 1",
    )
    if not found:
        return None
    row = found[0]
    resting = await select(service.engine, f"{header}SELECT DISTINCT ?fact {{ ?fact bp:evidence {me} }} ORDER BY ?fact")
    start, end = int(row["start"].value), int(row["end"].value)
    quotation = {"type": "TextQuoteSelector", "exact": row["quote"].value, **_context(service, row["doc"].value, start, end)}
    return {
        "@context": PROFILE,
        "id": document,
        "type": "Annotation",
        "motivation": "linking",
        "body": [fact["fact"].value for fact in resting],
        "target": {
            "id": evidence,
            "type": "SpecificResource",
            "source": row["version"].value,
            "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quotation],
        },
    }


def _context(service: Service, document: str, start: int, end: int) -> dict[str, str]:
    try:
        text = service.release.text(document.rpartition("/doc_")[2])
    except KeyError:
        return {}  # a document that may only be quoted, or no texts at hand
    return {"prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND]} if text else {}


_TERMS: Final[dict[str, Any]] = {
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "linking": "oa:linking",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
}
"""The lines of the published context that are used here: to read the annotation as RDF, nothing is fetched."""


def _triples(body: dict[str, Any]) -> list[Triple]:
    """The annotation as RDF, as its context means it."""
    text = json.dumps(body | {"@context": _TERMS})
    return [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.JSON_LD)]
