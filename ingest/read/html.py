"""HTML → its visible words in blocks.

What a reader of the page does not see, or what is not of the page itself, is left out: scripts, styles, hidden elements, navigation, the
site's header and footer. Where the page names its main part, that alone is read. Numbers of lists are written as the page prints them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.read.encoding import declared, guessed, marked
from ingest.read.extraction import Extraction, clean, heading, joined, row, squeeze
from ingest.read.numerals import numeral

LIBRARY: Final = f"selectolax {version('selectolax')}"

_CHARSET: Final = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,100}?encoding\s*=\s*["'])([A-Za-z0-9_:.-]+)""", re.IGNORECASE
)
_DROPPED: Final = frozenset(
    "script style template noscript head title nav footer dialog button select option textarea input datalist svg math iframe object embed "
    "applet audio video canvas img map progress meter del rp rt _comment -comment".split()
)
_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hgroup hr "
    "html legend li main ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_ROLES: Final = frozenset("navigation banner contentinfo search menu menubar dialog alertdialog tooltip".split())
_CLASSES: Final = frozenset("sr-only visually-hidden screen-reader-text".split())
_HIDING: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE: Final = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARK: Final = re.compile(r"\s*(?:\[?\d{1,3}\]?|\*{1,3}|[†‡])\s*")  # of a footnote: glued to a word or year it would change it
_BREAKS: Final = re.compile(r"\n[^\S\n]*\n\s*")
_MARKED: Final = re.compile(r"(?:[•·‣▪●◦–*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s")  # an item that prints its own mark


def parse(raw: bytes, _name: str) -> Extraction:
    """The text of a web page. Raises RefusedError where its encoding is not sure."""
    source, encoding = _decoded(raw)
    page = LexborHTMLParser(source)
    text, notes = clean(joined(_Page(_hidden(page)).read(page)))
    return Extraction(text=text, format="html", library=LIBRARY, encoding=encoding, notes=notes)


def _decoded(raw: bytes) -> tuple[str, str]:
    text = marked(raw)
    if text is None and (name := _CHARSET.search(raw[:4096])):
        text = declared(raw, name[1].decode("ascii"))
    if text is not None:
        return text, ""
    try:
        return raw.decode(), ""
    except UnicodeDecodeError:
        return guessed(raw)


def _hidden(page: LexborHTMLParser) -> frozenset[int]:
    """The nodes that a style sheet of the page hides wherever it is shown."""
    found: set[int] = set()
    for sheet in page.css("style"):
        rules = _AT_RULE.sub("", _COMMENT.sub("", sheet.text() or ""))
        for selector, body in _RULE.findall(rules):
            if _HIDING.search(body):
                try:
                    found |= {node.mem_id for node in page.css(selector.strip())}
                except (SelectolaxError, ValueError):  # a selector that the library does not know
                    continue
    return frozenset(found)


@dataclass(slots=True)
class _Page:
    """Walks the tree: `_words` is the block that is being written."""

    hidden: frozenset[int]
    blocks: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)

    def read(self, page: LexborHTMLParser) -> list[str]:
        body = page.body or page.root
        if body is None:
            return []
        for selector in ("main, [role=main]", "article"):
            parts = [node for node in page.css(selector) if not self._dropped(node)]
            if len(parts) == 1 and (found := self._within(parts[0])):
                titles = [node for node in page.css("h1") if not self._unseen(node)]
                outside = [title for title in titles if not parts[0].css("h1")]
                return [*(heading(self._within(outside[0]), 1) if len(outside) == 1 else []), *found]
        return self._within(body)

    def _within(self, node: LexborNode) -> list[str]:
        """The blocks inside a node."""
        part = _Page(self.hidden)
        part._walk(node)
        part._flush()
        return part.blocks

    def _walk(self, node: LexborNode) -> None:
        for child in _children(node):
            tag = child.tag or ""
            if tag == "-text":
                words = child.text_content or ""
                self._words.append(words if node.tag == "pre" else re.sub(r"\s+", " ", words))
            elif self._dropped(child) or (tag == "sup" and _MARK.fullmatch(child.text())):
                continue
            elif tag == "br":
                self._words.append("\n")
            elif tag == "wbr":
                continue
            elif tag == "table":
                self._flush()
                self._table(child)
            elif re.fullmatch("h[1-6]", tag):
                self._flush()
                self.blocks += heading(self._within(child), int(tag[1]))
            elif tag in ("ol", "ul", "menu"):
                self._flush()
                self._list(child)
            elif tag in _BLOCKS:
                self._flush()
                self._walk(child)
                self._flush()
            else:
                self._walk(child)

    def _flush(self) -> None:
        words, self._words = "".join(self._words), []
        self.blocks += [block for part in _BREAKS.split(words) if (block := squeeze(part))]

    def _list(self, node: LexborNode) -> None:
        numbered = node.tag == "ol"
        items = [child for child in _children(node) if child.tag == "li"]
        step = -1 if numbered and "reversed" in node.attributes else 1
        number = _number(node.attributes.get("start"), len(items) if step < 0 else 1)
        for child in _children(node):
            if child.tag != "li":
                if child.tag not in ("-text",) and not self._dropped(child):  # a list inside a list, without an item around it
                    self.blocks += self._within(child) if child.tag not in ("ol", "ul") else self._nested(child)
                continue
            if self._dropped(child):
                continue
            number = _number(child.attributes.get("value"), number)
            mark = f"{numeral(number, node.attributes.get('type') or '1')}. " if numbered else "• "
            found = self._within(child)
            if found and not _MARKED.match(found[0]):
                found[0] = mark + found[0]
            self.blocks += found
            number += step

    def _nested(self, node: LexborNode) -> list[str]:
        part = _Page(self.hidden)
        part._list(node)
        return part.blocks

    def _table(self, table: LexborNode) -> None:
        for part in _children(table):
            if self._dropped(part):
                continue
            if part.tag == "tr":
                self._row(part)
            elif part.tag in ("thead", "tbody", "tfoot"):
                for line in _children(part):
                    if line.tag == "tr" and not self._dropped(line):
                        self._row(line)
            elif part.tag == "caption":
                self.blocks += self._within(part)

    def _row(self, line: LexborNode) -> None:
        self.blocks += row([self._within(cell) for cell in _children(line) if cell.tag in ("td", "th") and not self._dropped(cell)])

    def _unseen(self, node: LexborNode) -> bool:
        """Whether the node or one around it is left out."""
        around: LexborNode | None = node
        while around is not None and around.tag not in (None, "-document", "html"):
            if self._dropped(around) and around.tag != "header" and around.attributes.get("role") != "banner":
                return True
            around = around.parent
        return False

    def _dropped(self, node: LexborNode) -> bool:
        if node.tag in _DROPPED:
            return node.tag != "footer" or node.parent is None or node.parent.tag != "blockquote"
        if not node.is_element_node:
            return node.tag != "-text"
        given = node.attributes
        if "hidden" in given or (given.get("aria-hidden") or "").lower() == "true" or (given.get("role") or "").lower() in _ROLES:
            return True
        if node.mem_id in self.hidden or not _CLASSES.isdisjoint((given.get("class") or "").split()):
            return True
        if node.tag == "header" and not node.css("h1"):
            return node.parent is not None and node.parent.tag not in ("main", "article", "section")
        return bool(_HIDING.search(given.get("style") or ""))


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=True)


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else otherwise
