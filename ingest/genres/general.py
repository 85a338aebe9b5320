"""A text of no known genre: what the shared grammars are sure of, and nothing else.

Sure are the meetings that a sentence names by their number, and what Ministers, members, bodies or states of the process decided, promised
or were asked to do in so many words. A text that never names the process, its bodies or its meetings has none of these.
"""

from __future__ import annotations

from ingest.document import Document, ReadingContext
from ingest.findings import ParticipationFound, ProvisionFound, Reading
from ingest.genres.account import Account
from ingest.genres.draft import Draft
from ingest.grammar.provisions import provisions_of_prose
from ingest.grammar.sayings import sayings

NAME = "general"
_OWN = ("process", "body", "series")
_SURE = (
    "group:ministers",
    "group:members",
    "group:senior-officials",
    "group:co-chairs",
    "group:member-organisations",
    "group:working-groups",
)


def read(document: Document, context: ReadingContext) -> Reading:
    """Provisions whose actor or addressee is known. Meetings, mentions and relations are read of every text alike."""
    draft = Draft(document, context, NAME)
    if any(p.named(*_OWN) for p in document.passages):
        _meetings(draft)
        blocks = [b for b in document.blocks if b.kind != "heading"]
        draft.add(*(f for f in provisions_of_prose(document, blocks, context) if _sure(f)))
    return draft.reading()


def _meetings(draft: Draft) -> None:
    """The meetings of which the text gives an account: a sentence says that it was held, with its date, another who ran it or came.

    A meeting that is only said to have been held is mentioned, not reported.
    """
    trial = _account(Draft(draft.document, draft.context, NAME), None)
    told = {f.meeting for f in trial.draft.findings if isinstance(f, ParticipationFound)}
    if kept := {(m.kind, m.ordinal) for m in trial.meetings if m.ref in told}:
        _account(draft, kept)


def _account(draft: Draft, kept: set[tuple[str, int | None]] | None) -> Account:
    account = Account(draft)
    for p in account.body():
        if p.block.kind == "heading":
            continue
        told = [f for f in sayings(p) if f.status == "held" and f.date and (f.ordinal or p.named(*_OWN))]
        account.tell(p, new=any(kept is None or (f.kind, f.ordinal) in kept for f in told))
        account.took_part(p)
    account.finish([])
    return account


def _sure(f: ProvisionFound) -> bool:
    """Whether a clause is binding or a request, and says who acts or is asked: one of the process, or its body."""
    return f.kind != "Finding" and any(r in _SURE or r.startswith(("body:", "process:")) for r in (*f.actors, *f.addressees))
