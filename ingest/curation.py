"""Decisions that people took, one row each with who, when and why: `corpus/curation/*.csv`.

* `registry.csv`: the meetings that have an IRI of their own. A row is never removed or used again, and a date that is corrected later
  does not change its key.
* `merges.csv`: an IRI that was given up, and the one that stays.
* `preferences.csv`: of several values of a property, the one that the accepted view shows; of dates the EDTF, with property bp:edtf.
* `rejections.csv`: findings that are wrong: a triple (property and value given), or a node with all that hangs on it (both empty).
* `corrections.csv`: findings whose value is wrong: what was read is rejected, the right value stands in the accepted view instead.
* `links.csv`: what no document states: that two things are close, that a name is another one's.
* `redactions.csv`: people who are removed from every release that is kept; their rows are published nowhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from baligraph.iris import IriError, iri
from baligraph.prefixes import PrefixError, expand
from baligraph.tables import KEY, Column, Row, read_table
from ingest.findings import Ref
from ingest.reference import Reference
from ingest.reference.quads import edtf_bounds

MEETING_KEY: Final = r"(?:x[0-9a-f]{12}|(?:\d{4}(?:-\d{2}(?:-\d{2})?)?|undated)_[a-z0-9-]+_[a-z0-9-]+)"
KINDS: Final = (
    *("Meeting", "MinisterialConference", "SeniorOfficialsMeeting", "SteeringGroupMeeting", "GroupMeeting", "Workshop", "TrainingEvent"),
    *("SideEvent", "ForumSession"),
)
NODES: Final = ("participation", "membership", "appointment", "observation", "provision")
VALUE_TYPES: Final = ("ref", "iri", "string", "text", "integer", "boolean", "date")

_KEY: Final = Column("key", required=True, pattern=KEY, hint="a slug of [a-z0-9-]")
_WHY: Final = (
    Column("who", required=True, hint="who decided"),
    Column("when", "date", required=True, hint="the day of the decision"),
    Column("why", required=True, pattern=".{8,}", hint="a reason of a few words"),
)
_SUBJECT: Final = Column("subject", required=True, pattern=r"[a-z]+:[a-z0-9][a-z0-9_-]*", hint="a reference such as body:aheg-1")
_CURIE: Final = r"[a-z][a-z-]*:[A-Za-z0-9_-]+"
_MEETING: Final = rf"meeting:{MEETING_KEY}"

COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "registry": (
        Column("key", required=True, pattern=MEETING_KEY, hint="a key such as 2012-01-12_kuala-lumpur_workshop"),
        Column("kind", required=True, values=KINDS),
        Column("series", pattern=KEY, hint="the key of a row of series.csv"),
        Column("ordinal", pattern=r"[1-9]\d*", hint="a positive integer"),
        Column("edtf", "edtf"),
        Column("start", "date"),
        Column("end", "date"),
        Column("place", pattern=KEY, hint="the key of a row of places.csv"),
        Column("area", pattern="[a-z]{3}", hint="the key of a row of areas.csv"),
        Column("title"),
        Column("document", required=True, pattern=KEY, hint="the slug of the document that it was first read from"),
        *_WHY,
    ),
    "merges": (
        _KEY,
        Column("from", required=True, pattern=_MEETING, hint="meeting:… of the IRI that is given up"),
        Column("into", required=True, pattern=_MEETING, hint="meeting:… of the IRI that stays"),
        *_WHY,
    ),
    "preferences": (
        _KEY,
        _SUBJECT,
        Column("property", required=True, pattern=_CURIE, hint="a property such as bp:edtf"),
        Column("value", required=True),
        Column("type", required=True, values=VALUE_TYPES),
        *_WHY,
    ),
    "rejections": (
        _KEY,
        _SUBJECT,
        Column("property", pattern=_CURIE, hint="a property such as bp:mentions"),
        Column("value"),
        Column("type", values=VALUE_TYPES),
        *_WHY,
    ),
    "corrections": (
        _KEY,
        Column("finding", required=True, pattern=r"[a-z]+:[a-z0-9][a-z0-9_-]*", hint="the id of the finding, such as claim:0123456789ab"),
        _SUBJECT,
        Column("property", required=True, pattern=_CURIE, hint="a property such as bp:inPlace"),
        Column("value", required=True),
        Column("type", required=True, values=VALUE_TYPES),
        *_WHY,
    ),
    "links": (
        _KEY,
        _SUBJECT,
        Column("property", required=True, pattern=_CURIE, hint="a property such as skos:closeMatch"),
        Column("value", required=True),
        Column("type", required=True, values=VALUE_TYPES),
        *_WHY,
    ),
    "redactions": (_KEY, Column("person", required=True, pattern="person:[a-z0-9-]+", hint="person:… of the person"), *_WHY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision has. `row` is its place in the table."""

    key: str
    who: str
    when: dt.date
    why: str
    row: Row

    @property
    def table(self) -> str:
        return Path(self.row.file).stem

    @property
    def source_row(self) -> str:
        """`corpus/curation/links.csv#ruddyard-first-name`"""
        return f"{self.row.file}#{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredMeeting(Decision):
    """A meeting with an IRI of its own, `id/meeting_{key}`, and what it is known by."""

    kind: str
    series: Ref | None
    ordinal: int | None
    edtf: str
    start: dt.date | None
    end: dt.date | None
    place: Ref | None
    area: Ref | None
    title: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Decision):
    """`given_up` and `stays` are refs of meetings."""

    given_up: Ref
    stays: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Decision):
    """A triple that a person preferred, rejected or added. `type` says how to read `value`: a ref, an IRI, or a literal of that type
    ("text" is English words, "string" plain data). A rejected node has no property."""

    subject: Ref
    property: str
    value: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Statement):
    """The right triple in place of the finding `finding`: a claim, or an assertion or provision, which is then the subject."""

    finding: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Decision):
    person: Ref


