"""The embedded engine: right answers, and no query that harms it, others or the house."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from canary import Canary
from runaway import RUNAWAY

from baligraph.errors import BusyError, EngineError, LimitError, QueryError, StoreError, UnknownGraphError
from baligraph.settings import Settings
from baligraph.store import ALL_GRAPHS, SOLUTIONS, TRIPLES, Query
from baligraph.store.embedded import EmbeddedEngine

LOOKUP = "SELECT ?o { <http://e/7> <http://e/p> ?o }"
ROWS = 20_000


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "data.nq"
    lines = [f'<http://e/{n}> <http://e/p> "{n}" .' for n in range(ROWS)] + ["<http://e/7> <http://e/q> <http://e/8> <http://e/graph> ."]
    path.write_text("\n".join(lines) + "\n")
    return path


@asynccontextmanager
async def running(path: Path, folder: Path | None = None, **settings: Any) -> AsyncIterator[EmbeddedEngine]:
    engine = EmbeddedEngine(path, Settings(**{"workers": 2, "query_timeout": 5.0, **settings}), folder)
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


def run(path: Path, work: Callable[[EmbeddedEngine], Coroutine[Any, Any, object]], **settings: Any) -> None:
    async def main() -> None:
        async with running(path, **settings) as engine:
            await work(engine)

    asyncio.run(main())


async def answer(engine: EmbeddedEngine, text: str, **parts: Any) -> bytes:
    async with await engine.ask(Query(text=text, **parts)) as found:
        return await found.read()


async def fails(asked: Awaitable[bytes]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        await asked
    return caught.value


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_every_media_type_is_written(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        for media_type in SOLUTIONS:
            async with await engine.ask(Query(text=LOOKUP, solutions=media_type)) as found:
                assert found.media_type == media_type
                assert b"7" in await found.read()
        for media_type in TRIPLES:
            async with await engine.ask(Query(text="CONSTRUCT WHERE { <http://e/7> ?p ?o }", triples=media_type)) as found:
                assert found.media_type == media_type
                quads = ox.parse(await found.read(), format=ox.RdfFormat.from_media_type(media_type))
                assert [quad.object for quad in quads] == [ox.Literal("7")]
        assert json.loads(await answer(engine, "ASK {}"))["boolean"] is True
        assert engine.ended == 0

    run(data, work)


def test_a_long_answer_comes_whole_and_in_pieces(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        async with await engine.ask(Query(text="SELECT ?o { ?s <http://e/p> ?o }", solutions="text/csv")) as found:
            assert found.whole is None
            pieces = [piece async for piece in found.chunks()]
        assert len(pieces) > 1
        assert sorted(map(int, b"".join(pieces).split()[1:])) == list(range(ROWS))
        assert engine.ended == 0

    run(data, work)


def test_the_default_graph_is_no_union_and_the_protocol_can_choose_graphs(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        ask = "ASK { ?s <http://e/q> ?o }"
        assert json.loads(await answer(engine, ask))["boolean"] is False
        assert json.loads(await answer(engine, ask, default_graphs=("http://e/graph",)))["boolean"] is True
        assert json.loads(await answer(engine, f"ASK {{ GRAPH ?g {ask[4:]} }}"))["boolean"] is True
        assert json.loads(await answer(engine, f"ASK {{ GRAPH ?g {ask[4:]} }}", default_graphs=("http://e/graph",)))["boolean"] is False
        assert json.loads(await answer(engine, f"ASK {{ GRAPH ?g {ask[4:]} }}", named_graphs=("http://e/graph",)))["boolean"] is True

    run(data, work)


def test_a_wrong_query_is_answered_with_its_place(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        error = await fails(answer(engine, "SELECT * {\n  ?s foo:bar ?o }"))
        assert isinstance(error, QueryError)
        assert (error.line, error.column) == (2, 13)
        assert "prefix" in str(error)
        for text in ("INSERT DATA { <a:a> <b:b> <c:c> }", "LOAD <http://127.0.0.1/>", "SELECT", "", "\ud800", "ASK { ?s ?p ?o } trailing"):
            assert isinstance(await fails(answer(engine, text)), QueryError), text
        assert isinstance(await fails(answer(engine, "ASK {}", solutions="text/csv")), QueryError)
        assert isinstance(await fails(answer(engine, "ASK {}", default_graphs=("no iri",))), QueryError)
        assert engine.ended == 0

    run(data, work)


@pytest.mark.parametrize(
    "text",
    [
        RUNAWAY,
        "SELECT * { ?a ?b ?c . ?d ?e ?f . FILTER(?a = ?f) }",
        "SELECT * { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?a) } }",
    ],
)
def test_a_runaway_is_ended_in_time_while_others_are_served(data: Path, text: str) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        loop = asyncio.get_running_loop()
        before = engine.pids
        began = loop.time()
        runaway = asyncio.ensure_future(fails(answer(engine, text)))
        served = 0
        while not runaway.done():
            assert b"7" in await answer(engine, LOOKUP)
            served += 1
        error = runaway.result()
        assert isinstance(error, LimitError)
        assert error.limit == "time"
        assert 1.0 <= loop.time() - began < 10
        assert served > 1
        (ended,) = set(before) - set(engine.pids)
        assert gone(ended)
        assert engine.status().ended == {"time": 1}
        assert len(engine.pids) == 2

    run(data, work, query_timeout=1.0)


def test_a_query_can_ask_for_less_time_but_not_for_more(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        loop = asyncio.get_running_loop()
        for asked, limit in ((0.2, 0.2), (60.0, 0.6)):
            began = loop.time()
            await fails(answer(engine, RUNAWAY, timeout=asked))
            assert limit <= loop.time() - began < limit + 5

    run(data, work, query_timeout=0.6)


def test_a_reader_who_stops_reading_does_not_hold_the_worker(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        async with await engine.ask(Query(text="SELECT * { ?a ?b ?c . ?d ?e ?f }")) as found:
            chunks = found.chunks()
            await anext(chunks)
            await asyncio.sleep(2.3)
            assert b"7" in await answer(engine, LOOKUP)  # the only worker is free again
            with pytest.raises(LimitError, match=r"longer than 2 s"):
                while True:
                    await anext(chunks)

    run(data, work, query_timeout=2.0, workers=1)


def test_a_reader_who_leaves_ends_the_query(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        (worker,) = engine.pids
        asked = asyncio.ensure_future(answer(engine, RUNAWAY))
        await asyncio.sleep(0.2)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert b"7" in await answer(engine, LOOKUP)
        assert gone(worker)

    run(data, work, workers=1)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c", "memory"),
        ("SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }", "memory"),
        ("SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }", "nesting"),
    ],
)
def test_memory_and_nesting_end_only_their_own_worker(data: Path, text: str, limit: str) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        error = await fails(answer(engine, text))
        assert isinstance(error, LimitError)
        assert error.limit == limit
        assert b"7" in await answer(engine, LOOKUP)
        assert engine.ended == 1

    run(data, work, query_memory=64, query_timeout=60.0)


def test_five_thousand_brackets_are_only_a_query(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        await answer(engine, "SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }")
        assert engine.ended == 0

    run(data, work)


def test_a_long_answer_is_cut_as_an_error(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        error = await fails(answer(engine, "SELECT * { ?s ?p ?o }"))
        assert isinstance(error, LimitError)
        assert error.limit == "result size"
        assert b"7" in await answer(engine, LOOKUP)

    run(data, work, max_result_bytes=200_000)


def test_an_engine_that_panics_says_so_and_goes_on(tmp_path: Path) -> None:
    """Oxigraph can't sort values of very different kinds; such a query is its failure, not a limit."""
    values = [
        '"{n}"',
        "{n}",
        '"{n}"@en',
        '"2002-02-{d:02}"^^<http://www.w3.org/2001/XMLSchema#date>',
        "<http://e/{n}>",
        '"2002"^^<http://www.w3.org/2001/XMLSchema#gYear>',
    ]
    lines = []
    for n in range(400):
        value = values[n % len(values)].format(n=n * 7919 % 400, d=n % 28 + 1)
        value = f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>' if value.isdigit() else value
        lines.append(f"<http://e/{n}> <http://e/p> {value} .")
    path = tmp_path / "mixed.nq"
    path.write_text("\n".join(lines) + "\n")

    async def work(engine: EmbeddedEngine) -> None:
        assert (await answer(engine, "SELECT ?o { ?s ?p ?o } ORDER BY STR(?o)", solutions="text/csv")).count(b"\n") == 401
        error = await fails(answer(engine, "SELECT ?o { ?s ?p ?o } ORDER BY ?o"))
        assert type(error) is StoreError
        assert "ORDER BY STR" in str(error)
        assert json.loads(await answer(engine, "ASK {}"))["boolean"] is True

    run(path, work)


