"""Parameters of a question: a word that somebody typed becomes one typed RDF term, or a clear refusal. Text never reaches a query.

| type | what is written | term |
|---|---|---|
| `integer`, `year` | `4`, `2012` | xsd:integer |
| `date` | `2012-01-12` | xsd:date |
| `string` | any words | xsd:string |
| `area`, `body`, `doc` … | the key: `idn`, `aheg-1` | the IRI of a thing of this type |
| `thing` | type and key: `org:iom` | the IRI of a thing |
| `concept {scheme}` | the slug: `victim-protection` | the IRI of a concept |
| `class` | the name: `Workshop` | the IRI of a class of the ontology |

`list of {type}` takes one value or more.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from baligraph import iris
from baligraph.errors import BaligraphError
from baligraph.prefixes import expand

Term: TypeAlias = NamedNode | Literal

LONGEST: Final = 200  # characters of one value
MOST: Final = 50  # values of one list
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGER: Final = re.compile(r"-?[0-9]{1,15}")
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_CLASS: Final = re.compile(r"[A-Z][A-Za-z]*")
_REF: Final = re.compile(r"[a-z]+:[a-z0-9][a-z0-9_-]*")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DECLARED: Final = re.compile(
    r"(?P<many>list of )?(?P<type>[a-z]+(?: [a-z]+(?:-[a-z]+)*)?)(?: \((?P<values>[^()|]+)\))? \| (?P<meaning>\S.*)"
)


class ParameterError(BaligraphError, ValueError):
    """A value that a parameter can't take; `parameter` is its name."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(f"parameter {parameter}: {message}")
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Parameter:
    """`type` is one of the table above, `many` says whether it takes a list, `default` the values as they would be written, `values` what
    alone is allowed (empty: whatever the type allows)."""

    name: str
    type: str
    meaning: str
    many: bool = False
    values: tuple[str, ...] = ()
    default: tuple[str, ...] = ()

    def terms(self, given: str | Sequence[str]) -> tuple[Term, ...]:
        """The terms of what was given. Raises ParameterError."""
        written = (given,) if isinstance(given, str) else tuple(given)
        if not written:
            raise ParameterError(self.name, "no value was given")
        if len(written) > 1 and not self.many:
            raise ParameterError(self.name, f"takes one value, not {len(written)}")
        if len(written) > MOST:
            raise ParameterError(self.name, f"takes at most {MOST} values, not {len(written)}")
        return tuple(dict.fromkeys(self._term(value) for value in written))

    def _term(self, value: str) -> Term:
        if len(value) > LONGEST:
            raise ParameterError(self.name, f"is longer than {LONGEST} characters")
        if self.values and value not in self.values:
            raise ParameterError(self.name, f"{value!r} is none of {', '.join(self.values)}")
        return _read(self.name, self.type, value)

    def written(self, term: object) -> str:
        """How a term would be written as a value. Raises ParameterError where it is no term of this type."""
        if isinstance(term, NamedNode):
            text = term.value.removeprefix(_space(self.type))
            if self.type == "thing":
                text = text.replace("_", ":", 1)
        elif isinstance(term, Literal):
            text = term.value
        else:
            raise ParameterError(self.name, f"{term} is no {self.type}")
        if self._term(text) != term:
            raise ParameterError(self.name, f"{term} is no {self.type}")
        return text


def declared(name: str, text: str) -> Parameter:
    """The parameter that a header declares: `list of body | The groups asked about.` Its default stands in the query.

    Raises ParameterError: the line can't be read, or there is no such type.
    """
    found = _DECLARED.fullmatch(text)
    if found is None:
        raise ParameterError(name, f"{text!r} is not of the form `type | meaning`, `list of type | meaning` or `type (a, b) | meaning`")
    parameter = Parameter(
        name=name,
        type=found["type"],
        meaning=found["meaning"],
        many=found["many"] is not None,
        values=tuple(value.strip() for value in found["values"].split(",")) if found["values"] else (),
    )
    kind, _, scheme = parameter.type.partition(" ")
    if (kind == "concept") != bool(scheme) or kind not in {"integer", "year", "date", "string", "thing", "concept", "class", *iris.TYPES}:
        raise ParameterError(name, f"there is no type {parameter.type!r}")
    for value in parameter.values:
        parameter.terms(value)
    return parameter


def _space(kind: str) -> str:
    """What stands before the key in the IRIs of a type."""
    if kind.startswith("concept "):
        return f"{expand('c:')}{kind.removeprefix('concept ')}_"
    if kind == "class":
        return expand("bp:")
    return expand("id:") if kind == "thing" else f"{expand('id:')}{kind}_"


def _read(name: str, kind: str, value: str) -> Term:
    match kind:
        case "integer":
            return _integer(name, value, _INTEGER, "a whole number, such as 4")
        case "year":
            return _integer(name, value, _YEAR, "a year of four digits, such as 2012")
        case "date":
            return _date(name, value)
        case "string":
            if not value.strip() or _CONTROL.search(value):
                raise ParameterError(name, f"{value!r} is empty or holds control characters")
            return Literal(value)
        case "thing":
            return _thing(name, value)
        case _:
            form, wanted = _KEY, f"key of type {kind}: lower-case letters, digits, - and _"
            if kind == "class":
                form, wanted = _CLASS, "name of a class, such as Workshop"
            if not form.fullmatch(value):
                raise ParameterError(name, f"{value!r} is no {wanted}")
            return NamedNode(_space(kind) + value)


def _integer(name: str, value: str, form: re.Pattern[str], wanted: str) -> Literal:
    if not form.fullmatch(value):
        raise ParameterError(name, f"{value!r} is not {wanted}")
    return Literal(str(int(value)), datatype=NamedNode(f"{_XSD}integer"))


def _thing(name: str, value: str) -> NamedNode:
    if not _REF.fullmatch(value):
        raise ParameterError(name, f"{value!r} is not of the form type:key, such as org:iom")
    try:
        return NamedNode(iris.id_iri(value))
    except iris.IriError as error:
        raise ParameterError(name, str(error)) from None


def _date(name: str, value: str) -> Literal:
    try:
        if not _DATE.fullmatch(value):
            raise ValueError(value)
        dt.date.fromisoformat(value)
    except ValueError:
        raise ParameterError(name, f"{value!r} is not a day of the calendar, such as 2012-01-12") from None
    return Literal(value, datatype=NamedNode(f"{_XSD}date"))
