"""The page of an event on a website: a title, labelled place and date, the caption of a picture, a few paragraphs, an agenda.

Title and labels say what, where and when; the sentences repeat it, and what they say differently is kept beside it. Items of an agenda
are no decisions, and who is named in them did not attend for that.
"""

from __future__ import annotations

import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import ProvisionFound, Reading
from ingest.gazetteer import Gazetteer
from ingest.genres.account import Account
from ingest.genres.beside import read_beside
from ingest.genres.draft import Draft
from ingest.genres.heads import nth_meeting, open_nth
from ingest.genres.reported import Reported
from ingest.grammar.actors import opening_name
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.dates import DateHit, find_dates, is_publication, range_of
from ingest.grammar.kinds import MEETING_NOUN, counted_title, kind_of
from ingest.grammar.labels import Field, fields
from ingest.grammar.lines import lines, passage_of
from ingest.grammar.places import PlaceRead, place_at
from ingest.grammar.programme import elsewhere
from ingest.grammar.sayings import sayings
from ingest.titles import breaks_off, is_path

NAME = "event"

_NEAR = 8  # lines at the head of a page
# "Maldives takes part in …", "Fiji to host …", "Maldives Immigration": who acts, no place.
_ACTS = re.compile(r"\s+(?:(?:and|to|[a-z]+s)\s|(?:Immigration|Customs|Police|Government|Ministry|Department|Border|Federal|National)\b)")
# A heading by its length may be a short sentence that a converter left beside the labels.
_SENTENCE = re.compile(r"\b(?:was|were|will|has|have|attended|hosted|participated)\b.*\.$")
_ACTED = re.compile(r"\s+(?:\w+ly\s+|also\s+|further\s+)?(?:[a-z]+ed|(?:was|were|is|are)\s+[a-z]+ed|took|undertook|gave|will|should)\b")
_OUTCOMES = re.compile(
    r"(?:(?:key|main|agreed|meeting|workshop)\s+)*(?:outcomes?|decisions|recommendations|commitments|conclusions)(?:\s+(?:and|&)\s+\w+)*",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"\b(?:agenda|programme|program|sessions?|items?|documents?|downloads?)\b", re.IGNORECASE)
