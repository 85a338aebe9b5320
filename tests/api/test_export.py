"""The static export, served by a plain server of files: every IRI leads to its page and its forms, and no link is broken.

`make test` exports a small release; CRAWL=all that of the bundled documents, and asks for every form of every IRI: some minutes.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import json
import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import quote, urljoin

import httpx
import pyoxigraph as ox
import pytest
import releases

from api.export import Exported, export
from baligraph import data
from baligraph.errors import ReleaseError
from baligraph.prefixes import expand
from baligraph.release import Release
from baligraph.release_writer import write_release
from baligraph.settings import Settings

WHOLE = os.environ.get("CRAWL") == "all"
BASE = "https://w3id.org/baligraph/"
FORMS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}


class Files(http.server.SimpleHTTPRequestHandler):
    """As it comes with Python, only quiet."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def small() -> list[ox.Quad]:
    """The tiny release with the concepts of two schemes alone: each thing is written in seven forms."""
    left_out = (
        expand("c:action"),
        expand("c:wording"),
        expand("c:theme"),
        expand("c:document-type"),
        expand("c:region"),
        expand("c:crime"),
    )
    found = [quad for quad in releases.quads() if not str(quad.subject)[1:].startswith(left_out)]
    concepts = {str(quad.subject)[1:-1] for quad in found if str(quad.subject)[1:].startswith(expand("c:"))}
    named = {str(term)[1:-1] for quad in found for term in quad.triple if str(term)[1:].startswith(expand("c:"))}
    kept = concepts & ({name for name in named if "/role" in name or "/precision" in name})
    return [*disjoint(), *(q for q in found if not str(q.subject)[1:].startswith(expand("c:")) or str(q.subject)[1:-1] in kept)]


def disjoint() -> list[ox.Quad]:
    """What the ontology says by blank nodes, as a release holds it."""
    ontology = ox.Dataset(ox.parse(path=data.ontology("baligraph.ttl"), format=ox.RdfFormat.TURTLE))
    ontology.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    said = [quad.triple for quad in ontology if isinstance(quad.subject, ox.BlankNode)]
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for triple in said
        for graph in (ox.DefaultGraph(), ox.NamedNode(expand("g:ontology")))
    ]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Release:
    """The release that is exported."""
    if WHOLE:
        bundled: Release = request.getfixturevalue("release")
        return bundled
    return write_small(tmp_path_factory.mktemp("small"))


def write_small(folder: Path) -> Release:
    return write_release(folder, releases.draft(lines=sorted({f"{quad} .\n" for quad in small()})))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, copied: Release) -> tuple[Path, Exported, Settings]:
    folder = tmp_path_factory.mktemp("export") / "files"
    settings = Settings(release=copied.path, workers=2)
    return folder, export(settings, folder), settings


@pytest.fixture(scope="module")
def files(exported: tuple[Path, Exported, Settings]) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(exported[0]))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()


def ours(terms: Iterable[object]) -> set[str]:
    """The IRIs of ours as paths, without fragments, and without further pages of a document, which only a service can answer."""
    names = {term.value.partition("#")[0] for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)}
    return {quote(name.removeprefix(BASE), safe="/%") for name in names if "?" not in name} - {""}


def paths(release: Release) -> set[str]:
    """The IRIs of the release that are ours, as paths."""
    with gzip.open(release.quads_path) as quads:
        return {path for q in ox.parse(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS) for path in ours((*q.triple, q.graph_name))}


def unsaid(path: str) -> bool:
    """Of a few things that are named, the small release says nothing; the whole one tells of everything."""
    return not WHOLE and re.match(r"(id|data)/(run|dataset)_|concept/|data/concept_", path) is not None


