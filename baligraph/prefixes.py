"""The project's prefixes, read once from `ontology/prefixes.ttl`, the only place where they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, RdfFormat, parse

from baligraph import data
from baligraph.errors import BaligraphError

SH: Final = "http://www.w3.org/ns/shacl#"
# the local names that Turtle and SPARQL both read without escapes, and that end in no dot
LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_CURIE: Final = re.compile(r"(?<![\w:<])([a-z]+):([A-Za-z][\w-]*)")


class PrefixError(BaligraphError, ValueError):
    """A CURIE that can't be expanded, or a prefix file that says two things."""


@cache
def prefixes() -> Mapping[str, str]:
    """Every prefix with its name space, in the order of the alphabet.

    Raises:
        PrefixError: a declaration is incomplete, or one prefix has two name spaces.
        DataNotFoundError: `ontology/prefixes.ttl` is missing.
    """
    path = data.ontology("prefixes.ttl")
    names: dict[str, set[str]] = {}
    spaces: dict[str, set[str]] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        if isinstance(quad.object, Literal):
            target = {f"{SH}prefix": names, f"{SH}namespace": spaces}.get(quad.predicate.value)
            if target is not None:
                target.setdefault(str(quad.subject), set()).add(quad.object.value)
    found: dict[str, str] = {}
    for node in sorted(names.keys() | spaces.keys()):
        prefix, space = names.get(node, set()), spaces.get(node, set())
        if len(prefix) != 1 or len(space) != 1:
            raise PrefixError(f"{path}: {node} needs exactly one sh:prefix and one sh:namespace, not {sorted(prefix)} and {sorted(space)}")
        if found.setdefault(*prefix, *space) not in space:
            raise PrefixError(f"{path}: the prefix {sorted(prefix)[0]} is declared twice, with different name spaces")
    return MappingProxyType(dict(sorted(found.items())))


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((space, prefix) for prefix, space in prefixes().items()), key=lambda pair: (-len(pair[0]), pair)))


def expand(curie: str) -> str:
    """The IRI of a CURIE: `bp:Meeting` → `https://w3id.org/baligraph/ontology#Meeting`.

    Raises:
        PrefixError: there is no colon, or the prefix is not one of the project's.
    """
    prefix, colon, local = curie.partition(":")
    space = prefixes().get(prefix) if colon else None
    if space is None:
        raise PrefixError(f"{curie!r} is not a CURIE of this project; known prefixes: {', '.join(prefixes())}")
    return space + local


@lru_cache(1 << 14)
def shrink(iri: str) -> str:
    """The CURIE of an IRI where the project has a prefix for it and the rest is a plain local name; otherwise the IRI itself."""
    for space, prefix in _longest_first():
        if iri.startswith(space) and LOCAL.fullmatch(iri[len(space) :]):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


def unshrink(name: str) -> str:
    """The reverse of `shrink`: what has none of our prefixes is an IRI already."""
    return expand(name) if name.partition(":")[0] in prefixes() else name


def _chosen(only: Iterable[str] | None) -> list[tuple[str, str]]:
    if only is None:
        return list(prefixes().items())
    return [(prefix, expand(f"{prefix}:")) for prefix in sorted(set(only))]


def turtle_header(only: Iterable[str] | None = None) -> str:
    """`@prefix` lines for all prefixes, or for `only` these. Raises PrefixError for an unknown one."""
    return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in _chosen(only))


def sparql_header(only: Iterable[str] | None = None) -> str:
    """`PREFIX` lines for all prefixes, or for `only` these. Raises PrefixError for an unknown one."""
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in _chosen(only))


def named(query: str) -> frozenset[str]:
    """The IRIs of all CURIEs that stand in a query."""
    known = prefixes()
    return frozenset(known[m[1]] + m[2] for m in _CURIE.finditer(query) if m[1] in known)
