"""The bodies, organisations, instruments, processes and persons that a document names, each where it is named first and after that."""

from __future__ import annotations

from ingest.document import Document
from ingest.findings import MentionFound

MENTIONED = ("org", "gov", "body", "process", "instrument")


def read_mentions(document: Document) -> list[MentionFound]:
    """Every naming of an entity, in order of the text."""
    found: list[MentionFound] = []
    for p in document.passages:
        for m in p.matches:
            found += [
                MentionFound(target=ref, written=m.written, source=p.source(m.start, m.end, "mentions.name"))
                for ref in m.refs
                if ref.partition(":")[0] in MENTIONED
            ]
    return found
