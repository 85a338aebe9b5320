"""DOCX → its words in blocks, with the numbers that the word processor would print.

Left out are running headers and footers, what was deleted or is hidden, the marks of footnotes (their texts follow at the end) and tables
of contents. An insertion that nobody accepted yet is part of the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final
from xml.etree.ElementTree import Element

from ingest.read.extraction import Extraction, RefusedError, clean, heading, joined, row, squeeze
from ingest.read.numbering import Numbering
from ingest.read.package import Package

LIBRARY: Final = f"baligraph {version('baligraph')}"  # no library knows the numbers of paragraphs: see ingest/read/numbering.py

_INLINE: Final = frozenset("w_hyperlink w_ins w_moveTo w_smartTag w_sdt w_sdtContent w_fldSimple w_customXml w_dir w_bdo".split())
_GONE: Final = frozenset("w_del w_moveFrom w_pPr w_rPr w_sdtPr w_tblPr w_trPr w_tcPr".split())
_BOXES: Final = frozenset({"w_drawing", "w_pict", "w_object", "mc_AlternateContent"})
_MARK: Final = re.compile(r"\s*[\d*†‡,\s]+")
_HEADING: Final = re.compile(r"heading ([1-6])|(?:sub)?title")
_MAIN: Final = "word/document.xml"


def parse(raw: bytes, _name: str) -> Extraction:
    """The text of a DOCX file. Raises RefusedError for a file that is none, is damaged, or is made to do harm."""
    package = Package(raw)
    main = _main(package)
    document = package.part(main)
    body = document.find("w_body") if document is not None else None
    if body is None:
        raise RefusedError("is an archive and no DOCX", "Unpack it, and add the documents in it.")
    folder = posixpath.dirname(main)
    reader = _Reader(Numbering(package.part(f"{folder}/numbering.xml")), _styles(package.part(f"{folder}/styles.xml")))
    blocks = reader.blocks(body)
    for kind in ("footnote", "endnote"):
        blocks += reader.notes(package.part(f"{folder}/{kind}s.xml"), kind)
    text, notes = clean(joined(blocks))
    return Extraction(text=text, format="docx", library=LIBRARY, notes=notes)


def _main(package: Package) -> str:
    """The part that holds the document, as the package names it."""
    relations = package.part("_rels/.rels")
    for one in relations.iter("rel_Relationship") if relations is not None else ():
        if one.get("Type", "").endswith("/officeDocument"):
            return one.get("Target", _MAIN).lstrip("/")
    return _MAIN


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based: str
    number: str | None
    depth: int | None


def _styles(styles: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for one in styles.iter("w_style") if styles is not None else ():
        name = _value(one.find("w_name")) or ""
        number, depth = _numbered(one.find("w_pPr"))
        found[one.get("styleId", "")] = _Style(name.lower(), _value(one.find("w_basedOn")) or "", number, depth)
    return found


@dataclass(slots=True)
class _Reader:
    numbering: Numbering
    styles: dict[str, _Style]
    cited: dict[str, list[str]] = field(default_factory=lambda: {"footnote": [], "endnote": []})

    def blocks(self, parent: Element) -> list[str]:
        """The blocks of a body, a cell or a box."""
        found: list[str] = []
        for child in parent:
            if child.tag == "w_p":
                found += self._paragraph(child)
            elif child.tag == "w_tbl":
                for line in _below(child, "w_tr"):
                    if line.find("w_trPr/w_del") is None:
                        found += row([self.blocks(cell) for cell in _below(line, "w_tc")])
            elif child.tag in _INLINE:
                found += self.blocks(child)
            elif child.tag == "mc_AlternateContent" and (chosen := _alternative(child)) is not None:
                found += self.blocks(chosen)
        return found

    def notes(self, part: Element | None, kind: str) -> list[str]:
        """The footnotes that the text cites, in that order."""
        notes = {one.get("id"): one for one in part.iter(f"w_{kind}")} if part is not None else {}
        return [block for key in self.cited[kind] if key in notes for block in self.blocks(notes[key])]

    def _paragraph(self, paragraph: Element) -> list[str]:
        boxes: list[Element] = []
        words = "".join(self._words(paragraph, boxes))
        properties = paragraph.find("w_pPr")
        style = (_value(properties.find("w_pStyle")) if properties is not None else None) or ""
        mark = self._mark(properties, style)
        inside = [block for box in boxes for block in self.blocks(box)]
        if self.styles.get(style, _Style("", "", None, None)).name.startswith(("toc ", "table of figures")):
            return inside
        text = squeeze(words)
        if not text:
            return inside
        marked = [f"{mark} {text}" if mark else text]
        level = self._level(style)
        return [*(heading(marked, level) if level else marked), *inside]

    def _level(self, style: str) -> int:
        """The level of a heading, 0 for any other style."""
        found = _HEADING.fullmatch(self.styles[style].name) if style in self.styles else None
        return int(found[1] or 1) if found else 0

    def _words(self, node: Element, boxes: list[Element]) -> Iterator[str]:
        for child in node:
            if child.tag in _GONE:
                continue
            if child.tag == "w_r":
                yield from self._run(child, boxes)
            elif child.tag in _INLINE:
                yield from self._words(child, boxes)
            elif child.tag == "mc_AlternateContent":
                if (chosen := _alternative(child)) is not None:
                    yield from self._words(chosen, boxes)
            elif child.tag.startswith("m_"):
                yield "".join(text.text or "" for text in child.iter("m_t"))

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        properties = run.find("w_rPr")
        if properties is not None and _on(properties.find("w_vanish")):
            return
        raised = properties is not None and _value(properties.find("w_vertAlign")) == "superscript"
        words: list[str] = []
        for child in run:
            if child.tag == "w_t":
                words.append(re.sub(r"\s", " ", child.text or ""))
            elif child.tag in ("w_tab", "w_ptab"):
                words.append(" ")
            elif child.tag in ("w_br", "w_cr"):
                words.append("\n" if child.get("type") in (None, "textWrapping") else " ")
            elif child.tag == "w_noBreakHyphen":
                words.append("-")
            elif child.tag in ("w_footnoteReference", "w_endnoteReference"):
                self.cited[child.tag[2:].removesuffix("Reference")].append(child.get("id", ""))
            elif child.tag in _BOXES:
                boxes += _boxes(child)
        text = "".join(words)
        if not (raised and _MARK.fullmatch(text)):
            yield text

    def _mark(self, properties: Element | None, style: str) -> str:
        number, depth = _numbered(properties)
        name, seen = style, set[str]()
        while number is None and name in self.styles and name not in seen:
            seen.add(name)
            found = self.styles[name]
            number = found.number
            if number is not None and depth is None:
                depth = found.depth if found.depth is not None else self.numbering.level_of(number, name)
            name = found.based
        return self.numbering.mark(number, depth or 0) if number not in (None, "0") else ""


def _numbered(properties: Element | None) -> tuple[str | None, int | None]:
    """List and level that a paragraph or a style names."""
    given = properties.find("w_numPr") if properties is not None else None
    if given is None:
        return None, None
    depth = _value(given.find("w_ilvl"))
    return _value(given.find("w_numId")), int(depth) if depth and depth.isdecimal() else None


def _below(node: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, also inside content controls."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in _INLINE:
            yield from _below(child, tag)


def _boxes(node: Element) -> list[Element]:
    """Text boxes, each once: what has alternatives holds the same box twice."""
    if node.tag == "mc_AlternateContent":
        chosen = _alternative(node)
        return _boxes(chosen) if chosen is not None else []
    if node.tag == "w_txbxContent":
        return [node]
    return [box for child in node for box in _boxes(child)]


def _alternative(node: Element) -> Element | None:
    chosen = node.find("mc_Choice")
    return chosen if chosen is not None else node.find("mc_Fallback")


def _value(node: Element | None) -> str | None:
    return None if node is None else node.get("val")


def _on(node: Element | None) -> bool:
    return node is not None and node.get("val") not in ("0", "false", "off")
