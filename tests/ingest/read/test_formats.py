"""What is read of each format, what is left out of it, and what is refused with which mend."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from made import as_pdf, drawn, saved

from ingest.read.extraction import Extraction, RefusedError, page_of
from ingest.read.formats import parse


def read(name: str, content: bytes | str) -> Extraction:
    """What is read of a file with this name and content, here and not in a process of its own: that is much faster."""
    return parse(content if isinstance(content, bytes) else content.encode(), name)


def blocks(found: Extraction) -> list[str]:
    return found.text.rstrip("\n").split("\n\n")


# --- which format -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"Ministers met.", "text"),
        ("a", b"Ministers met.", "text"),
        ("3. Statement of Ministers", b"Ministers met.", "text"),
        ("a.md", b"# Ministers met", "markdown"),
        ("a.txt", b"\n<!DOCTYPE html><p>Ministers met.", "html"),
        ("a.txt", "\ufeff<html><p>Ministers met.".encode("utf-16"), "html"),
        ("a.html", b"<p>Ministers met.", "html"),
        ("a.txt", b"Ministers wrote <b>this</b> in 2002.", "text"),
        ("a.doc", drawn([[(72, 700, "Ministers met.")]]), "pdf"),
    ],
)
def test_the_content_tells_the_format(name: str, content: bytes, expected: str) -> None:
    assert read(name, content).format == expected


OTHERS = [
    ("a.csv", b"a,b\n", "has no format that is read"),
    ("a.txt", b"", "is empty"),
    ("a.html", b"<html><p> </p>", "holds no text"),
    ("a.pdf", b"%PDF-1.7\n%%EOF", "is a damaged PDF"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Word"),
    ("a.rtf", b"{\\rtf1 Ministers met.}", "is an RTF file"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "is an image"),
    ("a.txt", b"Ministers \x00 met", "is a binary file, not a text (it holds the byte 0x00)"),
    ("a.docx", b"PK\x03\x04" + bytes(50), "is a damaged DOCX"),
]


@pytest.mark.parametrize(("name", "content", "told"), OTHERS)
def test_what_is_no_document_is_refused_with_a_mend(name: str, content: bytes, told: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read(name, content)
    assert told in refused.value.problem
    assert refused.value.mend.endswith(".")


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl__workbook": "<x/>"}, "a spreadsheet"),
        ({"content": "<x/>"}, "an OpenDocument file"),
        ({"other": "<x/>"}, "an archive and no DOCX"),
    ],
)
def test_an_archive_that_is_no_docx_is_named(parts: dict[str, str], told: str) -> None:
    with pytest.raises(RefusedError, match=told):
        read("a.docx", archive(**parts))


# --- encodings ----------------------------------------------------------------------------------------------------------------------------

LATIN = "Türkiye took part in the café"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    found = read("a.txt", LATIN.encode(encoding))
    assert (found.text, found.encoding) == (LATIN, "")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_text_in_latin_1_is_read_and_named(encoding: str) -> None:
    found = read("a.txt", LATIN.encode(encoding))
    assert (found.text, found.encoding) == (LATIN, "windows-1252")


def test_typographic_marks_of_windows_are_read() -> None:
    text = "Co-Chairs’ Statement: the “Victim Protection” workshop – Kuala Lumpur"
    assert read("a.txt", text.encode("cp1252")).text == text


def test_an_encoding_that_another_language_confirms() -> None:
    text = "Министры встретились на острове Бали в феврале 2002 года и договорились о сотрудничестве."
    found = read("a.txt", text.encode("cp1251"))
    assert (found.text, found.encoding) == (text, "cp1251")


def test_damaged_utf_8_is_not_read_as_something_else() -> None:
    raw = "Ministers met.\nThe “Victim Protection” workshop – the Co-Chairs’ Statement".encode()
    with pytest.raises(RefusedError, match="it is UTF-8, but for some bytes") as refused:
        read("a.txt", raw[:-12] + b"\xe9" + raw[-12:])
    assert refused.value.line == 2


def test_what_is_not_sure_is_refused() -> None:
    with pytest.raises(RefusedError, match="its encoding is not sure"):
        read("a.txt", "二〇〇二年二月、バリで閣僚会議が開催された。".encode("shift_jis"))


@pytest.mark.parametrize(
    ("head", "encoding", "guessed"),
    [
        ('<meta charset="utf-8">', "utf-8", ""),
        ('<meta charset="iso-8859-1">', "cp1252", ""),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250", ""),
        ("", "utf-8", ""),
        ("", "cp1252", "windows-1252"),
        ('<meta charset="utf-8">', "cp1252", "windows-1252"),
        ('<meta charset="nonsense">', "utf-8", ""),
        ('<meta charset="unicode_escape">', "utf-8", ""),
    ],
)
def test_a_page_may_declare_its_encoding(head: str, encoding: str, guessed: str) -> None:
    found = read("a.html", f"<html><head>{head}</head><p>Türkiye – café</p>".encode(encoding))
    assert (found.text, found.encoding) == ("Türkiye – café\n", guessed)


def test_characters_that_can_not_be_seen_are_left_out_and_counted() -> None:
    found = read("a.txt", "Hosted by \u202eaisyalaM\u202c and In\u200bdo\u00adnesia\f2012")
    assert found.text == "Hosted by aisyalaM and Indonesia\n2012"
    assert found.notes == ("holds 2 marks that turn the direction of the text; they were left out. Check its quotations.",)


# --- HTML ---------------------------------------------------------------------------------------------------------------------------------

HTML: list[tuple[str, list[str]]] = [
    ("<p>One<p>Two", ["One", "Two"]),
    ("<div>One</div>loose <b>bo</b>ld<div>Two</div>", ["One", "loose bold", "Two"]),
    ("<p>a<br>b<br><br>c", ["a\nb", "c"]),
    ("<h1>The <i>First</i><br>Meeting</h1><h3>(1) Law</h3>", ["# The First Meeting", "### (1) Law"]),
    ("<ol start=4><li>four<li>five</ol>", ["4. four", "5. five"]),
    ("<ol><li value=7>seven<li>eight</ol>", ["7. seven", "8. eight"]),
    ("<ol reversed><li>two<li>one</ol>", ["2. two", "1. one"]),
    ("<ol type=a><li>x<ol type=I><li>y</ol></ol>", ["a. x", "I. y"]),
    ("<ol><li>1. printed<li>(b) printed</ol>", ["1. printed", "(b) printed"]),
    ("<ul><li>one<li><p>two</p><p>more</p></ul>", ["• one", "• two", "more"]),
    ("<table><caption>c<tr><th>Date<th>Place<tr><td>1 June<td>Bali</table>", ["c", "Date | Place", "1 June | Bali"]),
    ("<table><tr><td><p>a<p>b<td>c</table>", ["a", "b", "c"]),
    ("<p>shown<script>Malaysia()</script><style>p{}</style><noscript>no</noscript><template>t</template>", ["shown"]),
    ("<nav>Malaysia</nav><p>shown<footer>Canada</footer><div role=navigation>n</div><button>b</button>", ["shown"]),
    ("<p>shown<span hidden>h</span><i style='display: none'>h</i><b aria-hidden=true>h</b><s class='x sr-only'>h</s>", ["shown"]),
    (
        "<style>.gone, #g{display:none} @media print{.kept{display:none}}</style><p>a<i class=gone>b</i><i id=g>c</i><i class=kept>d</i>",
        ["ad"],
    ),
    ("<header><h1>Title</h1>site</header><main><p>text</main>", ["# Title", "text"]),
    ("<header><b>Site</b></header><p>text", ["text"]),
    ("<p>before<main><h1>T</h1><p>text</main>after", ["# T", "text"]),
    ("<p>in 2012<sup>1</sup> the 4<sup>th</sup> one<sup>[2]</sup>", ["in 2012 the 4th one"]),
    ("<p>hosted by <del>Canada</del><ins>Fiji</ins>", ["hosted by Fiji"]),
    ("<p>multi&shy;lateral&nbsp;co<wbr>operation &lt;http://e/&gt; &#146;s", ["multilateral cooperation <http://e/> ’s"]),
    ("<!-- Malaysia --><p>a<img alt='Temple in Bali'><svg><text>x</text></svg>", ["a"]),
    ("<pre>one\n  two</pre>", ["one\ntwo"]),
    ("<dl><dt>Date<dd>1 June</dl>", ["Date", "1 June"]),
]


@pytest.mark.parametrize(("page", "expected"), HTML)
def test_html(page: str, expected: list[str]) -> None:
    assert blocks(read("a.html", page)) == expected


# --- DOCX ---------------------------------------------------------------------------------------------------------------------------------


def test_docx_numbers_bullets_tables_and_headings() -> None:
    document = docx.Document()
    document.add_heading("Statement", 0)
    document.add_heading("(1) Law", 2)
    for words in ("one", "two"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("point", style="List Bullet")
    document.add_paragraph("three", style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1 June", "Bali"
    document.add_paragraph("a\tb\nc")
    expected = ["# Statement", "## (1) Law", "1. one", "2. two", "• point", "3. three", "1 June | Bali", "a b\nc"]
    assert blocks(read("a.docx", saved(document))) == expected


def test_docx_levels_letters_and_starts() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (kind, text, start) in enumerate([("decimal", "%1.", "3"), ("lowerLetter", "(%2)", "1"), ("upperRoman", "%1.%3", "4")]):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for name, value in (("w:start", start), ("w:numFmt", kind), ("w:lvlText", text)):
            part = OxmlElement(name)
            part.set(qn("w:val"), value)
            level.append(part)
        abstract.append(level)
    numbering.insert(0, abstract)
    number = numbering.add_num(77).numId
    for depth in (0, 1, 1, 0, 1, 2):
        properties = document.add_paragraph("x")._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, number
    assert blocks(read("a.docx", saved(document))) == ["3. x", "(a) x", "(b) x", "4. x", "(a) x", "4.IV x"]


def test_docx_leaves_out_what_is_not_of_the_text() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = "Running head", "Page 1"
    paragraph = document.add_paragraph("In 2012")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" the 4")
    paragraph.add_run("th").font.superscript = True
    paragraph.add_run(" secret").font.hidden = True
    run = paragraph.add_run(" deleted")._r
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    inserted = OxmlElement("w:ins")
    paragraph._p.append(inserted)
    inserted.append(paragraph.add_run(" inserted")._r)
    assert blocks(read("a.docx", saved(document))) == ["In 2012 the 4th inserted"]


def with_body(body: str, **parts: str) -> bytes:
    """A DOCX with nothing but a body (and further parts)."""
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    root = f'<w:document xmlns:w="{name}" xmlns:mc="{mc}"><w:body>{body}</w:body></w:document>'
    return archive(word__document=root, **{f"word__{n}": f'<w:x xmlns:w="{name}">{content}</w:x>' for n, content in parts.items()})


DOCX: list[tuple[str, dict[str, str], list[str]]] = [
    ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r></w:p>", {}, ["a-bc"]),
    ("<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>", {}, ["link"]),
    ("<w:p><w:r><w:fldChar/><w:instrText>HYPERLINK</w:instrText></w:r><w:r><w:t>shown</w:t></w:r></w:p>", {}, ["shown"]),
    (
        "<w:p><w:r><w:t>Before</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        {},
        ["Before", "box"],
    ),
    (
        '<w:p><w:r><w:t>In 2012</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r></w:p><w:p><w:r><w:t>Next</w:t></w:r></w:p>',
        {"footnotes": '<w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>'},
        ["In 2012.", "Next", "A note"],
    ),
    (
        '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Chapter 7</w:t></w:r></w:p><w:p><w:r><w:t>Text</w:t></w:r></w:p>',
        {"styles": '<w:style w:styleId="T"><w:name w:val="TOC 1"/></w:style>'},
        ["Text"],
    ),
]


@pytest.mark.parametrize(("body", "parts", "expected"), DOCX)
def test_docx_markup(body: str, parts: dict[str, str], expected: list[str]) -> None:
    assert blocks(read("a.docx", with_body(body, **parts))) == expected


# --- PDF ----------------------------------------------------------------------------------------------------------------------------------


def paragraph(x: float, y: float, *lines: str) -> list[tuple[float, float, str]]:
    return [(x, y - 14 * n, words) for n, words in enumerate(lines)]


FULL = "Representatives of the Governments took part in the meeting that was held"


def test_pdf_lines_of_a_paragraph_are_joined() -> None:
    page = [
        *paragraph(72, 700, FULL, FULL, "and ends early."),
        *paragraph(72, 650, FULL.replace("took part", "were there"), "last year."),
    ]
    assert blocks(read("a.pdf", drawn([page]))) == [
        f"{FULL} {FULL} and ends early.",
        f"{FULL.replace('took part', 'were there')} last year.",
    ]


def test_pdf_hyphens_at_the_end_of_lines() -> None:
    """Only the document itself can tell whether the hyphen belongs to the word."""
    lines = (
        "Their international co-operation goes as far as the margin of pages in co-",
        "operation and inter-",
        "national work, multi-",
        "lateral work in the Asia-",
        "Pacific region in 2012-",
        "13.",
    )
    expected = "pages in co-operation and international work, multi-lateral work in the Asia-Pacific region in 2012-13."
    assert blocks(read("a.pdf", drawn([paragraph(72, 700, *lines)])))[0].endswith(expected)


def test_pdf_lines_that_end_on_purpose_stay_lines() -> None:
    page = paragraph(72, 700, FULL, FULL, FULL, "Afghanistan", "Fiji", "New Zealand")
    assert blocks(read("a.pdf", drawn([page]))) == [f"{FULL} {FULL} {FULL} Afghanistan\nFiji\nNew Zealand"]


def test_pdf_items_begin_blocks() -> None:
    page = paragraph(72, 700, FULL, FULL, FULL, "one:", "1. First", "2. Second", "• point", "(a) letter")
    assert blocks(read("a.pdf", drawn([page]))) == [f"{FULL} {FULL} {FULL} one:", "1. First", "2. Second", "• point", "(a) letter"]


def test_pdf_cells_of_a_row_are_parted() -> None:
    page = [(72, 700, "27 June 2009"), (200, 700, "Bali"), (300, 700, "Workshop")]
    assert blocks(read("a.pdf", drawn([page]))) == ["27 June 2009 | Bali | Workshop"]


def test_pdf_running_heads_and_page_numbers_are_no_part_of_sentences() -> None:
    lines = [f"Representatives {n} of the Governments took part in the meeting that was held" for n in ("one", "two", "three")]
    pages = [
        [(72, 810, "Running head 2012"), *paragraph(72, 700, line, FULL), (290, 40, f"Page {n} of 3")] for n, line in enumerate(lines, 1)
    ]
    found = read("a.pdf", drawn(pages))
    assert found.text == " ".join(f"{line} {FULL}" for line in lines) + "\n"
    assert found.left_out == ("Running head 2012", "Page 1 of 3", "Page 2 of 3", "Page 3 of 3")
    assert [page_of(found.pages, found.text.index(line)) for line in lines] == [1, 2, 3]
    assert page_of(found.pages, found.text.index(lines[1]) - 1) == 1


def test_pdf_footnotes_stand_at_the_end_and_know_their_page() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for number in (1, 2):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, f"In {2010 + number}")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(108, 704, str(number))
        canvas.setFont("Helvetica", 11)
        canvas.drawString(112, 700, " the Ministers met.")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 150, f"A remark on {number}.")
        canvas.showPage()
    canvas.save()
    found = read("a.pdf", out.getvalue())
    assert blocks(found) == ["In 2011 the Ministers met.", "In 2012 the Ministers met.", "A remark on 1.", "A remark on 2."]
    assert [page_of(found.pages, found.text.index(words)) for words in ("In 2011", "In 2012", "remark on 1", "remark on 2")] == [1, 2, 1, 2]


def test_a_page_that_is_turned_is_read_as_it_is_seen() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(842, 595))
    canvas.rotate(90)
    for n, words in enumerate((FULL, "and the end.")):
        canvas.drawString(60, -100 - 14 * n, words)
    canvas.save()
    assert " ".join(read("a.pdf", out.getvalue()).text.split()) == f"{FULL} and the end."


def test_a_scan_is_reported_as_such() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    image = io.BytesIO(b"P6 2 2 255\n" + bytes(12))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(image), 0, 0, 500, 700)
    canvas.save()
    with pytest.raises(RefusedError, match="no text layer") as refused:
        read("a.pdf", out.getvalue())
    assert "OCR" in refused.value.mend


def test_a_page_without_text_among_others_is_named() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "Ministers met.")
    canvas.showPage()
    canvas.rect(10, 10, 400, 400, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    assert read("a.pdf", out.getvalue()).notes == ("has no text on page 2 (a scan?). Run OCR on it if something is written there.",)


def test_an_encrypted_pdf_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "Ministers met.")
    canvas.save()
    with pytest.raises(RefusedError, match="is encrypted"):
        read("a.pdf", out.getvalue())


def test_a_heading_of_a_pdf_shows_by_its_look() -> None:
    body = [("paragraph", FULL)] * 3
    assert blocks(read("a.pdf", as_pdf([("heading", "(1) Law enforcement"), *body])))[0] == "## (1) Law enforcement"
