"""What the tests of single genres ask of a reading."""

from __future__ import annotations

from ingest.findings import DateRead, Fact, MeetingFound, ParticipationFound, Reading


def parties(reading: Reading, meeting: str = "m1") -> set[tuple[str, str]]:
    """Role and key of each party and person at the meeting."""
    return {(f.role, f.agent.partition(":")[2]) for f in reading.of(ParticipationFound) if f.meeting == f"meeting:{meeting}"}


def dates(reading: Reading, meeting: str = "m1") -> set[str]:
    return {f.value.edtf for f in reading.of(Fact) if f.subject == f"meeting:{meeting}" and isinstance(f.value, DateRead)}


def values(reading: Reading, name: str, meeting: str = "m1") -> set[object]:
    return {f.value for f in reading.of(Fact) if f.subject == f"meeting:{meeting}" and f.property == name}


def meetings(reading: Reading) -> list[tuple[str, str]]:
    return [(m.kind, m.standing) for m in reading.of(MeetingFound)]
