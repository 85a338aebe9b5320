"""The application: handlers, middleware and routes as tables, in reading order. Nothing happens at import."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api import problems
from api.base import check_base
from api.current import Current
from api.dumps import Dumps
from api.entry import Entry
from api.pages import FOLDER
from api.routes import (
    build,
    calendar,
    catalog,
    changes,
    citing,
    collections,
    documents,
    graphs,
    home,
    linked_data,
    operation,
    published,
    quality,
    questions,
    releases,
    rest,
    search,
    sparql,
    why,
)
from api.site.pages import PAGES
from baligraph.dataset import Served
from baligraph.errors import BaligraphError, StoreError
from baligraph.settings import Settings
from baligraph.store import Engine


class Application(FastAPI):
    """The framework behind the entry, which is the first to see a request."""

    entry: Entry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the start and the end of the service."""
        await self.entry(scope, receive, send)

    async def framed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What the entry hands on to the framework."""
        await super().__call__(scope, receive, send)


def create_app(settings: Settings, engine: Callable[[Served], Engine] | None = None) -> Application:
    """The service over the release or the file that the settings name; `engine` makes the engine of a release, if another than the
    embedded one shall answer.

    Raises ReleaseError if there is none, or a damaged one, and SettingsError if the settings don't fit it.
    """
    check_base(settings)
    current = Current(settings, engine)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            await current.start()
        except BaligraphError as error:
            app.state.failure = error  # the server only says that it did not start
            raise
        gc.collect()
        gc.freeze()  # what is there now stays: no collection needs to look at it again
        try:
            yield
        finally:
            await current.close()
            app.state.dumps.close()

    direct: dict[str, ASGIApp] = {"/sparql": sparql.Sparql(), "/graphs": graphs.Graphs()}
    routes = [
        *(Route(path, endpoint) for path, endpoint in direct.items()),
        Route("/", home.show_home, name="home"),
        Route("/query", home.show_query, name="query"),
        Route("/query/names.json", home.show_names, name="names"),
        Route("/search", search.show_search, name="search page"),
        Route("/about", home.show_about, name="about"),
        *(Route(f"/{name}", collections.show_collection, name=f"page of {name}") for name in PAGES),
        Route("/documents", documents.show_documents, name="documents"),
        Route("/documents/{slug}", documents.show_document, name="reader"),
        Route("/build", build.show_build, name="build"),
        Route("/quality", quality.show_quality, name="quality"),
        Route("/limits", operation.show_limits, name="limits"),
        Route("/healthz", operation.healthz, name="health"),
        Route("/readyz", operation.readyz, name="ready"),
        Route("/metrics", operation.metrics, name="metrics"),
        Route("/id/{name}", linked_data.redirect, name="id"),
        Route("/data", catalog.catalogue, name="catalogue"),
        Route("/data.{suffix}", catalog.catalogue, name="catalogue in a form"),
        Route("/.well-known/void", catalog.void, name="void"),
        Route("/sitemap.xml", catalog.sitemap, name="sitemap"),
        Route("/robots.txt", catalog.robots, name="robots"),
        Route("/data/{name}", linked_data.data, name="data"),
        Route("/concept/{name}", linked_data.concept, name="concept"),
        Route("/why", why.why, name="why"),
        Route("/ontology", linked_data.ontology, name="ontology"),
        Route("/ontology.{suffix}", linked_data.ontology, name="ontology in a form"),
        Route("/ontology/class/{name}", linked_data.ontology_class, name="class"),
        Route("/ontology/{name:path}", linked_data.ontology_part, name="ontology part"),
        Route("/releases", releases.releases, name="releases"),
        Route("/releases.{suffix}", releases.releases, name="releases in a form"),
        Route("/releases/{id}", releases.release, name="release"),
        Route("/releases/{a}/diff/{b}", releases.diff, name="difference"),
        Route("/releases/{id}/{path:path}", releases.file, name="file of a release"),
        Route("/feeds/changes.atom", changes.feed, name="changes"),
        Route("/calendar.ics", calendar.calendar, name="calendar"),
        Route("/cite", citing.citation, name="cite"),
        Route("/shapes", published.shapes, name="shapes"),
        Route("/shapes.{suffix}", published.shapes, name="shapes in a form"),
        Route("/prefixes", published.prefixes, name="prefixes"),
        Route("/prefixes.{suffix}", published.prefixes, name="prefixes in a form"),
        Route("/api", rest.reference, name="reference"),
        Route("/api/v1/openapi.json", rest.openapi, name="openapi"),
        Route("/api/v1", rest.index, name="rest"),
        Route("/api/v1.{suffix}", rest.index, name="rest in a form"),
        Route("/api/v1/queries", questions.index, name="questions"),
        Route("/api/v1/queries.{suffix}", questions.index, name="questions in a form"),
        Route("/api/v1/queries/{name}", questions.question, name="question"),
        Route("/queries", questions.library, name="library"),
        Route("/queries.{suffix}", questions.library, name="library in a form"),
        Route("/queries/{name}", questions.question_page, name="question as a page"),
        Route("/api/v1/search", rest.search, name="search"),
        Route("/api/v1/search.{suffix}", rest.search, name="search in a form"),
        Route("/api/v1/{collection}", rest.collection, name="collection"),
        Route("/api/v1/{collection}/{key}", rest.item, name="item"),
        Route("/context.jsonld", published.context, name="context"),
        Route("/graph/{name:path}", linked_data.graph, name="graph"),
        Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
    ]
    app = Application(
        title="Bali Process Graph",
        lifespan=lifespan,
        openapi_url=None,  # ours is made from the table of collections, and its page loads nothing from elsewhere
        routes=routes,
        exception_handlers={
            problems.Problem: problems.on_problem,
            StoreError: problems.on_problem,
            HTTPException: problems.on_http,
            Exception: problems.on_fault,
        },
    )
    app.router.redirect_slashes = False  # the framework would redirect by the Host header
    app.entry = Entry(app.framed, direct, current)
    app.state.current = current
    app.state.dumps = Dumps(settings)
    app.state.failure = None
    return app
