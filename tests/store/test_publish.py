"""Publishing into real stores: whole or told, and what is told names the mend."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
import releases
import running
from running import Place

from baligraph import publish as publishing
from baligraph.errors import PublishError, SettingsError
from baligraph.publish import publish
from baligraph.release import Release
from baligraph.release_writer import write_release
from baligraph.store.remote.published import marker, open_store

Serve = Callable[..., AbstractContextManager[str]]


def put(place: Place, graph: str, triples: str = "<urn:s> <urn:p> <urn:o> .") -> None:
    auth = httpx.DigestAuth(place.user, place.password) if place.user else None
    headers = {"content-type": "application/n-triples"}
    httpx.post(place.graphs, params={"graph": graph}, content=triples, headers=headers, auth=auth).raise_for_status()


def test_what_stands_there_is_not_loaded_again_unless_it_was_changed(place: Place, release: Release) -> None:
    first = open_store(place.settings())
    assert first.id == release.id
    assert first.triples + sum(first.graphs.values()) == release.manifest["graph"]["quads"]
    assert publish(release, place.settings()).already
    put(place, "https://w3id.org/baligraph/graph/meta")
    loaded = publish(release, place.settings())
    assert not loaded.already
    assert loaded.published.publication != first.publication
    assert publish(release, place.settings()).already


@pytest.fixture
def small(tmp_path: Path) -> tuple[Release, Release]:
    more = '<urn:s> <urn:p> "new" <https://w3id.org/baligraph/graph/doc/new> .\n'
    lines = sorted({f"{quad} .\n" for quad in map(str, releases.quads())} | {more})
    first = write_release(tmp_path / "releases", releases.draft(day=14, lines=lines))
    return first, write_release(tmp_path / "releases", releases.draft())


@pytest.mark.parametrize("place", ["virtuoso"], indirect=True)  # the other asks nobody who it is
def test_wrong_credentials_are_told_without_them(place: Place, release: Release, small: tuple[Release, Release]) -> None:
    with pytest.raises(SettingsError, match="refuses the credentials; mend BALIGRAPH_STORE_USER") as told:
        publish(small[0], place.settings(store_user="somebody", store_password="something secret"))
    assert "secret" not in str(told.value)
    assert publish(release, place.settings()).already  # nothing was touched


def test_graphs_of_an_older_release_leave_and_those_of_others_stay(small: tuple[Release, Release], tmp_path: Path) -> None:
    with running.oxigraph(tmp_path) as place:
        put(place, "urn:of-others")
        assert publish(small[0], place.settings()).foreign == ("urn:of-others",)
        loaded = publish(small[1], place.settings())
        assert (loaded.removed, loaded.foreign) == (1, ("urn:of-others",))
        said = open_store(place.settings())
        assert said.id == small[1].id
        assert "https://w3id.org/baligraph/graph/doc/new" not in said.graphs


def test_pieces_are_bounded_and_blank_nodes_stay_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "PIECE", 1000)
    monkeypatch.setattr(publishing, "HELD", 3000)
    lines = {f'<urn:s{n}> <urn:p{n % 7}> "{"x" * 50}" <urn:g{n % 5}> .\n' for n in range(500)}
    lines |= {f"_:b <urn:p> <urn:o{n}> <urn:g1> .\n" for n in range(60)} | {f"<urn:s{n}> <urn:p> _:b <urn:g1> .\n" for n in range(60)}
    release = write_release(tmp_path / "releases", releases.draft(lines=sorted(lines)))
    with running.oxigraph(tmp_path) as place:
        loaded = publish(release, place.settings())
        assert loaded.requests > 40
        query = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:g1> { ?s <urn:p> ?b . ?b <urn:p> ?o } }"
        found = httpx.post(place.store, data={"query": query}, headers={"accept": "text/csv"}).text.split()[1]
        assert found == "3600"


def test_a_load_that_breaks_off_is_told_and_mended_by_the_next(
    small: tuple[Release, Release], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    with running.oxigraph(tmp_path) as place, monkeypatch.context() as broken:
        publish(small[0], place.settings())
        with serve(None, **place.known, release_poll=0.1) as address:
            assert httpx.get(f"{address}readyz").json()["release"] == small[0].id
            sent: list[str] = []

            def told(step: str, done: int, _: int) -> None:
                if step == "load" and done:
                    sent.append(step)
                    if len(sent) == 3:
                        raise PublishError("the wire was cut")

            with pytest.raises(PublishError, match="the wire was cut"):
                publish(small[1], place.settings(), told)
            eventually(lambda: httpx.get(f"{address}readyz").status_code == 503)
            answer = httpx.get(f"{address}sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 7"})
            assert answer.status_code == 503
            assert "changes just now" in answer.json()["detail"]
            publish(small[1], place.settings())
            eventually(lambda: httpx.get(f"{address}readyz").json()["release"] == small[1].id)
            assert httpx.get(f"{address}sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 7"}).status_code == 200
        broken.setattr(publishing, "_QUAD", publishing._BLANK)
        with pytest.raises(PublishError, match=r"graph\.nq\.gz:1: not a quad"):
            publish(small[0], place.settings())


def eventually(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_a_store_that_loses_triples_is_told(small: tuple[Release, Release], tmp_path: Path) -> None:
    with running.oxigraph(tmp_path) as place:

        def told(step: str, done: int, _: int) -> None:
            if step == "verify" and not done:
                httpx.delete(place.graphs, params={"graph": "https://w3id.org/baligraph/graph/doc/one"}).raise_for_status()

        with pytest.raises(PublishError, match=r"graph/doc/one has 0 of \d+ triples.*serves nothing now; publish again"):
            publish(small[1], place.settings(), told)
        assert open_store(place.settings()).publication == ""


def test_a_store_that_comes_late_or_goes_is_waited_for(small: tuple[Release, Release], tmp_path: Path, serve: Serve) -> None:
    port = running.free_port()
    late = Place("late", f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store")
    with serve(None, **late.known, release_poll=0.1) as address:
        assert httpx.get(f"{address}readyz").status_code == 503
        assert httpx.get(f"{address}healthz").status_code == 200
        answer = httpx.get(f"{address}sparql", params={"query": "ASK {}"})
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        with running.oxigraph(tmp_path, port=port) as place:
            publish(small[0], place.settings())
            eventually(lambda: httpx.get(f"{address}readyz").status_code == 200)
            assert httpx.get(f"{address}sparql", params={"query": "ASK {}"}).status_code == 200
        eventually(lambda: httpx.get(f"{address}readyz").status_code == 503)
        answer = httpx.get(f"{address}sparql", params={"query": "ASK { ?s ?p ?o }"})
        assert answer.status_code == 503
        assert "can't be reached" in answer.json()["detail"]
        assert str(port) not in answer.text


@pytest.mark.parametrize("missing", ["store", "store_graphs"])
def test_settings_that_are_missing_are_named(small: tuple[Release, Release], missing: str) -> None:
    place = Place("nowhere", "http://127.0.0.1:9/query", "http://127.0.0.1:9/store")
    with pytest.raises(SettingsError, match=f"BALIGRAPH_{missing.upper()} is not set"):
        publish(small[0], place.settings(**{missing: ""}))


def test_the_graph_of_a_publication_is_no_graph_of_a_release(tmp_path: Path) -> None:
    release = write_release(tmp_path / "releases", releases.draft(lines=[f"<urn:s> <urn:p> <urn:o> <{marker()}> .\n"]))
    with pytest.raises(PublishError, match="graph/published is for what is said of a publication"):
        publish(release, Place("nowhere", "http://127.0.0.1:9/query", "http://127.0.0.1:9/store").settings())
