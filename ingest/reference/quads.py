"""The named graph `graph/reference`: what the tables say, each subject with its row and its sources."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from baligraph import iris
from ingest.contribution import TextInput
from ingest.findings import Ref
from ingest.nodes import bp, literal, node
from ingest.read.media import MEDIA_TYPES
from ingest.reference import model, schema

Object: TypeAlias = NamedNode | Literal
Po: TypeAlias = tuple[NamedNode, Object]

_CLASSES: Final = {
    "area": schema.AREAS,
    "org": schema.ORGANISATIONS,
    "gov": schema.GOVERNMENTS,
    "body": schema.BODIES,
    "process": schema.BODIES,
    "instrument": schema.INSTRUMENTS,
}
_ONE_CLASS: Final = {
    "place": "Place",
    "person": "Person",
    "series": "MeetingSeries",
    "event": "ForeignEvent",
    "group": "CollectiveGroup",
}


def reference_quads(reference: model.Reference, texts: Iterable[TextInput], redacted: Collection[Ref] = ()) -> Iterator[Quad]:
    """All quads of `graph/reference`, table by table, without the people in `redacted`. `texts` are those of the documents."""
    for entry in reference.entries.values():
        if entry.ref in redacted:
            continue
        yield from _quads(entry.ref, _entry(entry))
    for membership in reference.members:
        yield from _membership(membership)
    for text in texts:
        if text.slug in reference.documents:
            yield from document_quads(reference.documents[text.slug], text)


def document_quads(record: model.DocumentRecord, read: TextInput) -> Iterator[Quad]:
    """A registered document, its text version and the file that this was read from."""
    document, version = f"doc:{record.slug}", f"version:{record.slug}_{read.sha256[:8]}"
    file = f"file:{record.slug}_{record.sha256[:8]}"
    row: list[Po] = [(bp("sourceRow"), literal(record.source_row)), (node("dcterms:source"), _source(record.source))]
    about: list[Po] = [
        (node("rdf:type"), bp("Document")),
        (node("dcterms:title"), literal(record.title, record.language)),
        (node("dcterms:language"), literal(record.language)),
        (node("dcterms:rights"), literal(record.rights)),
        (bp("realizedBy"), _node(version)),
    ]
    if record.retrieved is not None:
        about.append((node("dcterms:dateAccepted"), _date(record.retrieved)))
    yield from _quads(document, about + row)
    text: list[Po] = [
        (node("rdf:type"), bp("TextVersion")),
        (bp("sha256"), literal(read.sha256)),
        (node("dcterms:language"), literal(record.language)),
        (bp("charLength"), literal(len(read.text))),
        (bp("embodiedBy"), _node(file)),
    ]
    yield from _quads(version, text + row)
    kind = literal(MEDIA_TYPES[read.file.format])
    yield from _quads(file, [(node("rdf:type"), bp("File")), (bp("sha256"), literal(record.sha256)), (node("dcterms:format"), kind), *row])


def edtf_bounds(edtf: str) -> tuple[dt.date, dt.date]:
    """The closed bounds of an EDTF date of the tables: `2002-02` → 1 and 28 February 2002."""
    first, _, last = edtf.partition("/")
    return _bound(first, end=False), _bound(last or first, end=True)


def _bound(part: str, *, end: bool) -> dt.date:
    numbers = [int(n) for n in part.split("-")]
    year = numbers[0]
    month = numbers[1] if len(numbers) > 1 else (12 if end else 1)
    day = numbers[2] if len(numbers) > 2 else (calendar.monthrange(year, month)[1] if end else 1)
    return dt.date(year, month, day)


def _node(ref: str) -> NamedNode:
    return NamedNode(iris.id_iri(ref))


def _quads(subject: str, statements: list[Po]) -> Iterator[Quad]:
    graph = NamedNode(iris.graph("reference"))
    for predicate, value in statements:
        yield Quad(_node(subject), predicate, value, graph)


def _source(source: str) -> Object:
    """A source as a resource where it is one: an address, or a document of the corpus."""
    if source.startswith(("http://", "https://")):
        return NamedNode(source)
    slug = source.removeprefix("document ")
    return NamedNode(iris.doc_iri(slug)) if slug != source else literal(source)


def _entry(entry: model.Entry) -> list[Po]:
    name = _ONE_CLASS.get(entry.kind) or _CLASSES[entry.kind][entry.type]
    names = dict.fromkeys([*entry.aliases, *entry.acronyms, *(phrase.name for phrase in entry.phrases if phrase.whole)])
    found: list[Po] = [(node("rdf:type"), bp(name)), (node("rdfs:label"), literal(entry.label, "en"))]
    found += [(node("skos:altLabel"), literal(alias, "en")) for alias in names if alias != entry.label]
    found += _extra(entry)
    found += _row(entry.source_row, entry.sources, entry.checked, entry.note)
    return found


def _row(source_row: str, sources: tuple[str, ...], checked: dt.date | None, note: str) -> list[Po]:
    found: list[Po] = [(bp("sourceRow"), literal(source_row))]
    found += [(node("dcterms:source"), _source(source)) for source in sources]
    if checked is not None:
        found.append((node("dcterms:dateAccepted"), _date(checked)))
    if note:
        found.append((node("skos:editorialNote"), literal(note, "en")))
    return found


def _extra(entry: model.Entry) -> list[Po]:
    match entry:
        case model.Area():
            return _area(entry)
        case model.Place():
            return _place(entry)
        case model.Organisation():
            return _wikidata(entry.wikidata, entry.wikidata_match) + _link("dcterms:spatial", entry.area)
        case model.Government():
            return _link("bp:ofState", entry.area) + _link("dcterms:isPartOf", entry.parent)
        case model.Body() | model.Instrument() | model.Series():
            return _of_process(entry)
        case _:
            return []


def _of_process(entry: model.Body | model.Instrument | model.Series) -> list[Po]:
    found = _link("bp:ofProcess", entry.process)
    match entry:
        case model.Body():
            found += _dates("established", entry.established)
            found += [(node("skos:historyNote"), literal(entry.basis, "en"))] * bool(entry.basis)
        case model.Instrument():
            found += [(bp("publishedBy"), _node(ref)) for ref in entry.publishers] + _dates("established", entry.published)
            found += [(node("dcterms:type"), NamedNode(iris.concept_iri("instrument-status", "generic")))] * entry.generic
        case model.Series():
            found += _link("bp:ofBody", entry.body)
    return found


def _link(predicate: str, ref: Ref | None) -> list[Po]:
    return [(node(predicate), _node(ref))] if ref else []


def _date(value: dt.date) -> Literal:
    return Literal(value.isoformat(), datatype=node("xsd:date"))


def _area(area: model.Area) -> list[Po]:
    found: list[Po] = [(bp(code), literal(area.row[code])) for code in ("iso2", "iso3", "m49")]
    found.append((node("skos:notation"), literal(area.iso3)))
    regions = dict.fromkeys((area.region, area.subregion))
    found += [(bp("inRegion"), NamedNode(iris.concept_iri("region", f"m49_{code}"))) for code in regions]
    if area.pacific_island is not None:
        found.append((bp("pacificIslandState"), literal(area.pacific_island)))
    if area.eu_authority:
        found.append((node("skos:exactMatch"), NamedNode(area.eu_authority)))
    return found + _wikidata(area.wikidata, area.wikidata_match)


def _place(place: model.Place) -> list[Po]:
    found = _link("bp:inCountry", place.area)
    if place.geonames:
        found.append((node("skos:exactMatch"), NamedNode(f"https://sws.geonames.org/{place.geonames}/")))
    if place.lat is not None and place.long is not None:
        found += [(node("geo:lat"), _decimal(place.row["lat"])), (node("geo:long"), _decimal(place.row["long"]))]
    return found


def _decimal(text: str) -> Literal:
    return Literal(text, datatype=node("xsd:decimal"))


def _wikidata(item: str, match: str) -> list[Po]:
    return [(node(f"skos:{match}Match"), node(f"wd:{item}"))] if item else []


def _dates(stem: str, edtf: str) -> list[Po]:
    if not edtf:
        return []
    start, end = edtf_bounds(edtf)
    return [(bp(f"{stem}Edtf"), literal(edtf)), (bp(f"{stem}Start"), _date(start)), (bp(f"{stem}End"), _date(end))]


def _membership(membership: model.Membership) -> Iterator[Quad]:
    member, organisation = iris.id_iri(membership.member), iris.id_iri(membership.organisation)
    attested = membership.attested.isoformat() if membership.attested else ""
    subject = iris.ref_of(iris.membership_iri(iris.graph("reference"), member, organisation, membership.status, attested))
    found: list[Po] = [
        (node("rdf:type"), bp("Membership")),
        (bp("member"), NamedNode(member)),
        (bp("organisation"), NamedNode(organisation)),
        (bp("status"), NamedNode(iris.concept_iri("status", membership.status))),
    ]
    if membership.attested is not None:
        found.append((bp("attestedOn"), _date(membership.attested)))
    found += _dates("since", membership.since)
    yield from _quads(subject, found + _row(membership.source_row, membership.sources, membership.checked, membership.note))
