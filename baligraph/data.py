"""Where the plain data of the project lies: in a checkout beside the package, in an installed wheel inside it.

The four folders hold no Python; this module is the only one that knows how to find them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from baligraph.errors import BaligraphError

FOLDERS: Final = ("corpus", "ontology", "queries", "shapes")


class DataNotFoundError(BaligraphError, FileNotFoundError):
    """A data folder, or a file that belongs in it, is missing from this installation."""


def _places() -> tuple[Path, Path]:
    package = Path(__file__).resolve().parent
    return package.parent, package / "data"


@cache
def root() -> Path:
    """The folder that holds `corpus/`, `ontology/`, `queries/` and `shapes/`.

    The checkout wins: a wheel never has these folders beside its package.

    Raises:
        DataNotFoundError: neither place has all four folders.
    """
    places = _places()
    for place in places:
        # other packages of an environment may have a folder of the same name: only the whole set is ours
        if all((place / folder).is_dir() for folder in FOLDERS):
            return place
    missing = {str(place): [folder for folder in FOLDERS if not (place / folder).is_dir()] for place in places}
    told = "; ".join(f"{place} lacks {', '.join(folders)}" for place, folders in missing.items())
    raise DataNotFoundError(f"the data folders were not found: {told}. Reinstall the package, or run it from a whole checkout.")


def _folder(name: str, parts: tuple[str, ...]) -> Path:
    path = root().joinpath(name, *parts)
    if not path.exists():
        raise DataNotFoundError(f"{path} is missing. It belongs to the project's {name}/ folder: restore it, or reinstall the package.")
    return path


def corpus(*parts: str) -> Path:
    """A path below `corpus/`: `corpus("reference", "areas.csv")`. Raises DataNotFoundError where it does not exist."""
    return _folder("corpus", parts)


def ontology(*parts: str) -> Path:
    """A path below `ontology/`. Raises DataNotFoundError where it does not exist."""
    return _folder("ontology", parts)


def queries(*parts: str) -> Path:
    """A path below `queries/`. Raises DataNotFoundError where it does not exist."""
    return _folder("queries", parts)


def shapes(*parts: str) -> Path:
    """A path below `shapes/`. Raises DataNotFoundError where it does not exist."""
    return _folder("shapes", parts)
