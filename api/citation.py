"""How to cite an answer: in words, as BibTeX and as CSL-JSON. The address names the release, so it goes on answering the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from api.service import Service

AUTHOR: Final = "Bali Process Graph"


@dataclass(frozen=True, slots=True)
class Citation:
    """`title` is that of the page or thing; of the whole release it is empty. `date` is the release's, none for a plain file."""

    title: str
    release: str
    date: str
    link: str

    @property
    def text(self) -> str:
        """In words."""
        what = f"“{self.title}”. In: {AUTHOR}" if self.title else AUTHOR
        return f"{what}, release {self.release}. {self.link}"

    @property
    def key(self) -> str:
        """A name for lists of references."""
        name = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")[:40]
        return "-".join(part for part in ("baligraph", name, self.release) if part)

    @property
    def bibtex(self) -> str:
        """For BibTeX. A page is a part of the release, the release a work of its own."""
        fields = {"title": _braced(self.title or AUTHOR), "author": f"{{{AUTHOR}}}"}
        fields |= {"year": self.date[:4]} if self.date else {}
        fields |= {"version": self.release, "note": f"Release {self.release}", "url": self.link}
        body = "".join(f"  {name:7} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self.key},\n{body}}}\n"

    @property
    def csl(self) -> dict[str, Any]:
        """For citation managers (CSL-JSON, schema 1.0.2)."""
        found: dict[str, Any] = {"id": self.key, "type": "webpage" if self.title else "dataset", "title": self.title or AUTHOR}
        found |= {"author": [{"literal": AUTHOR}], "version": self.release, "URL": self.link}
        found |= {"container-title": AUTHOR} if self.title else {}
        return found | ({"issued": {"date-parts": [[int(part) for part in self.date.split("-")]]}} if self.date else {})


def cite(service: Service, path: str = "", title: str = "") -> Citation:
    """The citation of a page, by its path below the base with its query; without a path of the release itself."""
    base, release = service.settings.base_iri, service.release
    if not release.date:
        return Citation(title, release.id, "", f"{base}{path}")
    link = f"{base}{path}{'&' if '?' in path else '?'}release={release.id}" if path else f"{base}releases/{release.id}"
    return Citation(title, release.id, release.date, link)


def _braced(title: str) -> str:
    """Without what TeX would take for a command."""
    return re.sub(r"([#$%&_{}])", r"\\\1", title.replace("\\", " "))
