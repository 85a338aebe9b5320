"""The shapes of marks: a kind is told by its shape, not by its colour alone."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from api.draw.svg import el

SHAPES: Final = ("square", "diamond", "circle", "ring", "dash", "triangle")


def mark(shape: str, x: float, y: float, size: float, class_: str) -> Markup:
    """A mark of `size` pixels around a point. Raises ValueError for a shape that there is not."""
    half = size / 2
    match shape:
        case "square":
            return el("rect", x=x - half, y=y - half, width=size, height=size, class_=class_)
        case "diamond":
            points = f"{x:.1f},{y - half - 1:.1f} {x + half + 1:.1f},{y:.1f} {x:.1f},{y + half + 1:.1f} {x - half - 1:.1f},{y:.1f}"
            return el("polygon", points=points, class_=class_)
        case "triangle":
            points = f"{x:.1f},{y - half:.1f} {x + half:.1f},{y + half:.1f} {x - half:.1f},{y + half:.1f}"
            return el("polygon", points=points, class_=class_)
        case "circle":
            return el("circle", cx=x, cy=y, r=half, class_=class_)
        case "ring":
            return el("circle", cx=x, cy=y, r=half - 0.5, class_=f"{class_} open")
        case "dash":
            return el("rect", x=x - half, y=y - 0.75, width=size, height=1.5, class_=class_)
        case _:
            raise ValueError(f"there is no mark {shape!r}; there are {', '.join(SHAPES)}")
