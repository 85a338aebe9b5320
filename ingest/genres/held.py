"""Whether the one meeting of a page or a note was held: a title with a date alone does not say so.

The sign is a sentence that says that it was held, else what was done there, else that the text is a record of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.document import Passage
from ingest.findings import Fact, ParticipationFound, ProvisionFound, Source
from ingest.genres.draft import Draft
from ingest.genres.reported import Reported
from ingest.grammar.sayings import sayings

_RECORD = re.compile(
    r"\b(?:statement|report|summary|minutes|notes?|outcomes?|communiqu[eé]|record|highlights|conclusions)\b", re.IGNORECASE
)
_DID = re.compile(
    r"(?:The|This)\s+(?:[a-z-]+\s+){0,2}(?:[Mm]eeting|[Ww]orkshop|[Cc]onference|[Ss]eminar|[Ff]orum|[Tt]raining|[Cc]ourse|[Ee]vent|[Gg]roup|[Ff]orce)\s+"
    r"(?:also\s+)?(?:was|were|had|[a-z]+ed|took|saw|heard|met|brought)\b"
    r"|(?:Participants|Delegates|Members|Officials|Ministers|Experts|They|It)\s+(?:also\s+)?(?:were|was|had|[a-z]+ed|took|saw|heard|met|gave)\b"
)


def settle_status(draft: Draft, meeting: Reported, prose: Iterable[Passage]) -> None:
    """Set where it is said that `meeting` was held, if only its title was read so far; without any sign, its status is not known."""
    stated = [f for f in draft.findings if isinstance(f, Fact) and f.subject == meeting.ref and f.property == "eventStatus"]
    title = next((f for f in stated if f.value == "c:event-status_held" and f.source.passage.holds(meeting.told.passage)), None)
    if title is None or not title.source.rule.startswith(("event.", "note.")):
        return
    sign = _sign(draft, meeting, title.source, prose)
    draft.findings = [f for f in draft.findings if f is not title]
    if sign:
        draft.add(replace(title, source=replace(sign, rule=title.source.rule)))


def _sign(draft: Draft, meeting: Reported, title: Source, prose: Iterable[Passage]) -> Source | None:
    said = [p for p in prose if p.text.span() != title.passage]
    for p in said:
        if any(f.status == "held" for f in sayings(p)) and _DID.match(p.s) is None and meeting.kind in {f.kind for f in sayings(p)}:
            return p.whole("held.told")
    if acted := next((p for p in said if _DID.match(p.s)), None):
        return acted.whole("held.did")
    done = (f.source for f in draft.findings if isinstance(f, ParticipationFound) and f.meeting == meeting.ref)
    decided = (
        f.source
        for f in draft.findings
        if isinstance(f, ProvisionFound) and f.kind in ("Decision", "Commitment") and f.wording != ("will",)
    )
    if source := next(iter([*done, *decided]), None):
        return source
    record = next((p for p in draft.document.front if _RECORD.search(p.s)), None)
    return record.whole("held.record") if record else None
