"""How to decide on a finding: the row of `corpus/curation` that each decision is, ready to be copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from baligraph.iris import IriError, ref_of
from baligraph.prefixes import expand, shrink

Triple: TypeAlias = tuple[NamedNode, NamedNode, NamedNode | Literal]
SIGNED: Final = ("WHO", "YYYY-MM-DD", "WHY")
"""What a person fills in: a row that still holds these is refused."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: what it does, the table, and its line. `note` says what to change in the line."""

    what: str
    table: str
    line: str
    note: str = ""


def choices(iri: str, kind: str, written: str, triple: Triple | None, *, disputed: bool, status: str) -> Iterator[Choice]:
    """The decisions that can be taken on one finding.

    `iri` is its id, empty where it stands in no graph (withheld, or a name that is not known); `triple` what a claim says.
    """
    if status == "unresolved":
        yield Choice(
            "know the name",
            "reference",
            "",
            f"Add “{written}” to the aliases of its row in corpus/reference, or a row of its own with its source; then build again.",
        )
    if not iri:
        return
    ref = ref_of(iri)
    key = ref.replace(":", "-").replace("_", "-")
    yield Choice("reject it", "rejections", _line(f"reject-{key}", ref, "", "", "", *SIGNED))
    if triple is not None:
        yield from _on_claim(ref, key, triple, disputed)
    else:
        role = {"Participation": ("bp:role", "c:role_observer"), "Membership": ("bp:status", "c:status_observer")}
        name, value = role.get(kind, ("bp:PROPERTY", "VALUE"))
        note = "Name the property that is wrong, and write the right value and its type."
        yield Choice("correct it", "corrections", _line(f"correct-{key}", ref, ref, name, value, "ref", *SIGNED), note)


def _on_claim(ref: str, key: str, triple: Triple, disputed: bool) -> Iterator[Choice]:
    subject, predicate, value = triple
    about, written, type_ = ref_of(subject.value), *written_value(value)
    property_ = shrink(predicate.value)
    correct = _line(f"correct-{key}", ref, about, property_, written, type_, *SIGNED)
    yield Choice("correct it", "corrections", correct, "Write the right value in place of the one that was read.")
    if disputed:
        yield Choice("prefer it", "preferences", _line(f"prefer-{key}", about, property_, written, type_, *SIGNED))
    if property_ == "rdf:type" and about.startswith("meeting:"):
        note = "Write the key of the registered meeting that it is; the IRI that is given up then leads there."
        yield Choice("merge the meeting", "merges", _line(f"merge-{key}", about, "meeting:KEY", *SIGNED), note)


def written_value(value: NamedNode | Literal) -> tuple[str, str]:
    """A value and its type as the tables of curation write them."""
    if isinstance(value, NamedNode):
        try:
            return (shrink(value.value) if value.value.startswith(expand("c:")) else ref_of(value.value)), "ref"
        except IriError:
            return value.value, "iri"
    if value.language:
        return value.value, "text"
    kind = value.datatype.value.removeprefix(expand("xsd:"))
    return value.value, kind if kind in {"integer", "boolean", "date"} else "string"


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
