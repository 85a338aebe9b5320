"""Bad input of every kind: one line that names file, line and mend, the exit code, no traceback, and an old release that stays."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baligraph import data
from baligraph.release import Release

Run = Callable[..., Any]
ONE = "workshop-recommendations"
AREAS = len(data.corpus("reference", "areas.csv").read_text(encoding="utf-8").splitlines())

# --- documents that can't be read: left out and named, the others go on -------------------------------------------------------------------

STRANGE: dict[str, tuple[bytes, bool, str]] = {  # file name → content, whether it is left out, what is said
    "empty.txt": (b"", True, "empty.txt: is empty. Put the text of the document in it"),
    "binary.txt": (b"\x7fELF\x02\x01", True, "binary.txt:1: is a binary file, not a text (it holds the byte 0x02). Extract its text first"),
    "nul.txt": (b"A text.\n" * 5000 + b"\0", True, "nul.txt:5001: is a binary file, not a text (it holds the byte 0x00)"),
    "escape.txt": (b"A text.\nIn \x1b[31mred", True, "escape.txt:2: is a binary file, not a text (it holds the byte 0x1b)"),
    "utf16.txt": ("A text".encode("utf-16-le"), True, "utf16.txt:1: is a binary file"),
    "scan.pdf": (b"%PDF-1.7", True, "scan.pdf: is a damaged PDF. Save it anew."),
    "latin.txt": (b"Notes on T\xfcrkiye.\n", False, "latin.txt: is not UTF-8; it was read as windows-1252. Check its quotations"),
    "diary.txt": (b"It rained in Bali.\n", False, "diary: is of no known genre, so only what the shared grammars are sure of was read"),
}


# what pytest's own files can't be made of: a link to nothing, a name that is not UTF-8, a pipe
ODD = (
    "gone.txt: can't be read: No such file or directory. Check that the file exists",
    "caf\\udce9.txt: its name is not UTF-8. Rename the file",
    "pipe.txt: is no regular file. Name a document",
)


def test_documents_that_can_not_be_read_are_named_and_the_others_published(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, (content, _, _) in STRANGE.items():
        (folder / name).write_bytes(content)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("A text.")
    os.mkfifo(folder / "pipe.txt")
    said = run("build", "--documents", folder, "--documents", folder / ".." / "texts", "--out", tmp_path / "out", "--jobs", "1")
    assert said.code == 2
    lines = said.err.splitlines()
    expected = [("left out" if left_out else "note", told) for _, left_out, told in STRANGE.values()] + [("left out", told) for told in ODD]
    for how, told in expected:
        assert len([line for line in lines if line.startswith(f"{how}: ") and told in line]) == 1, told
    assert len(lines) == len(expected) + 1, "a text in Latin-1 has no known genre either"
    release = Release.open(tmp_path / "out")
    assert release.slugs == sorted([*(path.stem for path in data.corpus("documents").iterdir()), "diary", "latin"])
    assert said.out.startswith(f"release {release.id}  7 Document, ")
    assert f"next: baligraph serve --release {tmp_path}/out" in said.out


# --- what stops a build -------------------------------------------------------------------------------------------------------------------


def append(file: str, line: bytes) -> Callable[[Path], object]:
    return lambda corpus: (corpus / file).write_bytes((corpus / file).read_bytes() + line)


def change(file: str, old: str, new: str) -> Callable[[Path], object]:
    def edit(corpus: Path) -> None:
        text = (corpus / file).read_text(encoding="utf-8")
        assert old in text
        (corpus / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


LINKS, TEXT = "curation/links.csv", f"documents/{ONE}.txt"
CORPUS: list[tuple[Callable[[Path], object], str, str]] = [  # what is done to the corpus, the place named, the mend
    (lambda c: (c / TEXT).unlink(), "corpus/documents.csv:6 [slug]", "Put the document there, or remove the row"),
    (append(TEXT, b"\n"), "corpus/documents.csv:6 [sha256]", "Restore the file; if the change is meant, write the new hash"),
    (lambda c: (c / "documents/stray.txt").write_text("x"), "corpus/documents/stray.txt", "Register it there with source and hash"),
    (change("reference/areas.csv", ",AF,AFG,", ",AF,AFX,"), "corpus/reference/areas.csv:2 [key]", "Make the two agree"),
    (
        append("reference/areas.csv", b"xyz,state,Atlantis,,,,XY,XYZ,998,142,035,,,,,a source,,\n"),
        f"corpus/reference/areas.csv:{AREAS + 1} [iso3]",
        "Take the code from corpus/reference/codes.csv",
    ),
    (change("reference/places.csv", ",are,", ",zzz,"), "corpus/reference/places.csv:2 [area]", "Add its row there, or mend the key"),
    (append(LINKS, b"a,body:aheg-1,skos:closeMatch\n"), f"corpus/{LINKS}:", "write one comma for each empty cell"),
    (change(LINKS, ",who,", ","), f"corpus/{LINKS}:1", "It must be: key,subject,property,value,type,who,when,why"),
    (change(LINKS, "2026-11-22", "22 November"), f"corpus/{LINKS}:2 [when]", "Write a day as YYYY-MM-DD"),
    (change(LINKS, "body:aheg-2,ref", "body:aheg-99,ref"), f"corpus/{LINKS}:2 [value]", "Add its row there, or mend the key"),
    (append(LINKS, b"a,body:aheg-1,skos:altLabel,Caf\xe9,text,x,2026-11-22,because of it\n"), f"corpus/{LINKS}:", "Save the file as UTF-8"),
    (append(LINKS, b"a,body:aheg-1,skos:altLabel,Ca\0fe,text,x,2026-11-22,because of it\n"), f"corpus/{LINKS}:", "holds a NUL byte"),
    (lambda c: (c / LINKS).write_bytes(b""), f"corpus/{LINKS}:1", "Write the header: key,subject"),
    (lambda c: (c / LINKS).unlink(), f"corpus/{LINKS}", "Restore the file"),
]


@pytest.mark.parametrize(("spoil", "place", "mend"), CORPUS)
def test_a_wrong_corpus_is_not_published(
    run: Run, corpus: Path, tmp_path: Path, spoil: Callable[[Path], object], place: str, mend: str
) -> None:
    spoil(corpus)
    said = run("build", "--out", tmp_path / "out")
    assert said.code == 1
    assert said.err.startswith(f"not published: {place}")
    assert mend in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "out" / "current").exists()


def test_a_slug_that_two_documents_have(run: Run, tmp_path: Path) -> None:
    for folder, name in (("a", "new.txt"), ("b", "New.md"), ("c", f"{ONE}.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text("A text.")
    two = run("build", "--documents", tmp_path / "a", "--documents", tmp_path / "b", "--out", tmp_path / "out")
    corpus = run("build", "--documents", tmp_path / "c", "--out", tmp_path / "out")
    assert (two.code, corpus.code) == (1, 1)
    told = f"{tmp_path}/b/New.md: the slug 'new' is that of {tmp_path}/a/new.txt. Rename one of the two files."
    assert two.err == f"not published: {told}\n"
    assert f"{tmp_path}/c/{ONE}.txt: the slug '{ONE}' is that of" in corpus.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--documents", "{tmp}/nowhere"), "{tmp}/nowhere: is no folder. Give --documents a folder of documents."),
        (("--documents", "{tmp}/file"), "{tmp}/file: is no folder. Give --documents a folder of documents."),
        (("--out", "{tmp}/file"), "{tmp}/file: is no folder. Name a folder that can be written with --out."),
        (("--out", "{tmp}/file/below"), "{tmp}/file/below: can't be made: Not a directory. Name a folder that can be written with --out."),
    ],
)
def test_a_wrong_folder(run: Run, tmp_path: Path, words: tuple[str, str], told: str) -> None:
    (tmp_path / "file").write_text("A text.")
    said = run("build", "--out", tmp_path / "out", *(w.format(tmp=tmp_path) for w in words))
    assert said == (1, "", f"not published: {told.format(tmp=tmp_path)}\n")


# --- a release that is not there, or not whole --------------------------------------------------------------------------------------------

READERS = [["check"], ["info"], ["query", "ASK {}"], ["why", "id:place_bali", "rdfs:label", "Bali"], ["serve", "--port", "0"]]


@pytest.mark.parametrize("words", READERS)
def test_a_release_that_is_not_there(run: Run, tmp_path: Path, words: list[str]) -> None:
    said = run(*words, "--release", tmp_path / "nowhere")
    told = f"{tmp_path}/nowhere: no release here (no manifest.json); run `baligraph build`, or name the folder of a release"
    assert said == (1, "", f"error: {told}\n")


@pytest.mark.parametrize("words", READERS)
def test_a_damaged_release(run: Run, tiny: Path, tmp_path: Path, words: list[str]) -> None:
    shutil.copytree(tiny, tmp_path / "releases", symlinks=True)
    with (tmp_path / "releases" / "current" / "graph.nq.gz").open("ab") as file:
        file.write(b"x")
    said = run(*words, "--release", tmp_path / "releases")
    assert (said.code, said.out) == (1, "")
    assert "graph.nq.gz: changed since it was built" in said.err
    assert "build the release again" in said.err


# --- wrong words --------------------------------------------------------------------------------------------------------------------------

WORDS: list[tuple[list[str], str]] = [  # docs/releases.md says why a mistyped command line ends with 1
    (["bogus"], "No such command 'bogus'"),
    (["build", "--bogus"], "No such option: --bogus"),
    (["serve", "--port", "99999"], "Invalid value for '--port'"),
    (["why", "id:place_bali"], "Missing argument"),
    (["query", "SELECT ?s\n{ ?s ?p }"], "error: the query is wrong: line 2, column 10: something else is expected here\n"),
    (["query", "ASK { ?s nope:x 1 }"], "Prefix not found"),
    (["query", "INSERT DATA { <a:b> <a:b> <a:b> }"], "error: the query is wrong: line 1"),
    (["query", "ASK { BIND(<http://e/f>(1) AS ?x) }"], "error: the query could not be answered: The custom function <http://e/f>"),
    (["query", "missing.rq"], "error: missing.rq: can't be read (No such file or directory)"),
    (["query", "ASK {}", "--format", "pdf"], "there is no format 'pdf' for this kind of query; there are json, xml, csv, tsv\n"),
    (["query", "CONSTRUCT WHERE { ?s a bp:Document }", "--format", "csv"], "there are ttl, nt, rdf, jsonld\n"),
    (["why", "id:area_mys", "bp:iso3", "XX"], 'the release does not say that. Of id:area_mys bp:iso3 it says "MYS".\n'),
    (["why", "id:area_mys", "bp:hostedBy", "XX"], "Of id:area_mys it says bp:"),
    (["why", "id:nothing", "bp:iso2", "XX"], "Of id:nothing it says nothing.\n"),
    (["why", "nothing", "bp:iso2", "XX"], "error: 'nothing' is not a CURIE of this project; known prefixes: bp"),
    (["why", "http://a b/", "bp:iso2", "XX"], "error: 'http://a b/' is no IRI"),
]


@pytest.mark.parametrize(("words", "told"), WORDS)
def test_wrong_words(run: Run, tiny: Path, words: list[str], told: str) -> None:
    where = ["--release", str(tiny)] if words[0] in {"query", "why"} else []
    said = run(*words, *where)
    assert said.code == 1, "2 would say that a release was published"
    assert said.out == ""
    assert told in said.err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"ASK\n{ \xff }", "wrong.rq:2: byte 0xff is not UTF-8"),
        (b"ASK {}\n\0", "wrong.rq:2: holds a NUL"),
        (b"ASK\n{", "wrong.rq is wrong: line 2"),
    ],
)
def test_a_wrong_file_of_a_query(run: Run, tiny: Path, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "wrong.rq").write_bytes(content)
    said = run("query", tmp_path / "wrong.rq", "--release", tiny)
    assert said.code == 1
    assert told in said.err


@pytest.mark.parametrize(
    ("content", "told"), [(None, "can't be read: No such file"), (b"", "is empty"), (b"\x00\x01", ":1: is a binary file, not a text")]
)
def test_extract_of_what_is_no_text(run: Run, tmp_path: Path, content: bytes | None, told: str) -> None:
    if content is not None:
        (tmp_path / "a.txt").write_bytes(content)
    said = run("extract", tmp_path / "a.txt")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"error: {tmp_path}/a.txt")
    assert told in said.err


def test_a_port_in_use(tiny: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        words = [sys.executable, "-m", "baligraph.cli", "serve", "--release", str(tiny), "--port", port, "--workers", "1"]
        said = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
    assert said.returncode == 1
    assert said.stderr == f"error: the service did not start: port {port} of 127.0.0.1 can't be had; name another with --port\n"


# --- a full disk --------------------------------------------------------------------------------------------------------------------------


def alone(*words: str, script: str) -> subprocess.CompletedProcess[str]:
    """A shell in name spaces of its own: what it mounts is gone when it ends."""
    return subprocess.run(["unshare", "-rm", "sh", "-ec", script, "sh", *words], check=False, capture_output=True, text=True)


def test_a_build_on_a_full_disk(tmp_path: Path) -> None:
    if not shutil.which("unshare"):
        pytest.skip("NOT TESTED: a full disk (there is no unshare to mount a small one with)")
    (tmp_path / "out").mkdir()
    script = 'mount -t tmpfs -o size=64k none "$2"; "$1" -m baligraph.cli build --jobs 1 --out "$2"'
    said = alone(sys.executable, str(tmp_path / "out"), script=script)
    if said.stderr.startswith(("unshare", "mount")):
        pytest.skip("NOT TESTED: a full disk (this system gives no mount name space to its users)")
    told = f"{tmp_path}/out: the disk is full; free some space and build again (the old release stays)"
    assert (said.returncode, said.stdout, said.stderr) == (1, "", f"not published: {told}\n")
