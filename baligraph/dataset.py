"""A plain RDF file served as it is: for conformance suites, benchmarks and a look at data that is no release. No gate judges it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import RdfFormat

from baligraph.errors import ReleaseError


def rdf_format(path: Path) -> RdfFormat | None:
    """The format that the name of a file tells, gzipped or not; None if it tells none."""
    return RdfFormat.from_extension(path.name.removesuffix(".gz").rpartition(".")[2])


class Served(Protocol):
    """What the service has to know of that which it serves: a release, a file in its place, or a release in another store."""

    @property
    def id(self) -> str:
        """Other content has another id, so caches stay right."""
        ...

    @property
    def date(self) -> str | None:
        """The date of a release; None of what is none, and was judged by nobody."""
        ...

    @property
    def withdrawn(self) -> frozenset[str]:
        """The marks of IRIs that were withdrawn (`baligraph.withdrawn`)."""
        ...

    @property
    def search_path(self) -> Path | None:
        """The full-text index, where there is one."""
        ...

    def text(self, slug: str) -> str:
        """The text of a document. Raises KeyError if there is none here."""
        ...


@dataclass(frozen=True, slots=True)
class Dataset:
    """An RDF file in the place of a release: what the service needs to know of either."""

    quads_path: Path
    id: str
    """`dataset-{12 hex of the content}`: another content is another id, so caches stay right."""

    @classmethod
    def open(cls, path: Path | str) -> Dataset:
        """Raises ReleaseError if the file can't be read, or if its name tells no RDF format. The content is parsed later, by the engine."""
        path = Path(path).resolve()
        if rdf_format(path) is None:
            raise ReleaseError(
                f"{path}: the name tells no RDF format; name it .nq, .trig, .ttl, .nt, .rdf or .jsonld, or one of these and .gz"
            )
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise ReleaseError(f"{path}: {error.strerror or error}; name an RDF file that can be read") from None
        return cls(path, f"dataset-{digest[:12]}")

    @property
    def date(self) -> str | None:
        """A plain file has none."""
        return None

    @property
    def withdrawn(self) -> frozenset[str]:
        """A plain file tells of nothing that was withdrawn."""
        return frozenset()

    @property
    def search_path(self) -> Path | None:
        """A plain file has no index."""
        return None

    def text(self, slug: str) -> str:
        """No texts of documents lie beside a plain file. Raises KeyError."""
        raise KeyError(slug)
