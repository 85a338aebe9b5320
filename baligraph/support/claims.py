"""What is asked of plain facts, through their claims: by property, with a plain question for those that have no judge of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import Final

from baligraph.prefixes import expand
from baligraph.support.asked import Asked, Fault, belongs, date_fault, meeting_named
from baligraph.support.cues import CUES, KINDS
from baligraph.support.readback import bare, content, loosely_in, numbers, runs_in, stands_in

UNASKED: Final = frozenset("theme action crime order directives strategyArea recordedIn outcomeOf wordingStrength provisional".split())
"""Readings of ours, and links between a document and its own meetings: not statements that a passage could hold."""

_LEAST: Final = re.compile(r"\b(over|more than|at least|in excess of|upwards of|no fewer than|beyond|above|exceed\w*)\b|\+", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\b\w+[ -](?:[IVX]+|\d+)\b")


def claim(asked: Asked) -> Iterator[Fault]:
    predicate = asked.one("claimPredicate")
    name = predicate.removeprefix(expand("bp:"))
    value = asked.one("claimObject") or asked.one("claimValue")
    if name in UNASKED:
        return
    judge = _BY_PROPERTY.get(name)
    if judge is not None:
        yield from judge(asked, value)
    elif asked.one("claimObject"):
        if not asked.named(value, asked.quote):
            yield "name", value, "no name of it stands in the passage"
    elif not (value.isdigit() and int(value) in numbers(asked.anchor)) and not loosely_in(value, asked.quote):
        yield "words", value, "these words do not stand in the passage"


def _claim_place(asked: Asked, value: str) -> Iterator[Fault]:
    if not any(stands_in(name, asked.anchor) for name in asked.names(value)):
        yield "place", value, "no name of the place stands in the anchor"


def _claim_basis(asked: Asked, value: str) -> Iterator[Fault]:
    named = sorted(_places_in(asked))
    if value.endswith("_absent") and named:
        yield "place", value, f"the anchor names a place ({', '.join(named)})"
    if value.endswith("_stated") and not named:
        yield "place", value, "the anchor names no place"


def _places_in(asked: Asked) -> set[str]:
    """Names of places that stand in the anchor otherwise than as a part of another name ("Bali Process", "Bali III")."""
    left = _NUMBERED.sub(" ", bare(asked.anchor))
    places: set[str] = set()
    for iri, names in asked.facts.names.items():
        kind = iri.rpartition("/id/")[2].partition("_")[0]
        if kind in {"place", "area"}:
            places |= names
        elif kind in {"process", "body", "org", "gov", "instrument", "event", "series", "person"}:
            for name in sorted(names, key=len, reverse=True):
                if name in left and len(name) > 3:
                    left = left.replace(name, " ")
    left = re.sub(r"\b\w+-\w+\b(?=\s+(Process|workshop))", " ", left)
    return {name for name in places if stands_in(name, left)}


def _claim_date(asked: Asked, value: str) -> Iterator[Fault]:
    """The parts of a date are claims of their own: each is judged with the others of the same node and anchor."""
    found = [list(_date_faults(asked, value, *parts)) for parts in _date_parts(asked)]
    yield from min(found, key=len)


_PARTS = ("earliestStart", "latestEnd", "datePrecision")


def _date_parts(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Start, end and precision that may belong to this claim: those of its anchor.

    A value that the document says twice is one claim, with the anchor of the first: "Date: 25 August" and "on 24 and 25 August" end on
    the same day. So a part that the anchor lacks may be any that rests on the same passage; the words judge which.
    """
    subject, graph = asked.one("claimSubject"), asked.one("inGraph")
    own = asked.facts.dates.get((subject, graph, asked.anchor), {})
    beside = [asked.facts.dated.get((subject, graph, passage), {}) for passage in asked.all("evidence")]
    choices = [[own[name]] if name in own else sorted({v for part in beside for v in part.get(name, ())}) or [""] for name in _PARTS]
    for start, end, precision in product(*choices):
        yield start, end, precision.rpartition("precision_")[2]


def _date_faults(asked: Asked, value: str, start: str, end: str, precision: str) -> Iterator[Fault]:
    yield from date_fault(asked.anchor, start, end, precision, asked.quote)
    if asked.one("claimPredicate").endswith("#edtf") and value not in _edtf(start, end, precision):
        yield "date", value, f"the EDTF is not that of {start} to {end} ({precision})"


def _edtf(start: str, end: str, precision: str) -> set[str]:
    cut = {"year": 4, "month": 7}.get(precision, 10)
    first, last = start[:cut], end[:cut]
    return {first} if first == last else {f"{first}/{last}"}


def _claim_words(asked: Asked, value: str) -> Iterator[Fault]:
    if not runs_in(value, asked.quote):
        yield "words", value, "these words do not stand in the passage"


def _claim_label(asked: Asked, value: str) -> Iterator[Fault]:
    if not loosely_in(value, asked.quote):
        missing = " ".join(sorted(content(value) - content(asked.quote)))
        yield "label", value, f"words of the label do not stand in the passage: {missing}"


def _claim_number(asked: Asked, value: str) -> Iterator[Fault]:
    if not value.isdigit() or int(value) not in numbers(asked.anchor):
        yield "number", value, "the number can't be read back from the anchor"


def _claim_exactly(asked: Asked, value: str) -> Iterator[Fault]:
    yield from _claim_number(asked, value)
    if _LEAST.search(bare(asked.anchor)):
        yield "number", value, "the anchor gives a lower bound, not an exact number"


