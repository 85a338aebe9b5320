"""Which parts a release has, what each is made of, and the making of those that are not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import NamedNode, Quad

from baligraph import iris
from baligraph.prefixes import expand
from ingest.curation import Correction, Curation
from ingest.curation_quads import curated_quads, decisions, in_force
from ingest.findings import Ref
from ingest.former import former
from ingest.nodes import bp, literal, node
from ingest.parts.contribute import Contribution, light, of_quads
from ingest.parts.documents import Documents, Inputs
from ingest.parts.evaluate import Judges, Made, Part, Tables, View, evaluate
from ingest.parts.memo import Memo, digest
from ingest.parts.route import DOCUMENT, TABLES, Routes, kind, line, made_by_document
from ingest.parts.work import mapped
from ingest.redact import without
from ingest.resolve import Resolution
from ingest.similar import WORDING

_BATCH: Final = 40  # documents that are judged together
_HELD: Final = 200  # shared parts that a process keeps at hand
_TYPE: Final = f"<{expand('rdf:type')}>"
_COMPUTED: Final = 100  # provisions whose likes are judged together
_SHARED: Final = 150  # meetings and people that are judged together


class Plan:
    """The parts of a release. What is withheld and left out may change between one `make` and the next: only what depends on it is made
    again."""

    def __init__(self, inputs: Inputs, memo: Memo, processes: int):
        self.inputs, self.memo, self.processes = inputs, memo, processes
        self.frame = inputs.frame
        redacted = {r.person for r in self.frame.curation.redactions}
        self.described = [*self.frame.vocabulary, *without(self.frame.tables, redacted)]
        self.routes = Routes(self.described, self.frame.rules, self.frame.checks)
        self.base = self.frame.digest
        self.documents = Documents(inputs, memo, processes, self.routes)
        self.idle: list[str] = []
        self.view: dict[str, str] = {}  # shared node → the key of the part that has its accepted triples
        self.accepted: dict[str, str] = {}  # shared node → the hash of those triples
        self.held: dict[str, dict[str, list[str]]] = {}
        self.told = ""  # hash of what the tables' part tells the others

    def make(self) -> dict[str, str]:
        """See that all parts are kept: their keys by name."""
        self.view, self.accepted = {}, {}
        self.resolution = self.documents.make()
        self.keys, self.indexes = self.documents.keys, self.documents.indexes
        self._decide(self.resolution)
        typed = {part for index in self.indexes.values() for part in index["typed"]}
        for meeting in map(_meeting, self.resolution.provisional):  # not read from any document, but decided by the build
            if meeting.value in typed:
                provisional = line(Quad(meeting, bp("provisional"), literal(True), node("g:meta")))
                self.given.setdefault(meeting.value, []).append(provisional)
        self._plan()
        made = {TABLES: self._tables()}
        made |= self._shared()
        made |= self._documents()
        return made

    def _decide(self, resolution: Resolution) -> None:
        """What curation says, as far as it meets something in this release."""
        curation = self.frame.curation
        if _decided(curation):
            shas = {slug: text.sha256 for slug, text in self.inputs.texts.items()}
            given = (light(Contribution.load(self.memo.kept(self.keys[slug]))) for slug in self.indexes)
            curation = former(curation, resolution, self.documents.readings.values(), shas, given).present(curation)
            nodes = frozenset(name for index in self.indexes.values() for name in index["nodes"])
            subjects = nodes | {q.subject.value for q in self.described if isinstance(q.subject, NamedNode)}
            curation, self.idle = in_force(curation, nodes, subjects)
        self.curation = curation
        judges = (self.routes, self.frame.single, self.frame.rules, self.frame.shapes, self.frame.checks)
        self.judges = Judges(*judges, decisions(curation), frozenset(map(node, WORDING)))
        self.about = {iris.iri(ref): told for ref, told in _decided(curation).items()}
        curated = list(curated_quads(curation, frozenset(resolution.keys.values())))
        named = {q.subject.value for q in curated if isinstance(q.subject, NamedNode)} | self.about.keys()
        named = {name for name in named if made_by_document(name) and name not in self.routes.tables}
        self.makers = {name: slug for slug, index in self.indexes.items() for name in named.intersection(index["nodes"])} if named else {}
        self.given = of_quads(self.described, self.routes, {})
        for part, lines in of_quads(curated, self.routes, self.makers).items():
            self.given[part] = sorted([*self.given.get(part, ()), *lines])

    def _ruled(self, names: set[str]) -> str:
        """The hash of what is decided of these nodes."""
        return digest(*(told for name in sorted(names & self.about.keys()) for told in self.about[name])) if self.about else ""

    def contributions(self) -> dict[str, str]:
        """The keys of what the documents give, by slug in their order."""
        return {slug: self.keys[slug] for slug in sorted(self.indexes)}

    # --- parts ----------------------------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Which documents speak to which part; the meetings of one series are one part."""
        leader: dict[str, str] = {}

        def lead(name: str) -> str:
            while leader.get(name, name) != name:
                name = leader[name]
            return name

        shared = {part for index in self.indexes.values() for part in index["sections"]} | self.given.keys()
        self.speakers: dict[str, list[str]] = {}
        for index in self.indexes.values():
            for part, other in index["links"]:
                first, second = sorted((lead(part), lead(other)))
                leader[second] = first
        self.groups: dict[str, list[str]] = {}
        self.alone = frozenset(part for part in shared if part != TABLES and not part.startswith(DOCUMENT))
        for part in sorted(self.alone):
            self.groups.setdefault(lead(part), []).append(part)
        self.outcomes: dict[str, list[str]] = {}
        for slug in sorted(self.indexes):
            for part in self.indexes[slug]["sections"]:
                self.speakers.setdefault(part, []).append(slug)
            for meeting in self.indexes[slug]["outcome"]:
                self.outcomes.setdefault(meeting, []).append(slug)

    def _tables(self) -> str:
        key = digest(self.base, TABLES, self._ruled(set(self.about)), *self._sources(TABLES))
        if not self.memo.has(key):
            self.memo.flush()
            [made] = evaluate([self._part([TABLES])], self.judges, Tables(), self.alone)
            self.memo.put(made.dump(key))
        self.memo.ask([f"worded:{key}"])
        view = View.load(self.memo, key)
        told = sorted(said for lines in view.view.values() for said in lines if self.routes.follows(said))
        self.told = digest(*told)
        self.tables = Tables(view.view, told)
        return key

    def _shared(self) -> dict[str, str]:
        """First the people, who take part in meetings."""
        keys: dict[str, str] = {}
        people = {name: parts for name, parts in self.groups.items() if kind(name) == "person"}
        for groups in (people, {name: parts for name, parts in self.groups.items() if name not in people}):
            fresh = {name: self._shared_key(name, parts) for name, parts in groups.items()}
            self._make(fresh, lambda name: self._part(self.groups[name]), _SHARED)
            for name, parts in groups.items():
                self.view |= dict.fromkeys(parts, fresh[name])
            for key in dict.fromkeys(fresh.values()):
                self.accepted |= Made.load(self.memo, key).accepted
            keys |= fresh
        return keys

    def _shared_key(self, name: str, parts: Sequence[str]) -> str:
        people = [self.accepted[person] for person in self._people(parts)]
        speaking = {slug for part in parts for slug in self.speakers.get(part, ())}
        ruled = self._ruled({*parts, *(name for name, slug in self.makers.items() if slug in speaking)})
        return digest(self.base, self.told, name, ruled, *(source for part in parts for source in (part, *self._sources(part))), *people)

    def _people(self, parts: Sequence[str]) -> list[str]:
        """The people whom the documents have taken part in these meetings, but for those of the tables."""
        told = (self.indexes[slug]["people"].get(part, ()) for part in parts for slug in self.speakers.get(part, ()))
        return sorted({person for people in told for person in people if person in self.accepted})

    def _documents(self) -> dict[str, str]:
        """The parts of documents depend on how the nodes that they speak of were accepted."""
        names = {DOCUMENT + slug for slug in self.indexes} | {part for part in self.given if part.startswith(DOCUMENT)}
        keys = {name: self._document_key(name) for name in sorted(names)}
        self._make(keys, self._document, _BATCH)
        return keys

    def _document_key(self, name: str) -> str:
        slug = name.removeprefix(DOCUMENT)
        text = self.inputs.texts.get(slug)
        refers, index = self._refers(slug), self.indexes.get(slug, {"nodes": ()})
        quoted = [self.indexes[other]["quotable"] for other in self._quoted(slug)]
        known = [self.keys.get(slug, ""), text.sha256 if text else "", self._ruled({*index["nodes"], *refers})]
        return digest(self.base, self.told, name, *known, *self.given.get(name, ()), *(self.accepted.get(n, "") for n in refers), *quoted)

    def _quoted(self, slug: str) -> list[str]:
        """The documents of the meetings that this one quotes."""
        meetings = self.indexes[slug]["quotes"] if slug in self.indexes else ()
        return sorted({other for meeting in meetings for other in self.outcomes.get(meeting, ()) if other != slug})

    def _refers(self, slug: str) -> list[str]:
        index = self.indexes.get(slug)
        return sorted({*index["refers"], *(p for p in index["sections"] if p != TABLES)}) if index else []

    def _document(self, name: str) -> Part:
        slug = name.removeprefix(DOCUMENT)
        part = Part(name, own=list(self.given.get(name, ())))
        if slug in self.indexes:
            found = Contribution.load(self.memo.kept(self.keys[slug]))
            part.own += found.own
            part.aside = [said for section in found.sections.values() for said in section.said]
            part.dates = found.dates
            part.text = self.inputs.texts[slug].text
        part.context = [said for refers in self._refers(slug) for said in self._triples(refers)]
        gone = {str(n) for n in self.judges.decisions.rejected_nodes}
        for other in self._quoted(slug):
            quotable = Contribution.load(self.memo.kept(self.keys[other])).quotable
            part.context += [said for said in quotable if said.partition(" ")[0] not in gone]
        return part

    def _triples(self, name: str) -> list[str]:
        """The accepted triples of a shared node."""
        key = self.view.get(name)
        if key is None:
            return []
        if key not in self.held:
            if len(self.held) >= _HELD:
                self.held.clear()
            self.held[key] = View.load(self.memo, key).view
        return self.held[key].get(name, [])

    def _sources(self, part: str) -> Iterator[str]:
        """The hashes of all that a shared part is made of."""
        yield digest(*self.given.get(part, ()))
        for slug in self.speakers.get(part, ()):
            yield slug
            yield self.indexes[slug]["sections"][part]
            yield digest(*self.given.get(DOCUMENT + slug, ()))

    def _part(self, parts: Sequence[str]) -> Part:
        """One part for a node of the tables, a meeting or a person, or for the meetings of a series."""
        made = Part(parts[0])
        for name in parts:
            made.own += self.given.get(name, ())
            for slug in self.speakers.get(name, ()):
                section = Contribution.load(self.memo.kept(self.keys[slug])).sections[name]
                made.own += section.said
                made.tied += section.tied
                made.tied += [said for said in self.given.get(DOCUMENT + slug, ()) if self.routes.follows(said)]
                made.tied += self._rejected(slug)
                made.dates += section.dates
                for meeting in section.reported:
                    made.reported.setdefault(meeting, []).append(iris.doc_graph(slug))
        made.context = [said for person in self._people(parts) for said in self._triples(person)]
        if TABLES in parts:
            made.context += self._classes(parts)
            made.tied += [said for name, lines in self.given.items() if name.startswith(DOCUMENT) for said in lines]
        return made

    def _classes(self, parts: Sequence[str]) -> list[str]:
        """The classes that documents give to the people whom they tie to these parts: those are made before the people are."""
        found: set[str] = set()
        for slug in {slug for part in parts for slug in self.speakers.get(part, ())}:
            people = self.indexes[slug]["people"]
            named = {person for part in parts for person in people.get(part, ())}
            sections = Contribution.load(self.memo.kept(self.keys[slug])).sections if named else {}
            told = (said for person in named if person in sections for said in sections[person].said)
            found |= {f"{' '.join(said.split(' ')[:3])} .\n" for said in told if said.split(" ")[1] == _TYPE}
        return sorted(found)

    def _rejected(self, slug: str) -> list[str]:
        """The claims of a document that are rejected: their triples do not count."""
        names = {f"<{name}>" for name, maker in self.makers.items() if maker == slug and name in self.about and kind(name) == "claim"}
        if not names:
            return []
        return [said for said in Contribution.load(self.memo.kept(self.keys[slug])).own if said.partition(" ")[0] in names]

    def evaluated(self, keys: Mapping[str, str], part: Callable[[str], Part]) -> None:
        """Make parts of what was computed, not read: no rule infers from them."""
        self._make(keys, part, _COMPUTED, replace(self.judges, rules=()))

    def _make(self, keys: Mapping[str, str], part: Callable[[str], Part], size: int, judges: Judges | None = None) -> None:
        """Make what is not kept, batch by batch."""
        todo = [name for name, key in keys.items() if not self.memo.has(key)]
        self.memo.ask(f"{kind}:{key}" for key in keys.values() for kind in ("view", "worded"))  # kept as long as the part itself
        batches = [todo[at : at + size] for at in range(0, len(todo), size)]
        self.memo.flush()

        def work(names: list[str]) -> list[tuple[str, bytes]]:
            made = evaluate([part(name) for name in names], judges or self.judges, self.tables, self.alone)
            return [item for name, one in zip(names, made, strict=True) for item in one.dump(keys[name])]

        for results in mapped(work, batches, self.processes):
            self.memo.put(results)
        self.memo.flush()


def _meeting(key: str) -> NamedNode:
    return NamedNode(iris.id_iri(f"meeting:{key}"))


def _decided(curation: Curation) -> dict[Ref, list[str]]:
    """What is decided of each node and finding, in words that change with it."""
    found: dict[Ref, list[str]] = {}
    for s in (*curation.rejections, *curation.preferences, *curation.corrections):
        for ref in {s.subject, s.finding if isinstance(s, Correction) else s.subject}:
            found.setdefault(ref, []).append(f"{s.table} {s.subject} {s.property} {s.value} {s.type}")
    return {ref: sorted(told) for ref, told in found.items()}
