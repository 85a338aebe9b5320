"""`/calendar.ics`: the meetings whose days a document names (RFC 5545).

A meeting of which only the month or the year is known has no day, and a calendar can't say so: it is left out, and the description says how
many are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.citation import cite
from api.document import known
from api.service import Service, service_of
from api.terms import Row, select
from baligraph.prefixes import sparql_header

_LINE: Final = 75
"""Octets of a line, beyond which it is folded (RFC 5545, section 3.1)."""

_STATUS: Final = {"held": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}


async def calendar(request: Request) -> Response:
    """All meetings with days, each as an event of whole days."""
    service = service_of(request)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{service.release.id}-calendar"', "Content-Type": "text/calendar; charset=utf-8"}
    if answer := known(request, headers):
        return answer
    rows = await _meetings(service)
    exact = {row["m"].value: row for row in rows if "precision" in row and row["precision"].value.endswith(("_day", "_range"))}
    dated = {name: row for name, row in exact.items() if _day(row, "start") and _day(row, "end")}
    left = len({row["m"].value for row in rows}) - len(dated)
    said = f"{cite(service).text}. {left} meetings of which no document names the days are left out."
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bali Process Graph//baligraph//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += ["X-WR-CALNAME:Meetings of the Bali Process", f"X-WR-CALDESC:{_text(said)}"]
    for name, row in sorted(dated.items(), key=lambda item: (item[1]["start"].value, item[0])):
        lines += _event(service, name, row)
    lines.append("END:VCALENDAR")
    return Response("".join(f"{part}\r\n" for line in lines for part in _fold(line)), headers=headers)


async def _meetings(service: Service) -> list[Row]:
    return await select(
        service.engine,
        f"{sparql_header(('bp', 'rdfs'))}SELECT * {{ ?m a bp:Meeting OPTIONAL {{ ?m rdfs:label ?label }}"
        " OPTIONAL { ?m bp:datePrecision ?precision } OPTIONAL { ?m bp:earliestStart ?start ; bp:latestEnd ?end }"
        " OPTIONAL { ?m bp:eventStatus ?status } OPTIONAL { ?m bp:dateText ?written }"
        " OPTIONAL { ?m bp:inPlace/rdfs:label ?place } OPTIONAL { ?m bp:inCountry/rdfs:label ?country } }"
        " ORDER BY ?m ?label ?place ?country",
    )


def _day(row: Row, name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(row[name].value) if name in row else None
    except ValueError:
        return None


def _event(service: Service, name: str, row: Row) -> list[str]:
    start, end = _day(row, "start"), _day(row, "end")
    if start is None or end is None:
        return []
    release = service.release
    stamp = release.date.replace("-", "") if release.date else f"{start:%Y%m%d}"
    path = name.removeprefix(f"{service.settings.base_iri}id/")
    found = [
        "BEGIN:VEVENT",
        f"UID:{name}",
        f"DTSTAMP:{stamp}T000000Z",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end + dt.timedelta(days=1):%Y%m%d}",  # the day after the last
        f"SUMMARY:{_text(row['label'].value if 'label' in row else path)}",
        f"URL:{name}",
    ]
    where = [row[part].value for part in ("place", "country") if part in row]
    found += [f"LOCATION:{_text(', '.join(dict.fromkeys(where)))}"] if where else []
    found += [f"DESCRIPTION:As written: {_text(row['written'].value)}"] if "written" in row else []
    status = _STATUS.get(row["status"].value.rpartition("_")[2], "") if "status" in row else ""
    found += [f"STATUS:{status}"] if status else []
    return [*found, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _text(value: str) -> str:
    """A text value (RFC 5545, section 3.3.11)."""
    plain = " ".join(value.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; no letter is torn apart."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
