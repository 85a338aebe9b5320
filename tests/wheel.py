"""Build the wheel, install it with the locked dependencies into a fresh environment, and use it from another folder.

    python tests/wheel.py

Not a pytest module: it needs a package index, and `make test` needs none.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
DATA = ("corpus", "ontology", "queries", "shapes")
PACKAGES = ("api", "baligraph", "ingest")


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    print("+", *(Path(c).name if i == 0 else c for i, c in enumerate(map(str, command))), flush=True)
    return subprocess.run([str(c) for c in command], cwd=cwd, check=True, text=True, stdout=subprocess.PIPE).stdout


def same_data(wheel: Path) -> None:
    """Every data file of the checkout is in the wheel: what git ignores would be missing without a word."""
    tracked = run("git", "ls-files", "--", *DATA).split()
    inside = set(ZipFile(wheel).namelist())
    missing = [f for f in tracked if f"baligraph/data/{f}" not in inside]
    if missing:
        raise SystemExit(f"{len(missing)} data files are not in the wheel, e.g. {missing[0]}: see [tool.hatch.build] in pyproject.toml")


def typed(wheel: Path) -> None:
    """Each package says that it is typed (PEP 561), or type checkers of those who use it ignore its annotations."""
    missing = {f"{package}/py.typed" for package in PACKAGES} - set(ZipFile(wheel).namelist())
    if missing:
        raise SystemExit(f"not in the wheel: {', '.join(sorted(missing))}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", work)
        (wheel,) = work.glob("*.whl")
        same_data(wheel)
        typed(wheel)
        venv.create(work / "venv", with_pip=True)
        python, command = work / "venv/bin/python", work / "venv/bin/baligraph"
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock")
        run(*pip, "--no-deps", wheel)
        print(run(command, "build", "--out", work / "releases", cwd=Path("/")))
        print(run(command, "check", "--release", work / "releases", cwd=Path("/")))
        answer = run(command, "query", "ASK { ?m a bp:Meeting }", "--release", work / "releases", cwd=Path("/"))
        if "true" not in answer:
            raise SystemExit(f"the installed wheel answered {answer!r}")
    print("the wheel builds, checks and answers from another folder")


if __name__ == "__main__":
    main()
