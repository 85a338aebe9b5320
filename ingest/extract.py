"""One document → what was read from it: the genre is found by features of the text, then the shared grammars read the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Protocol

from ingest.broken_words import joined, words_of
from ingest.document import Document, Passage, ReadingContext
from ingest.findings import Finding, MeetingFound, ProvisionFound, Reading
from ingest.genres import chronology, declaration, event, general, members, news, note, plan, recommendations, report, statement
from ingest.genres.draft import Draft
from ingest.grammar.belonging import read_belonging
from ingest.grammar.dates import find_dates
from ingest.grammar.kinds import MEETING_NOUN
from ingest.grammar.mentions import read_mentions
from ingest.grammar.relations import read_group_members, read_instrument_states, read_relations
from ingest.titles import breaks_off, is_path

GENERAL = general.NAME
UNKNOWN_GENRE = "is of no known genre, so only what the shared grammars are sure of was read. Add a genre to ingest/genres to read more."
_THRESHOLD = 0.5
_MENU = 2  # bars in the menu of a site
_LEADERS = re.compile(r"\.{4,}|(?:\.\s){4,}")  # of a table of contents


class Genre(Protocol):
    """A module of `ingest.genres`."""

    NAME: str

    def likeness(self, document: Document) -> float: ...
    def read(self, document: Document, context: ReadingContext) -> Reading: ...


GENRES: tuple[Genre, ...] = (chronology, plan, recommendations, report, statement, declaration, members, event, news, note)


def genre_of(document: Document) -> Genre | None:
    """The genre that the text is most like, or None: then the shared grammars alone read it."""
    if not document.blocks:  # of a text of rules and numbers of pages nothing is left
        return None
    best = max(GENRES, key=lambda g: g.likeness(document))
    return best if best.likeness(document) >= _THRESHOLD else None


def read_document(slug: str, text: str, context: ReadingContext) -> Reading:
    """Read one document. `text` is the stored text that every offset will point into."""
    document = Document.of(slug, text, context.gazetteer)
    genre = genre_of(document)
    reading = genre.read(document, context) if genre else general.read(document, context)
    draft = Draft.resume(document, context, reading, GENERAL)
    _about_document(draft)
    if genre in (chronology, news, None):
        draft.add(*members.beside(document, context, draft.findings))
    if genre in (plan, recommendations):
        _occasion(draft)
    draft.mention_numbered(document.passages)
    draft.refer()
    draft.add(*read_mentions(document))
    if genre is not members:  # which reads its sentences together with its headings
        alone = not any(isinstance(f, MeetingFound) and f.standing != "mentioned" for f in draft.findings)
        draft.add(*read_belonging(document, alone=alone))
    for p in document.passages:
        draft.add(*read_relations(p), *read_group_members(p), *read_instrument_states(p))
    words = words_of(text) + Counter(list(context.lexicon.verbs))
    draft.findings = [_whole(f, text, words) for f in draft.findings]
    return draft.reading()


def _whole(f: Finding, text: str, words: Counter[str]) -> Finding:
    """A provision with the words in one piece that the end of a line broke; where it stands is untouched."""
    if not isinstance(f, ProvisionFound) or "-" not in f.text:
        return f
    return replace(f, text=joined(f.text, text[f.source.anchor.start : f.source.anchor.end], words))


def _about_document(draft: Draft) -> None:
    """Type and title of the document, where its front matter says them."""
    front = [p for p in draft.document.front if not _LEADERS.search(p.s)]
    types = [(p, hit) for p in front if (hit := draft.context.terms.document_type(p.s))]
    if types:
        p, hit = types[-1]
        draft.link("document", "documentType", f"c:document-type_{hit.slug}", p.source(hit.start, hit.end, "document.type"))
    long = [p for p in front if len(p.s) > 8 and not breaks_off(p.s) and not is_path(p.s) and p.s.count(" | ") < _MENU]
    # A heading of the site that the text was copied from ("Document Sample") names nothing.
    title = next(
        (p for p in long if MEETING_NOUN.search(p.s) or p.matches or draft.context.terms.document_type(p.s)), next(iter(long), None)
    )
    if title:
        draft.fact(
            "document", "skos:altLabel", title.s.rstrip(" :"), title.source(0, len(title.s.rstrip(" :")), "document.title"), language="en"
        )


def _occasion(draft: Draft) -> None:
    """The meeting whose outcome a plan or a list of recommendations is: named in its front matter, or implied by its name."""
    front = draft.document.front
    named = [m for p in front if (m := _named_occasion(draft, p))]
    if named or any(isinstance(f, MeetingFound) for f in draft.findings):
        return
    for p in front:
        if noun := MEETING_NOUN.search(p.s):
            whole = p.source(noun.start(), noun.end(), "document.implied-meeting")
            meeting = draft.meeting_of_noun(noun[0], whole)
            draft.reported(meeting, whole)
            draft.link("document", "outcomeOf", meeting, whole)
            draft.placeless(meeting, whole)
            draft.link(meeting, "attendanceCoverage", "c:coverage_no-list", whole)
            draft.process(meeting, whole)
            return


def _named_occasion(draft: Draft, p: Passage) -> str | None:
    """A numbered meeting in the front matter: the document is its outcome and bears its date."""
    meeting = draft.report_numbered(p)
    if meeting is None:
        return None
    for hit in find_dates(p.s)[:1]:
        draft.date("document", p, hit, "document.date")
    return meeting