def test_a_worker_that_is_killed_is_replaced(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        for pid in engine.pids:  # idle ones
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.1)
        for _ in range(4):
            assert b"7" in await answer(engine, LOOKUP)
        asked = asyncio.ensure_future(fails(answer(engine, RUNAWAY)))
        await asyncio.sleep(0.2)
        for pid in engine.pids:  # a busy one
            os.kill(pid, signal.SIGKILL)
        assert isinstance(await asked, EngineError)
        for _ in range(4):
            assert b"7" in await answer(engine, LOOKUP)
        assert len(engine.pids) == 2

    run(data, work)


def test_a_loader_that_is_killed_is_replaced_and_takes_its_workers_along(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        before = engine.pids
        (loader,) = {int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]) for pid in before}
        os.kill(loader, signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert all(gone(pid) or Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z" for pid in before)
        assert b"7" in await answer(engine, LOOKUP)
        assert not set(before) & set(engine.pids)

    run(data, work)


def test_closing_leaves_no_process(data: Path) -> None:
    pids: list[int] = []

    async def work(engine: EmbeddedEngine) -> None:
        pids.extend(engine.pids)
        asyncio.get_running_loop().create_task(fails(answer(engine, RUNAWAY)))
        await asyncio.sleep(0.1)

    run(data, work)
    assert len(pids) == 2
    assert all(gone(pid) for pid in pids)


def test_too_many_at_once_are_told_so(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        running = [asyncio.ensure_future(fails(answer(engine, RUNAWAY))) for _ in range(2)]
        await asyncio.sleep(0.1)
        assert isinstance(await fails(answer(engine, LOOKUP)), BusyError)  # waited its time
        waiting = asyncio.ensure_future(fails(answer(engine, LOOKUP)))
        await asyncio.sleep(0)
        assert "wait already" in str(await fails(answer(engine, LOOKUP)))
        await waiting
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        assert b"7" in await answer(engine, LOOKUP)

    run(data, work, queue=1, queue_timeout=0.3)


@pytest.mark.parametrize("disk", [False, True], ids=["memory", "disk"])
def test_no_query_reaches_the_network_even_past_the_early_refusal(data: Path, tmp_path: Path, canary: Canary, disk: bool) -> None:
    calls = [
        f"SELECT * {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{canary.address}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?g {{ <{canary.address}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
        f"ASK {{ FILTER EXISTS {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * FROM <{canary.address}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{canary.address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <http://localhost:{canary.port}/> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <http://[::ffff:127.0.0.1]:{canary.port}/> {{ ?s ?p ?o }} }}",
        f"LOAD <{canary.address}>",
    ]

    async def work(engine: EmbeddedEngine) -> None:
        for text in calls:
            try:
                await answer(engine, text)
            except StoreError as error:
                assert isinstance(error, QueryError), text
        assert b"7" in await answer(engine, LOOKUP)

    run(data, work, folder=tmp_path / "disk" if disk else None)
    assert not canary.called.wait(0.2)
    # the canary itself works: without the worker's limits the same query does call
    with pytest.raises(OSError):
        list(ox.Store().query(calls[0]))
    assert canary.called.wait(5)


def test_a_store_on_disk_answers_the_same_and_is_kept(data: Path, tmp_path: Path) -> None:
    folder, half = tmp_path / "disk", tmp_path / "disk.loading"
    half.mkdir()
    (half / "left").write_text("by a loader that was killed")

    async def work(engine: EmbeddedEngine) -> None:
        assert b"7" in await answer(engine, LOOKUP)
        rows = await answer(engine, "SELECT ?o { ?s <http://e/p> ?o }", solutions="text/csv")
        assert sorted(map(int, rows.split()[1:])) == list(range(ROWS))
        error = await fails(answer(engine, RUNAWAY, timeout=0.3))
        assert isinstance(error, LimitError)
        assert error.limit == "time"
        assert b"7" in await answer(engine, LOOKUP)
        assert engine.ended == 1

    run(data, work, folder=folder)
    assert not half.exists()
    first = folder.stat().st_ino
    run(data, work, folder=folder)
    assert folder.stat().st_ino == first


def test_old_stores_on_disk_are_removed_and_nothing_else(data: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for name in ("one", "two", "three"):
        run(data, lambda engine: answer(engine, LOOKUP), folder=tmp_path / name)
    assert {path.name for path in tmp_path.iterdir()} == {"other", "two", "three"}


def test_a_graph_is_dumped(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        def parsed(text: bytes) -> list[ox.Quad]:
            return list(ox.parse(text, format=ox.RdfFormat.N_QUADS))

        (quad,) = parsed(await answer(engine, "", dump="http://e/graph", triples="application/n-triples"))
        assert quad.object == ox.NamedNode("http://e/8")
        assert len(parsed(await answer(engine, "", dump="", triples="application/n-triples"))) == ROWS
        assert len(parsed(await answer(engine, "", dump=ALL_GRAPHS, triples="application/n-quads"))) == ROWS + 1
        assert isinstance(await fails(answer(engine, "", dump="http://e/none")), UnknownGraphError)
        assert isinstance(await fails(answer(engine, "", dump="no iri")), QueryError)
        assert engine.ended == 0

    run(data, work)


def test_an_operator_may_ask_for_more_than_others(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        long = "SELECT * { ?s ?p ?o }"
        assert isinstance(await fails(answer(engine, long)), LimitError)
        assert len(await answer(engine, long, unlimited=True)) > 200_000
        began = asyncio.get_running_loop().time()
        await fails(answer(engine, RUNAWAY, unlimited=True, timeout=1.5))
        assert asyncio.get_running_loop().time() - began >= 1.5

    run(data, work, max_result_bytes=200_000, query_timeout=1.0)


def test_how_it_is_can_be_seen(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        assert (engine.status().workers, engine.status().idle, engine.status().waiting) == (2, 2, 0)
        running = [asyncio.ensure_future(fails(answer(engine, RUNAWAY, timeout=0.5))) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert (engine.status().idle, engine.status().waiting) == (0, 1)
        await asyncio.gather(*running)
        for _ in range(100):
            if engine.status().idle == 2:
                break
            await asyncio.sleep(0.05)
        assert engine.status().ended == {"time": 3}
        assert engine.status().idle == 2

    run(data, work)


def test_random_numbers_differ_between_workers_and_queries(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        found = [await answer(engine, "SELECT (STRUUID() AS ?x) (RAND() AS ?y) {}") for _ in range(6)]
        assert len(set(found)) == 6

    run(data, work, workers=3)


@pytest.mark.parametrize(
    ("name", "content"), [("bad.nq", "this is no RDF\n"), ("bad.xyz", ""), ("missing.nq", None), ("bad.nq.gz", "no gzip")]
)
def test_a_file_that_can_not_be_loaded_is_named(tmp_path: Path, name: str, content: str | None) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)

    with pytest.raises(EngineError, match=name):
        run(tmp_path / name, lambda engine: answer(engine, LOOKUP))


def niceness(pid: int) -> int:
    """Of the thread that stands back most."""
    return max(os.getpriority(os.PRIO_PROCESS, int(thread.name)) for thread in Path(f"/proc/{pid}/task").iterdir())


LONG = (
    "SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a <http://e/p> ?o } LIMIT 200 } ?b <http://e/p> ?x FILTER(STRLEN(CONCAT(STR(?a), ?x)) > 0) }"
)


def test_a_long_query_steps_back_and_its_worker_goes_with_it(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        own, (pid,) = os.getpriority(os.PRIO_PROCESS, 0), engine.pids
        assert niceness(pid) == own
        asked = asyncio.ensure_future(answer(engine, LONG, solutions="text/csv"))
        while niceness(pid) == own:
            assert not asked.done()
            await asyncio.sleep(0.01)
        assert int((await asked).split()[1]) == 200 * ROWS, "it is answered whole"
        while engine.status().ended != {"slow": 1}:
            await asyncio.sleep(0.01)
        assert engine.pids != [pid]
        assert niceness(engine.pids[0]) == own

    run(data, work, workers=1, query_timeout=60.0)


def test_a_worker_that_waits_for_its_reader_does_not_step_back(data: Path) -> None:
    async def work(engine: EmbeddedEngine) -> None:
        own, (pid,) = os.getpriority(os.PRIO_PROCESS, 0), engine.pids
        async with await engine.ask(Query(text="SELECT * { ?s ?p ?o . ?s ?q ?x }")) as found:
            assert found.whole is None
            await asyncio.sleep(0.5)  # its reader takes its time
            assert niceness(pid) == own
            assert json.loads(await found.read())["results"]["bindings"], "it is answered whole"
        assert engine.pids == [pid]

    run(data, work, workers=1, query_timeout=60.0)
