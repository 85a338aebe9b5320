"""The negotiation table: quality, specificity, q=0, wildcards, aliases."""

from __future__ import annotations

import pytest

from api.negotiate import HTML, SOLUTIONS, THING, TRIPLES, by_name, negotiate

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4", "text/csv"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("*/*;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("text/csv;q=0, text/*;q=0.3, */*;q=0.2", "text/tab-separated-values"),
        ("text/csv;q=0.1, text/*;q=0.9", "text/tab-separated-values"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; header=present; q=0.7, application/sparql-results+xml;q=0.6", "text/csv"),
        ("image/png, text/turtle", None),
        ("*/*;q=0", None),
        ("text/csv;q=0", None),
        ("nonsense", "application/sparql-results+json"),
        ("text/csv;q=high, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        (",, ,text/csv", "text/csv"),
        (BROWSER, "text/html"),
    ],
)
def test_solutions(accept: str | None, expected: str | None) -> None:
    chosen = negotiate(accept, (*SOLUTIONS, HTML))
    assert (chosen.media_type if chosen else None) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("*/*", "text/turtle"),
        (BROWSER, "text/html"),
        ("application/ld+json, text/html;q=0.9", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/plain", "text/plain"),
        ("application/n-triples;q=0.3, text/turtle;q=0.2", "application/n-triples"),
        ("application/pdf", None),
    ],
)
def test_things(accept: str | None, expected: str | None) -> None:
    chosen = negotiate(accept, THING)
    assert (chosen.media_type if chosen else None) == expected


def test_an_alias_keeps_the_form_and_its_name() -> None:
    chosen = negotiate("application/json", TRIPLES)
    assert chosen is not None
    assert (chosen.name, chosen.content_type) == ("jsonld", "application/json")
    xhtml = negotiate("application/xhtml+xml", THING)
    assert xhtml is HTML  # what we send is HTML, whatever it was asked by


def test_formats_are_found_by_suffix_and_by_media_type() -> None:
    for offer in (*SOLUTIONS, *THING):
        assert by_name(offer.name, (*SOLUTIONS, *THING)) == by_name(offer.media_type, (*SOLUTIONS, *THING)) == offer
    assert by_name("pdf", THING) is None
