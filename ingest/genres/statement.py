"""The statement of a ministerial conference, a senior officials' meeting or a meeting of a group, in paragraphs with or without numbers.

The title page and the first sentences say what met, when and where; the rest is what was decided, asked for, welcomed and noted.
"""

from __future__ import annotations

import re

from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Fact, ParticipationFound, Reading, Ref
from ingest.genres.beside import read_beside
from ingest.genres.draft import Draft
from ingest.genres.occasion import Occasion, find_occasion
from ingest.genres.occasion_told import write_occasion
from ingest.genres.report import conference_of, themes_of, took_part
from ingest.genres.reported import BESIDE
from ingest.grammar.actions import with_actions
from ingest.grammar.conferences import numbered_meetings
from ingest.grammar.kinds import SESSIONS
from ingest.grammar.lines import cut
from ingest.grammar.lists import read_forward
from ingest.grammar.provisions import provisions_of_prose

NAME = "statement"

_TYPE = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|outcome\s+document|conclusions|chairs?['’]?s?['’]?\s+summary)\b", re.IGNORECASE
)
_SPEAKERS = re.compile(
    r"(?:(?:In|On|With|To|At)\s[^,.]{1,80},\s+)?(?:The\s+)?(?:Bali\s+Process\s+)?(?:Ministers|[Ss]enior\s+[Oo]fficials|Co-?[Cc]hairs|Members|members|Participants|[Cc]onference|[Mm]eeting|(?:Ad\s+Hoc\s+|Steering\s+|Working\s+)?Group|It|They)\b"
)
# "As Foreign Ministers of Indonesia and Australia we co-chaired the …": who chairs is said by an office.
_WE_CHAIRED = re.compile(
    r"(?:^As|^We,)\s+(?:the\s+)?(?:\w+\s+){0,4}?(?:Ministers|officials|representatives|Co-Chairs)(?:\s+for\s+Foreign\s+Affairs)?\s+of\s+(?:the\s+)?"
)
_CHAIRED = re.compile(r"\s*,?\s+(?:we\s+)?(?:had\s+the\s+honou?r\s+to\s+)?co-?chaired?\s+(?:the|a|this)\b")
_WHO = re.compile(r",\s+who\s+(?:\w+ly\s+|also\s+)?[a-z]+ed\b")
_OTHER = re.compile(r"\b(?:workshop|seminar|round\s?table|symposium|training\s+course|forum|side[\s-]+event)\b", re.IGNORECASE)


def likeness(document: Document) -> float:
    """How much the text looks like a statement: a session of the process is told of at its head, and those who met speak in prose."""
    occasion = find_occasion(document)
    body = [p for p in document.passages if p.block.kind != "heading"]
    if occasion is None or occasion.kind not in SESSIONS or not body:
        return 0.0
    if any(_TYPE.search(p.s) for p in document.front):
        return 0.95
    if not (occasion.titled or occasion.told[0].p is body[0]):
        return 0.0
    spoken = sum(_SPEAKERS.match(p.s) is not None for p in body) / len(body)
    return 0.5 + 0.2 * min(1.0, 2 * spoken) if spoken >= 0.25 else 0.0


def read(document: Document, context: ReadingContext) -> Reading:
    """One reported meeting with its people and its provisions."""
    draft = Draft(document, context, NAME)
    occasion = find_occasion(document)
    body = [p for p in document.passages if p.block.kind != "heading"]
    if occasion is not None:
        read_session(draft, occasion, body)
    blocks = [b for b in document.blocks if b.kind != "heading"]
    speaking = {str(f.value) for f in draft.findings if isinstance(f, Fact) and f.property == "ofBody"}
    met = draft.assembly()
    found = provisions_of_prose(document, blocks, context, lambda s: conference_of(draft, document, s), speaking=speaking, met=met)
    draft.add(*with_actions(found, document, context))
    return draft.reading()


def read_session(draft: Draft, occasion: Occasion, body: list[Passage]) -> Ref:
    """The meeting that a text is the outcome of, with those who took part in it."""
    meeting = write_occasion(draft, occasion)
    read_beside(draft, meeting, body)
    draft.mention_numbered(draft.document.passages)
    opening = [t.p for t in occasion.told]
    of_it = [q for n, p in enumerate(body) if (q := p if p in opening else _of_it(p, occasion, body[n - 1] if n else None))]
    took_part(draft, meeting, of_it, opening)
    for t in occasion.told:
        draft.add(*_chairs(t.p, meeting))
    themes_of(draft, meeting, body)
    return meeting


def _of_it(p: Passage, occasion: Occasion, before: Passage | None) -> Passage | None:
    """The sentence, or as much of it as tells of this meeting: "… was opened by Mr Ho, Minister, who recalled the workshop in Suva"."""
    if not _of_another(p, occasion, before):
        return p
    aside = _WHO.search(p.s)
    main = cut(p, 0, aside.start()) if aside else None
    return main if main and not _of_another(main, occasion, before) else None


def _of_another(p: Passage, occasion: Occasion, before: Passage | None = None) -> bool:
    """Whether the sentence names another meeting, or goes on about one, so that who came or spoke there is not said of this one."""
    if before is not None and p.s.startswith("It ") and not BESIDE.match(before.s) and _of_another(before, occasion):
        return True
    if any(
        all(n.ordinal != t.numbered.ordinal or not _kin(n.kind, t.numbered.kind) for t in occasion.told if t.numbered)
        for n in numbered_meetings(p)
    ):
        return True
    bodies = p.named("org")  # the Secretariat of a Forum is no session of it
    return any(not any(b.start <= m.start() and m.end() <= b.end for b in bodies) for m in p.find(_OTHER))


def _kin(a: str, b: str) -> bool:
    """Whether two kinds may be of one meeting: that of a group's senior officials is one of the group."""
    return a == b or {a, b} == {"GroupMeeting", "SeniorOfficialsMeeting"}


def _chairs(p: Passage, meeting: Ref) -> list[ParticipationFound]:
    found: list[ParticipationFound] = []
    for m in p.find(_WE_CHAIRED):
        listed = read_forward(p, m.end(), len(p.s), ("area",))
        if listed.items and (verb := _CHAIRED.match(p.s, listed.end)):
            for item in listed.items:
                name = item.match
                source = p.source(name.start, verb.end(), "statement.co-chaired")
                found.append(ParticipationFound(meeting=meeting, agent=name.ref, role="co-chair", written=name.written, source=source))
    return found
