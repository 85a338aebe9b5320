"""`/queries` and `/api/v1/queries`: the named questions, as pages and as endpoints. Both are one handler: only the form differs."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from api import sheet, workbook
from api.description import rdf_response
from api.document import Document, known, split_suffix
from api.negotiate import CSV, HTML, SOLUTIONS, TRIPLES, Format
from api.pages import edition, page
from api.problems import Problem
from api.rest.answers import Answer, answer, as_json, note_text, questions, table, values_of
from api.rest.asked import grouped, pairs, refused
from api.rest.envelope import release
from api.rest.executable import executables
from api.rest.forms import JSON, dump
from api.service import Service, service_of
from api.streaming import cache_control
from api.workbook import XLSX, Sheet
from baligraph.parameters import ParameterError
from baligraph.questions import TOPICS, Question, bind
from baligraph.store import Query

SRJ: Final = Format("srj", SOLUTIONS[0].media_type, "SPARQL JSON")
OFFERS: Final = (JSON, CSV, XLSX, SRJ, HTML)
"""Of an answer: a client that is indifferent gets JSON."""

LISTED: Final = (JSON, HTML)
PAGES: Final = (HTML, *TRIPLES)


async def index(request: Request) -> Response:
    """`/api/v1/queries` and `/api/v1/queries.{json,html}`: all questions with their parameters."""
    return await _listed(request, "api/v1/queries", LISTED, request.path_params.get("suffix", ""))


async def library(request: Request) -> Response:
    """`/queries` and, as SHACL, `/queries.{ttl,jsonld,nt,rdf}`: the page of all questions."""
    return await _listed(request, "queries", PAGES, request.path_params.get("suffix", ""))


async def question(request: Request) -> Response:
    """`/api/v1/queries/{name}` and its forms: an answer."""
    name, suffix = split_suffix(request.path_params["name"], OFFERS)
    return await _answered(request, name, f"api/v1/queries/{name}", OFFERS, suffix)


async def question_page(request: Request) -> Response:
    """`/queries/{name}`: the same as a page."""
    name = request.path_params["name"]
    return await _answered(request, name, f"queries/{name}", (HTML, *OFFERS[:-1]), "")


async def _listed(request: Request, path: str, offers: tuple[Format, ...], suffix: str) -> Response:
    service = service_of(request)
    grouped(pairs(request.scope["query_string"]), ())
    document = Document(f"{service.settings.base_iri}queries", path, offers)
    chosen = document.choose(request, suffix)
    headers = document.headers(service, chosen, _tag(service, chosen))
    if answered := known(request, headers):
        return answered
    found = questions().values()
    if chosen is HTML:
        topics = [(topic, [entry for entry in found if entry.topic == topic]) for topic in TOPICS]
        return page(request, "questions.html", headers=headers, topics=topics)
    if chosen.name == JSON.name:
        body = {"queries": [described(service, entry) for entry in found], "release": release(service, path, "")}
        return Response(dump(body), headers={**headers, "Content-Type": chosen.content_type})
    return rdf_response(executables(service.settings.base_iri), chosen, headers)


def _tag(service: Service, chosen: Format) -> str:
    """A page changes with its templates, too."""
    return f"{service.release.id}-{edition()}" if chosen is HTML else service.release.id


def described(service: Service, entry: Question) -> dict[str, Any]:
    """A question without its answer."""
    return {
        "name": entry.name,
        "id": entry.id,
        "summary": entry.summary,
        "description": entry.description or None,
        "topic": entry.topic,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "many": parameter.many,
                "meaning": parameter.meaning,
                "default": list(parameter.default),
                "values": list(parameter.values),
            }
            for parameter in entry.parameters
        ],
        "columns": [{"name": name, "meaning": meaning} for name, meaning in entry.columns if name not in entry.witness],
        "coverage": entry.coverage,
        "href": service.keep(f"queries/{entry.name}"),
    }


async def _answered(request: Request, name: str, path: str, offers: tuple[Format, ...], suffix: str) -> Response:
    service, entry = service_of(request), questions().get(name)
    if entry is None:
        raise Problem(404, "Not found", f"There is no question {name[:80]!r}; /api/v1/queries lists them.")
    pairs_ = pairs(request.scope["query_string"])
    text = urlencode(pairs_)
    document = Document(f"{service.settings.base_iri}queries/{name}", path, offers, query=f"?{text}" if text else "")
    chosen = document.choose(request, suffix)
    given = grouped(pairs_, [parameter.name for parameter in entry.parameters])
    try:
        query = bind(entry, given)
    except ParameterError as error:
        raise refused(error) from None
    headers = document.headers(service, chosen, _tag(service, chosen)) | {
        "Cache-Control": cache_control(service),
    }
    if answered := known(request, headers):
        return answered
    if chosen.name == SRJ.name:
        async with await service.engine.ask(Query(text=query)) as got:
            return Response(await got.read(), headers={**headers, "Content-Type": chosen.content_type})
    found = await answer(service, entry, given)
    if chosen is HTML:
        forms = [(offer.label, f"api/v1/queries/{name}.{offer.name}{document.query}") for offer in offers if offer is not HTML]
        context: dict[str, Any] = {
            "answer": found,
            "forms": forms,
            "values": values_of(entry, given),
            "said": release(service, path, document.query),
        }
        return page(request, "question.html", headers=headers, **context)
    body = _written(service, document, chosen, found)
    headers |= {"Content-Disposition": f'inline; filename="{name}-{service.release.id}.{chosen.name}"'} if chosen is XLSX else {}
    return Response(body, headers={**headers, "Content-Type": chosen.content_type})


def _written(service: Service, document: Document, chosen: Format, found: Answer) -> bytes:
    said = release(service, document.path, document.query)
    columns, rows = table(found, service.release.id)
    if chosen.name == JSON.name:
        return dump(as_json(found) | {"release": said})
    if chosen is CSV:
        return sheet.write(columns, rows)
    about = [("question", found.question.summary), ("coverage", found.coverage), ("release", said["id"]), ("how to cite", said["citation"])]
    about += [(f"parameter {name}", ", ".join(values)) for name, values in found.values.items()]
    about += [(f"column {name}", meaning) for name, meaning in found.columns]
    notes = [[note["number"], note_text(note), note.get("quote"), note["link"], note["release"]] for note in found.footnotes]
    plain = len(columns) - 3  # the sources have a sheet of their own, and so have release and coverage
    sheets = (
        Sheet("Answer", columns[:plain], [row[:plain] for row in rows]),
        Sheet("Footnotes", ("number", "source", "quote", "link", "release"), notes),
        Sheet("About", ("what", "text"), about),
    )
    return workbook.write(found.question.summary, said["date"], sheets)
