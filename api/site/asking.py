"""The queries of pages: read once, filled with typed terms, and asked of the release."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from api.service import Service
from api.terms import Row, select
from baligraph import data
from baligraph.questions import Question, bind, load_page_query


@cache
def query(name: str) -> Question:
    """The query of `queries/site/{name}.rq`. Raises InputError, DataNotFoundError."""
    return load_page_query(data.queries("site", f"{name}.rq"))


def text(name: str, **values: str | Sequence[str]) -> str:
    """The query as it is asked, and as a reader can change it. Raises ParameterError for a value that can't be one.

    The header leaves: it is for those who write the file.
    """
    lines = bind(query(name), values).splitlines()
    return "\n".join(line.partition(" #= ")[0] for line in lines if not line.startswith("#+")) + "\n"


async def ask(service: Service, name: str, **values: str | Sequence[str]) -> list[Row]:
    """Its rows. Raises ParameterError, StoreError."""
    return await select(service.engine, text(name, **values))


async def ask_once(service: Service, name: str) -> list[Row]:
    """The rows of a query without parameters, kept as long as the release is served."""
    key = f"site/{name}"
    if key not in service.kept:
        service.kept[key] = await ask(service, name)
    found: list[Row] = service.kept[key]
    return found


def value(row: Row, name: str) -> str:
    """A cell's text; nothing for an empty one."""
    return row[name].value if name in row else ""
