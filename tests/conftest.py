"""What tests of several folders share: a tiny release, and a real server over it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from baligraph.release import Release
from ingest.build import build

sys.path.append(str(Path(__file__).parent))  # appended: the folders in here have the names of packages

import releases
from canary import Canary

SERVE = """
import json, sys
from pathlib import Path
from api.serve import run
from baligraph.settings import Settings
given = json.loads(sys.argv[1])
paths = {name: Path(given[name]) for name in ("release", "dataset") if name in given}
run(Settings(**{**given, **paths}), lambda address: print(address, flush=True))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that schemathesis makes of one function differ in their names but not in their ids: where several processes share the work
    by ids, only one of them would be run."""
    for item in items:
        of = item.name.partition("[")[2].removesuffix("]")
        if of and item.id.params is None:
            item._id = replace(item.id, params=of)
    ids = Counter(item.nodeid for item in items)
    assert len(ids) == len(items), [name for name, many in ids.items() if many > 1]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases whose current one is the tiny release."""
    folder = tmp_path_factory.mktemp("releases")
    releases.write(folder)
    return folder


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for builds that are not about building: most take the bundled documents as they are. That it changes no byte is tested."""
    return tmp_path_factory.mktemp("warm")


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Release:
    """The release of the bundled corpus."""
    built = build(out=tmp_path_factory.mktemp("bundled"), cache=warm, processes=1)
    assert built.release is not None, built.error
    assert built.exit_code == 0, built.problems
    return built.release


@contextlib.contextmanager
def serving(served: Path | None, **settings: object) -> Iterator[str]:
    """A server in a process of its own on a free port, over a folder of releases, an RDF file or (None) the store of the settings; gives
    its address, which ends in /."""
    place = {} if served is None else {"dataset" if served.is_file() else "release": str(served)}
    given = json.dumps({**place, "port": 0, "workers": 2, **settings})
    with subprocess.Popen([sys.executable, "-c", SERVE, given], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server on loopback that nothing may reach."""
    bird = Canary()
    yield bird
    bird.close()


@pytest.fixture(scope="session")
def server(tiny: Path) -> Iterator[str]:
    """The address of a server over the tiny release."""
    with serving(tiny) as address:
        yield address


@pytest.fixture(scope="session")
def whole(release: Release) -> Iterator[str]:
    """The address of a server over the release of the bundled corpus."""
    with serving(release.path) as address:
        yield address


@pytest.fixture(scope="session")
def serve() -> Callable[..., contextlib.AbstractContextManager[str]]:
    """`with serve(folder, query_timeout=1) as address:`"""
    return serving
