"""Terms as people type them: an IRI, a prefixed name, a literal with or without its quotes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from baligraph.errors import BaligraphError
from baligraph.prefixes import expand, shrink


class TypedError(BaligraphError, ValueError):
    """What was typed names no IRI; the message says why."""


def node(text: str) -> NamedNode:
    """`id:area_mys`, `https://…` or `<https://…>`. Raises TypedError."""
    try:
        return NamedNode(text.strip("<>") if "://" in text else expand(text))
    except ValueError as e:  # expand's own is a BaligraphError too, and says more
        raise TypedError(str(e) if isinstance(e, BaligraphError) else f"{text!r} is no IRI: {e}") from None


def means(term: object, text: str) -> bool:
    """Whether the object of a triple is what was typed."""
    if isinstance(term, NamedNode):
        return text in (term.value, str(term), shrink(term.value))
    return isinstance(term, Literal) and text in (term.value, str(term))


def some(names: Iterable[str], most: int = 12) -> str:
    """The first of several names, for a message."""
    known = sorted(set(names))
    return ", ".join(known[:most]) + (f" and {len(known) - most} more" if len(known) > most else "")


def shown(term: object) -> str:
    """A term for a message: an IRI by its prefix."""
    return shrink(term.value) if isinstance(term, NamedNode) else str(term)
