"""Which meeting is meant: each meeting that a document reports or mentions gets an IRI.

`corpus/curation/registry.csv` is the authority. A meeting is matched to a row by explicit rules, in this order:

* `ordinal`: the same kind, body or series and the same ordinal ("Fourth Ministerial Conference"), unless the dates lie more than a
  year apart (the Steering Group restarted its numbering);
* `circumstances`: dates that overlap, the same place, a compatible kind and a like title, of which one may be missing; the best
  candidate wins only if it is the only best one;
* `document`: a row without date and place belongs to the meeting without date and place of the same document;
* `merge`: a person decided it in `merges.csv`.

Whatever matches no row gets a provisional IRI from the hash of its document and its span. Only the document itself and the tables decide
about a registered IRI, never another document: adding or removing one changes none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from baligraph import iris
from ingest.candidates import Candidates
from ingest.findings import DateRead, Fact, MeetingFound, Reading, Ref
from ingest.meetings import Profile, Verdict, best, compare, join

Rule: TypeAlias = Literal["ordinal", "circumstances", "document", "merge", "provisional"]
MeetingKey: TypeAlias = tuple[str, str]  # slug of the document, key of the MeetingFound in it


@dataclass(frozen=True, slots=True)
class Registered:
    """A row of the registry: the key of the IRI (`meeting_{key}`), what identifies the meeting, the document it was first read from."""

    key: str
    profile: Profile
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """How one meeting of one document came to its IRI; `key` is the part of the IRI after `meeting_`."""

    slug: str
    found: str
    key: str
    rule: Rule
    note: str = ""

    @property
    def provisional(self) -> bool:
        return self.rule == "provisional"


@dataclass(slots=True)
class _Cluster:
    """The meetings of one document that are one and the same."""

    slug: str
    profile: Profile
    members: list[MeetingFound]
    reported: bool

    @property
    def first(self) -> MeetingFound:
        return self.members[0]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The keys of all meetings (`keys[slug, found key]`), how each was found, and the joint profile of the provisional ones."""

    keys: Mapping[MeetingKey, str]
    resolved: Sequence[Resolved]
    provisional: Mapping[str, Profile] = field(default_factory=dict)
    first_document: Mapping[str, str] = field(default_factory=dict)


def resolve(
    readings: Iterable[Reading],
    shas: Mapping[str, str],
    registry: Sequence[Registered],
    *,
    merges: Mapping[str, str] | None = None,
    country_of: Mapping[Ref, Ref] | None = None,
) -> Resolution:
    """Give every MeetingFound of `readings` the key of its IRI.

    `shas` has the sha256 of each document's text, `merges` maps a key that was given up (registered or provisional) to the one that
    stays, `country_of` a place to its area.
    """
    merges, country_of = merges or {}, country_of or {}
    resolved: list[Resolved] = []
    open_clusters: list[_Cluster] = []
    notes: dict[int, str] = {}
    index = Candidates()
    for n, registered in enumerate(registry):
        index.add(n, registered.profile)
    for reading in sorted(readings, key=lambda r: r.slug):
        clusters = _clusters(reading, country_of)
        for cluster, (row, rule, note) in zip(clusters, _registered(clusters, registry, index), strict=True):
            if row is None:
                notes[id(cluster)] = note
                open_clusters.append(cluster)
            else:
                resolved += _settled(cluster, row.key, rule, note, merges)
    provisional: dict[str, Profile] = {}
    first: dict[str, str] = {}
    for key, group in _across(open_clusters, shas):
        for cluster in group:
            settled = _settled(cluster, key, "provisional", notes[id(cluster)], merges)
            resolved += settled
            if settled[0].provisional:
                provisional[key] = join(provisional[key], cluster.profile) if key in provisional else cluster.profile
                first.setdefault(key, cluster.slug)
    resolved.sort(key=lambda r: (r.slug, r.found))
    return Resolution({(r.slug, r.found): r.key for r in resolved}, resolved, provisional, first)


def profile_of(found: MeetingFound, facts: Iterable[Fact], country_of: Mapping[Ref, Ref]) -> Profile:
    """What a document says of a meeting, as far as it helps to know it again."""
    many: dict[str, set[str]] = {"inPlace": set(), "inCountry": set(), "ofBody": set(), "inSeries": set(), "sideEventOf": set()}
    titles: set[str] = set()
    dates: set[DateRead] = set()
    ordinals: set[int] = set()
    for fact in facts:
        value, name = fact.value, fact.property.removeprefix("bp:")
        if isinstance(value, DateRead):
            dates.add(value)
        elif name in many:
            many[name].add(str(value))
        elif name in {"rdfs:label", "skos:altLabel"}:
            titles.add(str(value))
        elif name == "ordinal":
            ordinals.add(int(value))
    return Profile(
        kind=found.kind,
        titles=tuple(sorted(titles)),
        dates=tuple(sorted((d.start, d.end) for d in dates)),
        places=frozenset(many["inPlace"]),
        areas=frozenset(many["inCountry"] | {country_of[p] for p in many["inPlace"] if p in country_of}),
        bodies=frozenset(many["ofBody"]),
        series=frozenset(many["inSeries"]),
        events=frozenset(many["sideEventOf"]),
        ordinals=frozenset(ordinals),
    )


