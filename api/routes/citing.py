"""`/cite`: how to cite a page, a thing or the release, for people and for citation managers."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.citation import cite
from api.document import Document, base_of, known
from api.negotiate import Format, by_name, negotiate
from api.problems import Problem
from api.service import service_of
from api.vocabulary import labels_of

_CSL: Final = Format("csl", "application/vnd.citationstyles.csl+json", "CSL-JSON", ("application/json",))
_BIBTEX: Final = Format("bibtex", "application/x-bibtex", "BibTeX", ("text/x-bibtex",))
_TEXT: Final = Format("text", "text/plain", "text")
_OFFERS: Final = (_TEXT, _BIBTEX, _CSL)


async def citation(request: Request) -> Response:
    """`?path=data/area_mys` of ours, else the release; `format=` or `Accept` choose text, BibTeX or CSL-JSON."""
    service, base = service_of(request), base_of(request)
    path, form = request.query_params.get("path", "").strip("/"), request.query_params.get("format")
    if any(sign in path for sign in '<>"{}|^`\\ ') or not path.isprintable():
        raise Problem(400, "No path", "path is the path of an address of ours, such as data/area_mys.")
    chosen = by_name(form, _OFFERS) if form else negotiate(request.headers.get("accept"), _OFFERS)
    if chosen is None:
        names = ", ".join(f"{offer.name} ({offer.media_type})" for offer in _OFFERS)
        raise Problem(400 if form else 406, "No such form", f"There are {names}.", headers={"Vary": "Accept"})
    headers = Document(f"{base}cite", "cite", ()).headers(service, chosen)
    if answer := known(request, headers):
        return answer
    path = path.removesuffix(".html")
    thing = path.replace("data/concept_", "concept/") if path.startswith("data/concept_") else path.replace("data/", "id/", 1)
    title = (await labels_of(service, [base + thing])).get(base + thing, "") or path
    found = cite(service, path, title)
    body = {"text": found.text + "\n", "bibtex": found.bibtex, "csl": json.dumps([found.csl], ensure_ascii=False, indent=1) + "\n"}
    return Response(body[chosen.name].encode(), headers={**headers, "Content-Type": chosen.content_type})
