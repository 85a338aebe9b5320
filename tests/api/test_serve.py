"""Starting and stopping: clear errors, and nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
import releases

from api.app import create_app
from api.serve import run
from baligraph.errors import EngineError, ReleaseError, SettingsError
from baligraph.release_writer import write_release
from baligraph.settings import Settings

Serve = Callable[..., AbstractContextManager[str]]
SERVE = """
import sys
from pathlib import Path
from api.serve import run
from baligraph.settings import Settings
run(Settings(release=Path(sys.argv[1]), port=0), lambda address: print(address, flush=True))
"""


def test_a_release_is_served_under_its_own_base_alone(tiny: Path) -> None:
    with pytest.raises(SettingsError, match=r"BALIGRAPH_BASE_IRI='https://example\.org/': the IRIs of a release begin with https://w3id"):
        create_app(Settings(release=tiny, base_iri="https://example.org/"))


def test_a_file_is_served_under_any_base(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<https://example.org/id/thing_a> <https://example.org/p> 1 .")
    with serve(tmp_path / "a.ttl", base_iri="https://example.org/") as address:
        lines = httpx.get(f"{address}data/thing_a.nt").text.splitlines()
        assert '<https://example.org/id/thing_a> <https://example.org/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .' in lines


def test_no_release_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="baligraph build"):
        create_app(Settings(release=tmp_path))


def test_a_release_that_can_not_be_loaded_is_a_clear_error(tmp_path: Path) -> None:
    write_release(tmp_path, releases.draft(lines=["this is no quad\n"]))
    with pytest.raises(EngineError, match=r"did not start: .*graph\.nq\.gz"):
        run(Settings(release=tmp_path, port=0), log_level="critical")


def test_a_port_in_use_is_a_clear_error(tiny: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EngineError, match=f"port {port} of 127.0.0.1 can't be had"):
            run(Settings(release=tiny, port=port), log_level="critical")


def children(pid: int) -> list[int]:
    found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for child in found for below in children(child))]


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_end_of_the_server_is_the_end_of_all_its_processes(tiny: Path, by: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tiny)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        started = children(process.pid)
        assert len(started) == 1 + Settings().workers
        process.send_signal(by)
        process.wait(10)
    for _ in range(100):
        if not any(os.path.exists(f"/proc/{pid}") for pid in started):  # noqa: PTH110
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail(f"left behind: {[pid for pid in started if Path(f'/proc/{pid}').exists()]}")
