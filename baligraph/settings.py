"""All settings of the service: one frozen record, read from `BALIGRAPH_*` variables when somebody asks, never at import."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
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


def _endpoint(text: str) -> str:
    parts = urlsplit(text)
    plain = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None
    if text and (not plain or parts.query or parts.fragment):
        raise ValueError("an http(s) address without a query and without credentials (they are settings of their own)")
    return text


def _folder(text: str) -> Path:
    if not text:
        raise ValueError("a folder")
    return Path(text)


def _file(text: str) -> Path:
    if not text:
        raise ValueError("a file")
    return Path(text)


def _token(text: str) -> str:
    if text and (len(text) < 16 or not text.isascii() or not text.isprintable() or " " in text):
        raise ValueError("16 or more printable ASCII characters without a space")
    return text


def _addresses(text: str) -> str:
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"IP addresses or networks, separated by commas ({part!r} is none)") from None
    return text


def _contact(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"]+|[^\s<>\"@:/?&]+@[^\s<>\"@:/?&]+", text):
        raise ValueError("empty, an e-mail address, or an address that begins with http:// or https://")
    return text


def _path(text: str) -> str:
    if text and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", text):
        raise ValueError("empty, or a path such as /graph, without a / at its end")
    return text


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("0 or 1")
    return text == "1"


def _as(parse: Callable[[str], Any], doc: str, unit: str = "") -> dict[str, Any]:
    """`unit` makes it a limit, which the service publishes."""
    return {"parse": parse, "doc": doc, "unit": unit}


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
    store: str = field(
        default="",
        metadata=_as(_endpoint, "Address of a SPARQL 1.1 service that holds the release and answers in the place of our engine."),
    )
    store_graphs: str = field(
        default="", metadata=_as(_endpoint, "Its address of the Graph Store Protocol, by which `baligraph publish` loads a release.")
    )
    store_user: str = field(default="", metadata=_as(str, "Name by which it knows us, where it asks for one (Basic or Digest)."))
    store_password: str = field(default="", repr=False, metadata=_as(str, "The password to that name."))
    store_password_file: Path | None = field(
        default=None, metadata=_as(_file, "File whose first line is the password, which then stands in no environment.")
    )
    host: str = field(default="127.0.0.1", metadata=_as(_host, "Address to listen on."))
    port: int = field(default=8000, metadata=_as(_number(int, 0, 65535), "Port to listen on; 0 takes a free one."))
    workers: int = field(
        default=4,
        metadata=_as(
            _number(int, 1, 256), "Processes that evaluate queries, which is also how many queries run at once.", "queries at once"
        ),
    )
    queue: int = field(
        default=64, metadata=_as(_number(int, 0, 100_000), "Queries that may wait for a worker; a further one is answered 503.", "queries")
    )
    query_timeout: float = field(
        default=10.0, metadata=_as(_number(float, 0.05, 3600), "Seconds a query may take from its start to its last byte.", "seconds")
    )
    queue_timeout: float = field(
        default=5.0, metadata=_as(_number(float, 0.01, 3600), "Seconds a query may wait for its turn and for a worker, each.", "seconds")
    )
    query_memory: int = field(
        default=512, metadata=_as(_number(int, 32, 1_048_576), "MiB of memory a query may take beside the release itself.", "MiB")
    )
    max_query_length: int = field(
        default=100_000,
        metadata=_as(_number(int, 100, 100_000_000), "Bytes that a query and its form may have; more is answered 413.", "bytes"),
    )
    max_result_bytes: int = field(
        default=200_000_000, metadata=_as(_number(int, 1000, 10**12), "Bytes of a result; a longer one is cut as an error.", "bytes")
    )
    client_queries: int = field(
        default=3,
        metadata=_as(_number(int, 0, 256), "Queries of one client that run at once; 0 is no limit of its own.", "queries at once"),
    )
    client_queue: int = field(
        default=32,
        metadata=_as(_number(int, 0, 100_000), "Further queries of one client that wait their turn; one more is answered 429.", "queries"),
    )
    client_seconds: float = field(
        default=60.0,
        metadata=_as(
            _number(float, 0, 100_000), "Seconds of work that one client may cause in a minute; 0 is no limit.", "seconds a minute"
        ),
    )
    operator_token: str = field(
        default="",
        repr=False,
        metadata=_as(_token, "Whoever sends it as Bearer is bound by none of the limits of a client, of size and of time; else nobody."),
    )
    cache_bytes: int = field(
        default=64 << 20, metadata=_as(_number(int, 0, 10**12), "Bytes of finished answers that are kept to be sent again; 0 keeps none.")
    )
    cache_seconds: int = field(
        default=0,
        metadata=_as(_number(int, 0, 31_536_000), "Seconds for which clients may use an answer without asking whether it changed."),
    )
    max_table_rows: int = field(
        default=1000, metadata=_as(_number(int, 1, 100_000), "Rows that an HTML table of a result shows (downloads are whole).", "rows")
    )
    release_poll: float = field(
        default=5.0, metadata=_as(_number(float, 0, 86_400), "Seconds between looks whether `current` has moved; 0 looks only on SIGHUP.")
    )
    keep: int = field(
        default=5,
        metadata=_as(_number(int, 1, 10_000), "Releases that stay in their folder; a build drops older ones. ?release= asks one."),
    )
    kept_loaded: int = field(
        default=1,
        metadata=_as(_number(int, 0, 100), "Older releases that are loaded at once, when ?release= asks for them; 0 offers none."),
    )
    root_path: str = field(default="", metadata=_as(_path, "Path below which a proxy shows the service, such as /graph."))
    proxies: str = field(
        default="",
        metadata=_as(_addresses, "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; else nobody's."),
    )
    contact: str = field(
        default="",
        metadata=_as(_contact, "E-mail address, or http(s) address, for reports of errors and wishes for removal; pages show it."),
    )
    access_log: bool = field(default=False, metadata=_as(_switch, "1 writes a line of JSON for each request to stderr."))

    max_document_bytes: int = field(
        default=64 * 1024 * 1024,
        metadata=_as(_number(int, 1000, 10**10), "Bytes a document may have to be read; also characters of its text."),
    )
    document_memory: int = field(
        default=512, metadata=_as(_number(int, 64, 1_048_576), "MiB of memory that the parsing of one document may take.")
    )
    document_timeout: int = field(
        default=60, metadata=_as(_number(int, 1, 3600), "Seconds of processor time that the parsing of one document may take.")
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
                shown = f"{name}={text!r}" if known[name].repr and "@" not in text else name  # never a secret, not even a wrong one
                raise SettingsError(f"{shown}: must be {error}") from None
        values.update({name: value for name, value in override.items() if value is not None})
        return cls(**values)


def variable(name: str) -> str:
    """The environment variable of a setting: `query_timeout` → `BALIGRAPH_QUERY_TIMEOUT`."""
    return f"BALIGRAPH_{name.upper()}"


def limits(settings: Settings) -> list[tuple[str, int | float, str, str]]:
    """(name, value, unit, what it does) of every limit that clients should know."""
    return [(f.name, getattr(settings, f.name), f.metadata["unit"], f.metadata["doc"]) for f in fields(settings) if f.metadata["unit"]]


def documentation() -> list[tuple[str, str, str]]:
    """(variable, default, what it does) of every setting, for docs and `baligraph serve --help`."""
    return [(variable(f.name), _shown(f.default), f.metadata["doc"]) for f in fields(Settings)]


def _shown(default: object) -> str:
    match default:
        case None:
            return ""
        case bool():
            return str(int(default))
        case _:
            return str(default)
