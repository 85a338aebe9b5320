"""SVG as text that is safe to show: names and values are escaped, numbers are short."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

WIDE: Final = 7.1
"""Pixels that a character of a label takes, at most, at the size of labels (12 pixels)."""


def el(name: str, *content: str, **attributes: object) -> Markup:
    """An element. `class_` is written class, `_` in a name `-`; None leaves an attribute out; content that is no Markup is escaped."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _short(value))
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(escape(part) for part in content)
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, inside) if content else Markup("<{0}{1}/>").format(name, written)


def label(text: str, x: float, y: float, *, anchor: str | None = None, class_: str | None = None) -> Markup:
    """A line of text."""
    return el("text", text, x=x, y=y, text_anchor=anchor, class_=class_)


def link(href: str | None, *content: str, tab: bool = True) -> Markup:
    """Content that leads somewhere, where there is an address. `tab`: the keyboard stops here (else the table below has the same link)."""
    return el("a", *content, href=href, tabindex=None if tab else "-1") if href else Markup("").join(escape(part) for part in content)


def told(text: str) -> Markup:
    """What a pointer at rest is told."""
    return el("title", text)


def fit(text: str, width: float) -> str:
    """A label that is no longer than `width` pixels."""
    most = max(2, int(width / WIDE))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def width_of(text: str) -> float:
    """The pixels that a label may take."""
    return len(text) * WIDE


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
