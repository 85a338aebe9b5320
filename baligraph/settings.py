"""All settings of the service: one frozen record, read from `BALIGRAPH_*` variables when somebody asks, never at import."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from baligraph.errors import SettingsError


def _iri(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or not text.endswith("/") or parts.query or parts.fragment:
        raise ValueError("an http(s) address that ends with /")
    return text


def _number(kind: type[int] | type[float], low: float, high: float) -> Callable[[str], int | float]:
    noun = "a whole number" if kind is int else "a number"

    def parse(text: str) -> int | float:
        try:
            value = kind(text)
        except ValueError:
            raise ValueError(f"{noun} from {low:g} to {high:g}") from None
        if not low <= value <= high:  # also refuses nan
            raise ValueError(f"{noun} from {low:g} to {high:g}")
        return value

    return parse


def _host(text: str) -> str:
    if not text or any(c.isspace() or c == "/" for c in text):
        raise ValueError("a host name or an IP address")
    return text


def _folder(text: str) -> Path:
    if not text:
        raise ValueError("a folder")
    return Path(text)


def _file(text: str) -> Path:
    if not text:
        raise ValueError("a file")
    return Path(text)


def _as(parse: Callable[[str], Any], doc: str) -> dict[str, Any]:
    return {"parse": parse, "doc": doc}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Read with `Settings.from_environment()`, or make one with keywords (tests, command line options)."""

    base_iri: str = field(
        default="https://w3id.org/baligraph/", metadata=_as(_iri, "Start of all canonical IRIs; the server's own paths are mapped to it.")
    )
    release: Path = field(
        default=Path("build/releases/current"), metadata=_as(_folder, "Folder of the release to serve, or one that holds `current`.")
    )
    dataset: Path | None = field(
        default=None, metadata=_as(_file, "RDF file (N-Quads, TriG, Turtle …) to serve instead of a release, as it is and unjudged.")
    )
    disk: Path | None = field(
        default=None, metadata=_as(_folder, "Folder for stores on disk, for a release too large for memory; without it, all is in memory.")
    )
    host: str = field(default="127.0.0.1", metadata=_as(_host, "Address to listen on."))
    port: int = field(default=8000, metadata=_as(_number(int, 0, 65535), "Port to listen on; 0 takes a free one."))
    workers: int = field(
        default=4, metadata=_as(_number(int, 1, 256), "Processes that evaluate queries, which is also how many queries run at once.")
    )
    queue: int = field(
        default=64, metadata=_as(_number(int, 0, 100_000), "Queries that may wait for a worker; a further one is answered 503.")
    )
    query_timeout: float = field(
        default=10.0, metadata=_as(_number(float, 0.05, 3600), "Seconds a query may take from its start to its last byte.")
    )
    queue_timeout: float = field(default=5.0, metadata=_as(_number(float, 0.01, 3600), "Seconds a query may wait for a worker."))
    query_memory: int = field(
        default=512, metadata=_as(_number(int, 32, 1_048_576), "MiB of memory a query may take beside the release itself.")
    )
    max_query_length: int = field(
        default=100_000, metadata=_as(_number(int, 100, 100_000_000), "Bytes that a query and its form may have; more is answered 413.")
    )
    max_result_bytes: int = field(
        default=200_000_000, metadata=_as(_number(int, 1000, 10**12), "Bytes of a result; a longer one is cut as an error.")
    )
    max_table_rows: int = field(
        default=1000, metadata=_as(_number(int, 1, 100_000), "Rows that an HTML table of a result shows (downloads are whole).")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **override: Any) -> Settings:
        """The settings of the environment (`os.environ` if none is given); keywords that are not None win over it.

        Raises SettingsError for a value that can't be used and for an unknown `BALIGRAPH_*` variable (a misspelt limit would otherwise
        silently not hold).
        """
        environment = os.environ if environment is None else environment
        known = {variable(f.name): f for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith("BALIGRAPH_"):
                continue
            if name not in known:
                raise SettingsError(f"{name}: no such setting; there are {', '.join(sorted(known))}")
            try:
                values[known[name].name] = known[name].metadata["parse"](text.strip())
            except ValueError as error:
                raise SettingsError(f"{name}={text!r}: must be {error}") from None
        values.update({name: value for name, value in override.items() if value is not None})
        return cls(**values)


def variable(name: str) -> str:
    """The environment variable of a setting: `query_timeout` → `BALIGRAPH_QUERY_TIMEOUT`."""
    return f"BALIGRAPH_{name.upper()}"


def documentation() -> list[tuple[str, str, str]]:
    """(variable, default, what it does) of every setting, for docs and `baligraph serve --help`."""
    return [(variable(f.name), "" if f.default is None else str(f.default), f.metadata["doc"]) for f in fields(Settings)]
