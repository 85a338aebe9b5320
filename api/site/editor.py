"""What the editor of the query page needs: its script, where one was built, and the names that it offers."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from api.pages import FOLDER
from api.service import Service
from api.site.asking import ask, value
from baligraph.prefixes import shrink

_KINDS: Final = {
    "owl:Class": "class",
    "owl:ObjectProperty": "property",
    "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "property",
    "skos:Concept": "concept",
}


@cache
def script() -> str | None:
    """The path of the script below `static/`; None where it was not built, and the text area stays."""
    try:
        manifest = json.loads((FOLDER / "static" / "built" / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return None
    return f"static/built/{manifest['editor']}"


async def names(service: Service) -> bytes:
    """`names`: (short name, label, kind) of whatever a query can name. Raises StoreError."""
    if "names" not in service.kept:
        base = service.settings.base_iri
        rows = [row for row in await ask(service, "names") if row["thing"].value.startswith(base)]
        found = {shrink(row["thing"].value): (value(row, "name"), _kind(shrink(row["thing"].value), value(row, "class"))) for row in rows}
        listed = [(short, name, kind) for short, (name, kind) in found.items() if "/" not in short]
        body: dict[str, Any] = {"release": service.release.id, "names": listed}
        service.kept["names"] = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    made: bytes = service.kept["names"]
    return made


def _kind(short: str, class_: str) -> str:
    """A word for what it is: by its class, else by the type in its IRI."""
    return _KINDS.get(shrink(class_)) or short.partition(":")[2].partition("_")[0]
