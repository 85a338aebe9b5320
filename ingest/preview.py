"""What one document would give to a release: the same ids, decisions and withheld facts as in a build, without building one."""

from __future__ import annotations

from dataclasses import asdict

from baligraph.review_data import review
from baligraph.review_model import DocumentReview
from ingest.assemble import assemble
from ingest.build import newest
from ingest.contribution import TextInput
from ingest.curation import load_curation
from ingest.findings import Reading
from ingest.frame import load_frame
from ingest.gather import Documents
from ingest.reference import Reference
from ingest.trial import Trial


def preview(reading: Reading, text: str, reference: Reference, pages: tuple[tuple[int, int], ...] = ()) -> DocumentReview:
    """The review of one reading; `text` is the stored text that it was read from, `pages` where its pages begin.

    Other documents are left out, so a meeting that only another document dates or names has neither here.
    """
    curation = load_curation(reference)
    record = reference.documents.get(reading.slug)
    given = TextInput(
        slug=reading.slug,
        text=text,
        registered=record is not None,
        language=record.language if record else "en",
        title=record.title if record else reading.slug,
        pages=pages,
    )
    trial = Trial({given.slug: given})
    frame, day = load_frame(reference, curation, [given]), newest(reference, curation, Documents())
    made = assemble([reading], trial.texts, frame, day, trial.refused, lambda report, _: trial.withholds(report))
    return review(made.store, reading.slug, [asdict(row) for row in made.rows], text=text, conflicts=made.conflicts)