def test_every_iri_leads_to_its_page_and_all_its_forms(files: str, exported: tuple[Path, Exported, Settings], copied: Release) -> None:
    done = exported[1]
    found = paths(copied)
    assert done.iris == len(found) > (2000 if WHOLE else 50)
    dangling = set(done.missing)
    assert not {path for path in dangling if not unsaid(path)}
    named: set[str] = set()
    with httpx.Client(base_url=files, follow_redirects=True) as client:
        for path in sorted(found - dangling):
            lead = client.get(path)
            assert lead.status_code == 200, path
            assert f'<link rel="canonical" href="{BASE}{path}">' in lead.text
            target = re.search(r'url=([^"]*)"', lead.text)
            assert target is not None
            assert client.get(urljoin(str(lead.url), target[1])).status_code == 200, path
            alternates = re.findall(r'rel="alternate" type="([^"]*)" href="([^"]*)"', lead.text)
            assert len(alternates) >= 5, path
            read = []
            for _, address in alternates:
                answer = client.get(urljoin(str(lead.url), address))
                assert answer.status_code == 200, (path, address)
                suffix = address.rpartition(".")[2]
                if suffix in FORMS:
                    dataset = ox.Dataset(ox.Quad(*q.triple) for q in ox.parse(answer.content, format=FORMS[suffix]))
                    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
                    read.append(set(dataset))
            assert len(read) == 4
            assert read[0] and all(other == read[0] for other in read), path
            named |= ours(term for quad in read[0] for term in quad.triple)
        for path in sorted(
            path for path in named - found - dangling if not unsaid(path)
        ):  # documents and the like, which only the answers name
            assert client.get(path).status_code == 200, path


def test_no_link_of_any_page_is_broken(files: str, exported: tuple[Path, Exported, Settings]) -> None:
    folder, done, _ = exported
    missing = {path.replace("concept/", "data/concept_").replace("id/", "data/") for path in done.missing}
    checked: dict[str, int] = {}
    with httpx.Client(base_url=files, follow_redirects=True) as client:
        for page in sorted(folder.rglob("*.html")):
            here = f"{files}{page.relative_to(folder)}"
            for link in re.findall(r'(?:href|src)="([^"#]*)', page.read_text(encoding="utf-8")):
                address = urljoin(here, link.replace("&amp;", "&")).partition("?")[0]
                if address.startswith(files) and address not in checked:
                    checked[address] = client.get(address).status_code
    broken = {address.removeprefix(files) for address, status in checked.items() if status != 200}
    assert len(checked) > 100
    assert {path.removesuffix(".html") for path in broken} <= missing


def test_the_dumps_are_there_as_their_hashes_say(exported: tuple[Path, Exported, Settings]) -> None:
    folder, done, _ = exported
    listed = json.loads((folder / "releases" / f"{done.release}.json").read_text())["files"]
    assert len(listed) > 10
    for entry in listed:
        content = (folder / entry["url"].removeprefix(BASE)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


def test_no_file_holds_a_local_address(exported: tuple[Path, Exported, Settings]) -> None:
    for path in exported[0].rglob("*"):
        if path.is_file() and path.suffix not in {".gz", ".svg", ".woff2"}:
            text = path.read_bytes()
            assert b"127.0.0.1" not in text and b"localhost" not in text, path


def test_two_exports_of_a_release_are_the_same_bytes(exported: tuple[Path, Exported, Settings], copied: Release, tmp_path: Path) -> None:
    """Also where blank nodes stand, which a store names anew whenever it loads them."""

    def content(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    small = write_small(tmp_path / "releases") if WHOLE else copied
    first, second = tmp_path / "first" if WHOLE else exported[0], tmp_path / "second"
    for folder in (first, second) if WHOLE else (second,):
        export(Settings(release=small.path, workers=2), folder)
    one, other = content(first), content(second)
    assert b"_:" in one["ontology.nt"] and b"_:" in one["graph/ontology.nt"]
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_what_stands_there_is_not_overwritten(exported: tuple[Path, Exported, Settings], tmp_path: Path) -> None:
    folder, _, settings = exported
    with pytest.raises(ReleaseError, match="not empty"):
        export(settings, folder)
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ReleaseError, match="not empty"):
        export(settings, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