@dataclass(frozen=True, slots=True)
class Curation:
    registry: tuple[RegisteredMeeting, ...]
    merges: tuple[Merge, ...]
    preferences: tuple[Statement, ...]
    rejections: tuple[Statement, ...]
    links: tuple[Statement, ...]
    redactions: tuple[Redaction, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def redacted(self) -> frozenset[Ref]:
        """The people who are removed from every release."""
        return frozenset(redaction.person for redaction in self.redactions)

    def merged(self) -> dict[str, str]:
        """The key of each meeting that was given up, with the key of the one that stays (chains are followed)."""
        step = {m.given_up.partition(":")[2]: m.stays.partition(":")[2] for m in self.merges}
        return {key: _end(key, step) for key in step}


def load_curation(reference: Reference) -> Curation:
    """Read `corpus/curation/*.csv` of the corpus that `reference` was read from.

    Raises:
        InputError: a table can't be used; the message names file, line, column and the mend.
    """
    rows = {t: read_table(reference.corpus / f"curation/{t}.csv", c, file=f"corpus/curation/{t}.csv") for t, c in COLUMNS.items()}
    curation = Curation(
        tuple(_registered(row, reference) for row in rows["registry"]),
        tuple(Merge(**_base(row), given_up=row["from"], stays=row["into"]) for row in rows["merges"]),
        tuple(_statement(row, reference) for row in rows["preferences"]),
        tuple(_statement(row, reference) for row in rows["rejections"]),
        tuple(_statement(row, reference) for row in rows["links"]),
        tuple(Redaction(**_base(row), person=row["person"]) for row in rows["redactions"]),
        tuple(_correction(row, reference) for row in rows["corrections"]),
    )
    _check_merges(curation.merges, {m.key for m in curation.registry})
    return curation


def _base(row: Row) -> dict[str, Any]:
    return {"key": row["key"], "who": row["who"], "when": row.date("when"), "why": row["why"], "row": row}


def _registered(row: Row, reference: Reference) -> RegisteredMeeting:
    refs: dict[str, Any] = {}
    for column in ("series", "place", "area"):
        refs[column] = f"{column}:{row[column]}" if row[column] else None
        if refs[column] is not None and refs[column] not in reference.entries:
            row.fail(column, f"{row[column]!r} is no key of the reference tables", "Add its row there, or mend the key.")
    if row["document"] not in reference.documents:
        row.fail("document", f"{row['document']!r} is no document of corpus/documents.csv", "Register the document, or mend the slug.")
    start, end = row.date("start"), row.date("end")
    if row["edtf"] and (start, end) != edtf_bounds(row["edtf"]):
        bounds = " and ".join(day.isoformat() for day in edtf_bounds(row["edtf"]))
        row.fail("edtf", f"{row['edtf']} does not have the bounds in start and end", f"Write {bounds} there, or mend the EDTF.")
    if not row["edtf"] and (start or end):
        row.fail("edtf", "is empty although there are bounds", "Give the date in EDTF, or empty start and end.")
    return RegisteredMeeting(
        **_base(row),
        kind=row["kind"],
        **refs,
        ordinal=int(row["ordinal"]) if row["ordinal"] else None,
        edtf=row["edtf"],
        start=start,
        end=end,
        title=row["title"],
        document=row["document"],
    )


def _statement(row: Row, reference: Reference) -> Statement:
    parts = (row["property"], row["value"], row["type"])
    if any(parts) and not all(parts):
        row.fail("property", "property, value and type go together", "Give all three, or none to reject the node.")
    named = [("subject", row["subject"]), *([("value", row["value"])] if row["type"] == "ref" else [])]
    for column, ref in named:
        try:
            iri(ref)
        except IriError as error:
            row.fail(column, str(error), "Write type:key, as in body:aheg-1.")
        if ref.partition(":")[0] in _TABLED and ref not in reference.entries:
            row.fail(column, f"{ref!r} is no entry of the reference tables", "Add its row there, or mend the key.")
    if row["property"]:
        try:
            expand(row["property"])
        except PrefixError as error:
            row.fail("property", str(error), "Use a prefix of ontology/prefixes.ttl.")
    if (pattern := _FORMS.get(row["type"])) and not pattern(row["value"]):
        row.fail("value", f"{row['value']!r} is no {row['type']}", "Mend the value or its type.")
    return Statement(**_base(row), subject=row["subject"], property=row["property"], value=row["value"], type=row["type"])


def _correction(row: Row, reference: Reference) -> Correction:
    right, finding = _statement(row, reference), row["finding"]
    if not finding.startswith(("claim:", *(f"{kind}:" for kind in NODES))):
        row.fail("finding", f"{finding!r} is no finding", f"Write the id of a claim, {', '.join(NODES)}, as findings.csv has it.")
    if not finding.startswith("claim:") and finding != right.subject:
        row.fail("subject", "is another node than the finding", "What is corrected of a node is said of the node itself.")
    if right.property == "bp:edtf" and not _is_edtf(right.value):
        row.fail("value", f"{right.value!r} is no date in EDTF", "Write it as 2012-01-12, 2012-01 or 2012-01-12/2012-01-13.")
    parts = {name: getattr(right, name) for name in ("key", "who", "when", "why", "row", "subject", "property", "value", "type")}
    return Correction(**parts, finding=finding)


_TABLED: Final = frozenset({"area", "place", "org", "gov", "body", "process", "instrument", "series", "event", "group"})


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_edtf(value: str) -> bool:
    try:
        start, end = edtf_bounds(value)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:/\d{4}(?:-\d\d){0,2})?", value) is not None and start <= end


