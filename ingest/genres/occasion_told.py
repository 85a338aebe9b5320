"""What is written down of the meeting that a text is the outcome of: its titles, number, dates and places, each with where it is told."""

from __future__ import annotations

import re

from ingest.document import Passage
from ingest.findings import Ref, Source
from ingest.genres.draft import Draft
from ingest.genres.occasion import IN_UNKNOWN, Occasion, Told
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.datelines import dateline
from ingest.grammar.dates import DateHit, find_dates, is_month_of, is_publication
from ingest.grammar.places import IN, PlaceRead, host_city, place_at, place_beside, venue_in

_ACTS = re.compile(r"\s+(?!on\b|from\b|to\b|in\b|at\b|the\b|between\b)[a-z]|['’]s\b")
_DATED = re.compile(r"(?:\b(?:on|from|between|in|of|held|the|to|and|over|during)|,|\(|^)\s*$", re.IGNORECASE)
_NO_DATE_OF_IT = re.compile(
    r"\b(?:since|following|after|before|adopted|endorsed|established|launched|until|agreed|last|next|in\s+preparation\s+for"
    # who hosted or chaired it stands between the meeting and its date; any other "by" may give a term
    r"|(?<!hosted\s)(?<!chaired\s)(?<!convened\s)(?<!organised\s)(?<!organized\s)(?<!opened\s)(?<!attended\s)by)\b[^,;]{0,60}$",
    re.IGNORECASE,
)


def write_occasion(draft: Draft, occasion: Occasion) -> Ref:
    """Write the meeting down as reported, with all that is said of it."""
    first = occasion.told[0]
    named = [t for t in (*occasion.told, *occasion.titled) if t.end]
    where = named[0].source if named else first.source
    kind = next((t for t in (*occasion.told, *occasion.titled) if t.kind and t.kind.name == occasion.kind), None)
    source = kind.p.source(kind.kind.start, kind.kind.end, "occasion.kind") if kind and kind.kind else where
    meeting = draft.meeting(occasion.kind, "reported", source)
    draft.reported(meeting, where)
    draft.link("document", "outcomeOf", meeting, where)
    titles = [t for t in named if t.end - t.start < 240]
    for n, t in enumerate(titles):
        draft.claim(t.p, t.start, t.end)
        words = t.p.s[t.start : t.end]
        if n == 0:
            draft.label(meeting, words, t.source)
        elif words != titles[0].p.s[titles[0].start : titles[0].end]:
            draft.fact(meeting, "skos:altLabel", words, t.source, language="en")
    _number(draft, meeting, occasion)
    _when(draft, meeting, occasion)
    _where(draft, meeting, occasion, where)
    draft.process(meeting, where, first.p)
    for t in occasion.told:
        if t.kind and not t.end:
            named.append(Told(t.p, t.kind.start, t.kind.end))
    for t in named:
        for m in (m for m in t.p.named("body", start=t.start) if m.start < t.end):
            draft.link(meeting, "ofBody", m.ref, t.p.source(m.start, m.end, "occasion.body"))
    return meeting


def _number(draft: Draft, meeting: Ref, occasion: Occasion) -> None:
    for t in (*occasion.told, *occasion.titled):
        if n := t.numbered:
            draft.number(t.p, n, meeting, "occasion.ordinal")
            draft.claim(t.p, n.start, n.end)


def _when(draft: Draft, meeting: Ref, occasion: Occasion) -> None:
    """The date of each heading of the title page and of each sentence that tells of the meeting."""
    told = [(t, dated) for t in occasion.told if (dated := date_of(t))]
    for p in draft.document.front:
        for hit in find_dates(p.s)[:1]:
            if not is_publication(p.s, hit, [dated.date for _, dated in told]) and not any(
                is_month_of(hit.date, dated.date) for _, dated in told
            ):
                draft.date(meeting, p, hit, "occasion.date")
    for t, dated in told:
        draft.date(meeting, t.p, dated, "occasion.date")


def date_of(t: Told) -> DateHit | None:
    """The date that the sentence gives to the meeting, not to something before or after it."""
    others = [n for n in numbered_meetings(t.p) if n.date and n != t.numbered and n.start >= t.end]
    line = dateline(t.p)
    if line and line.today:
        return line.hit
    for hit in t.p.dates():
        before = t.p.s[: hit.start]
        if any(n.date_start <= hit.start < n.date_end for n in others) or (line and hit == line.hit):
            continue
        if _DATED.search(before) and not _NO_DATE_OF_IT.search(before[t.end :] if hit.start >= t.end else before):
            return hit
    return None


def _where(draft: Draft, meeting: Ref, occasion: Occasion, absent: Source) -> None:
    places = [(p, place) for p in draft.document.front if (place := _place_of_title(p))]
    places += [(t.p, place) for t in occasion.told if (place := place_of(t))]
    for p, place in places:
        draft.place(meeting, p, place, absent)
    if not places:
        draft.place(meeting, occasion.told[0].p, None, absent)


def place_of(t: Told) -> PlaceRead | None:
    """The place that the sentence gives to the meeting: after "in", and not inside its name or the name of another meeting."""
    others = [n for n in numbered_meetings(t.p) if n != t.numbered and n.start >= t.end]
    for m in t.p.find(IN):
        place = place_at(t.p, m.end())
        if place and not any(n.start <= m.start() for n in others) and not (t.start <= m.start() < t.end):
            return place
    for m in t.p.find(IN_UNKNOWN):  # a town that no table knows, in a country that one does
        if (place := place_at(t.p, m.end())) and place.place is None and not (t.start <= m.start() < t.end):
            return place
    if house := venue_in(t.p, t.end):
        return house
    if (line := dateline(t.p)) and line.today:
        return line.place
    dated = date_of(t)
    beside = place_beside(t.p, dated.start, dated.end) if dated and not others else None
    return beside or (host_city(t.p, t.start) if t.end else None)


def _is_of_title(p: Passage, place: PlaceRead, before: str) -> bool:
    """Whether the place is none of those who act: "Indonesia and Australia lead …", "Fiji hosts …"."""
    acts = _ACTS.match(p.s, place.end)
    return not acts and not (place.place is None and not before and re.match(r"\s+[A-Z][a-z]", p.s[place.end :]))


def _place_of_title(p: Passage) -> PlaceRead | None:
    """A place that stands alone, after a comma or a date, or right before a date."""
    dates = [h.start for h in find_dates(p.s)]
    for m in p.named("place", "area"):
        before = p.s[: m.start].rstrip()
        place = place_at(p, m.start)
        if (
            place
            and _is_of_title(p, place, before)
            and (
                not before
                or before[-1] in ",:0123456789"
                or any(re.fullmatch(r"[\s,(]*", p.s[place.end : d]) for d in dates if d >= place.end)
            )
        ):
            return place
    return None
