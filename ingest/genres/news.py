"""News of two or more meetings: a headline, a dateline, and sentences that say which was held when and who came to which."""

from __future__ import annotations

import datetime as dt
import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import DateRead, ProvisionFound, Reading
from ingest.genres import general
from ingest.genres.account import Account
from ingest.genres.draft import Draft
from ingest.genres.reported import Reported
from ingest.grammar.dates import is_periodical
from ingest.grammar.sayings import sayings

NAME = "news"

_DONE = re.compile(
    r"\b(?:attended|took\s+part|participated|agreed|recommended|decided|endorsed|adopted|tasked|urged|requested|encouraged)\b"
)
_MEETS = re.compile(r"\bwill\s+(?:next\s+|also\s+|again\s+)?(?:meet|reconvene|convene|gather|be\s+(?:held|convened))\b")
# A heading inside a piece of news: "Key outcomes", "Participants".
_OF_ITEM = re.compile(
    r"\W*(?:(?:key|main|the|meeting|workshop)\s+)*(?:outcomes?|results?|recommendations|decisions|participants|attendance|background|discussions?|conclusions)\b",
    re.IGNORECASE,
)
# "M.N.: The boats.", "Bulletin: What has changed?": a turn of an interview.
_SPEAKER = re.compile(r"(?:(?:[A-Z]\.\s?){1,3}|Q|A|Question|Answer|[A-Z]{2,3}|Bulletin|Newsletter|RSO)\s*:\s")
_TURNS = 3
_YEAR = dt.timedelta(days=365)
_BEGINS = 2
_NEAR = dt.timedelta(days=10)  # between two groups that met one after the other
_OLD = dt.timedelta(days=100)  # what was held so long before is told as what went before


def likeness(document: Document) -> float:
    """Two meetings that sentences say were held, with a date or a place, in a text without numbered paragraphs; one may lack a number."""
    issued = any(is_periodical(p.s) for p in document.front)  # a bulletin may count its items
    if sum(b.kind in ("numbered", "dated") for b in document.blocks) > 2 and not issued:
        return 0.0
    told = [
        f
        for p in document.passages
        if p.block.kind in ("paragraph", "numbered")
        for f in sayings(p)
        if f.status == "held" and (f.date or f.place)
    ]
    if len(_pieces(document)) > 1:
        return 0.85
    numbered = {(f.kind, f.ordinal) for f in told if f.ordinal}
    dated = {f.kind for f in told if f.date and f.place}
    if len(numbered) > 1 or (issued and len({(f.kind, f.date.date.start) for f in told if f.date}) > 1):
        return 0.9
    if numbered and dated - {kind for kind, _ in numbered}:
        return 0.72
    days = [f.date.date for f in told if f.date and not f.bare]
    one_after_the_other = any(a.end < b.start <= a.end + _NEAR for a in days for b in days)
    return 0.55 if numbered and one_after_the_other else 0.0


def _pieces(document: Document) -> set[int]:
    """The headings below which a sentence says when a meeting was held: where there are several, each has a piece of news of its own."""
    found, heading = set[int](), 0
    front = {id(p.block) for p in document.front}
    for p in document.passages:
        if p.block.kind == "heading":
            heading = 0 if id(p.block) in front or _OF_ITEM.match(p.s) else p.text.at[0]
        elif heading and any(f.status == "held" and f.date and f.date.date.precision in ("day", "range") for f in sayings(p)):
            found.add(heading)
    return found


def _is_recalled(p: Passage, date: DateRead, first: dt.date, old: dt.timedelta) -> bool:
    """Whether a meeting was held so long before that it is only told as what went before: no word follows on what was done there."""
    rest = p.block.text.s.partition(p.s)[2]
    return first - date.start > old and (date.precision in ("month", "year") or not _DONE.search(rest))


def _is_of_others(p: Passage, body: list[Passage], meetings: list[Reported]) -> bool:
    """Whether a sentence of a bulletin stands in an interview, or tells of what was done years before the meetings that it reports."""
    block = p.block.text.s
    if _SPEAKER.match(block) or p.s.startswith(("“", '"')):
        return True
    at = next((n for n, x in enumerate(body) if x is p), 0)
    first = next((n for n in range(at, -1, -1) if body[n].block.kind == "heading"), 0)
    after = next((n for n in range(at, len(body)) if body[n].block.kind == "heading"), len(body))
    spoken = {id(x.block) for x in body[first:after] if _SPEAKER.match(x.block.text.s)}
    dated = [m.dated.start for m in meetings if m.dated]
    years = [h.date.end for h in p.dates()]
    return len(spoken) >= _TURNS or bool(dated and years and min(dated) - max(years) > _YEAR)


def read(document: Document, context: ReadingContext) -> Reading:
    """Each meeting that a sentence says was held."""
    draft = Draft(document, context, NAME)
    account = Account(draft)
    account.apart = any(is_periodical(p.s) for p in document.front) or len(_pieces(document)) > 1
    body = account.body()
    on_process = general.is_on_process(document)
    old = dt.timedelta.max if account.apart else _OLD
    since = _BEGINS  # sentences of a piece of news
    for p in body:
        if p.block.kind == "heading":
            account.focus = account.focus if _OF_ITEM.match(p.s) else []  # another piece of news
            since = since if _OF_ITEM.match(p.s) else 0
            continue
        since += 1
        ours = general.names_own(draft, p) or (on_process and not p.named("event", "process"))
        first = next((m.dated.start for m in account.meetings if m.dated), None)
        told = [f for f in sayings(p) if f.status == "held" and (f.ordinal or ours)]
        item = account.apart and ours and since <= _BEGINS and not told
        account.tell(p, new=item or any(not (f.date and first and _is_recalled(p, f.date.date, first, old)) for f in told), item=item)
        account.took_part(p)
    account.finish([p for p in body if p.block.kind != "heading" and not (account.apart and _is_of_others(p, body, account.meetings))])
    # when a group will meet again binds nobody
    draft.findings = [f for f in draft.findings if not (isinstance(f, ProvisionFound) and f.wording == ("will",) and _MEETS.search(f.text))]
    return draft.reading()
