"""The arithmetic and the writing of the tables of ratios."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bench import serve
from bench.client import Endpoint
from bench.servers import OURS, Server
from bench.spread import Spread, figure, ratios
from bench.table import Table


def test_a_spread_is_median_least_and_most() -> None:
    assert Spread.of([3, 1, 10]) == Spread(3, 1, 10)
    assert Spread.of([4, 2]) == Spread(3, 2, 4)
    with pytest.raises(ValueError, match="at least one"):
        Spread.of([])


def test_ratios_are_taken_round_by_round() -> None:
    """The second round ran on a machine half as quick: that changes no ratio."""
    assert ratios([100, 50, 120], [200, 100, 200]) == Spread(0.5, 0.5, 0.6)


@pytest.mark.parametrize("theirs", [[1, 2], [1, 2, 0]])
def test_there_is_no_ratio_without_a_pair(theirs: list[float]) -> None:
    with pytest.raises(ValueError, match=r"zero|shorter"):
        ratios([1, 2, 3], theirs)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.01234, "0.0123"), (1.234, "1.23"), (12.34, "12.3"), (123.4, "123"), (1234, "1,230"), (98765, "98,800")]
)
def test_three_digits_count(value: float, shown: str) -> None:
    assert figure(value) == shown


def test_a_table_reads_the_same_in_both_forms() -> None:
    table = Table("Title", ("a name", "per s"), note="A note.")
    table.add("x|y", 12)
    assert table.markdown() == "## Title\n\n| a name | per s |\n| --- | ---: |\n| x\\|y | 12 |\n\nA note.\n"
    shown = io.StringIO()
    table.show(Console(file=shown, width=80))
    assert "x|y" in shown.getvalue()
    assert "A note." in shown.getvalue()
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        table.add("x")


def measured() -> serve.Measured:
    endpoint = Endpoint(1, "/")
    return serve.Measured(
        quads=7,
        servers=[(Server(OURS, "ours", endpoint, 1, 0.5), 2**20)],
        rates={
            (serve.CEILING, 1, serve.BARE_ASYNCIO): [1000, 1000, 1000],
            (serve.CEILING, 16, serve.BARE_ASYNCIO): [1000, 1000, 1000],
            ("lookup", 16, OURS): [100, 300, 200],
            ("lookup", 16, "oxigraph on disk"): [200, 400, 700],
            ("lookup", 16, "oxigraph in memory"): [1000, 600, 800],
        },
        failed={("lookup", 16, "rdflib-endpoint"): "status 500"},
    )


def test_the_rows_of_ratios() -> None:
    _, table = serve.tables(measured())
    rows = {row[1]: row for row in table.rows}
    assert rows["oxigraph on disk"] == ["lookup", "oxigraph on disk", "16", "200", "400", "0.5", "0.286–0.75", "≥ 0.5 ✓"]
    assert rows["oxigraph in memory"] == ["lookup", "oxigraph in memory", "16", "200", "800*", "0.25", "0.1–0.5", "≥ 0.35 ✗"]
    assert rows["rdflib-endpoint"][4:] == ["failed", "", "", "≥ 8"]
    assert "failed on rdflib-endpoint: status 500" in table.note
    assert len(table.rows) == 3


def test_what_is_asked_is_measured() -> None:
    """Every ratio that is asked for names a query of the mix, a number of connections that is run, and a server."""
    names = {question.name for question in serve.questions(serve.quads.Made(1, ["a"], ["m"], ["p"]))} | {serve.NOT_MODIFIED}
    peers = {*serve.Plan().peers, serve.BARE_ASGI}
    assert all(question in names and n in serve.CONNECTIONS and peer in peers for question, n, peer in serve.ASKED)
