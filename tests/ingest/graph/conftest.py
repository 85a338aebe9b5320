"""Documents made by hand: a text, and findings whose spans are looked up in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ingest.assemble import Assembled, assemble
from ingest.contribution import TextInput
from ingest.curation import load_curation
from ingest.findings import (
    AppointmentFound,
    DateRead,
    Fact,
    MeetingFound,
    MembershipFound,
    MentionFound,
    ObservationFound,
    ParticipationFound,
    PersonFound,
    Precision,
    ProvisionFound,
    Reading,
    Source,
    Span,
    Standing,
    Unresolved,
)
from ingest.frame import Frame, load_frame
from ingest.gather import gather
from ingest.reference import load_reference


class Paper:
    """A document of one passage per line. Every finding names the words that carry it; they must stand in the text."""

    def __init__(self, slug: str, text: str):
        self.slug, self.text = slug, text
        self.reading = Reading(slug, "handmade")

    @property
    def input(self) -> TextInput:
        return TextInput(slug=self.slug, text=self.text, registered=False, title=f"Paper {self.slug}")

    def source(self, words: str, rule: str = "handmade") -> Source:
        start = self.text.index(words)
        left = self.text.rfind("\n", 0, start) + 1
        right = self.text.find("\n", start)
        line = self.text.count("\n", 0, start) + 1
        return Source(Span(left, len(self.text) if right < 0 else right), Span(start, start + len(words)), str(line), rule)

    def meeting(self, key: str, words: str, kind: str = "Workshop", standing: Standing = "reported", *, title: str | None = None) -> Paper:
        self.reading.findings.append(MeetingFound(key=key, standing=standing, kind=kind, source=self.source(words)))
        self.link(f"meeting:{key}", "ofProcess", "process:bali-process", words)
        self.link(f"meeting:{key}", "eventStatus", "c:event-status_held", words)
        if title:
            self.fact(f"meeting:{key}", "rdfs:label", title, words, language="en")
        return self

    def fact(self, subject: str, name: str, value: str | int | bool, words: str, *, language: str | None = None) -> Paper:
        self.reading.findings.append(Fact(subject=subject, property=name, value=value, source=self.source(words), language=language))
        return self

    def link(self, subject: str, name: str, value: str, words: str) -> Paper:
        self.reading.findings.append(Fact(subject=subject, property=name, value=value, is_ref=True, source=self.source(words)))
        return self

    def date(self, subject: str, words: str, start: str, end: str = "", precision: Precision | None = None) -> Paper:
        first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)
        month = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
        edtf = start if not end else f"{first:%Y-%m}" if month else f"{start}/{end}"
        exact: Precision = precision or ("day" if not end else "month" if month else "range")
        value = DateRead(words, edtf, first, last, exact)
        self.reading.findings.append(Fact(subject=subject, property="date", value=value, source=self.source(words)))
        return self

    def place(self, meeting: str, place: str | None, area: str | None, words: str) -> Paper:
        subject = f"meeting:{meeting}"
        for name, ref in (("inPlace", place), ("inCountry", area)):
            if ref:
                self.link(subject, name, ref, words)
        return self.link(subject, "placeBasis", "c:place-basis_stated", words)

    def took_part(self, meeting: str, agent: str, role: str, words: str, office: str | None = None) -> Paper:
        found = ParticipationFound(
            meeting=f"meeting:{meeting}", agent=agent, role=role, written=words, source=self.source(words), office=office
        )
        self.reading.findings.append(found)
        return self

    def membership(self, member: str, status: str, words: str, attested: str | None = None) -> Paper:
        day = dt.date.fromisoformat(attested) if attested else None
        when = DateRead(attested, attested, day, day, "day") if attested and day else None
        found = MembershipFound(
            member=member, organisation="process:bali-process", status=status, written=words, source=self.source(words), attested=when
        )
        self.reading.findings.append(found)
        return self

    def appointment(self, holder: str, body: str, status: str, words: str) -> Paper:
        self.reading.findings.append(AppointmentFound(holder=holder, body=body, status=status, written=words, source=self.source(words)))
        return self

    def provision(
        self, key: str, words: str, wording: tuple[str, ...] = ("should",), kind: str = "Recommendation", order: int = 1
    ) -> Paper:
        found = ProvisionFound(
            key=key,
            kind=kind,  # type: ignore[arg-type]
            order=order,
            text=words,
            source=self.source(words),
            number=key,
            wording=wording,
            themes=("returns",),
        )
        self.reading.findings.append(found)
        return self

    def observation(self, about: str, observed: str, value: int | bool | str, words: str, as_of: str | None = None) -> Paper:
        day = dt.date.fromisoformat(as_of) if as_of else None
        when = DateRead(as_of, as_of, day, day, "day") if as_of and day else None
        self.reading.findings.append(
            ObservationFound(about=about, observed=observed, value=value, source=self.source(words), unit="countries", as_of=when)
        )
        return self

    def mention(self, target: str, words: str) -> Paper:
        self.reading.findings.append(MentionFound(target=target, written=words, source=self.source(words)))
        return self

    def person(self, key: str, name: str, *, registered: bool = False) -> Paper:
        self.reading.findings.append(PersonFound(key=key, name=name, source=self.source(name), registered=registered))
        return self

    def unknown(self, words: str, kind: str = "organisation") -> Paper:
        self.reading.findings.append(Unresolved(written=words, kind=kind, source=self.source(words)))
        return self


@pytest.fixture(scope="session")
def frame() -> Frame:
    reference = load_reference()
    return load_frame(reference, load_curation(reference), gather(reference).texts)


@pytest.fixture(scope="session")
def bare(frame: Frame) -> Frame:
    """The project's vocabulary and tables without any decision, so that hand-made meetings meet no registered one."""
    from dataclasses import replace

    from ingest.curation import Curation

    return replace(frame, curation=Curation((), (), (), (), (), ()))


@pytest.fixture(scope="session")
def paper() -> type[Paper]:
    return Paper


@pytest.fixture(scope="session")
def graph_of(bare: Frame) -> Callable[..., Assembled]:
    """Assemble hand-made papers."""

    def make(*papers: Paper, frame: Frame = bare) -> Assembled:
        texts = {p.slug: p.input for p in papers}
        return assemble([p.reading for p in papers], texts, frame, dt.date(2020, 1, 1))

    return make
