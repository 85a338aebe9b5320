"""A report without numbers: a title, a line with place and date, who was in the chair and who was present, and what was discussed."""

from __future__ import annotations

import re
from itertools import combinations

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import DateRead, Reading
from ingest.gazetteer import Gazetteer
from ingest.genres.account import Account
from ingest.genres.beside import read_beside
from ingest.genres.draft import Draft
from ingest.genres.event import last_place
from ingest.genres.heads import nth_meeting, open_nth
from ingest.genres.reported import Reported, kin, tells_of_several
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.dates import DateHit, find_dates, is_publication, is_release
from ingest.grammar.kinds import MEETING_NOUN, counted_title, kind_of
from ingest.grammar.labels import fields
from ingest.grammar.lines import lines
from ingest.grammar.places import PlaceRead, place_at
from ingest.grammar.rosters import is_columns, is_head
from ingest.grammar.sayings import sayings

NAME = "note"

_NEAR = 8
_MANY = 3  # lines with a date: the head of one meeting has its own and perhaps that of the note
_SHORT = 8  # words: a longer line that ends with a full stop is a sentence whatever its verb
_PROSE = re.compile(
    r"\b(?:was|were|is|are|has|had|will|would|attended|held|met|took|opened|present|noted|agreed|hosted|chaired|included|includes|came"
    r"|recommended|decided|endorsed|requested|urged|resolved|reviewed|discussed|adopted|should|must|shall)\b"
)
_OF = re.compile(
    r"^.{0,80}?\b(?:note|report|minutes|record|summary|outcomes?|highlights)\s+(?:of|on|from)\s+(?:the\s+)?|^(?:Bali\s+Process\s*:\s*)",
    re.IGNORECASE,
)
# Whose states are no place.
_CHAIRED = re.compile(
    r"\W*(?:In\s+the\s+[Cc]hair|(?:Co-?)?[Cc]hair(?:s|man|person)?|Hosts?|Organi[sz]ers?|(?:Also\s+)?[Pp]resent|Participants|Attendees|Attendance)\s*:"
)
_OPENS = re.compile(r"(?:\s+(?:opens|opened|held|begins|concludes|concluded|ends))?\s+(?:in|at|on)$", re.IGNORECASE)  # "… opens in Manila"
_IT_WAS = re.compile(r"(?:The|This)\s+(?:[a-z-]+\s+){0,2}[a-z]+,?\s+(?:which\s+)?(?:was|were|took)\s")
_ROW = re.compile(r"\s*(?:[–—|-]\s|:\s|\t)\s*[A-Z]")  # behind the date of a row
_TOLD = 0.55
_NOTHING = Gazetteer(())


def likeness(document: Document) -> float:
    """A title line that names a meeting over a line with a date, and no numbered paragraphs, unless those present are listed."""
    front = [p for p in _front(document, _NOTHING) if p.block.kind != "numbered"]
    if not document.blocks or sum(b.kind == "dated" for b in document.blocks) > 2 or _are_rows(front):
        return 0.0
    titled = any(kind_of(p.s) for p in front)
    counted = nth_meeting(front) is not None
    dated = any(find_dates(p.s) for p in front)
    listed = any(f.name in ("attendee", "observer", "apology") for f in fields(document, _NOTHING)) or any(
        is_head(line) for line in document.text.splitlines()
    )
    if listed:
        return 0.85 if dated and (titled or counted) else 0.0
    if sum(bool(find_dates(p.s)) for p in front) >= _MANY:  # a list of meetings
        return 0.0
    if not dated and titled and _told_below(document, front):
        return 0.0 if tells_of_several(document.passages) else _TOLD
    if not dated or not (titled or counted) or tells_of_several(document.passages):
        return 0.0
    numbered = sum(b.kind == "numbered" for b in document.blocks) > 2
    return 0.55 if numbered or not titled else 0.75


def _are_rows(front: list[Passage]) -> bool:
    """Whether lines name meetings of other days, each with its date: rows of a list."""
    rows = [
        hits[0].date
        for p in front
        if (hits := find_dates(p.s)) and (kind_of(p.s) or MEETING_NOUN.search(p.s) or (not hits[0].start and _ROW.match(p.s, hits[0].end)))
    ]
    return any(a.end < b.start or b.end < a.start for a, b in combinations(rows, 2))


def _told_below(document: Document, front: list[Passage]) -> bool:
    """Whether the first sentence below the title says of the meeting that the title names, and of no other, when and where it was held."""
    titles = [kind for p in front if (kind := kind_of(p.s))]
    first = next((p for p in document.passages if p.block.kind != "heading" and front and p.text.at[0] > front[-1].text.at[-1]), None)
    if first is None or len(titles) != 1 or not _IT_WAS.match(first.s):
        return False
    return any(f.status == "held" and f.bare and f.date and f.place and kin(titles[0].name, f.kind) for f in sayings(first))


