"""The answer to a named question: its rows, and numbered footnotes for what they rest on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from api import origins as origin
from api.origins import Sentence
from api.rest.facts import quoted, written
from api.rest.items import key_of, read_names
from api.service import Service
from api.terms import Row, Term, rows, select
from baligraph.errors import LimitError
from baligraph.questions import Question, bind, bind_coverage, bind_list, load_questions
from baligraph.store import Query

MOST_ROWS: Final = 10_000
"""Rows with footnotes; more are had as SPARQL results, which have none."""

_NUMBERS: Final = ("integer", "decimal", "double")


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows without their witnesses. `notes` are the numbers of the footnotes of each row, `lists` the things that each count counts."""

    question: Question
    values: Mapping[str, Sequence[str]]
    query: str
    columns: tuple[tuple[str, str], ...]
    rows: list[dict[str, Term]]
    notes: list[list[int]]
    footnotes: list[dict[str, Any]]
    lists: list[dict[str, list[str]]]
    names: dict[str, str]
    coverage: str


@cache
def questions() -> dict[str, Question]:
    """The named questions by name, in the order of their numbers. Raises InputError and DataNotFoundError."""
    return {question.name: question for question in load_questions()}


def values_of(question: Question, given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The values in use: those given, else the defaults."""
    return {parameter.name: tuple(given.get(parameter.name, parameter.default)) for parameter in question.parameters}


async def answer(service: Service, question: Question, given: Mapping[str, Sequence[str]]) -> Answer:
    """Ask a question. Raises ParameterError for a value that can't be taken, and StoreError."""
    query = bind(question, given)
    async with await service.engine.ask(Query(text=query)) as got:
        _, found = rows(await got.read())
    if len(found) > MOST_ROWS:
        raise LimitError("rows", f"the answer has {len(found)} rows; with footnotes it may have {MOST_ROWS}, as SPARQL results it is whole")
    told, lists = await asyncio.gather(_coverage(service, question, given), _lists(service, question, given, found))
    notes, footnotes = await _footnotes(service, [_nodes(question, row) for row in found])
    columns = tuple(column for column in question.columns if column[0] not in question.witness)
    shown = [{name: row[name] for name, _ in columns if name in row} for row in found]
    things = {cell.value for row in shown for cell in row.values() if cell.is_iri} | {
        one for row in lists for many in row.values() for one in many
    }
    names = {thing: name.value for thing, (_, name) in (await read_names(service, things)).items()}
    return Answer(question, values_of(question, given), query, columns, shown, notes, footnotes, lists, names, told)


async def _coverage(service: Service, question: Question, given: Mapping[str, Sequence[str]]) -> str:
    query = bind_coverage(question, given)
    if query is None:
        return question.coverage
    (row,) = await select(service.engine, query)
    return question.coverage.format(**{name: cell.value for name, cell in row.items()})


async def _lists(service: Service, question: Question, given: Mapping[str, Sequence[str]], found: list[Row]) -> list[dict[str, list[str]]]:
    """What each count of each row counts."""

    def key(row: Row) -> tuple[Term | None, ...]:
        return tuple(row.get(name) for name in question.keys)

    lists: list[dict[str, list[str]]] = [{} for _ in found]
    for column in question.counted:
        groups: dict[tuple[Term | None, ...], set[str]] = {}
        for row in await select(service.engine, bind_list(question, column, given)):
            if "counted" in row:
                groups.setdefault(key(row), set()).add(row["counted"].value)
        for place, row in enumerate(found):
            lists[place][column] = sorted(groups.get(key(row), ()))
    return lists


def _nodes(question: Question, row: Row) -> list[str]:
    return [node for name in question.witness if name in row for node in row[name].value.split()]


async def _footnotes(service: Service, witnesses: list[list[str]]) -> tuple[list[list[int]], list[dict[str, Any]]]:
    """The numbers for each row, and the footnotes: each sentence, row of a table and decision once, in the order of the rows."""
    told = await origin.of_nodes(service, {node for nodes in witnesses for node in nodes})
    documents = {found.document for many in told.values() for found in many if isinstance(found, Sentence)}
    titles = await read_names(service, documents)
    numbers: dict[tuple[str, str], int] = {}
    footnotes: list[dict[str, Any]] = []
    notes = []
    for nodes in witnesses:
        own: dict[int, None] = {}
        for found in sorted((found for node in nodes for found in told.get(node, ())), key=_place):
            key = ("sentence", found.evidence) if isinstance(found, Sentence) else (found.kind, found.text)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                note = {name: value for name, value in written(found, titles).items() if name not in {"anchor", "rule"}}
                footnotes.append({"number": numbers[key], **note, "release": service.release.id})
            own[numbers[key]] = None
        notes.append(sorted(own))
    return notes, footnotes


def _place(found: origin.Origin) -> tuple[str, int, str]:
    return (found.document, found.start, found.evidence) if isinstance(found, Sentence) else ("", 0, found.text)


def plain(cell: Term | None) -> Any:
    """A cell as JSON: numbers and truth values as such, all else as text."""
    if cell is None:
        return None
    kind = cell.datatype.rpartition("#")[2]
    if kind == "integer" and str(cell.value).removeprefix("-").isdigit():
        return int(cell.value)
    if kind in _NUMBERS:
        return float(cell.value)
    return cell.value == "true" if kind == "boolean" else cell.value


def as_json(found: Answer) -> dict[str, Any]:
    """The answer as JSON, without the release."""
    body = []
    for row, notes, lists in zip(found.rows, found.notes, found.lists, strict=True):
        cells: dict[str, Any] = {name: plain(row.get(name)) for name, _ in found.columns}
        listed = {
            name: [{"id": thing, "key": key_of(thing), "name": found.names.get(thing, key_of(thing))} for thing in many]
            for name, many in lists.items()
        }
        body.append({"cells": cells, "notes": notes, "lists": listed})
    question = found.question
    return {
        "name": question.name,
        "summary": question.summary,
        "description": question.description or None,
        "topic": question.topic,
        "parameters": {name: list(values) for name, values in found.values.items()},
        "columns": [{"name": name, "meaning": meaning} for name, meaning in found.columns],
        "coverage": found.coverage,
        "total": len(body),
        "rows": body,
        "footnotes": found.footnotes,
    }


def note_text(note: Mapping[str, Any]) -> str:
    """A footnote in one line: number, quotation, document, place, permanent link."""
    link = f" {note['link']}" if note["link"] else ""
    return f"[{note['number']}] {quoted(note)}{link}"


def table(found: Answer, release: str) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of a table that can be read alone: with its footnotes, what its counts count, release and coverage."""
    counted = list(found.question.counted)
    columns = [name for name, _ in found.columns] + [f"{name}_list" for name in counted] + ["notes", "sources", "release", "coverage"]
    body = []
    for row, notes, lists in zip(found.rows, found.notes, found.lists, strict=True):
        cells = [plain(row.get(name)) for name, _ in found.columns] + [" ".join(lists[name]) for name in counted]
        sources = " | ".join(note_text(found.footnotes[number - 1]) for number in notes)
        body.append([*cells, " ".join(map(str, notes)), sources, release, found.coverage])
    return columns, body
