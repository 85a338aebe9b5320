"""Documents read on a Dask cluster of two processes are read as here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import cluster
from ingest.cluster import ClusterError, read_on
from ingest.contribution import TextInput
from ingest.document import ReadingContext
from ingest.findings import Reading
from ingest.readers import read_one
from ingest.reference import load_reference

distributed = pytest.importorskip("distributed", reason="Dask is not installed: `--dask` is NOT tested (pip install 'baligraph[cluster]')")

TEXTS = [TextInput(slug=f"d{n:02}", text=f"{n}. Ministers met in Bali on {n + 1} March 2011. Australia co-chaired.") for n in range(12)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1") as local:
        yield local.scheduler_address


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_two_processes_read_what_one_reads(address: str, context: ReadingContext) -> None:
    found = {text.slug: outcome for text, outcome in read_on(address, TEXTS, load_reference())}
    assert found == {text.slug: read_one(text, context) for text in TEXTS}
    assert all(isinstance(outcome, Reading) for outcome in found.values())


def test_workers_with_other_code_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "extractor_version", lambda: "0.0.1+another")
    with pytest.raises(ClusterError, match=r"another version than 0\.0\.1\+another: .* install the same"):
        list(read_on(address, TEXTS, load_reference()))


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_WAIT", "1s")
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 "):
        list(read_on("tcp://127.0.0.1:9", TEXTS, load_reference()))


def test_nothing_is_asked_of_the_cluster_where_nothing_is_to_be_read() -> None:
    assert list(read_on("tcp://127.0.0.1:9", [], load_reference())) == []
