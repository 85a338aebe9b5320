"""The findings of one document in the making: what every genre writes down about a meeting, in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Fact, Finding, MeetingFound, ProvisionFound, Reading, Ref, Source, Standing, Unresolved
from ingest.gazetteer import Match
from ingest.grammar.assembly import Assembly
from ingest.grammar.conferences import NumberedMeeting, holders, numbered_meetings, series_named
from ingest.grammar.dates import DateHit
from ingest.grammar.kinds import MEETING_NOUN, kind_of
from ingest.grammar.places import PlaceRead, place_told, somewhere
from ingest.grammar.references import read_references

_ALONE = frozenset({"date", "inPlace", "inCountry", "placeBasis"})
_LINE = 12  # words of a line that gives no more than a place and a date
_OF_OFFICIALS = frozenset({"SeniorOfficialsMeeting", "GroupMeeting"})
_HELD = re.compile(r"\b(?P<planned>(?:will|to)\s+be\s+)?(?:held|took\s+place)\b")


@dataclass(slots=True)
class Draft:
    """Collects findings. `numbered` remembers the meetings that are named by their number, so that each is written once: (series, else
    kind; number) → meeting.
    """

    document: Document
    context: ReadingContext
    genre: str
    findings: list[Finding] = field(default_factory=list)
    numbered: dict[tuple[str, int], Ref] = field(default_factory=dict)
    _claimed: set[tuple[int, int]] = field(default_factory=set)
    _meetings: int = 0

    @classmethod
    def resume(cls, document: Document, context: ReadingContext, reading: Reading | None, genre: str) -> Draft:
        """Go on with what a genre read; without a reading, begin one under the name `genre`."""
        draft = cls(document, context, reading.genre if reading else genre, list(reading.findings) if reading else [])
        facts = [f for f in draft.findings if isinstance(f, Fact)]
        ordinals = {f.subject: f.value for f in facts if f.property == "ordinal"}
        series = {f.subject: str(f.value) for f in facts if f.property == "inSeries"}
        for f in draft.findings:
            if isinstance(f, MeetingFound):
                draft._meetings += 1
                meeting = f"meeting:{f.key}"
                if isinstance(number := ordinals.get(meeting), int):
                    draft.numbered[series.get(meeting, f.kind), number] = meeting
            if isinstance(f, MeetingFound | Fact) and f.source.rule.endswith((".title", ".front", ".ordinal", ".numbered")):
                draft._claimed.add((f.source.anchor.start, f.source.anchor.end))
        return draft

    def assembly(self) -> Assembly:
        """Those whose meetings the document reports, as far as it says who they are."""
        reported = {f"meeting:{f.key}": f.kind for f in self.findings if isinstance(f, MeetingFound) and f.standing == "reported"}
        facts = (f for f in self.findings if isinstance(f, Fact) and f.property == "ofBody" and f.subject in reported)
        return Assembly(self.document, {str(f.value) for f in facts}, officials=not {*reported.values()}.isdisjoint(_OF_OFFICIALS))

    def add(self, *found: Finding) -> None:
        self.findings += found

    def reading(self) -> Reading:
        """What was read, each finding once, in order."""
        return Reading(self.document.slug, self.genre, list(dict.fromkeys(map(self._named, self.findings))), self.document.spans())

    def _named(self, f: Finding) -> Finding:
        """A date or a place that stands in a line of its own says of which meeting it is only together with the name of that meeting."""
        if not isinstance(f, Fact) or f.property not in _ALONE or f.source.beside or not f.subject.startswith("meeting:"):
            return f
        line = self.document.text[f.source.passage.start : f.source.passage.end]
        if len(line.split()) > _LINE or MEETING_NOUN.search(line):
            return f
        names = (x.source for x in self.findings if isinstance(x, Fact) and x.subject == f.subject and x.property == "rdfs:label")
        named = next(names, None)
        return replace(f, source=f.source.with_beside(named)) if named else f

    def fact(self, subject: Ref, name: str, value: str | int | bool, source: Source, *, language: str | None = None) -> None:
        self.add(Fact(subject=subject, property=name, value=value, source=source, language=language))

    def link(self, subject: Ref, name: str, target: Ref, source: Source) -> None:
        self.add(Fact(subject=subject, property=name, value=target, source=source, is_ref=True))

    def meeting(self, kind: str, standing: Standing, source: Source) -> Ref:
        """A new meeting of this document."""
        self._meetings += 1
        key = f"m{self._meetings}"
        self.add(MeetingFound(key=key, standing=standing, kind=kind, source=source))
        return f"meeting:{key}"

    def reported(self, meeting: Ref, source: Source, status: str = "held") -> None:
        """What holds of every meeting that the document gives an account of."""
        self.link(meeting, "recordedIn", "document", source)
        self.link(meeting, "eventStatus", f"c:event-status_{status}", source)

    def label(self, meeting: Ref, title: str, source: Source) -> None:
        self.fact(meeting, "rdfs:label", title, source, language="en")

    def date(self, subject: Ref, p: Passage, hit: DateHit, rule: str) -> None:
        self.add(Fact(subject=subject, property="date", value=hit.date, source=p.source(hit.start, hit.end, rule).with_beside(*hit.beside)))

    def place(self, meeting: Ref, p: Passage, place: PlaceRead | None, absent: Source, *beside: Source) -> None:
        """The place as stated; where none is, that is said, with the passages that report the meeting as the reason (`absent`).

        `beside` is where the meeting is said to have been in the place of another ("in the same city").
        """
        if place is None:
            self.placeless(meeting, absent)
            return

        def told(start: int, end: int) -> Source:
            return p.source(start, end, "places.stated").with_beside(*beside)

        if place.place and place.place_ref:
            self.link(meeting, "inPlace", place.place_ref, told(place.place.start, place.place.end))
        if place.area and place.area_ref:
            self.link(meeting, "inCountry", place.area_ref, told(place.area.start, place.area.end))
        self.link(meeting, "placeBasis", "c:place-basis_stated", told(place.start, place.end))

    def placeless(self, meeting: Ref, absent: Source) -> None:
        """That no place is stated where the meeting is told of. One that no table knows is none that is absent, but a candidate."""
        told = [absent.passage, *(f.source.passage for f in self.findings if isinstance(f, Fact) and f.subject == meeting)]
        for p in self.document.passages:
            if any(p.text.span().holds(span) for span in told) and (where := somewhere(p)):
                self.add(Unresolved(written=p.s[slice(*where)], kind="place", source=p.source(*where, "places.unknown")))
                return
        self.link(meeting, "placeBasis", "c:place-basis_absent", absent)

    def series(self, meeting: Ref, series: Ref | None, ordinal: int, source: Source) -> None:
        """A stated number. It counts within a series, where a table knows the series by its name."""
        self.fact(meeting, "ordinal", ordinal, source)
        if series:
            self.link(meeting, "inSeries", series, source)

    def number(self, p: Passage, n: NumberedMeeting, meeting: Ref, rule: str) -> None:
        """The stated number of a meeting and the series that its name names; where it is named again, it is this one."""
        self.series(meeting, self.series_of(p, n), n.ordinal, p.source(n.ordinal_start, n.ordinal_end, rule))
        self.numbered[self._sequence(p, n), n.ordinal] = meeting

    def series_of(self, p: Passage, n: NumberedMeeting) -> Ref | None:
        """The series in which a numbered meeting counts, where its name names one."""
        return series_named(p, n, self.context)

    def known(self, p: Passage, n: NumberedMeeting) -> Ref | None:
        """The meeting of this number that is already written down."""
        return self.numbered.get((self._sequence(p, n), n.ordinal))

    def _sequence(self, p: Passage, n: NumberedMeeting) -> str:
        return self.series_of(p, n) or n.kind

    def process(self, meeting: Ref, told: Source, near: Passage | None = None) -> None:
        """The process whose meeting it is: named beside the meeting, else by the document's title, else where it is named first.

        `told` is where the text tells of the meeting: what a title names is said of the meeting only together with it.
        """
        order = [*([near] if near else []), *self.document.front, *self.document.passages]
        for p in order:
            if named := p.named("process"):
                self._processes(meeting, p, named, told)
                return
        for body in order[0].named("body") if order else ():  # "the Regional Support Office of the Bali Process" is one name
            if process := self.context.processes.get(body.ref):
                self.link(meeting, "ofProcess", process, order[0].source(body.start, body.end, "meetings.process").with_beside(told))
                return

    def _processes(self, meeting: Ref, p: Passage, named: list[Match], told: Source) -> None:
        for ref in dict.fromkeys(r for m in named for r in m.refs):
            m = next(m for m in named if ref in m.refs)
            self.link(meeting, "ofProcess", ref, p.source(m.start, m.end, "meetings.process").with_beside(told))

    def mention_numbered(self, passages: tuple[Passage, ...] | list[Passage]) -> None:
        """Write down the meetings that `passages` name by their number and that are not reported there."""
        for p in passages:
            for n in numbered_meetings(p):
                if not self.is_claimed(p, n.start, n.end) and not self._foreign(p, n):
                    self._mention(p, n)

    def name_again(self, meeting: Ref, passages: Sequence[Passage]) -> None:
        """Write down what `passages` say of a meeting where they name it by its number."""
        for p in passages:
            for n in numbered_meetings(p):
                if self.known(p, n) == meeting and not self.is_claimed(p, n.start, n.end):
                    self._mention(p, n)

    def _foreign(self, p: Passage, n: NumberedMeeting) -> bool:
        """Whether nothing tells that a numbered meeting is one of the processes and bodies that the tables know. It is left to a person."""
        if self.series_of(p, n) or holders(p, n):
            return False
        self.add(Unresolved(written=p.s[n.start : n.end], kind="meeting", source=p.source(n.start, n.end, "conferences.unknown")))
        return True

    def refer(self) -> None:
        """Write down which provisions state that they go back to an earlier, numbered meeting."""
        own = frozenset(f.subject for f in self.findings if isinstance(f, Fact) and f.property == "recordedIn")
        provisions = [f for f in self.findings if isinstance(f, ProvisionFound)]
        self.add(*read_references(self.document.passages, provisions, self.known, own))

    def _mention(self, p: Passage, n: NumberedMeeting, standing: Standing = "mentioned") -> None:
        whole = p.source(n.start, n.end, "conferences.numbered")
        known = self.known(p, n)
        meeting = known or self.meeting(n.kind, standing, whole)
        self.link("document", "mentions", meeting, whole)
        if n.date:
            self.date(meeting, p, DateHit(n.date_start, n.date_end, n.date), "conferences.date")
        if known:
            self._placed_again(meeting, p, n)
            return
        self.label(meeting, n.title, whole)
        self.number(p, n, meeting, "conferences.ordinal")
        self.place(meeting, p, n.place or place_told(p, n.end), p.source(n.start, max(n.end, n.date_end), "places.absent"))
        if n.date and (verb := _HELD.search(p.s, n.end, n.date_start)):
            status = "planned" if verb["planned"] else "held"
            self.link(meeting, "eventStatus", f"c:event-status_{status}", p.source(n.start, n.date_end, f"conferences.{status}"))
        self.link(meeting, "attendanceCoverage", "c:coverage_no-list", whole)
        own = [m for m in holders(p, n) if m.kind == "process"]
        if own:
            self._processes(meeting, p, own, whole)
        else:
            self.process(meeting, whole, p)

    def _placed_again(self, meeting: Ref, p: Passage, n: NumberedMeeting) -> None:
        """The place that a sentence gives to a meeting for which no other has any."""
        if n.place is not None and not self.is_placed(meeting):
            self.findings = [f for f in self.findings if not (isinstance(f, Fact) and f.subject == meeting and f.property == "placeBasis")]
            self.place(meeting, p, n.place, p.whole("places.stated"))

    def is_placed(self, meeting: Ref) -> bool:
        """Whether a place of this meeting is written down."""
        return any(isinstance(f, Fact) and f.subject == meeting and f.property in ("inPlace", "inCountry") for f in self.findings)

    def report_numbered(self, p: Passage) -> Ref | None:
        """The numbered meeting that a heading names, written down as reported: the document is its outcome."""
        for n in numbered_meetings(p):
            if self._foreign(p, n):
                continue
            self._mention(p, n, "reported")
            meeting = self.numbered[self._sequence(p, n), n.ordinal]
            self.claim(p, n.start, n.end)
            source = p.source(n.start, n.end, "conferences.numbered")
            self.link(meeting, "recordedIn", "document", source)
            self.link("document", "outcomeOf", meeting, source)
            return meeting
        return None

    def meeting_of_noun(self, noun: str, source: Source) -> Ref:
        """A meeting that the document implies without a name: "Workshop Recommendations"."""
        hit = kind_of(noun)
        return self.meeting(hit.name if hit else "Meeting", "implicit", source)

    def claim(self, p: Passage, start: int, end: int) -> None:
        """Mark s[start:end] as the name of a meeting that is already written down."""
        span = p.text.span(start, end)
        self._claimed.add((span.start, span.end))

    def is_claimed(self, p: Passage, start: int, end: int) -> bool:
        span = p.text.span(start, end)
        return any(low < span.end and span.start < high for low, high in self._claimed)
