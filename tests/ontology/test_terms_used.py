"""No shape, query, page or context uses a term of bp: or a concept that is not declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from baligraph import data
from baligraph.prefixes import prefixes

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [path for path in (CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))) if path.exists()]
FILES = [
    *sorted(data.shapes().rglob("*.ttl")),
    *sorted(data.queries().rglob("*.rq")),
    *sorted(data.ontology().rglob("*.ttl")),
    data.ontology("context.jsonld"),
    *PAGES,
]
DECLARATION = re.compile(r"^\s*(?:@prefix|prefix)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
LOCAL_PREFIXES = {"prefix"}  # prefixes.ttl names its own nodes


def code(path: Path) -> str:
    """The text without comments of Turtle and SPARQL, and without full IRIs, whose fragments look like neither."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in {".ttl", ".rq"}:
        text = re.sub(r"^\s*#(?!\+).*$", "", text, flags=re.MULTILINE)
    return re.sub(r"<[^<>\s]*>", "", text)


def names(path: Path) -> str:
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else path.name


@pytest.mark.parametrize("path", FILES, ids=names)
def test_every_term_is_declared(vocabulary, path: Path) -> None:
    unknown = vocabulary.undeclared(code(path))
    assert not unknown, f"{names(path)} uses {sorted(unknown)}: declare them in ontology/, or mend the name"


@pytest.mark.parametrize("path", FILES, ids=names)
def test_every_prefix_is_the_projects(path: Path) -> None:
    for prefix, space in DECLARATION.findall(path.read_text(encoding="utf-8")):
        if prefix not in LOCAL_PREFIXES:
            assert prefixes().get(prefix) == space, f"{names(path)}: prefix {prefix}: <{space}> is not in ontology/prefixes.ttl"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("?m a bp:Meeting ; bp:hostedBy id:area_mys ; bp:role c:role_observer .", set()),
        ("?m bp:hostedby ?x", {"bp:hostedby"}),
        ("?p bp:role c:role_observers", {"c:role_observers"}),
        ("FILTER(?x=bp:Nothing)", {"bp:Nothing"}),
        ("dc:role_x abp:Thing", set()),
    ],
)
def test_the_scan_sees_what_it_should(vocabulary, text: str, unknown: set[str]) -> None:
    assert vocabulary.undeclared(text) == unknown