def _claim_at_least(asked: Asked, value: str) -> Iterator[Fault]:
    yield from _claim_number(asked, value)
    if not _LEAST.search(bare(asked.anchor)):
        yield "number", value, "the anchor has no word for a lower bound (over, more than, at least)"


def _claim_type(asked: Asked, value: str) -> Iterator[Fault]:
    pattern = KINDS.get(value.rpartition("#")[2])
    if pattern is not None and not re.search(pattern, bare(asked.quote), re.IGNORECASE):
        yield "kind", value, "no word for this kind of meeting stands in the passage"


def _claim_coverage(asked: Asked, value: str) -> Iterator[Fault]:
    if not value.endswith("_no-list") and not re.search(CUES["attendee"], bare(asked.quote), re.IGNORECASE):
        yield "coverage", value, "no word for attendance stands in the passage"


def _claim_event_status(asked: Asked, value: str) -> Iterator[Fault]:
    slug = value.rpartition("event-status_")[2]
    patterns = {
        "postponed": r"postpon|defer",
        "cancelled": r"cancel",
        "planned": r"will|plan|propos|to be (held|confirmed)|next|intend|schedul|upcoming|forthcoming|calendar|tentativ|\btbc\b",
    }
    if slug in patterns and not re.search(patterns[slug], bare(asked.quote), re.IGNORECASE):
        yield "status", value, "no word for this status stands in the passage"


def _claim_mention(asked: Asked, value: str) -> Iterator[Fault]:
    written = asked.one("nameAsWritten") or asked.anchor
    kind = value.rpartition("/id/")[2].partition("_")[0]
    if not runs_in(written, asked.quote):
        yield "mention", value, "the words of the mention do not stand in the passage"
    elif kind == "meeting":
        theirs = re.search(rf"\b(?:its|their)\s+{re.escape(bare(written))}", bare(asked.quote))  # whose it is stands before
        if not meeting_named(asked, value, asked.quote if theirs else written):
            yield "mention", value, "these are no words for this meeting"
    elif not belongs(asked, written, value) and not asked.named(value, asked.quote):
        yield "mention", value, "no name of it stands in the passage"


def _claim_process(asked: Asked, value: str) -> Iterator[Fault]:
    """A process is named in the passage, through one of its bodies, or at the head of the document."""
    bodies = (iri for iri, processes in asked.facts.process_of.items() if value in processes and "/body_" in iri)
    slug = asked.facts.behind(asked.node)[0].slug
    head = asked.facts.texts.get(slug, "")[:800]
    if not asked.named(value, asked.quote + head) and not any(asked.named(body, asked.quote) for body in bodies):
        yield "name", value, "no name of the process or of its bodies stands in the passage, or at the head of the document"


def _claim_series(asked: Asked, value: str) -> Iterator[Fault]:
    holders = asked.facts.body_of.get(value, ())
    if not any(asked.named(name, asked.quote) for name in (value, *holders)) and not re.search(r"series", asked.quote, re.IGNORECASE):
        yield "name", value, "no name of the series or of the body that holds it stands in the passage"


def _claim_follows(asked: Asked, value: str) -> Iterator[Fault]:
    if not re.search(r"follow|after|previous|building on|held in|since", asked.quote, re.IGNORECASE):
        yield "meeting", value, "no word for what came before stands in the passage"
    if not meeting_named(asked, value, asked.quote):
        yield "meeting", value, "no words for this meeting stand in the passage"


_REFERENCE: Final = {
    "recalls": r"\brecall|\bas\s+(?:was |were |had been )?\w+|\bin (?:accordance|line|keeping) with|\bconsistent",
    "reiterates": r"\bre-?affirm|\breiterat|\bre-?confirm",
    "implements": r"\bimplement",
    "followsUp": r"\bfollow\w*[- ]up|\bpursuant to",
}


def _claim_reference(asked: Asked, value: str) -> Iterator[Fault]:
    """A provision refers back: a word for it and the name of the meeting stand in the anchor."""
    name = asked.one("claimPredicate").removeprefix(expand("bp:"))
    if not re.search(_REFERENCE[name], bare(asked.anchor), re.IGNORECASE):
        yield "reference", value, "no word for a reference back stands in the anchor"
    if not meeting_named(asked, value, asked.anchor):
        yield "meeting", value, "no words for this meeting stand in the anchor"


def _claim_document_type(asked: Asked, value: str) -> Iterator[Fault]:
    if not any(loosely_in(name, asked.quote) or content(asked.anchor) <= content(name) for name in asked.names(value)):
        yield "kind", value, "no word for this type of document stands in the passage"


_BY_PROPERTY: Final[Mapping[str, Callable[[Asked, str], Iterable[Fault]]]] = {
    "inPlace": _claim_place,
    "inCountry": _claim_place,
    "placeBasis": _claim_basis,
    "dateText": _claim_words,
    "edtf": _claim_date,
    "earliestStart": _claim_date,
    "latestEnd": _claim_date,
    "datePrecision": _claim_date,
    "ordinal": _claim_number,
    "attendanceExact": _claim_exactly,
    "attendanceMin": _claim_at_least,
    "attendanceCoverage": _claim_coverage,
    "eventStatus": _claim_event_status,
    "mentions": _claim_mention,
    "ofProcess": _claim_process,
    "inSeries": _claim_series,
    "follows": _claim_follows,
    "documentType": _claim_document_type,
    **dict.fromkeys(_REFERENCE, _claim_reference),
    expand("rdf:type"): _claim_type,
    expand("rdfs:label"): _claim_label,
    expand("skos:altLabel"): _claim_label,
}
