"""What points at a thing, in groups: who took part and how, provisions, memberships, mentions and whatever else there is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from api.lately import lately
from api.origins import Note, Origin, Sentence, claims_upon, evidence_of, of_graph
from api.service import Service
from api.terms import Row, Term, iri, select
from api.vocabulary import Vocabulary, vocabulary
from baligraph.prefixes import expand, shrink, sparql_header, unshrink

MOST = 100
"""Rows of a group with a title of its own on one page: who took part, what a document says; its count tells of the rest."""

FEW = 16
"""Rows of any other group: a process has dozens of them."""

# Bookkeeping that leads to a thing, told elsewhere on its page or on the page of the other
_SKIPPED = """
    bp:claimSubject bp:claimObject bp:claimPredicate bp:fromDocument bp:inGraph bp:inVersion prov:wasGeneratedBy rdf:type
    bp:evidence bp:method bp:reviewStatus dcterms:source rdfs:isDefinedBy rdfs:domain rdfs:range rdfs:subClassOf
    rdfs:subPropertyOf
""".split()
# Shortcuts of participations and memberships, which are listed themselves
_SHORTCUTS = """
    bp:hasParticipant bp:hostedBy bp:coHostedBy bp:chairedBy bp:coChairedBy bp:attendedBy bp:observedBy bp:addressedBy
    bp:supportedBy bp:memberOf bp:observerOf
""".split()
_TITLES = {
    ("bp:Participation", "bp:inMeeting"): "Who took part, and how",
    ("bp:Participation", "bp:participant"): "Took part in",
    ("bp:Participation", "bp:onBehalfOf"): "Represented in",
    ("bp:Provision", "bp:inDocument"): "What it says",
    ("bp:Document", "bp:mentions"): "Mentioned in",
    ("bp:Meeting", "bp:recordedIn"): "Meetings it reports",
    ("bp:Meeting", "bp:inCountry"): "Meetings held here",
    ("bp:Meeting", "bp:inPlace"): "Meetings held here",
    ("bp:StatusObservation", "bp:about"): "What was observed",
    ("bp:Membership", "bp:organisation"): "Members and observers",
    ("bp:Membership", "bp:member"): "Member or observer of",
}
_OWN = frozenset(_TITLES) - {("bp:Membership", "bp:organisation")}
_ROLES = """
    host co-host chair co-chair opener keynote-speaker speaker presenter moderator rapporteur organiser coordinator
    contributor logistics training-provider attendee observer guest apology
""".split()
_FAMILIES = ("bp:Participation", "bp:Provision", "bp:Meeting", "bp:Document", "bp:StatusObservation", "bp:Membership", "bp:Appointment")


@dataclass(slots=True)
class Entry:
    """One thing that points here, with its properties by short name."""

    iri: str
    kind: str
    properties: dict[str, list[Term]]
    origins: list[Origin]
    label: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The first value of a property, or nothing."""
        return next((term.value for term in self.properties.get(name, [])), "")

    def all(self, name: str) -> list[str]:
        """All values of a property."""
        return [term.value for term in self.properties.get(name, [])]


@dataclass(slots=True)
class Group:
    """`family` decides how a template shows the rows."""

    family: str
    via: str
    title: str
    total: int
    rows: list[Entry]
    more: bool = False

    def name(self, labels: dict[str, str]) -> None:
        """Give the entries their names, and sort by what a reader looks for."""
        for row in self.rows:
            row.label = labels.get(row.iri, shrink(row.iri))
            row.names = labels
        self.rows.sort(key=self._order)

    def _order(self, row: Entry) -> tuple[int, int, str, str]:
        when = row.first("bp:earliestStart")
        number = row.first("bp:order")
        who = row.names.get(row.first("bp:participant"), "") if self.via == "bp:inMeeting" else row.label
        role = row.first("bp:role").rpartition("/role_")[2]
        return _ROLES.index(role) if role in _ROLES else len(_ROLES), int(number) if number.isdigit() else 0, when, who


