"""A release judged by the truth of generated documents: what of it was found, and what of what was found is true, by genre.

It looks at each document's own graph: the meetings that the document reports with their days, place and class, who took part and observed,
the people, the members, the provisions. A thing is the same where the reference tables say so; two provisions are, where 0.8 of their words
are. What only is noted or welcomed is neither due nor wrong.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from baligraph.iris import id_iri
from baligraph.prefixes import expand
from bench.documents.truth import Record

KINDS = ("meetings", "days", "places", "attendance", "people", "members", "provisions")
_CLASSES = {
    "workshop": "Workshop",
    "ad-hoc-group-meeting": "GroupMeeting",
    "steering-group-meeting": "SteeringGroupMeeting",
    "ministerial-conference": "MinisterialConference",
}
_ROLES = {"participant": "attendee", "observer": "observer", "apology": "apology", "opened": "opener", "keynote": "keynote-speaker"}
_PROVISIONS = ("Commitment", "Recommendation", "Decision")
_SAME = 0.8
Facts = Mapping[str, set[tuple[str, ...]]]
"""kind → facts, as tuples of strings"""


@dataclass(slots=True)
class Tally:
    """How many facts were due, how many were asserted, and how many are both."""

    due: int = 0
    asserted: int = 0
    right: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        self.due, self.asserted, self.right = self.due + other.due, self.asserted + other.asserted, self.right + other.right
        return self

    @property
    def precision(self) -> float:
        """1 where nothing was asserted: nothing was invented."""
        return self.right / self.asserted if self.asserted else 1.0

    @property
    def recall(self) -> float:
        """1 where nothing was due."""
        return self.right / self.due if self.due else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was due and nothing asserted."""
        return 2 * self.right / (self.due + self.asserted) if self.due + self.asserted else 1.0


Scores = dict[str, dict[str, Tally]]
"""genre → kind of fact → tally"""


def score(release: Path, truth: Record) -> Scores:
    """Judge the release in the folder `release`."""
    graphs = _graphs(release / "graph.nq.gz", {record["slug"] for record in truth["documents"]})
    records: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for table in ("meetings", "attendances", "people", "facts", "commitments"):
        for record in truth[table]:
            records[record["doc_id"]][table].append(record)
    scores: Scores = {}
    for document in truth["documents"]:
        due, allowed = true_facts(records[document["slug"]])
        asserted = asserted_facts(graphs.get(document["slug"], {}), document["slug"])
        tallies = scores.setdefault(document["genre"], {kind: Tally() for kind in KINDS})
        for kind in KINDS:
            tallies[kind] += compare(kind, due[kind], asserted[kind], allowed[kind])
    return scores


def compare(kind: str, due: set[tuple[str, ...]], asserted: set[tuple[str, ...]], allowed: set[tuple[str, ...]]) -> Tally:
    """What is allowed counts neither for nor against."""
    if kind != "provisions":
        return Tally(len(due), len(asserted - allowed), len(due & asserted))
    left, right = [text for (text,) in sorted(asserted)], 0
    for wanted, counts in [*((text, True) for (text,) in sorted(due)), *((text, False) for (text,) in sorted(allowed))]:
        best = max(left, key=lambda text: likeness(text, wanted), default="")
        if likeness(best, wanted) >= _SAME:
            left.remove(best)
            right += counts
    return Tally(len(due), right + len(left), right)


def likeness(one: str, other: str) -> float:
    """The F1 of the words of two texts."""
    a, b = (Counter(re.findall(r"[a-z0-9]+", text.lower())) for text in (one, other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def true_facts(records: Mapping[str, list[Record]]) -> tuple[Facts, Facts]:
    """(what is due, what is allowed besides) of one document."""
    due: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in KINDS}
    allowed: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in KINDS}
    starts = {meeting["id"]: meeting["start"] for meeting in records["meetings"]}
    for meeting in records["meetings"]:
        if meeting["status"] == "implicit":
            allowed["meetings"].add(("", _CLASSES[meeting["kind"]]))
            continue
        due["meetings"].add((meeting["start"], _CLASSES[meeting["kind"]]))
        due["days"].add((meeting["start"], meeting["end"]))
        due["places"].add((meeting["start"], id_iri(meeting["ref"])))
    for record in records["attendances"]:
        due["attendance"].add((starts[record["meeting_id"]], id_iri(record["ref"]), _ROLES[record["role"]]))
    for record in records["people"]:
        due["people"] |= {(starts[record["meeting_id"]], record["name"], _ROLES[role]) for role in record["roles"]}
    for record in records["facts"]:
        status = {"member-states": "member", "observer-states-visible": "observer"}[record["predicate"]]
        due["members"] |= {(id_iri(ref), status) for ref in record["refs"]}
    for record in records["commitments"]:
        (due if record["strict"] else allowed)["provisions"].add((record["text"],))
    return due, allowed


_Graph = Mapping[str, Mapping[str, set[str]]]
"""subject → predicate (local name) → values"""


def asserted_facts(graph: _Graph, slug: str) -> Facts:
    """What a document's graph says, in the same form."""
    found: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in KINDS}
    starts: dict[str, str] = {}
    for subject, said in graph.items():
        if expand(f"id:doc_{slug}") not in said.get("recordedIn", ()):
            continue
        length = 7 if expand("c:precision_month") in said.get("datePrecision", ()) else 10
        start, end = (min(said.get(name, {""}))[:length] for name in ("earliestStart", "latestEnd"))
        starts[subject] = start
        found["meetings"] |= {(start, local) for local in _locals(said, "type") & set(_CLASSES.values())} or {(start, "")}
        if start:
            found["days"].add((start, end))
        found["places"] |= {(start, place) for place in said.get("inPlace", ())}
    for said in graph.values():
        kinds = _locals(said, "type")
        if "Participation" in kinds:
            _participation(said, starts, found)
        elif "Membership" in kinds:
            status = {iri.rpartition("status_")[2] for iri in said["status"]} & {"member", "observer"}
            found["members"] |= {(who, name) for who in said["member"] for name in status}
        elif kinds & set(_PROVISIONS):
            found["provisions"] |= {(text,) for text in said["text"]}
    return found


def _participation(said: Mapping[str, set[str]], starts: Mapping[str, str], found: dict[str, set[tuple[str, ...]]]) -> None:
    (meeting,), (who,), (role,) = said["inMeeting"], said["participant"], said["role"]
    name, start = role.rpartition("role_")[2], starts.get(meeting, "another meeting")
    if who.startswith(expand("id:person_")):
        found["people"] |= {(start, written, name) for written in said["nameAsWritten"]}
    elif name in ("attendee", "observer", "apology"):
        found["attendance"].add((start, who, name))


def _locals(said: Mapping[str, set[str]], predicate: str) -> set[str]:
    return {iri.rpartition("#")[2] for iri in said.get(predicate, ())}


def _graphs(file: Path, slugs: Iterable[str]) -> Mapping[str, _Graph]:
    """The graphs of these documents by slug."""
    wanted = {expand(f"g:doc/{slug}"): slug for slug in slugs}
    graphs: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    with gzip.open(file) as packed:
        for quad in ox.parse(cast(BinaryIO, packed), format=ox.RdfFormat.N_QUADS):
            graph, subject, value = quad.graph_name, quad.subject, quad.object
            if not isinstance(graph, ox.NamedNode) or graph.value not in wanted or not isinstance(subject, ox.NamedNode):
                continue
            if isinstance(value, ox.NamedNode | ox.Literal):
                name = re.split(r"[#/]", quad.predicate.value)[-1]
                graphs[wanted[graph.value]][subject.value][name].add(value.value)
    return graphs
