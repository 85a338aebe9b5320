"""The pages of the documentation as tests need them: blocks of code, tables, links; and `curl`, as far as the pages use it."""

from __future__ import annotations

import argparse
import re
import shlex
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted((ROOT / "docs").rglob("*.md"))
ADDRESS = "http://127.0.0.1:8000/"
"""Where the pages say that the server is."""

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\|(.+)\|$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code. `after` is the text of the page behind it."""

    page: Path
    line: int
    language: str
    body: str
    after: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path, *languages: str) -> list[Block]:
    """The blocks of a page, of these languages alone if any is given."""
    text = page.read_text(encoding="utf-8")
    found = [
        Block(page, text[: m.start()].count("\n") + 1, m["language"], textwrap.dedent(m["body"]), text[m.end() :])
        for m in _FENCE.finditer(text)
    ]
    return [block for block in found if not languages or block.language in languages]


def all_blocks(*languages: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page, *languages)]


def prose(page: Path) -> str:
    """The text of a page without its blocks of code."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def code(page: Path) -> str:
    """Everything on a page that is set as code."""
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose(page))
    return "\n".join([*spans, *(block.body for block in blocks(page))])


def table(text: str, first: str) -> list[list[str]]:
    """The rows below the table head whose first cell is `first`."""
    lines = iter(text.splitlines())
    for line in lines:
        if (found := _ROW.match(line)) and _cells(found[1])[0] == first:
            next(lines)
            return list(_rows(lines))
    raise LookupError(f"there is no table that begins with {first!r}")


def table_after(block: Block) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table that follows a block directly. Raises LookupError if none does."""
    lines = iter(block.after.strip("\n").splitlines())
    head = _ROW.match(next(lines, ""))
    if head is None:
        raise LookupError(f"{block}: no table with the answer follows")
    next(lines)
    return _cells(head[1]), list(_rows(lines))


def _rows(lines: Iterator[str]) -> Iterator[list[str]]:
    for line in lines:
        row = _ROW.match(line)
        if row is None:
            return
        yield _cells(row[1])


def _cells(row: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)]


def commands(body: str) -> list[str]:
    """The commands of a block of shell, one per line, or longer where a quotation is open."""
    found: list[str] = []
    for line in body.splitlines():
        if found and _open(found[-1]):
            found[-1] += "\n" + line
        elif line.strip():
            found.append(line)
    return found


def dialogue(body: str) -> list[tuple[str, str]]:
    """(command, output) of a block in which `$ ` begins a command."""
    found: list[tuple[str, str]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), ""))
        elif _open(found[-1][0]):
            found[-1] = (f"{found[-1][0]}\n{line}", "")
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def _open(command: str) -> bool:
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return True
    return False


def agrees(shown: str, real: str) -> bool:
    """Whether a page shows what really came; `…` stands for anything left out."""
    return re.fullmatch(re.escape(shown.strip()).replace("…", ".*?"), real.strip(), re.DOTALL) is not None


def curl(command: str, server: str) -> str:
    """What `curl` prints, asked of `server` instead of the pages' address. An option that the pages do not use ends the test."""
    parser = argparse.ArgumentParser(prog="curl", exit_on_error=False)
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-L", action="store_true")
    parser.add_argument("-o", default="")
    parser.add_argument("-w", default="")
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("--data-urlencode", action="append", default=[])
    given = parser.parse_args(shlex.split(command)[1:])
    assert given.url.startswith(ADDRESS), f"{command}: the pages' server is at {ADDRESS}"
    headers = dict(header.split(": ", 1) for header in given.H)
    form = dict(pair.split("=", 1) for pair in given.data_urlencode)
    url = given.url.replace(ADDRESS, server)
    with httpx.Client(follow_redirects=given.L, headers=headers) as client:
        answer = client.post(url, data=form) if form else client.get(url)
    told = {
        "http_code": str(answer.status_code),
        "content_type": answer.headers.get("content-type", ""),
        "redirect_url": str(answer.url.join(answer.headers["location"])) if answer.is_redirect else "",
    }
    summary = re.sub(r"%\{(\w+)\}", lambda m: told[m[1]], given.w).replace("\\n", "\n")
    return ("" if given.o == "/dev/null" else answer.text.replace("\r\n", "\n")) + summary.replace(server, ADDRESS)
