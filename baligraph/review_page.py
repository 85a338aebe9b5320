"""Review pages: what was read from a document, what was not, and how to decide on it. One file each, without a script.

A page asks nobody for anything: its style stands in it, and its policy allows nothing else. Everything from documents is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from baligraph.passages import visible, words
from baligraph.review_model import KINDS, DocumentReview

_FOLDER: Final = Path(__file__).parent / "templates"


def render(document: DocumentReview, *, home: str = "") -> str:
    """The page of one document. `home` is the address of the list that it belongs to, where there is one."""
    kinds: dict[int, list[str]] = {}
    for finding in document.findings:
        if finding.kind not in kinds.setdefault(finding.number, []):
            kinds[finding.number].append(finding.kind)
    return _page("review.html", d=document, home=home, kind_of=kinds, plain=words)


def render_index(documents: Sequence[DocumentReview], release: str) -> str:
    """The list of the documents of a release; each page stands beside it as `{slug}.html`."""
    return _page("review_index.html", documents=documents, release=release)


def _page(template: str, **context: object) -> str:
    style = (_FOLDER / "review.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(style=style, policy=policy, kinds=KINDS, **context) + "\n"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["visible"] = visible
    environment.filters["thousands"] = lambda n: f"{n:,}"
    return environment
