"""How a store answers, found out by asking it: which forms it writes as the standard says, and what has to be mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx
import pyoxigraph as ox

from baligraph.errors import EngineError, SettingsError
from baligraph.settings import Settings
from baligraph.store.remote.body import JSON, N_TRIPLES, XML, End, Mend
from baligraph.store.remote.http import misfit, refusal, unreachable
from baligraph.store.remote.published import Published

_RESULTS = {JSON: ox.QueryResultsFormat.JSON, XML: ox.QueryResultsFormat.XML}
_EXPECTED = {
    "a": ox.NamedNode("http://example.org/ä"),
    "b": ox.Literal('"<&\\\n\tü'),
    "c": ox.Literal("y", language="en"),
    "d": ox.Literal("7", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    "e": ox.Literal("2002-02-28", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
}
_BOUND = " ".join(f"BIND({term} AS ?{name})" for name, term in _EXPECTED.items())
_SOLUTIONS = f"SELECT ?a ?b ?c ?d ?e ?f {{ {_BOUND} }}"
_SAID = " . ".join(f"<http://example.org/s> <http://example.org/p> {term}" for term in _EXPECTED.values())
_TRIPLES = f"CONSTRUCT {{ {_SAID} }} WHERE {{ }}"
_SAMPLE = 100_000
"""Rows by which a limit of the store is looked for."""

_VIRTUOSO_MENDS: Mapping[str, Sequence[Mend]] = {XML: [(b"<bnode>nodeID://", b"<bnode>")]}


@dataclass(frozen=True, slots=True)
class Dialect:
    """`solutions`: the forms that the store writes rightly, the one that we read first. `mends`: what has to be mended in which form.

    `inline`: the dataset of a query goes into its text (`define`), since as parameters it would come back as headers, one for each graph.
    """

    solutions: tuple[str, ...]
    mends: Mapping[str, Sequence[Mend]] = field(default_factory=dict)
    inline: bool = False


async def learn(client: httpx.AsyncClient, settings: Settings, published: Published) -> Dialect:
    """Ask the store. Raises EngineError (it does not answer, or not rightly), SettingsError (it is set so that it can't be right)."""
    virtuoso = False
    passed = []
    for media_type, kind in _RESULTS.items():
        response = await _ask(client, settings, _SOLUTIONS, media_type)
        virtuoso = virtuoso or response.headers.get("server", "").startswith("Virtuoso")
        strict = b"typed-literal" not in response.content  # Virtuoso's word in JSON, from a draft; parsers may let it pass
        end = End(media_type)
        end.feed(response.content)
        if strict and end.reached and _said(response, media_type) and _solution(response.content, kind) == _EXPECTED | {"f": None}:
            passed.append(media_type)
    if not passed:
        raise EngineError("the store writes SPARQL results neither in JSON nor in XML as the standard has them")
    response = await _ask(client, settings, _TRIPLES, N_TRIPLES)
    if not _said(response, N_TRIPLES) or _objects(response.content) != set(_EXPECTED.values()):
        raise EngineError("the store does not write N-Triples as the standard has them")
    if virtuoso:
        await _refuse_limit(client, settings, published)
    return Dialect(tuple(passed), _VIRTUOSO_MENDS if virtuoso else {}, inline=virtuoso)


async def _refuse_limit(client: httpx.AsyncClient, settings: Settings, published: Published) -> None:
    """Virtuoso cuts the rows of CONSTRUCT as it does those of SELECT, but there it does not say so."""
    query = f"SELECT ?p {{ GRAPH <{published.default_graph}> {{ ?s ?p ?o }} }} LIMIT {_SAMPLE}"
    most = (await _ask(client, settings, query, XML)).headers.get("x-sparql-maxrows")
    if most and int(most) < min(published.triples, _SAMPLE):
        raise SettingsError(
            f"the store gives {most} rows at most and leaves out further triples without a word; "
            "take ResultSetMaxRows out of its virtuoso.ini"
        )


async def _ask(client: httpx.AsyncClient, settings: Settings, query: str, media_type: str) -> httpx.Response:
    try:
        response = await client.post(settings.store, data={"query": query}, headers={"Accept": media_type})
    except httpx.TransportError as error:
        raise unreachable(error) from None
    if response.status_code in {200, 406}:
        return response
    raise misfit(response.status_code) or refusal(response.status_code, response.content)


def _said(response: httpx.Response, media_type: str) -> bool:
    return response.status_code == 200 and response.headers.get("content-type", "").partition(";")[0].strip().lower() == media_type


def _solution(body: bytes, kind: ox.QueryResultsFormat) -> dict[str, object]:
    try:
        found = ox.parse_query_results(body, format=kind)
        if not isinstance(found, ox.QuerySolutions):
            return {}
        names = [variable.value for variable in found.variables]
        return next(({name: row[name] for name in names} for row in found), {})
    except (SyntaxError, ValueError):
        return {}


def _objects(body: bytes) -> set[object]:
    try:
        return {quad.object for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)}
    except SyntaxError:
        return set()
