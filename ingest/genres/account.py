"""An account of one or several meetings in prose and in lists: what event pages, news and reports without numbers have in common.

Each sentence is read for the meetings that it speaks of: those it names, all of them ("both meetings"), or those that the sentence before
it spoke of. Who came to "the meeting" is said of none where two are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import DateRead, Fact, ParticipationFound, Ref, Source, Unresolved
from ingest.genres.draft import Draft
from ingest.genres.duration import Edge, days_of, edge_of
from ingest.genres.held import settle_status
from ingest.genres.listed import Lists
from ingest.genres.report import themes_of
from ingest.genres.reported import (
    BESIDE,
    IS_ANOTHER,
    Reported,
    counted_off,
    elsewhere,
    is_another,
    kin,
    of_group,
    other_from,
    other_subject,
    tells_of_other_body,
)
from ingest.grammar.actions import with_actions
from ingest.grammar.attendance import read_attendance, read_headcount
from ingest.grammar.chairs import states_in_chair
from ingest.grammar.conferences import holders, numbered_meetings
from ingest.grammar.dates import DateHit, is_month_of
from ingest.grammar.hosts import read_hosts
from ingest.grammar.kinds import MEETING_NOUN, kind_of
from ingest.grammar.labels import WHO_CAME, Field
from ingest.grammar.lines import cut, parts
from ingest.grammar.people import People
from ingest.grammar.places import SAME_PLACE, PlaceRead
from ingest.grammar.programme import EARLIER, programme, rows_of_programme, was_held
from ingest.grammar.provisions import provisions_of_prose
from ingest.grammar.roles import read_roles, settle
from ingest.grammar.sayings import HOSTED_THEN, Saying, sayings
from ingest.grammar.who import read_people

_ALL = re.compile(
    r"\b(?:both|all|the\s+(?:two|three)|these|the)\s+(?:[\w-]+\s+){0,2}?(?:meetings|events|gatherings|conferences|workshops)\b|^The\s+talks\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:the|this)\s+(?:[a-z-]+\s+)?(?:meeting|conference|workshop|seminar|forum|event|session|training|round\s?table)\b|^It\b",
    re.IGNORECASE,
)
# The caption that a page gives a picture without words: "wat-arun-temple-bangkok-min Image".
_CAPTION = re.compile(r"[\w-]*(?:-[\w]+)+\s+[Ii]mage|(?:\S+\s+){0,2}[Ii]mage")
_CAPTION_END = re.compile(r"(?<=\s[Ii]mage)\s+(?=[A-Z])")
_PRONOUN = re.compile(r"(?:It|They|There|Those|That\s+(?:meeting|workshop|conference))\b")
_RUN = frozenset({"host", "co-host", "chair", "co-chair", "organiser", "contributor", "logistics", "training-provider"})
_DID = re.compile(
    r"\s+(?:reviewed|considered|discussed|noted|agreed|took\s+stock|looked|focused|assessed|examined|heard|received|endorsed|adopted)\b"
)
_PREVIOUS_ONE = re.compile(rf"(?:The|Its|Their)\s+{EARLIER}", re.IGNORECASE)
_SUBJECT = 4  # a name that begins so far into a sentence is its subject: an article stands before it


# A headline is no name: "Fiji takes part in the Ninth Ministerial Conference", "Suva hosts Workshop on Visas".
_HEADLINE = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){1,5}?(?:(?:takes|took)\s+part\s+in|participate[sd]\s+in|attend(?:s|ed)|hosts|joins|co-chairs|chairs|opens|welcomes|convenes)\s+"
    r"(?:the\s+)?(?=[A-Z0-9])"
)
_BARE = re.compile(r"\W*(?:meeting|conference|workshop|seminar|forum|round\s?table|symposium|training|event)\W*", re.IGNORECASE)
_THIS = re.compile(r"(?<![A-Za-z])This\s+(?:the\s+)?$")  # "This Fifth Steering Group Meeting …", perhaps glued to the line before


def _below_who(document: Document) -> Iterator[tuple[int, Passage]]:
    """Where the sentences begin that stand below a heading that asks who came ("Who took part"), with the heading."""
    heading: Passage | None = None
    for p in document.passages:
        if p.block.kind == "heading":
            heading = p if WHO_CAME.fullmatch(p.s) else None
        elif heading:
            yield p.text.at[0], heading


class Account:
    """Reads a document's meetings into a draft."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.document: Document = draft.document
        self.context: ReadingContext = draft.context
        self.meetings: list[Reported] = []
        self.focus: list[Reported] = []
        self.listed = Lists(self.document, self.context)
        self.labelled: list[Field] = self.listed.labelled
        self._read = self.listed.spans()
        self._row_starts = frozenset(line.text.at[0] for line in rows_of_programme(self.document, self.context.gazetteer))
        self._people = People(self.document, self.context.gazetteer, dict(self.context.areas), self.context.nations, self.listed.people())
        self._below_who = dict(_below_who(self.document))
        self._before: Passage | None = None
        self._edges: list[tuple[Reported, Edge]] = []
        self._roles: list[ParticipationFound] = []
        self._last_place: tuple[Passage, PlaceRead, Ref] | None = None
        self.apart = False  # whether the text is a bulletin, in which each piece of news is on a meeting of its own
        self._attended: Saying | None = None  # a meeting that was held, of which the next sentence may tell when and where

    def body(self, after: int = -1) -> list[Passage]:
        """The passages from the offset `after` on, without what lists and labels have, and without captions of pictures."""
        found = [piece for p in self.document.passages if p.text.at[-1] > after for piece in self._unread(p, after)]
        return [row for p in found for row in self._rows_apart(p)]

    def _rows_apart(self, p: Passage) -> Iterator[Passage]:
        """The rows of a programme that a block joined: the office of one does not go on in the next."""
        edges = [i for i, at in enumerate(p.text.at) if i and at in self._row_starts]
        for a, b in pairwise([0, *edges, len(p.s)]):
            if piece := cut(p, a, b):
                yield piece

    def _unread(self, p: Passage, after: int) -> Iterator[Passage]:
        spans = [*self._read, (0, after + 1)]
        taken = [any(a <= at < b for a, b in spans) for at in p.text.at]
        if not any(taken):
            yield p
            return
        start = 0
        for i in [*(n for n, t in enumerate(taken) if t), len(taken)]:
            piece = cut(p, start, i) if i > start else None
            if piece and len(piece.s) > 3:
                yield from (x for x in parts(piece, _CAPTION_END) if not _CAPTION.fullmatch(x.s))
            start = i + 1

    def open(
        self,
        p: Passage,
        start: int,
        end: int,
        kind: str,
        ordinal: tuple[int, int, int] | None,
        status: str,
        rule: str,
        kind_told: Source | None = None,
        *,
        outcome: bool = False,
    ) -> Reported:
        """A meeting that the document reports under the name s[start:end].

        `ordinal` is the number and where it stands; `kind_told` is where the kind is said, if it is not in the name; `outcome`: the text
        is a record of that meeting, not a page or a piece of news about it.
        """
        draft = self.draft
        if headline := _HEADLINE.match(p.s, start, end):
            start = headline.end()
        where = p.source(start, end, f"{rule}.title")
        ref = draft.meeting(kind, "reported", kind_told or where)
        draft.link(ref, "recordedIn", "document", where)
        if outcome:
            draft.link("document", "outcomeOf", ref, where)
        draft.link(ref, "eventStatus", f"c:event-status_{status}", p.whole(f"{rule}.{status}"))
        draft.claim(p, start, end)
        if not _is_bare(p, start, end):
            draft.label(ref, p.s[start:end], where)
        draft.process(ref, where, p)
        named = [m for m in p.named("body", start=start) if m.start < end]
        if ordinal and not named:
            named = [m for n in numbered_meetings(p) if n.ordinal_start == ordinal[1] for m in holders(p, n) if m.kind == "body"]
        for m in named:
            draft.link(ref, "ofBody", m.ref, p.source(m.start, m.end, f"{rule}.body"))
        bodies = frozenset(m.ref for m in named)
        meeting = Reported(ref, kind, None, where, status, title=p.s[start:end], bodies=bodies)
        if ordinal:
            self.number(meeting, p, ordinal)
        self.meetings.append(meeting)
        return meeting

    def number(self, meeting: Reported, p: Passage, ordinal: tuple[int, int, int]) -> None:
        """The number of the meeting, as this passage states it."""
        number, start, end = ordinal
        meeting.ordinal = number
        named = next((n for n in numbered_meetings(p) if n.ordinal_start == start), None)
        if named is None:
            self.draft.series(meeting.ref, None, number, p.source(start, end, "account.ordinal"))
            return
        self.draft.number(p, named, meeting.ref, "account.ordinal")
        self.draft.claim(p, named.start, named.end)

    def date(self, meeting: Reported, p: Passage, hit: DateHit, *beside: Source) -> None:
        source = p.source(hit.start, hit.end, "account.date").with_beside(*hit.beside, *beside)
        self.draft.add(Fact(subject=meeting.ref, property="date", value=hit.date, source=source))
        meeting.dated = meeting.dated or hit.date

    def place(self, meeting: Reported, p: Passage, place: PlaceRead, *beside: Source) -> None:
        self.draft.place(meeting.ref, p, place, meeting.told, *beside)
        meeting.placed = True
        self._last_place = (p, place, meeting.ref)
        meeting.where = meeting.where or place.place_ref

    def tell(self, p: Passage, *, new: bool, bare: bool = False, item: bool = False) -> None:
        """Read what a sentence says of meetings: more of those that are known and, with `new`, others that it says were held.

        With `bare` even those of which it says neither when nor where. With `item` it begins a piece of news, which is about the meeting
        that it names with host, place and days.
        """
        said = [(f, self._known(f)) for f in sayings(p)]
        told: list[Reported] = []
        for f, before in said:
            known = before
            if (f.at and bare and f.date) or (item and f.date and f.place and HOSTED_THEN.match(p.s, f.end)):  # the text begins with it
                f.status = f.status or "held"
            if known is None and new and f.status == "held" and not is_another(f):
                named = f if not f.bare else self._attended if self._goes_on(f) else None
                if named and (f.date or f.place or bare):
                    ordinal = (named.ordinal, named.ordinal_start, named.ordinal_end) if named.ordinal else None
                    known = self.open(named.p, named.start, named.end, named.kind, ordinal, "held", "account")
                self._attended = f if known is None and not f.bare else None
            if known is None:
                continue
            told.append(known)
            if f.status is None and not (f.start < 12 and f.ordinal):
                continue
            if f.ordinal and known.ordinal is None:
                self.number(known, p, (f.ordinal, f.ordinal_start, f.ordinal_end))
            self._when_and_where(p, f, known)
        if told:
            self.focus = list({m.ref: m for m in told}.values())
        elif not new and BESIDE.match(p.s):
            return
        elif tells_of_other_body(p, self.meetings):
            self.focus = []
        elif _ALL.search(p.s):
            self.focus = list(self.meetings)
        elif any(f.status or f.ordinal or f.start <= _SUBJECT for f, _ in said if not f.bare):
            self.focus = []  # the sentence is about another meeting

    def _when_and_where(self, p: Passage, f: Saying, known: Reported) -> None:
        if not f.bare:
            self.draft.claim(p, f.start, f.end)
        if f.date:
            self.date(known, p, f.date)
            if edge := edge_of(p, f.start, f.end, f.date):
                self._edges.append((known, edge))
        if f.place:
            self.place(known, p, f.place)
        elif self._last_place and self._last_place[2] != known.ref and not known.placed and (same := SAME_PLACE.match(p.s, f.end)):
            self.place(known, *self._last_place[:2], p.source(f.start, same.end(), "account.same-place"))

    def read_sentence(self, p: Passage, meeting: Reported) -> None:
        """Read a sentence of a document on one meeting: it is meant unless another one is named, or a pronoun goes on with that."""
        if not _PRONOUN.match(p.s):
            self.focus = [meeting]
        self.tell(p, new=False)
        self.took_part(p)

    def _goes_on(self, f: Saying) -> bool:
        """Whether "The course was held in …" goes on about the meeting that the paragraph said to have been attended."""
        before = self._attended
        return before is not None and f.bare and before.p.block is f.p.block and (f.kind == "Meeting" or kin(before.kind, f.kind))

    def _known(self, f: Saying) -> Reported | None:
        if f.bare:
            return None if self._goes_on(f) else self._spoken_of(f)
        same = [m for m in self.meetings if kin(m.kind, f.kind) and (f.ordinal is None or m.ordinal in (None, f.ordinal))]
        same = [m for m in same if not elsewhere(m, f) and not (f.status == "planned" and m.status == "held")]
        if self.apart:
            same = [m for m in same if m in self.focus or not other_subject(m.title, f.p.s[f.start : f.end])]
        if f.ordinal and (exact := [m for m in same if m.ordinal == f.ordinal]):
            return exact[0]
        if is_another(f):
            return None if f.status != "planned" or not same or same[0].status != "planned" else same[0]
        if f.ordinal and f.status is None and not _THIS.search(f.p.s, 0, f.start) and not self._opens_with(f):
            return None  # a number that the title does not have, in passing: another meeting
        if f.ordinal and len(self.meetings) > 1:
            bodies = {m.ref for m in f.p.named("body", start=f.start, end=f.end)}
            spoken = [m for m in same if self.focus == [m] and m.ordinal is None and bodies <= m.bodies]
            return spoken[0] if spoken else None  # "the fifth meeting of the Group": the one that the sentence before tells of
        return same[0] if len(same) == 1 else None

    def _spoken_of(self, f: Saying) -> Reported | None:
        """The one meeting that "the workshop" means."""
        one = self.focus or ([] if self.apart else self.meetings)
        fits = len(one) == 1 and (
            "Meeting" in (f.kind, one[0].kind) or kin(one[0].kind, f.kind) or f.kind not in ("Workshop", "TrainingEvent")
        )
        return one[0] if fits and f.status and not elsewhere(one[0], f) else None

    def _opens_with(self, f: Saying) -> bool:
        """Whether the first sentence that names a meeting says what it did: "The Sixth Steering Group Meeting reviewed …"."""
        first = next((p for p in self.body() if p.block.kind != "heading" and any(x.ordinal for x in sayings(p))), None)
        return first is not None and first.text.span() == f.p.text.span() and f.start <= _SUBJECT and _DID.match(f.p.s, f.end) is not None

    def meant(self, p: Passage) -> list[Reported]:
        """The meetings of which this sentence tells who came and what they did."""
        if _ALL.search(p.s):
            return self.meetings
        if (counted := counted_off(p, self.meetings)) is not None:
            return counted
        named, other = of_group(p, self.meetings)
        other |= tells_of_other_body(p, self.meetings) or _PREVIOUS_ONE.match(p.s) is not None
        numbers = numbered_meetings(p)
        for n in numbers:
            known = [m for m in self.meetings if m.kind == n.kind and m.ordinal == n.ordinal]
            named += known
            other |= not known
        for noun in p.find(MEETING_NOUN):
            if any(n.start <= noun.start() < n.end for n in numbers):
                continue
            hit = kind_of(p.s, max(0, noun.start() - 40), noun.end())
            if hit and hit.end == noun.end():
                known = [] if IS_ANOTHER.search(p.s, 0, noun.start()) else [m for m in self.meetings if kin(m.kind, hit.name)]
                sure = len(known) == 1 and (not self.apart or known[0] in self.focus)
                named += known if sure else [m for m in known if m in self.focus] if len(self.focus) == 1 else []
                other |= not known
        if named or other:
            return list({m.ref: m for m in named}.values())
        return [] if len(self.focus) > 1 and _ONE.search(p.s) else self.focus

    def took_part(self, p: Passage) -> None:
        """Who hosted, chaired, came and spoke, by the words of one sentence."""
        if p.text.at[0] in self._row_starts:  # who is named in a programme did not come, nor hosted, for that
            for m in self.meant(p):
                if m.status == "held":
                    self._people.read(p, m.ref, m.dated if m.dated and m.dated.precision == "day" else None)
            return
        end = other_from(p)
        seen = read_attendance(p, "meeting:?", 0, end, self._before)
        if not seen.found and (heading := self._below_who.get(p.text.at[0])):
            seen.found.extend(read_people(p, "meeting:?", heading))
            seen.listed = bool(seen.found)
        self._before = p
        meant = self.meant(p)
        if not meant:
            self.draft.add(*(Unresolved(written=f.written, kind="attendance", source=f.source) for f in seen.found))
            return
        for m in meant:
            self.draft.add(*(replace(f, meeting=m.ref) for f in seen.found))
            if seen.listed and seen.found:
                at = p.text.at
                anchors = [f.source.anchor for f in seen.found]
                low, high = at.index(min(a.start for a in anchors)), at.index(max(a.end for a in anchors) - 1) + 1
                counted = seen.found[0].source.beside  # the sentence that counts those whom this one names
                m.lists.append((p.source(low, high, "attendance.coverage").with_beside(*counted), seen.partial))
            elif came := [f.source for f in seen.found if f.role == "attendee"]:
                m.lists.append((came[0], True))
            if count := read_headcount(p, m.ref, 0, end):
                self.draft.add(count)
            self._roles += read_roles(p, m.ref, 0, end, only=_RUN | {"presenter"})
            self._roles += read_hosts(p, m.ref, self.context, 0, end)
            self._people.read(p, m.ref, m.dated if m.dated and m.dated.precision == "day" else None)
        self.draft.add(*seen.unknown)

    def hosts(self, p: Passage, meeting: Reported) -> None:
        """Who hosted, as a line of the title page says."""
        self._roles += [*read_roles(p, meeting.ref, only=_RUN & {"host", "co-host"}), *read_hosts(p, meeting.ref, self.context)]

    def programme(self, meeting: Reported, prose: list[Passage]) -> None:
        """Who opened, spoke and presented by the rows of the programme, where the sentences say that the meeting was held."""
        if meeting.status == "held" and len(self.meetings) == 1 and was_held(prose):
            for row in programme(self.document, self.context.gazetteer):
                self._people.read_row(row, meeting.ref)

    def lists(self) -> None:
        """What labels and lists of those who came say, of the only meeting of the document."""
        if len(self.meetings) != 1:
            return
        meeting = self.meetings[0]
        for p in self.listed.chairs():
            self._people.read(p, meeting.ref, meeting.dated if meeting.dated and meeting.dated.precision == "day" else None)
        came = {f.on_behalf_of for f in self._people.found if isinstance(f, ParticipationFound) and f.on_behalf_of}
        found = self.listed.of_meeting(meeting.ref, meeting.dated, came)
        self._roles += found.roles
        if meeting.status == "planned":  # who is to come has not come
            return
        self.draft.add(*found.findings)
        meeting.lists += [(source, False) for source in found.coverage]

    def _days(self) -> None:
        """Count the days of meetings of which the text names the first or the last."""
        for meeting, edge in self._edges:
            counted = days_of(edge, self.document.passages, alone=len(self.meetings) == 1)
            if counted is None or meeting.dated != edge.hit.date:
                continue
            date, said = counted
            found = self.draft.findings
            for n, f in enumerate(found):
                if isinstance(f, Fact) and f.subject == meeting.ref and f.property == "date" and f.value == edge.hit.date:
                    found[n] = replace(f, value=date, source=f.source.with_beside(said))
            meeting.dated = date

    def _without_months(self) -> None:
        """Leave out that a meeting was in a month where its days in that month are told, too."""
        own = {m.ref for m in self.meetings}
        told = [
            (f, f.subject, f.value)
            for f in self.draft.findings
            if isinstance(f, Fact) and isinstance(f.value, DateRead) and f.subject in own
        ]
        coarse = [f for f, of, date in told if any(o == of and is_month_of(date, finer) for _, o, finer in told)]
        self.draft.findings = [f for f in self.draft.findings if not any(f is x for x in coarse)]

    def _with_meeting(self) -> None:
        """Where there are several meetings, a passage on who took part does not show at which: that of the meeting's name stands beside."""
        if len(self.meetings) < 2:
            return
        told = {m.ref: m.told for m in self.meetings}
        self.draft.findings = [
            replace(f, source=f.source.with_beside(told[f.meeting])) if isinstance(f, ParticipationFound) and f.meeting in told else f
            for f in self.draft.findings
        ]

    def finish(self, provisions: list[Passage]) -> None:
        """Write down what holds of each meeting as a whole, and the provisions of these passages."""
        self._days()
        self._without_months()
        self.lists()
        self.draft.mention_numbered(self.document.passages)
        self.draft.add(*self._people.settled(self.draft.findings), *settle(self._roles))
        self.draft.add(*states_in_chair(self.document, self.draft.findings, self.context))
        self._with_meeting()
        for m in self.meetings:
            if not m.lists and (came := self._people.came(m.ref)):
                m.lists.append((came, True))
            if not m.placed and not self.draft.is_placed(m.ref):
                self.draft.placeless(m.ref, m.told)
            source, partial = min(m.lists, key=lambda x: x[1]) if m.lists else (m.told, None)
            coverage = "no-list" if partial is None else "partial-list" if partial else "complete-list"
            self.draft.link(m.ref, "attendanceCoverage", f"c:coverage_{coverage}", source)
            themes_of(self.draft, m.ref, [])
        wanted = {id(p.block) for p in provisions}
        blocks = [b for b in self.document.blocks if id(b) in wanted]
        found = provisions_of_prose(self.document, blocks, self.context, met=self.draft.assembly())
        self.draft.add(*with_actions(found, self.document, self.context))
        if len(self.meetings) == 1:
            settle_status(self.draft, self.meetings[0], provisions)


def _is_bare(p: Passage, start: int, end: int) -> bool:
    """Whether a title is no more than the name of the process and a noun: "BALI PROCESS WORKSHOP" names no meeting."""
    words = p.s[start:end]
    for m in p.named("process", start=start, end=end):
        words = words.replace(m.written, " ")
    return words != p.s[start:end] and _BARE.fullmatch(words) is not None
