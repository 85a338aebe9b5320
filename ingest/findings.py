"""What was read: typed values, each with the span it was read from.

A genre turns a document's layout into a `Reading`: the findings of one document. Nothing enters the graph without a finding, and no
finding exists without a `Source`. Grammars make findings, `ingest.quads` writes them, nobody else needs to know RDF.

Nodes are named by a `Ref`, a short string:

* `document`        the document itself,
* `meeting:m3`      the third meeting of this document (resolved to an IRI by `ingest.resolve`),
* `provision:7.1`   a provision of this document,
* `person:lee-chee-leong`, `area:mys`, `org:iom`, `gov:lk-police`, `body:aheg-1`, `process:bali-process`, `instrument:model-mou`,
  `place:bali`, `event:ungift-forum`, `series:…`, `group:members`: an entity, `{type}:{key}`, whose IRI is `id/{type}_{key}`,
* `c:theme_returns-reintegration` a concept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, TypeVar

Ref: TypeAlias = str
Precision: TypeAlias = Literal["day", "month", "year", "range"]
Standing: TypeAlias = Literal["reported", "mentioned", "implicit"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets in Unicode code points of the stored text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Source:
    """Where a finding was read.

    `passage` is the sentence or bullet, `anchor` the few words inside it that carry the fact, `paragraph` the label of the block in
    the document ("4", "3.2"; for unlabelled blocks their position, "b12"), `rule` the grammar rule that read it ("attendance.list").
    `beside` are further passages without which the first does not say the fact: the sentence that introduces a list, the heading that a
    bullet stands under, the entry that tells which meeting is meant.
    """

    passage: Span
    anchor: Span
    paragraph: str
    rule: str
    beside: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if not self.passage.holds(self.anchor):
            raise ValueError(f"anchor {self.anchor} lies outside its passage {self.passage} ({self.rule})")

    def with_beside(self, *sources: Source) -> Source:
        """The same source, to be read together with `sources`; the passage itself is not repeated."""
        more = dict.fromkeys(s for s in sources if s.passage != self.passage and s not in self.beside)
        return replace(self, beside=(*self.beside, *more))


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as the text gives it, with closed bounds. `written` is the text, joined; `edtf` is EDTF level 1."""

    written: str
    edtf: str
    start: dt.date
    end: dt.date
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFound:
    """A meeting that the document reports, implies (recommendations without a named workshop) or only mentions.

    `kind` is a class of the ontology below bp:Meeting, or `Meeting` where the text names none.
    """

    key: str
    standing: Standing
    kind: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One plain triple. `subject` is a Ref; `property` a local name of bp: ("inPlace") or a CURIE ("rdfs:label").

    `value`: a Ref for object properties (`is_ref`), otherwise a literal. A DateRead goes with property "date" and becomes dateText,
    edtf, earliestStart, latestEnd and datePrecision. `language` makes a string a langString.
    """

    subject: Ref
    property: str
    value: str | int | bool | DateRead
    source: Source
    is_ref: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFound:
    """An agent in a role at a meeting. `role` is the slug of a concept of scheme role ("attendee", "co-host")."""

    meeting: Ref
    agent: Ref
    role: str
    written: str
    source: Source
    office: str | None = None
    on_behalf_of: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFound:
    """Membership of a process or body as a document lists it; `status` is member, observer, co-chair, coordinator or steering-group."""

    member: Ref
    organisation: Ref
    status: str
    written: str
    source: Source
    attested: DateRead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFound:
    """A person, area or organisation that chairs or coordinates a body."""

    holder: Ref
    body: Ref
    status: str
    written: str
    source: Source
    attested: DateRead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionFound:
    """A commitment, recommendation, decision or finding: `text` is its words with lines joined and markup removed.

    `wording` holds slugs of scheme wording (lemmas: "need", "encourage"), `verbs` the content verbs as lemmas ("promote"),
    `actions` slugs of scheme action for those verbs that the scheme has. `source.anchor` is the clause itself.
    `actors` and `addressees` are Refs.
    `attributed_to` is the meeting whose decision this document quotes.
    """

    key: str
    kind: Literal["Commitment", "Recommendation", "Decision", "Finding"]
    order: int
    text: str
    source: Source
    number: str | None = None
    wording: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    actors: tuple[Ref, ...] = ()
    addressees: tuple[Ref, ...] = ()
    themes: tuple[str, ...] = ()
    crimes: tuple[str, ...] = ()
    responsible: tuple[Ref, ...] = ()
    instruments: tuple[Ref, ...] = ()
    directives: int = 1
    attributed_to: Ref | None = None
    condition: str | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationFound:
    """A count or a status at a date: "17 regional countries had made use of the model legislation".

    `about` an instrument, area or provision; `observed` the slug of scheme observed-property ("used-model-law") or "status"; `value`
    a number, a boolean, or a Ref of a concept (with observed="status": "c:instrument-status_planned").
    """

    about: Ref
    observed: str
    value: int | bool | str
    source: Source
    unit: str | None = None
    population: Ref | None = None
    as_of: DateRead | None = None
    named_states: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionFound:
    """The document names an entity (a body, organisation, instrument, meeting, area or person) in these words."""

    target: Ref
    written: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFound:
    """A person whom the document names with an office. `key` is the slug of the name; registered people come from people.csv."""

    key: str
    name: str
    source: Source
    honorific: str | None = None
    registered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A name that no reference table knows: reported as a candidate, never asserted."""

    written: str
    kind: str
    source: Source


Finding: TypeAlias = (
    MeetingFound
    | Fact
    | ParticipationFound
    | MembershipFound
    | AppointmentFound
    | ProvisionFound
    | ObservationFound
    | MentionFound
    | PersonFound
    | Unresolved
)

F = TypeVar("F")


@dataclass(slots=True)
class Reading:
    """All that was read from one document."""

    slug: str
    genre: str
    findings: list[Finding] = field(default_factory=list)
    passages: list[Span] = field(default_factory=list)  # every sentence and bullet of the text, read or not

    def of(self, kind: type[F]) -> list[F]:
        return [f for f in self.findings if isinstance(f, kind)]