# A short sentence of minutes that tells what was done: "3. Members agreed to share templates.", "4. Next meeting: It was agreed …".
_SAYS = re.compile(
    r"\b(?:[Mm]eeting|[Mm]embers|[Mm]inisters|[Oo]fficials|[Pp]articipants|[Dd]elegates|[Cc]o-?[Cc]hairs|[Gg]roup|[Ff]orce|RSO|[Ii]t|[Tt]hey)\s+"
    r"(?:also\s+|further\s+|then\s+|\w+ly\s+)?(?:(?:was|were)\s+\w+(?:ed|n)|[a-z]+ed|took|undertook|gave|met|heard)\b|\b(?:attended|took\s+part)\b"
)
_BOTH = 2
_NEAR_START = 24  # characters: "The Working Group agreed …"
# "Meeting: Third Meeting of …"; "MEETING NOTE" names a text.
_IS_NAMED = re.compile(r"(?:Meeting|Event|Title|Name)(?:\s+(?:title|name))?\s*:\s+(?=\S)", re.IGNORECASE)
_OF_TEXT = re.compile(
    r"(?:(?:meeting|workshop|conference)\s+)?(?:note|report|summary|minutes|record|notes|agenda|programme)(?:\s+of\s+(?:the\s+)?(?:meeting|workshop|conference))?",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"[\s,|]*(?:(?:at\s+|from\s+)?\d{1,2}(?:[.:h]\d{2})?\s*(?:[ap]\.?m\.?|hrs?|h)?[\s,]*(?:\([^()]{2,12}\)|[A-Z]{2,5})?)?\s*(?:to|until|till|–|—|-)\s*",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(r"\s*\((?:19|20)\d\d\)\s*$|\s*\((?:upcoming|past|planned|postponed|cancelled)[^)]*\)\s*$", re.IGNORECASE)
_MARKING = re.compile(r"[\s|–-]*(?:[A-Z]{3,}(?:[\s:-]+[A-Z]{3,})*)?\s*")  # behind a date: "OFFICIAL"
_AND_PLACE = re.compile(r"\b(?:venue|place|location)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:upcoming|will\s+be\s+held|will\s+(?:co-)?(?:host|convene|hold)|will\s+take\s+place|is\s+scheduled|to\s+be\s+held|will\s+be\s+hosted|save\s+the\s+date)\b",
    re.IGNORECASE,
)
_IS_TO_COME = re.compile(
    r"(?:The|This)\s+(?:meeting|workshop|conference|seminar|round\s?table|forum|training|event|dialogue|symposium|course|webinar)(?:,\s+(?:which\s+is\s+)?to\s+be\s+held"
    r"|\s+(?:will\s+be\s+held|will\s+take\s+place|is\s+scheduled|is\s+to\s+be\s+held))\b",
    re.IGNORECASE,
)

# "Date: 12 February 2023 Category: News": the day of the page.
_IS_NEWS = re.compile(r"\b(?:category|section|type|posted\s+in)\s*:\s*(?:latest\s+)?(?:news|press|media)\b", re.IGNORECASE)


def likeness(document: Document) -> float:
    """A title that names a meeting, and near it a label for a date or a place."""
    if not document.blocks:
        return 0.0
    labels = _head(document)
    title = _title(document)
    if title is None or not labels:
        return 0.0
    names = {f.name for f in labels}
    return 0.97 if names & {"when", "start"} and "where" in names else 0.8 if names & {"when", "start", "where"} else 0.0


def _head(document: Document) -> list[Field]:
    """The labels that stand near the head of the page."""
    first = [p.text.at[0] for p in lines(document, _NOTHING)][:_NEAR]
    return [
        f for f in fields(document, _NOTHING) if first and f.p.text.at[0] <= first[-1] + 200 and f.name in ("where", "when", "start", "end")
    ]


def _title(document: Document) -> Passage | None:
    """The first line that names a meeting, above the labels."""
    head = _head(document)
    stop = head[0].p.text.at[0] if head else 0
    for p in lines(document, _NOTHING)[:_NEAR]:
        if (
            (not stop or p.text.at[0] < stop)
            and not is_path(p.s)
            and not _OF_TEXT.fullmatch(p.s.strip())
            and len(p.s) < 220
            and (kind_of(p.s) or MEETING_NOUN.search(p.s))
            and not p.s.rstrip().endswith(".")
        ):
            return p
    # The name of a body can be the title of a page on its meeting, where place and date are labelled.
    first = next((p for p in lines(document, _NOTHING) if p.text.at[0] < stop and len(p.s) < 220 and not is_path(p.s)), None)
    return first if {"where"} < {f.name for f in head} and any(MEETING_NOUN.search(p.s) for p in document.passages) else None


_NOTHING = Gazetteer(())
_TOLD = re.compile(r"[A-Z][^.;:]{2,100}?\s(?:spoke|presented|briefed|gave|delivered|chaired|moderated|opened|closed)\s[^;:]{3,}\.\s*$")


def read(document: Document, context: ReadingContext) -> Reading:
    """The one meeting of the page."""
    draft = Draft(document, context, NAME)
    account = Account(draft)
    bare = _title(document)
    if bare is None:
        return draft.reading()
    title = next(p for p in lines(document, context.gazetteer) if p.text.at[0] == bare.text.at[0])
    title = _whole(document, context.gazetteer, title)
    other = elsewhere(document, context.gazetteer)
    body = [p for p in account.body(title.text.at[-1]) if not any(a <= p.text.at[0] < b for a, b in other)]
    prose = [
        p
        for p in body
        if p.block.kind == "paragraph" or len(p.s) > 160 or _SENTENCE.search(p.s) or _is_outcome(p) or _is_minuted(p) or _is_told(p)
    ]
    minuted = {id(p.block) for p in prose if p.block.kind == "numbered"}
    prose = [p for p in body if any(p is x for x in prose) or (id(p.block) in minuted and p.s.rstrip().endswith("."))]
    prose = _with_items(body, prose)
    meeting = _open(account, title, prose)
    account.focus = [meeting]
    _labels(account, meeting)
    for p in prose:
        account.read_sentence(p, meeting)
    if meeting.dated is None:
        _head_date(account, meeting)
    draft.name_again(meeting.ref, prose)
    read_beside(draft, meeting.ref, prose)
    account.programme(meeting, prose)
    account.finish(prose)
    if meeting.status == "planned":  # what those who will come will do there
        draft.findings = [f for f in draft.findings if not (isinstance(f, ProvisionFound) and f.wording == ("will",))]
    return draft.reading()


def _is_outcome(p: Passage) -> bool:
    """Whether a bullet is a sentence in which those who met act: "Ministers endorsed the work plan."."""
    if p.block.kind == "bullet" and p.s.rstrip().endswith((".", ";")) and (m := _SAYS.search(p.s)) and m.start() <= _NEAR_START:
        return True
    first = opening_name(p)
    return first is not None and first.kind in ("group", "body") and _ACTED.match(p.s, first.end) is not None


def _is_told(p: Passage) -> bool:
    """Whether a bullet is a sentence on what somebody did there: "Jo Roe (IOM) spoke on notices."."""
    return p.block.kind == "bullet" and _TOLD.match(p.s) is not None


def _is_minuted(p: Passage) -> bool:
    """Whether a numbered part of minutes is a sentence: "2.1 The Task Force agreed to …"; an item of an agenda has no stop."""
    if not p.s.rstrip().endswith("."):
        return False
    return "." in (p.block.number or "") or (p.block.kind == "numbered" and _SAYS.search(p.s) is not None)


def _with_items(body: list[Passage], prose: list[Passage]) -> list[Passage]:
    """The prose with the items of the lists that it introduces ("Participants recommended:"); those of an agenda stay out."""
    kept: list[Passage] = []
    leads = False
    for p in body:
        if any(p is x for x in prose):
            leads = p.s.rstrip().endswith(":") and not _AGENDA.search(p.s) if p.block.kind != "bullet" else leads
            kept.append(p)
        elif leads and p.block.kind in ("bullet", "numbered"):
            kept.append(p)
        else:
            leads = _OUTCOMES.fullmatch(p.s.strip(" :")) is not None
    return kept


def _whole(document: Document, gazetteer: Gazetteer, title: Passage) -> Passage:
    """The name behind a label ("Meeting: …"), and with the next line where it breaks off; else the title as it is."""
    label = _IS_NAMED.match(title.s)
    if label is None:
        return title
    following = next((p for p in lines(document, gazetteer) if p.text.at[0] > title.text.at[-1]), None)
    last = following.text.at[-1] if following and breaks_off(title.s) else title.text.at[-1]
    return passage_of(document, gazetteer, title.text.at[label.end()], last + 1)


def _open(account: Account, title: Passage, prose: list[Passage]) -> Reported:
    end = len(title.s)
    if m := _TITLE_YEAR.search(title.s):
        end = m.start()
    hit = kind_of(title.s, 0, end)
    numbered = next((n for n in numbered_meetings(title) if n.end <= end), None)
    ordinal = (numbered.ordinal, numbered.ordinal_start, numbered.ordinal_end) if numbered else counted_title(title.s, 0, end)
    told = [p for p in prose if _TO_COME.search(p.s)]
    planned = any(f.status == "planned" and hit and f.kind == hit.name for p in told for f in sayings(p))
    planned |= any(_IS_TO_COME.match(p.s) for p in told)
    status = "planned" if planned else "held"
    kind = numbered.kind if numbered else hit.name if hit else "Meeting"
    named = nth = None
    if kind == "Meeting":
        above = [
            p for p in lines(account.document, account.context.gazetteer)[:_NEAR] if p.text.at[0] <= title.text.at[-1] and not is_path(p.s)
        ]
        nth = nth_meeting(above)
    if kind == "Meeting" and nth is None:  # what the first sentence that was held says that it was
        named = next((f for p in prose for f in sayings(p) if f.status == "held"), None)
    if named:
        meeting = account.open(named.p, named.start, named.end, named.kind, None, "held", NAME)
        account.draft.fact(meeting.ref, "skos:altLabel", title.s[:end], title.source(0, end, "event.heading"), language="en")
    elif nth:
        meeting = open_nth(account, nth, NAME)
    else:
        meeting = account.open(title, 0, end, kind, ordinal, "held", NAME)
    if status == "planned":
        facts = account.draft.findings
        wrong = next(f for f in facts if getattr(f, "property", "") == "eventStatus")
        facts.remove(wrong)
        account.draft.link(meeting.ref, "eventStatus", "c:event-status_planned", told[0].whole("event.planned"))
        meeting.status = "planned"
    return meeting


def _labels(account: Account, meeting: Reported) -> None:
    labelled = account.labelled
    news = any(_IS_NEWS.match(f.p.s) for f in labelled)
    for f, following in zip(labelled, [*labelled[1:], None], strict=True):
        if f.value is None or (news and f.name == "when"):
            continue
        offset = f.p.s.index(f.value.s)
        if f.name == "where" and (place := last_place(f.value)):
            account.place(meeting, f.value, place)
        elif f.name in ("when", "start"):
            hits = f.value.dates()
            if (
                f.name == "start"
                and hits
                and following
                and following.name == "end"
                and following.value
                and (span := _range(account, f, following))
            ):
                account.date(meeting, *span)
            elif hits and f.name == "when":
                hit = _until(f.value, hits)
                if _AND_PLACE.search(f.head.s) and (place := last_place(f.value)):
                    account.place(meeting, f.value, place)
                account.date(meeting, f.p, DateHit(hit.start + offset, hit.end + offset, hit.date, hit.beside))
            elif hits and not (following and following.name == "end"):
                account.date(meeting, f.value, hits[0])


def _head_date(account: Account, meeting: Reported) -> None:
    """The date of a line of the head without a label: "Negombo, 29-30 August 2019". A day alone may be that of the page."""
    labelled = {f.p.text.at[0] for f in account.labelled}
    for p in lines(account.document, account.context.gazetteer)[:_NEAR]:
        hits = p.dates()
        if len(hits) != 1 or p.text.at[0] in labelled or is_publication(p.s, hits[0], []) or not _MARKING.fullmatch(p.s, hits[0].end):
            continue
        place = last_place(p)
        placed = place is not None and place.start == 0 and not p.s[place.end : hits[0].start].strip(" ,–-|")
        if placed or (hits[0].start == 0 and hits[0].date.precision == "range"):
            account.date(meeting, p, hits[0], meeting.told)
            if place and placed and not meeting.placed:
                account.place(meeting, p, place)
            return


def _until(p: Passage, hits: list[DateHit]) -> DateHit:
    """The first of these dates, up to the second where only hours stand between them: "22 Nov 2022, 9.00 am to 23 Nov 2022, 1.30 pm"."""
    first = hits[0]
    if len(hits) != _BOTH or not _HOURS.fullmatch(p.s, first.end, hits[1].start):
        return first
    joined = range_of(p.s[first.start : hits[1].end], first.date, hits[1].date)
    return DateHit(first.start, hits[1].end, joined) if joined else first


def _range(account: Account, start: Field, end: Field) -> tuple[Passage, DateHit] | None:
    """The range from a "Start date" to the "End date" after it, if both stand on one line: the words between them are kept."""
    p = passage_of(account.document, account.context.gazetteer, start.p.text.at[0], end.p.text.at[-1] + 1)
    hits = find_dates(p.s)
    if len(hits) != 2:
        return None
    low, high = hits[0].start, hits[1].end
    joined = range_of(p.s[low:high], hits[0].date, hits[1].date)
    return (p, DateHit(low, high, joined)) if joined else None


def last_place(p: Passage) -> PlaceRead | None:
    """The place that a labelled value or a line of a title names: "Grand Pacific Hotel, Suva, Fiji" is in Suva."""
    for m in p.named("place", "area"):
        before = p.s[: m.start].rstrip()
        place = place_at(p, m.start)
        if place and (not re.search(r"\w", before) or before[-1] in ",:;–-(") and not _ACTS.match(p.s, place.end):
            return place
    return None
