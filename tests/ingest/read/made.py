"""Documents of every format, made from one text as the layout reader sees it: what a text says must not depend on how it was saved."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from typing import Any

import docx
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from ingest.folded import plain
from ingest.layout import Block, layout


def blocks_of(text: str) -> list[tuple[str, str]]:
    """The kind of each block, and its words with the mark that the text prints before them."""
    return [(block.kind, _marked(block)) for block in layout(text)]


def _marked(block: Block) -> str:
    words = f"({block.number}) {block.text.s}" if block.kind == "heading" and block.number else block.text.s
    return f"{block.number}. {words}" if block.kind == "numbered" else f"• {words}" if block.kind == "bullet" else words


def as_markdown(blocks: Sequence[tuple[str, str]]) -> bytes:
    return "\n\n".join({"heading": f"## {w}", "bullet": f"- {w[2:]}"}.get(kind, w) for kind, w in blocks).encode()


def as_html(blocks: Sequence[tuple[str, str]]) -> bytes:
    """A page with all that stands around a text on a site."""
    parts = []
    for kind, words in blocks:
        inner = html.escape(words)
        if kind == "numbered":
            number, _, rest = inner.partition(". ")
            inner = f'<ol start="{number}"><li><p>{rest}</p></li></ol>'
        elif kind == "bullet":
            inner = f"<ul><li>{inner[2:]}</li></ul>"
        elif kind == "heading":
            inner = f"<h2>{inner}</h2>"
        else:
            inner = f"<p>{inner}</p>"
        parts.append(inner)
    around = "<nav><a href=/>Home</a> Malaysia</nav>", "<footer>Hosted by Canada</footer><script>document.write('Nauru')</script>"
    return f"<!doctype html><meta charset=utf-8><title>A page</title>{around[0]}<main>{''.join(parts)}</main>{around[1]}".encode()


def as_docx(blocks: Sequence[tuple[str, str]]) -> bytes:
    """Numbers and bullets stand in no text: the word processor counts them."""
    document = docx.Document()
    for kind, words in blocks:
        if kind == "numbered":
            number, _, rest = words.partition(". ")
            _restart(document, document.add_paragraph(rest, style="List Number"), int(number))
        elif kind == "bullet":
            document.add_paragraph(words[2:], style="List Bullet")
        elif kind == "heading":
            document.add_heading(words, 2)
        else:
            document.add_paragraph(words)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _restart(document: Any, paragraph: Any, number: int) -> None:
    """Let a numbered paragraph begin a list of its own at `number`, as an author does who continues after a break."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(number)
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = fresh.numId


def as_pdf(blocks: Sequence[tuple[str, str]], head: str = "Running head of the record") -> bytes:
    """Pages with page numbers, and with a running head where there are several: on a single page nothing shows that it is one."""
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13.2, spaceAfter=7)
    styles = {
        "heading": ParagraphStyle("heading", parent=body, fontName="Times-Bold", alignment=TA_CENTER),
        "bullet": ParagraphStyle("bullet", parent=body, leftIndent=18, bulletIndent=6),
    }

    def written(shown: str) -> tuple[bytes, int]:
        def around(canvas: Canvas, page: Any) -> None:
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(72, A4[1] - 40, shown)
            canvas.drawCentredString(A4[0] / 2, 36, f"- {page.page} -")

        out = io.BytesIO()
        story = [Paragraph(html.escape(words, quote=False), styles.get(kind, body)) for kind, words in blocks]
        template = SimpleDocTemplate(out, pagesize=A4, invariant=1)
        template.build(story, onFirstPage=around, onLaterPages=around)
        return out.getvalue(), template.page

    made, pages = written(head)
    return made if pages > 1 else written("")[0]


def drawn(pages: Sequence[Sequence[tuple[float, float, str]]], size: float = 11, font: str = "Helvetica") -> bytes:
    """A PDF of words at places: (x, y, words), in points from the lower left corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pages:
        for x, y, words in page:
            canvas.setFont(font, size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


MAKERS = {"md": as_markdown, "html": as_html, "docx": as_docx, "pdf": as_pdf}


def words_of(text: str) -> str:
    """All words of a text, however they are broken into lines."""
    return plain(text)