def provisional_key(sha: str, found: MeetingFound) -> str:
    """`x` and 12 hex digits of the document's hash and the span of the meeting: the same whatever else is in the corpus."""
    span = found.source.anchor
    return iris.ref_of(iris.provisional_meeting_iri(sha, span.start, span.end)).removeprefix("meeting:")


def _clusters(reading: Reading, country_of: Mapping[Ref, Ref]) -> list[_Cluster]:
    """The meetings of one document, mentions joined to the meeting that they mean. Two reported meetings are never one."""
    facts: dict[Ref, list[Fact]] = {}
    for fact in reading.of(Fact):
        facts.setdefault(fact.subject, []).append(fact)
    found = sorted(reading.of(MeetingFound), key=lambda m: (m.standing == "mentioned", m.source.anchor, m.key))
    clusters: list[_Cluster] = []
    for meeting in found:
        profile = profile_of(meeting, facts.get(f"meeting:{meeting.key}", ()), country_of)
        at, _ = best(profile, [c.profile for c in clusters]) if meeting.standing == "mentioned" else (None, "")
        if at is None:
            clusters.append(_Cluster(reading.slug, profile, [meeting], meeting.standing != "mentioned"))
        else:
            home = clusters[at[0]]
            home.profile = join(home.profile, profile)
            home.members.append(meeting)
    return clusters


def _registered(
    clusters: Sequence[_Cluster], registry: Sequence[Registered], index: Candidates
) -> list[tuple[Registered | None, Rule, str]]:
    """The row of each cluster of one document, or None. Two reported meetings of a document never share a row: the better match has it."""
    found: list[tuple[Registered | None, Rule, str]] = []
    verdicts: list[Verdict | None] = []
    for cluster in clusters:
        known = [registry[n] for n in index.of(cluster.profile)]
        at, note = best(cluster.profile, [row.profile for row in known])
        row, rule = (known[at[0]], at[1].rule) if at else (_of_document(cluster, registry), "document")
        found.append((row, rule, note))  # type: ignore[arg-type]  # the rule of a verdict is one of Rule
        verdicts.append(at[1] if at else None)
    for row in {id(r): r for r, _, _ in found if r is not None}.values():
        claims = [n for n, (r, _, _) in enumerate(found) if r is row and clusters[n].reported]
        if len(claims) > 1:
            ranked = sorted(claims, key=lambda n: -(v.score if (v := verdicts[n]) else 0.0))
            tie = _score(verdicts[ranked[0]]) == _score(verdicts[ranked[1]])
            for n in ranked if tie else ranked[1:]:
                found[n] = (
                    None,
                    "provisional",
                    f"another meeting of this document fits the row {row.key} {'as well' if tie else 'better'}",
                )
    return found


def _score(verdict: Verdict | None) -> float:
    return verdict.score if verdict else 0.0


def _of_document(cluster: _Cluster, registry: Sequence[Registered]) -> Registered | None:
    """The row that was made for the unnamed meeting of this document."""
    if cluster.profile.dates or cluster.profile.places or cluster.profile.areas or not cluster.reported:
        return None
    rows = [
        row
        for row in registry
        if row.document == cluster.slug
        and not (row.profile.dates or row.profile.places or row.profile.areas)
        and compare(replace(cluster.profile, titles=()), replace(row.profile, titles=()), bare=True)
    ]
    return rows[0] if len(rows) == 1 else None


def _settled(cluster: _Cluster, key: str, rule: Rule, note: str, merges: Mapping[str, str]) -> list[Resolved]:
    seen = {key}
    while key in merges and merges[key] not in seen:
        note = f"{key} was merged into {merges[key]}"
        key, rule = merges[key], "merge"
        seen.add(key)
    return [Resolved(cluster.slug, meeting.key, key, rule, note) for meeting in cluster.members]


def _across(clusters: Sequence[_Cluster], shas: Mapping[str, str]) -> list[tuple[str, list[_Cluster]]]:
    """Unregistered meetings of several documents joined where the same rules say so; the first document in sorted order names each."""
    groups: list[list[_Cluster]] = []
    joint: list[Profile] = []
    spoken: list[set[str]] = []  # the documents of each group: it has one account of each
    index = Candidates()
    for cluster in sorted(clusters, key=lambda c: (c.slug, not c.reported, c.first.source.anchor, c.first.key)):
        open_to = [n for n in index.of(cluster.profile) if cluster.slug not in spoken[n]]
        at, _ = best(cluster.profile, [joint[n] for n in open_to])
        if at is None:
            n = len(groups)
            groups.append([cluster])
            joint.append(cluster.profile)
            spoken.append({cluster.slug})
        else:
            n = open_to[at[0]]
            groups[n].append(cluster)
            joint[n] = join(joint[n], cluster.profile)
            spoken[n].add(cluster.slug)
        index.add(n, joint[n])
    named: dict[str, list[_Cluster]] = {}
    for group in groups:
        key = provisional_key(shas[group[0].slug], group[0].first)
        while key in named:  # two meetings in the same few words ("workshops in Seoul and Bali")
            key = "x" + iris.digest(key, group[0].first.key)
        named[key] = group
    return list(named.items())
