"""The values of a filter as links with counts: what pages over collections offer to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from api.rest.items import key_of, read_names
from api.service import Service
from baligraph.parameters import Parameter

Pairs = Sequence[tuple[str, str]]
_PLAIN = {"integer", "year", "string", "date"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: `href` adds it, or takes it away where it is `active`."""

    label: str
    value: str
    number: int
    href: str
    active: bool


async def choices(
    service: Service, parameter: Parameter, counted: Iterable[tuple[str, int]], given: Pairs, most: int, *, left_out: Sequence[str] = ()
) -> list[Choice]:
    """The counted values that the parameter takes, at most so many; those that were chosen stay visible, even if nothing has them.

    `left_out` are parameters of `given` that a choice ends. Raises StoreError.
    """
    rest = [(key, value) for key, value in given if key not in {"cursor", *left_out}]
    numbers: dict[str, tuple[str, int]] = {}
    for value, number in counted:
        if text := written(parameter, value):
            numbers.setdefault(text, (value, number))
    chosen = [value for key, value in given if key == parameter.name]
    shown = list(dict.fromkeys((*list(numbers)[:most], *chosen)))
    for text in chosen:
        numbers.setdefault(text, (parameter.terms(text)[0].value, 0))
    names = {} if parameter.type in _PLAIN else await read_names(service, [numbers[text][0] for text in shown])
    found = []
    for text in shown:
        value, number = numbers[text]
        name = names[value][1].value if value in names else value if parameter.type in _PLAIN else key_of(value)
        found.append(Choice(name, text, number, *turn(rest, parameter.name, text)))
    if parameter.type in {"integer", "year"}:
        found.sort(key=lambda choice: choice.label)
    return found


def written(parameter: Parameter, value: str) -> str:
    """A value as the parameter takes it; nothing where it does not take it."""
    integer = parameter.type in {"integer", "year"}
    try:
        return parameter.written(Literal(int(value)) if integer else Literal(value) if parameter.type in _PLAIN else NamedNode(value))
    except ValueError:
        return ""


def turn(given: Pairs, parameter: str, value: str) -> tuple[str, bool]:
    """The address with a value more, or with this one less; and whether it was there."""
    active = (parameter, value) in given
    changed = [pair for pair in given if pair != (parameter, value)] if active else [*given, (parameter, value)]
    return f"?{urlencode(changed)}" if changed else "?", active
