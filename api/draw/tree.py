"""A tree that is read from the top: what is above a thing, the thing, what is below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.draw.drawing import Cell, Drawing, number
from api.draw.marks import mark
from api.draw.svg import el, fit, label, link, width_of

_LINE, _STEP, _LEFT, _MOST, _LEAST = 26.0, 30.0, 12.0, 360.0, 344.0


@dataclass(frozen=True, slots=True)
class Branch:
    """A name at its depth, below the nearest one before it that is less deep; `class_` is its colour."""

    name: str
    depth: int
    many: int
    href: str | None = None
    class_: str = "c7"


def tree(title: str, description: str, what: str, unit: str, branches: Sequence[Branch]) -> Drawing:
    """The drawing; `unit` heads the numbers of the table."""
    parts: list[Markup] = []
    above: list[float] = []
    wide = _LEAST
    for place, branch in enumerate(branches):
        x, y = _LEFT + branch.depth * _STEP, 16 + place * _LINE
        del above[branch.depth :]
        if above:
            at = x - _STEP
            parts += [
                el("line", x1=at, x2=at, y1=above[-1] + 8, y2=y, class_="base"),
                el("line", x1=at, x2=x - 8, y1=y, y2=y, class_="base"),
            ]
        above.append(y)
        name = f"{fit(branch.name, _MOST)} · {branch.many:,}"
        wide = max(wide, x + 12 + 1.1 * width_of(name))
        words = label(name, x + 12, y + 4, class_="lane-name" if branch.class_ == "c1" else None)
        parts += [mark("circle" if branch.class_ == "c1" else "ring", x, y, 11, branch.class_), link(branch.href, words)]
    rows = tuple((Cell(branch.name, branch.href), number(branch.depth), number(branch.many)) for branch in branches)
    return Drawing(title, description, wide + 8, 12 + _LINE * len(branches), Markup("").join(parts), (what, "Level", unit), rows)
