"""The reference tables of `corpus/`: states, places, organisations, bodies, instruments …, typed, checked against each other.

A table is the word of its sources, which each row names; nothing here is read from a document. `load_reference` reads them all or raises
`InputError` with the file, the line, the column and the mend. `Reference.entities` gives the names by which texts are read,
`reference_quads` the named graph `graph/reference`.
"""

from ingest.reference.load import load_reference
from ingest.reference.model import (
    Area,
    Body,
    DocumentRecord,
    Entity,
    Entry,
    Government,
    Instrument,
    Membership,
    Organisation,
    Place,
    Reference,
    Series,
)
from ingest.reference.quads import document_quads, reference_quads

__all__ = [
    "Area",
    "Body",
    "DocumentRecord",
    "Entity",
    "Entry",
    "Government",
    "Instrument",
    "Membership",
    "Organisation",
    "Place",
    "Reference",
    "Series",
    "document_quads",
    "load_reference",
    "reference_quads",
]
