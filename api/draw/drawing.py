"""What every drawing is: a picture with its words, its key, and the table of the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table below a drawing."""

    text: str
    href: str | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour or a mark means; `mark` is one of the shapes of `marks.mark`."""

    class_: str
    name: str
    mark: str = "square"


@dataclass(frozen=True, slots=True)
class Drawing:
    """`body` is what stands inside the `svg` element; `narrow`: it may be scaled down on a small screen, else it scrolls."""

    title: str
    description: str
    width: float
    height: float
    body: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: tuple[Key, ...] = ()
    narrow: bool = True


def number(value: float) -> Cell:
    """A cell with a number."""
    return Cell(written(value), number=True)


def written(value: float) -> str:
    """A number as one reads it."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
