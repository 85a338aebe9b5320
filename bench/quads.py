"""Seeded data in the shape of a release: documents that each report a meeting with its participations, provisions, claims and evidence.

Every triple stands in a named graph and, as the accepted view, in the default graph. The names of things are those of the reference tables;
what is said of them is made up. No two named graphs hold the same triple, so that the union of all graphs, which some servers take for the
default graph, gives the same answers.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from baligraph import data
from baligraph.iris import digest
from baligraph.prefixes import expand
from ingest.reference import Area, Place, load_reference

_ROLES = ("attendee",) * 16 + ("observer", "observer", "speaker", "co-chair")
_SHORTCUTS = {"host": "hostedBy", "attendee": "attendedBy", "observer": "observedBy", "speaker": "addressedBy", "co-chair": "chairedBy"}
_WORDINGS = ("agree", "endorse", "recommend", "encourage", "note")
_THEMES = ("border-management", "returns-reintegration", "victim-protection", "law-enforcement")
_WORDS = """members states officials cooperation protection victims smuggling trafficking persons borders training information region return
reintegration legislation identity documents agencies capacity practical measures networks response review guide share""".split()


@dataclass(slots=True)
class Made:
    """What questions may ask for (local names below `id:`), and how many quads there are."""

    quads: int = 0
    areas: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    participations: list[str] = field(default_factory=list)


def write(path: Path, quads: int, seed: int) -> Made:
    """Write `quads` N-Quads, and as many more as end the last document, to `path`; the same seed gives the same bytes."""
    reference = load_reference(data.corpus())
    areas, places = list(reference.of(Area)), [place for place in reference.of(Place) if place.area]
    made, chance = Made(areas=[f"area_{area.key}" for area in areas]), random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        while made.quads < quads:
            document = _Document(len(made.meetings), chance)
            document.fill(areas, places)
            made.meetings.append(document.meeting)
            made.participations += document.participations
            made.quads += 2 * len(document.triples)
            file.writelines(f"{triple} .\n{triple} {graph} .\n" for triple, graph in document.triples)
    return made


class _Document:
    def __init__(self, number: int, chance: random.Random) -> None:
        self.number, self.chance = number, chance
        self.slug = f"report-{number:06}"
        self.iri = _iri(f"id:doc_{self.slug}")
        self.meeting = ""
        self.participations: list[str] = []
        self.triples: list[tuple[str, str]] = []
        self.said, self.inferred, self.kept = _iri(f"g:doc/{self.slug}"), _iri("g:inferred/all"), _iri(f"g:evidence/{self.slug}")

    def fill(self, areas: Sequence[Area], places: Sequence[Place]) -> None:
        day = dt.date(2002, 2, 26) + dt.timedelta(days=self.chance.randrange(8000))
        place = self.chance.choice(places)
        self.meeting = f"meeting_{day}_{place.key}_workshop-{self.number}"
        self.add(self.inferred, self.iri, ("rdf:type", _iri("bp:Document")), ("dcterms:title", f'"Report {self.number:06}"@en'))
        self._meeting(day, place)
        report = self._evidence(0)
        for order, area in enumerate(self.chance.sample(areas, self.chance.randrange(12, 30))):
            self._participation(order, area, report)
        for order in range(4):
            self._provision(order)

    def add(self, graph: str, subject: str, *pairs: tuple[str, str]) -> None:
        self.triples += ((f"{subject} {_iri(predicate)} {value}", graph) for predicate, value in pairs)

    def _node(self, kind: str, order: int) -> str:
        return f"{kind}_{digest(self.slug, kind, str(order))}"

    def _meeting(self, day: dt.date, place: Place) -> None:
        meeting, report = _iri(f"id:{self.meeting}"), _iri(f"id:{self._node('evidence', 0)}")
        plain = (
            ("rdf:type", _iri("bp:Workshop")),
            ("rdfs:label", f'"Workshop {self.number} on {" ".join(self.chance.sample(_WORDS, 3))}"@en'),
            ("bp:dateText", f'"{day.day} {day:%B %Y}"'),
            ("bp:edtf", f'"{day}"'),
            ("bp:earliestStart", _typed(day, "date")),
            ("bp:latestEnd", _typed(day, "date")),
            ("bp:datePrecision", _iri("c:precision_day")),
            ("bp:inPlace", _iri(f"id:place_{place.key}")),
            ("bp:placeBasis", _iri("c:place-basis_stated")),
            ("bp:attendanceCoverage", _iri("c:coverage_complete-list")),
            ("bp:recordedIn", self.iri),
        )
        self.add(self.said, meeting, *plain)
        country = _iri(f"id:{(place.area or '').replace(':', '_')}")
        self.add(
            self.inferred, meeting, ("rdf:type", _iri("bp:Meeting")), ("bp:year", _typed(day.year, "integer")), ("bp:inCountry", country)
        )
        for order, (predicate, value) in enumerate(plain):
            self.add(
                self.kept,
                _iri(f"id:{self._node('claim', order)}"),
                ("rdf:type", _iri("bp:Claim")),
                ("bp:claimSubject", meeting),
                ("bp:claimPredicate", _iri(predicate)),
                ("bp:claimObject" if value.startswith("<") else "bp:claimValue", value),
                ("bp:evidence", report),
            )

    def _participation(self, order: int, area: Area, evidence: str) -> None:
        name, role = self._node("participation", order), "host" if order == 0 else self.chance.choice(_ROLES)
        meeting, who = _iri(f"id:{self.meeting}"), _iri(f"id:area_{area.key}")
        self.participations.append(name)
        self.add(
            self.said,
            _iri(f"id:{name}"),
            ("rdf:type", _iri("bp:Participation")),
            ("bp:inMeeting", meeting),
            ("bp:participant", who),
            ("bp:role", _iri(f"c:role_{role}")),
            ("bp:nameAsWritten", f'"{area.label}"'),
            ("bp:anchor", f'"{area.label}"'),
            ("bp:anchorStart", _typed(self.chance.randrange(2000), "integer")),
            ("bp:evidence", evidence),
            ("bp:method", _iri("c:method_rule")),
            ("bp:reviewStatus", _iri("c:review-status_unreviewed")),
        )
        self.add(self.inferred, _iri(f"id:{name}"), ("rdf:type", _iri("bp:Assertion")))
        self.add(self.inferred, meeting, (f"bp:{_SHORTCUTS[role]}", who))

    def _provision(self, order: int) -> None:
        name = _iri(f"id:{self._node('provision', order)}")
        self.add(self.inferred, name, ("rdf:type", _iri("bp:Provision")))
        self.add(
            self.said,
            name,
            ("rdf:type", _iri(f"bp:{'Commitment' if order == 0 else 'Recommendation'}")),
            ("bp:inDocument", self.iri),
            ("bp:order", _typed(order + 1, "integer")),
            ("bp:text", f'"{" ".join(self.chance.choices(_WORDS, k=24))}"@en'),
            ("bp:wording", _iri(f"c:wording_{self.chance.choice(_WORDINGS)}")),
            ("bp:theme", _iri(f"c:theme_{self.chance.choice(_THEMES)}")),
            ("bp:evidence", self._evidence(order + 1)),
        )

    def _evidence(self, order: int) -> str:
        node, start = _iri(f"id:{self._node('evidence', order)}"), self.chance.randrange(10_000)
        quote = " ".join(self.chance.choices(_WORDS, k=30))
        self.add(
            self.kept,
            node,
            ("rdf:type", _iri("bp:Evidence")),
            ("bp:fromDocument", self.iri),
            ("bp:inVersion", _iri(f"id:version_{self.slug}")),
            ("bp:paragraph", f'"{order}"'),
            ("bp:startOffset", _typed(start, "integer")),
            ("bp:endOffset", _typed(start + len(quote), "integer")),
            ("bp:quote", f'"{quote}"'),
        )
        return node


@cache
def _space(prefix: str) -> str:
    return expand(f"{prefix}:")


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"<{_space(prefix)}{local}>"


def _typed(value: object, name: str) -> str:
    return f'"{value}"^^{_iri(f"xsd:{name}")}'
