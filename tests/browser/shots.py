"""Screenshots of every type of page, light and dark, wide and narrow, into `screenshots/`, which is not kept. `make shots` runs it.

Somebody has to look at them: no test can say that a page is well made.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # before this folder, which has a conftest too

from conftest import serving

OUT = Path("screenshots")
QUERY = "SELECT ?year (COUNT(?m) AS ?meetings) { ?m <https://w3id.org/baligraph/ontology#year> ?year } GROUP BY ?year ORDER BY ?year"
PAGES = {
    "home": "",
    "meetings": "meetings",
    "meetings-of-a-year": "meetings?year=2004",
    "nothing-found": "meetings?q=nothing+at+all",
    "meeting": "data/meeting_2012-05-28_bali_workshop.html",
    "states": "states",
    "state": "data/area_idn.html",
    "bodies": "bodies",
    "organisations": "organisations",
    "people": "people",
    "themes": "themes",
    "commitments": "commitments",
    "instruments": "instruments",
    "documents": "documents",
    "reader": "documents/victim-protection-workshop-2012",
    "query": "query",
    "build": "build",
    "built": "build?of=meetings&year=2004&fields=label&fields=dateText&fields=inCountry&fields=theme",
    "result-drawn": f"sparql?format=html&view=bar&query={quote(QUERY)}",
    "questions": "queries",
    "question": "queries/meetings-per-year",
    "search": "search?q=victim*",
    "data": "data",
    "api": "api",
    "releases": "releases",
    "quality": "quality",
    "ontology": "ontology",
    "class": "ontology/class/Meeting",
    "limits": "limits",
    "about": "about",
    "missing": "data/area_nowhere.html",
}


def main(release: Path) -> None:
    """Serve the release and photograph its pages."""
    OUT.mkdir(exist_ok=True)
    with serving(release) as address, sync_playwright() as driver:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = driver.chromium.launch(executable_path=path, args=["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])])
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
                for name, target in PAGES.items():
                    page.goto(address + target)
                    page.screenshot(path=OUT / f"{name}-{width}-{scheme}.png", full_page=True)
                page.close()
        browser.close()
    print(f"{len(PAGES) * 4} pictures in {OUT}/")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/releases/current"))
