"""What the reference tables must hold together: keys that exist, codes and names that mean one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from baligraph.tables import Row
from ingest.findings import Ref
from ingest.gazetteer import normal
from ingest.reference import model

_TABLE: Final = {
    "area": "areas.csv",
    "place": "places.csv",
    "org": "organisations.csv",
    "gov": "governments.csv",
    "body": "bodies.csv",
    "process": "bodies.csv (type process)",
    "instrument": "instruments.csv",
    "person": "people.csv",
    "series": "series.csv",
    "event": "events.csv",
    "group": "groups.csv",
}


def check(
    entries: Mapping[Ref, model.Entry],
    members: Iterable[model.Membership],
    documents: Mapping[str, model.DocumentRecord],
    codes: Mapping[str, Row],
) -> None:
    """Hold the tables against each other; `codes` are the rows of codes.csv. Raises InputError for the first thing that is wrong."""
    for entry in entries.values():
        _check_sources(entry.row, entry.sources, documents)
        if entry.area is not None:
            _known(entry.area, entry.row, "area", entries)
        match entry:
            case model.Area():
                _check_area(entry)
            case model.Place():
                if (entry.lat is None) != (entry.long is None):
                    entry.row.fail("lat", "latitude and longitude go together", "Give both or neither.")
                if entry.lat is not None and entry.long is not None and not (-90 <= entry.lat <= 90 and -180 <= entry.long <= 180):
                    entry.row.fail("lat", f"{entry.lat}, {entry.long} is no point on earth", "Give degrees, north and east positive.")
            case _:
                pass
        for column in ("parent", "process", "body"):
            ref = getattr(entry, column, None)
            if ref is not None:
                _known(ref, entry.row, column, entries)
        for publisher in entry.publishers if isinstance(entry, model.Instrument) else ():
            _known(publisher, entry.row, "publishers", entries)
        if entry.kind == "body" and getattr(entry, "process", None) is None:
            entry.row.fail("process", "is empty", "Name the process that this body is a part of.")
        _check_wikidata(entry)
    _check_codes([entry for entry in entries.values() if isinstance(entry, model.Area)], codes)
    _check_names(entries.values())
    _check_members(members, entries, documents)


def _known(ref: Ref, row: Row, column: str, entries: Mapping[Ref, model.Entry]) -> None:
    if ref in entries:
        return
    kind, _, key = ref.partition(":")
    if kind not in _TABLE:
        row.fail(column, f"{ref!r} has an unknown type", f"Use one of: {', '.join(f'{k}:' for k in _TABLE)}.")
    row.fail(column, f"{key!r} is no key in corpus/reference/{_TABLE[kind]}", "Add its row there, or mend the key.")


def _check_area(area: model.Area) -> None:
    if area.key != area.iso3.lower():
        area.row.fail("key", f"{area.key!r} is not the alpha-3 code {area.iso3} in lower case", "Make the two agree.")
    if area.eu_authority and not area.eu_authority.endswith(f"/{area.iso3}"):
        area.row.fail("eu_authority", f"{area.eu_authority} does not end with {area.iso3}", "Give the IRI of the same country.")


def _check_codes(areas: list[model.Area], codes: Mapping[str, Row]) -> None:
    """No two areas share a code, and each has those that the standard gives it."""
    for column in ("iso2", "iso3", "m49"):
        seen: dict[str, model.Area] = {}
        for area in areas:
            first = seen.setdefault(area.row[column], area)
            if first is not area:
                area.row.fail(column, f"{area.row[column]} is the code of {first.key} (line {first.row.line}) too", "Mend one of the two.")
    for area in areas:
        known = codes.get(area.key)
        if known is None:
            area.row.fail("iso3", f"{area.iso3} is no code of ISO 3166-1", "Take the code from corpus/reference/codes.csv.")
        for column in ("iso2", "m49"):
            if area.row[column] != known[column]:
                mend = f"Write {known[column]}, as in {known.file}:{known.line}."
                area.row.fail(column, f"{area.row[column]} is not the code of {area.iso3}", mend)


def _check_wikidata(entry: model.Entry) -> None:
    if isinstance(entry, model.Area | model.Organisation) and bool(entry.wikidata) != bool(entry.wikidata_match):
        entry.row.fail("wikidata_match", "an item and how it matches go together", "Give both (exact or close) or neither.")


def _check_sources(row: Row, sources: Iterable[str], documents: Mapping[str, model.DocumentRecord]) -> None:
    for source in sources:
        slug = source.removeprefix("document ")
        if slug != source and slug not in documents:
            row.fail(
                "source", f"{slug!r} is no document of corpus/documents.csv", "Register the document, or name the source in other words."
            )


def _check_names(entries: Iterable[model.Entry]) -> None:
    """One name, one entity: only a city and its territory share a name, or the entities of a phrase that names them together."""
    seen: dict[str, tuple[model.Entry, str]] = {}
    for entry in entries:
        named = [(name, normal(name), column) for column, name in _names(entry)]
        named += [(name, f"={name}", "acronyms") for name in entry.acronyms]
        for name, form, column in named:
            first, _ = seen.setdefault(form, (entry, name))
            if first.ref == entry.ref or {first.kind, entry.kind} == {"area", "place"}:
                continue
            mend = "Give each its own name, or write it in `phrases` of both if the words name them together."
            entry.row.fail(column, f"{name!r} names {first.ref} ({first.row.file}:{first.row.line}) too", mend)


def _names(entry: model.Entry) -> list[tuple[str, str]]:
    return [("label", entry.label), *(("aliases", alias) for alias in entry.aliases)]


def _check_members(
    members: Iterable[model.Membership], entries: Mapping[Ref, model.Entry], documents: Mapping[str, model.DocumentRecord]
) -> None:
    seen: dict[tuple[object, ...], model.Membership] = {}
    for membership in members:
        _check_sources(membership.row, membership.sources, documents)
        _known(membership.member, membership.row, "member", entries)
        if not re.match("process:|body:", membership.organisation):
            membership.row.fail("organisation", f"{membership.organisation!r} is no process or body", "Write process:… or body:….")
        _known(membership.organisation, membership.row, "organisation", entries)
        what = (membership.member, membership.organisation, membership.status, membership.attested)
        first = seen.setdefault(what, membership)
        if first is not membership:
            membership.row.fail("key", f"says the same as line {first.row.line}", "Remove one of the two rows.")
