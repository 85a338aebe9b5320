"""Files in processes of their own: what these can't do, what they may not take, and what is kept of what they read."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from made import MAKERS, blocks_of, drawn
from reportlab.pdfgen.canvas import Canvas

from baligraph.settings import Settings
from ingest.read import formats
from ingest.read.extraction import Extraction, RefusedError
from ingest.read.files import NOT_FROZEN, FileRead, read_file, read_files
from ingest.read.frozen import FOLDER, Frozen

TEXT = "Statement\n\n1. Ministers met in Bali on 27 June 2009.\n\n2. They agreed to go on.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the text in every format, and in Latin-1."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for suffix, make in MAKERS.items():
        (folder / f"made-{suffix}.{suffix}").write_bytes(make(blocks_of(TEXT)))
    (folder / "latin.txt").write_bytes("Türkiye took part in the café".encode("latin-1"))
    return folder


def outcomes(folder: Path, frozen: Frozen | None = None, **limits: int) -> dict[str, FileRead | RefusedError]:
    paths = sorted(path for path in folder.iterdir() if not path.is_dir())
    return {path.name: found for path, found in read_files(paths, Settings(**limits), frozen or Frozen())}


def refusal(found: FileRead | RefusedError) -> str:
    assert isinstance(found, RefusedError), found
    return f"{found.problem}. {found.mend}"


def test_every_format_is_read_in_a_confined_process_as_it_is_here(folder: Path) -> None:
    """Nothing is imported late, no file is opened: else the process would fail where this one does not."""
    for name, found in outcomes(folder).items():
        assert isinstance(found, FileRead), (name, found)
        raw = (folder / name).read_bytes()
        assert found.sha256 == hashlib.sha256(raw).hexdigest()
        assert found.extraction.text == formats.parse(raw, name).text
        assert bool(found.extraction.library) == (name != "made-md.md")


def test_a_clean_text_needs_no_process(tmp_path: Path) -> None:
    text = "A line\r\nand the next\t1\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read_file(tmp_path / "a.txt") == FileRead(hashlib.sha256(text.encode()).hexdigest(), Extraction(text=text, format="text"))


def test_whoever_stops_early_leaves_nothing_open(folder: Path) -> None:
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".pdf", ".docx", ".html"))
    reading = read_files(paths, Settings(), Frozen(), freeze=False)
    next(reading)
    before = len(list(Path("/proc/self/fd").iterdir()))
    reading.close()
    assert before - len(list(Path("/proc/self/fd").iterdir())) >= 2, "the socket of the process, and that of a file in work"


# --- what a process can't do ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def attacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """What comes of a file whose parser runs some code in the confined process."""

    def run(code: str) -> str:
        lines = ["import os, socket, sys", "from ingest.read import formats", "def attack(raw, name):", f"    {code}"]
        lines += ["if 'ingest.read.child' in sys.orig_argv:", "    formats.parse = attack"]
        (tmp_path / "sitecustomize.py").write_text("\n".join(lines))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
        settings = Settings(document_timeout=1, document_memory=128)
        ((_, found),) = read_files([tmp_path / "a.pdf"], settings, Frozen())
        return refusal(found)

    return run


ATTACKS = [
    ("open('/etc/passwd')", "can't be parsed (OSError: [Errno 24] Too many open files"),
    ("os.open('/etc/passwd', os.O_RDONLY)", "can't be parsed (OSError: [Errno 24]"),
    ("socket.socket()", "can't be parsed (OSError: [Errno 24]"),
    ("os.pipe()", "can't be parsed (OSError: [Errno 24]"),
    ("bytearray(1 << 30)", "needs more than 128 MiB of memory to be read. Leave it out, or raise BALIGRAPH_DOCUMENT_MEMORY."),
    ("while True: pass", "takes more than 1 s to be read. Leave it out, or raise BALIGRAPH_DOCUMENT_TIMEOUT."),
    ("os.kill(os.getpid(), 11)", "ended the process that parsed it (SIGSEGV). Save it anew, or in another format."),
    ("os._exit(3)", "ended the process that parsed it (status 3)"),
    ("attack(raw, name)", "can't be parsed (RecursionError"),
]


@pytest.mark.parametrize(("attack", "told"), ATTACKS)
def test_a_parser_that_is_taken_over_reaches_nothing(attacked: Callable[[str], str], attack: str, told: str) -> None:
    assert told in attacked(attack)


# --- what a file may not be ---------------------------------------------------------------------------------------------------------------


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
WORDS = "<w:body><w:p><w:r><w:t>&{};</w:t></w:r></w:p></w:body></w:document>"
BOMB = f'<?xml version="1.0"?><!DOCTYPE d [{LAUGHS}]><w:document {WORD}>{WORDS.format("l11")}'
OUTSIDE = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {WORD}>{WORDS.format("x")}'
DEEP = f"<w:document {WORD}><w:body>{'<w:sdt><w:sdtContent>' * 20_000}{'</w:sdtContent></w:sdt>' * 20_000}</w:body></w:document>"


def empty_pages(count: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_hostile_files_are_refused_and_the_others_read(folder: Path) -> None:
    hostile: dict[str, tuple[bytes, str]] = {
        "laughs.docx": (packed("word/document.xml", BOMB.encode()), "declares entities (word/document.xml)"),
        "outside.docx": (packed("word/document.xml", OUTSIDE.encode()), "declares entities (word/document.xml)"),
        "zipped.docx": (packed("word/document.xml", bytes(80 << 20)), "unpacks to more than 67,108,864 bytes (word/document.xml)"),
        "deep.docx": (packed("word/document.xml", DEEP.encode()), "can't be parsed (RecursionError"),
        "deep.html": (b"<html>" + b"<div>" * 50_000 + b"x", "can't be parsed (RecursionError"),
        "empty.pdf": (empty_pages(5000), "has no text layer (a scan?). Run OCR on it and add the text."),
        "cut.pdf": (drawn([[(72, 700, "Ministers met.")]])[:300], "is a damaged PDF"),
        "nul.txt": (b"Ministers met.\n\0", "is a binary file, not a text (it holds the byte 0x00)"),
    }
    for name, (content, _) in hostile.items():
        (folder / name).write_bytes(content)
    found = outcomes(folder)
    for name, outcome in found.items():
        if name in hostile:
            assert hostile[name][1] in refusal(outcome), name
        else:
            assert isinstance(outcome, FileRead), name


def test_a_large_file_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "large.txt").open("wb") as file:
        file.truncate(500 << 20)  # a hole: reading it would give 500 MB of zeros
    found = outcomes(folder)
    told = "has 524,288,000 bytes, more than 67,108,864. Split it, leave it out, or raise BALIGRAPH_MAX_DOCUMENT_BYTES."
    assert refusal(found.pop("large.txt")) == told
    assert all(isinstance(outcome, FileRead) for outcome in found.values())


def test_a_text_that_is_longer_than_its_file_is_refused(folder: Path) -> None:
    line = "Ministers met in Bali. " * 2000
    body = f"<w:document {WORD}><w:body>{f'<w:p><w:r><w:t>{line}</w:t></w:r></w:p>' * 50}</w:body></w:document>"
    (folder / "long.docx").write_bytes(packed("word/document.xml", body.encode()))
    assert "holds more than 100,000 characters of text" in refusal(outcomes(folder, max_document_bytes=100_000)["long.docx"])


@pytest.mark.parametrize("name", ["gone.txt", "folder", "pipe", "nul\0.txt"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedError, match=r"can't be read|is no regular file"):
        read_file(tmp_path / name)


# --- frozen texts -------------------------------------------------------------------------------------------------------------------------


def test_what_was_extracted_once_is_not_extracted_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = outcomes(folder)
    kept = sorted((folder / FOLDER).iterdir())
    assert len(kept) == 2 * (len(first) - 1), "all but the text that is its own"
    monkeypatch.setattr("ingest.read.parsers.Parsers.start", lambda *_: pytest.fail("extracted again"))
    assert outcomes(folder) == first
    assert sorted((folder / FOLDER).iterdir()) == kept


def test_a_newer_library_moves_no_offset(folder: Path) -> None:
    name = "made-pdf.pdf"
    found = outcomes(folder)[name]
    assert isinstance(found, FileRead)
    about = folder / FOLDER / f"{found.sha256}.json"
    told = json.loads(about.read_text())
    assert told["library"] == found.extraction.library == f"pypdfium2 {version('pypdfium2')}"
    assert told["file"] == name
    text = "What an older version made of it.\n"
    about.with_suffix(".txt").write_text(text)
    about.write_text(json.dumps(told | {"library": "pypdfium2 0.1", "text_sha256": hashlib.sha256(text.encode()).hexdigest()}))
    again = outcomes(folder)[name]
    assert isinstance(again, FileRead)
    assert (again.extraction.text, again.extraction.library) == (text, "pypdfium2 0.1")


@pytest.mark.parametrize("suffix", ["txt", "json"])
def test_a_frozen_text_that_was_changed_is_refused(folder: Path, suffix: str) -> None:
    found = outcomes(folder)["made-pdf.pdf"]
    assert isinstance(found, FileRead)
    (folder / FOLDER / f"{found.sha256}.{suffix}").write_text("{}")
    assert "has a frozen text that is damaged" in refusal(outcomes(folder)["made-pdf.pdf"])
    for path in (folder / FOLDER).glob(f"{found.sha256}.*"):
        path.unlink()
    assert outcomes(folder)["made-pdf.pdf"] == found


def test_where_the_folder_can_not_be_written_the_cache_is_used(folder: Path, tmp_path: Path) -> None:
    (folder / FOLDER).write_text("a file where the folder should be: nothing can be written, not even by an administrator")
    paths = [folder / "made-pdf.pdf"]
    ((_, lost),) = read_files(paths, Settings(), Frozen())
    ((_, kept),) = read_files(paths, Settings(), Frozen(tmp_path / "cache"))
    assert isinstance(lost, FileRead)
    assert isinstance(kept, FileRead)
    assert lost.extraction.notes == (NOT_FROZEN,)
    assert kept.extraction.notes == ()
    assert [path.suffix for path in sorted((tmp_path / "cache" / FOLDER).iterdir())] == [".json", ".txt"]


def test_looking_freezes_nothing(folder: Path) -> None:
    read_file(folder / "made-pdf.pdf")
    assert not (folder / FOLDER).exists()