_FORMS: Final = {
    "iri": lambda value: value.startswith(("http://", "https://")) and not any(c.isspace() or c in '<>"{}|\\^`' for c in value),
    "integer": lambda value: value.removeprefix("-").isdecimal() and value.isascii(),
    "boolean": lambda value: value in {"true", "false"},
    "date": _is_date,
}


def _check_merges(merges: Iterable[Merge], registered: set[str]) -> None:
    step: dict[str, str] = {}
    for merge in merges:
        given_up, stays = merge.given_up.partition(":")[2], merge.stays.partition(":")[2]
        if stays not in registered:
            merge.row.fail("into", f"{stays!r} is no key of corpus/curation/registry.csv", "Register the meeting that stays first.")
        if given_up in step:
            merge.row.fail("from", f"{given_up!r} was given up in another row already", "Remove one of the two rows.")
        step[given_up] = stays
        if _end(given_up, step) == given_up:
            merge.row.fail("into", f"merging {given_up!r} leads back to itself", "Let one of the IRIs stay.")


def _end(key: str, step: dict[str, str]) -> str:
    """The key at the end of a chain of merges; the key itself where the chain is a ring. Rings are refused as rows are added, so that
    no chain can run into one that it is not a part of."""
    at = step[key]
    while at in step and at != key:
        at = step[at]
    return at