async def incoming(service: Service, target: str, page: int = 1) -> tuple[list[Group], set[str]]:
    """The groups with their rows of one page, and the IRIs that they name and that want a label."""

    def part(key: tuple[str, str]) -> slice:
        most = service.rows or (MOST if key in _OWN else FEW)
        return slice((page - 1) * most, page * most)

    pairs = await lately(service, ("incoming", target), lambda: _pointing(service, target))
    shown = {node for key, nodes in pairs.items() for node in nodes[part(key)]}
    if not shown:
        return [], set()
    terms, upon, where, properties, evidence = await asyncio.gather(
        vocabulary(service),
        claims_upon(service, target, shown),
        _graphs(service, target, shown),
        _properties(service, shown),
        evidence_of(service, shown),
    )

    groups = []
    for (family, via), nodes in sorted(pairs.items(), key=lambda item: _rank(item[0])):
        rows = [
            Entry(
                node,
                " / ".join(terms.label(kind) for kind in terms.narrowest(t.value for t in properties[node].get("rdf:type", []))),
                properties[node],
                upon.get((node, unshrink(via)))
                or evidence.get(node)
                or _by_graph(service, where.get((node, unshrink(via)), set()), properties[node])
                or [Note("release", "accepted view")],
            )
            for node in nodes[part((family, via))]
        ]
        title = _TITLES.get((family, via)) or f"{terms.label(unshrink(family)) if family else 'Others'}: {terms.label(unshrink(via))}"
        if rows:
            groups.append(Group(family, via, title, len(nodes), rows, more=part((family, via)).stop < len(nodes)))
    sentences = [entry for group in groups for row in group.rows for entry in row.origins if isinstance(entry, Sentence)]
    named = {term.value for group in groups for row in group.rows for many in row.properties.values() for term in many if term.is_iri}
    return groups, named | shown | {entry.document for entry in sentences}


async def _pointing(service: Service, target: str) -> dict[tuple[str, str], list[str]]:
    """(family, property) → all things of that family that point at the target by that property, sorted."""
    skipped = ", ".join(iri(expand(name)) for name in (*_SKIPPED, *_SHORTCUTS))
    pointing = f"?x ?via {iri(target)} FILTER(isIRI(?x) && ?via NOT IN ({skipped}))"
    terms, links, typed = await asyncio.gather(
        vocabulary(service),
        select(service.engine, f"SELECT DISTINCT ?x ?via {{ {pointing} }}"),
        select(service.engine, f"{sparql_header(('rdf',))}SELECT DISTINCT ?x ?type {{ {pointing} ?x rdf:type ?type }}"),
    )
    types: dict[str, list[str]] = {}
    for row in typed:
        types.setdefault(row["x"].value, []).append(row["type"].value)
    families: dict[frozenset[str], str] = {}
    pairs: dict[tuple[str, str], list[str]] = {}
    for node, via in sorted((row["x"].value, row["via"].value) for row in links):
        kinds = frozenset(types.get(node, ()))
        if kinds not in families:  # a few for thousands of things
            families[kinds] = _family(terms, sorted(kinds))
        pairs.setdefault((families[kinds], shrink(via)), []).append(node)
    return pairs


async def _graphs(service: Service, target: str, nodes: set[str]) -> dict[tuple[str, str], set[str]]:
    """(thing, property) → the named graphs in which it points at the target."""
    values = " ".join(iri(node) for node in sorted(nodes))
    rows = await select(service.engine, f"SELECT ?x ?via ?g {{ VALUES ?x {{ {values} }} GRAPH ?g {{ ?x ?via {iri(target)} }} }}")
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        found.setdefault((row["x"].value, row["via"].value), set()).add(row["g"].value)
    return found


def _rank(key: tuple[str, str]) -> tuple[int, int, str]:
    family, via = key
    titles = list(_TITLES)
    return titles.index(key) if key in titles else 50, _FAMILIES.index(family) if family in _FAMILIES else 50, via


def _family(terms: Vocabulary, types: list[str]) -> str:
    found = next((family for family in _FAMILIES if terms.is_a(types, expand(family))), "")
    return found or (shrink(terms.narrowest(types)[0]) if types else "")


def _by_graph(service: Service, graphs: set[str], properties: dict[str, list[Term]]) -> list[Origin]:
    row = next((term.value for term in properties.get("bp:sourceRow", [])), "")
    notes = (of_graph(graph, service.settings.base_iri, row) for graph in sorted(graphs))
    return [note for note in notes if note is not None]


async def _properties(service: Service, nodes: set[str]) -> dict[str, dict[str, list[Term]]]:
    values = " ".join(iri(node) for node in sorted(nodes))
    found: list[Row] = await select(service.engine, f"SELECT ?x ?p ?o {{ VALUES ?x {{ {values} }} ?x ?p ?o }}")
    table: dict[str, dict[str, list[Term]]] = {node: {} for node in nodes}
    for row in sorted(found, key=lambda row: row["o"]):  # not in the query: the engine can't order terms of every kind
        table[row["x"].value].setdefault(shrink(row["p"].value), []).append(row["o"])
    return table