def _front(document: Document, gazetteer: Gazetteer) -> list[Passage]:
    """The lines before the first sentence with a verb, and before a list of those who came: their states are no place of the meeting."""
    found: list[Passage] = []
    for p in lines(document, gazetteer):
        for part in p.text.sentences():
            piece = Passage(p.block, part, tuple(gazetteer.find(part.s)), p.years)
            whole = len(piece.s.split()) > _SHORT and piece.s.endswith(".") and not _OF.match(piece.s)
            if _PROSE.search(piece.s) or is_head(piece.s) or is_columns(piece.s) or _CHAIRED.match(piece.s) or whole or len(found) >= _NEAR:
                return found
            found.append(piece)
    return found


def read(document: Document, context: ReadingContext) -> Reading:
    """The one meeting that the title names."""
    draft = Draft(document, context, NAME)
    account = Account(draft)
    front = _front(document, context.gazetteer)
    title = next((p for p in front if kind_of(p.s)), None)
    nth = nth_meeting(front)
    if title is not None:
        meeting = _open(account, _whole(document, title))
    elif nth is not None:
        meeting = open_nth(account, nth, NAME)
    else:
        return draft.reading()
    account.focus = [meeting]
    last = front[-1].text.at[-1]
    body = account.body(last)
    told = [f.date.date for p in body for f in sayings(p) if f.status == "held" and f.date and kin(meeting.kind, f.kind)]
    release = any(is_release(p.s) for p in front)
    placed = [hit.date for p in front if _before_date(p) for hit in find_dates(p.s)[:1]]
    for p in front:
        hits = find_dates(p.s)[:1]
        sent = any(_sender(p, hit) for hit in hits)
        days = [*told, *placed] if sent else told or _several_days(front, p)
        if any(is_publication(p.s, hit, days, release=release, sent=sent) for hit in hits):  # nor was it held where that was published
            continue
        for hit in hits:
            account.date(meeting, p, hit, meeting.told)
        account.hosts(p, meeting)
        if place := last_place(p) or _before_date(p):
            account.place(meeting, p, place)
    for p in body:
        if p.block.kind == "heading":
            continue
        account.read_sentence(p, meeting)
    read_beside(draft, meeting.ref, [p for p in body if p.block.kind != "heading"])
    account.programme(meeting, body)
    account.finish(body)
    return draft.reading()


def _whole(document: Document, title: Passage) -> Passage:
    """The title with the lines that go on with it: "Workshop on" over "Interviews at Sea"."""
    same = (p for p in document.passages if p.block is title.block and p.block.kind == "heading" and p.s.startswith(title.s))
    return next((p for p in same if title.s != p.s and not find_dates(p.s[len(title.s) :])), title)


def _several_days(front: list[Passage], p: Passage) -> list[DateRead]:
    """The several days that another line of the title page names: what is dated later, on a line of its own, was written then."""
    days = [hit.date for other in front if other is not p for hit in find_dates(other.s)[:1]]
    return [day for day in days if day.precision == "range"]


def _open(account: Account, title: Passage) -> Reported:
    lead = _OF.match(title.s)
    numbered = next(iter(numbered_meetings(title)), None)
    hit = kind_of(title.s)
    start = lead.end() if lead else 0
    dates = find_dates(title.s)
    end = dates[0].start if dates else len(title.s)
    places = [
        m.start for m in title.named("place") if m.start > (hit.end if hit else 0) and not title.s[m.end :].startswith((" Process", " I"))
    ]
    end = len(_OPENS.sub("", title.s[: min([end, *places])].rstrip(" ,–-(")))
    ordinal = (numbered.ordinal, numbered.ordinal_start, numbered.ordinal_end) if numbered else counted_title(title.s, start, end)
    kind = numbered.kind if numbered else hit.name if hit else "Meeting"
    return account.open(title, start, max(end, start + 1), kind, ordinal, "held", NAME, outcome=True)


def _sender(p: Passage, hit: DateHit) -> bool:
    """Whether the date stands right behind the name of whoever wrote: "IOM, 28 February 2005"."""
    return any(re.fullmatch(r"[\s,(–-]*", p.s[m.end : hit.start]) for m in p.named("org", "body", "gov", end=hit.start))


def _before_date(p: Passage) -> PlaceRead | None:
    """A place right before the date, whatever stands before it."""
    for hit in find_dates(p.s)[:1]:
        for m in p.named("place", "area", end=hit.start):
            place = place_at(p, m.start)
            if place and re.fullmatch(r"[\s,(–-]*", p.s[place.end : hit.start]):
                return place
    return None
