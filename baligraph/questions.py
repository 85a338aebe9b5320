"""The named questions of `queries/`: one SELECT each, with a header that says what it asks, takes, answers and rests on.

    #+ summary: How many meetings are reported for each year?      the question
    #+ id: Q1
    #+ topic: meetings                                              one of TOPICS
    #+ description: What else a reader should know.                 optional
    #+ parameters:                                                  optional, see `baligraph.parameters`
    #+   from: year | The first year.
    #+ columns:                                                     each column of the answer, in its order
    #+   year: the year
    #+   witness: the claims of the dates
    #+ witness: witness                                             the columns whose IRIs carry the evidence, separated by blanks
    #+ coverage: {meetings} meetings of {documents} documents.      how far the answer goes
    #+ coverage-query:                                              optional: one row with the numbers of that sentence
    #+   SELECT …

A file is a valid query as it stands. A parameter's default stands at its one placeholder, a line of its own that reads
`VALUES ?from { 2002 } #= from`; `bind` writes other terms there, serialised by the RDF library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import Final

import pyoxigraph as ox

from baligraph import data
from baligraph.errors import InputError
from baligraph.parameters import Parameter, ParameterError, declared
from baligraph.query_header import Field, read_header

TOPICS: Final = ("meetings", "hosting", "attendance", "commitments", "bodies")
_REQUIRED: Final = ("summary", "id", "topic", "columns", "witness", "coverage")
_OPTIONAL: Final = ("description", "parameters", "coverage-query")
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ID: Final = re.compile(r"Q[1-9][0-9]*")
_PLACEHOLDER: Final = re.compile(r"^[ \t]*VALUES \?(?P<variable>\w+) \{ (?P<terms>.+) \} #= (?P<name>[\w-]+)[ \t]*$", re.MULTILINE)
_COUNTED: Final = re.compile(r"\(COUNT\(DISTINCT \?(?P<thing>\w+)\) AS \?(?P<column>\w+)\)")
_BODY: Final = re.compile(r"^WHERE \{\n(?P<body>.*?)^\}\nGROUP BY (?P<keys>[?\w ]+)$", re.MULTILINE | re.DOTALL)
_MARKER: Final = re.compile(r"^(?!#\+).*#=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `columns` are (name, meaning), `text` is the whole file, a query with the defaults in their places.

    `witness` names the columns whose cells hold, separated by blanks, the IRIs of the assertions, claims and provisions that a row rests
    on. `coverage` may hold {names}: the columns of the one row of `coverage_query`.
    """

    name: str
    id: str
    summary: str
    topic: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[tuple[str, str], ...]
    witness: tuple[str, ...]
    coverage: str
    coverage_query: str | None
    text: str

    @property
    def counted(self) -> dict[str, str]:
        """The columns that count, each with the variable of what it counts; none where the rows are no groups."""
        found = {count["column"]: count["thing"] for count in _COUNTED.finditer(self.text)} if _BODY.search(self.text) else {}
        return {name: found[name] for name, _ in self.columns if name in found}

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell the rows of a counting question apart."""
        found = _BODY.search(self.text)
        return tuple(name.removeprefix("?") for name in found["keys"].split()) if found else ()


def load_questions(folder: Path | None = None) -> list[Question]:
    """Read the questions of a folder, by default the project's, in the order of their numbers.

    Raises InputError: a file's name, header or query can't be used, or two questions have one id.
    """
    folder = data.queries() if folder is None else folder
    found = [load_question(path) for path in sorted(folder.glob("*.rq"))]
    if not found:
        raise InputError(str(folder), "holds no question", "Restore the folder, or reinstall the package.")
    first: dict[str, str] = {}
    for question in found:
        other = first.setdefault(question.id, question.name)
        if other != question.name:
            raise InputError(_file(question.name), f"has the id {question.id} of {_file(other)}", "Give it a number of its own.")
    return sorted(found, key=lambda question: int(question.id[1:]))


def load_question(path: Path) -> Question:
    """Read one file. Raises InputError with file, line and mend."""
    file = _file(path.stem)
    if not _NAME.fullmatch(path.stem):
        raise InputError(file, "is no name of a question", "Name it by words of [a-z0-9], joined by hyphens.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(file, "is not UTF-8", "Save it as UTF-8.") from None
    head = read_header(text, file, _REQUIRED, _OPTIONAL)
    _one_of(head["topic"], head["topic"].text, TOPICS)
    if not _ID.fullmatch(head["id"].text):
        raise InputError(file, f"{head['id'].text!r} is no id", "Write Q and a number.", line=head["id"].line)
    columns = tuple((entry.name, entry.text) for entry in head["columns"].entries())
    witness = tuple(head["witness"].text.split())
    for name in witness:
        _one_of(head["witness"], name, [column for column, _ in columns])
    coverage_query = _coverage_query(text, head)
    question = Question(
        name=path.stem,
        id=head["id"].text,
        summary=head["summary"].text,
        topic=head["topic"].text,
        description=head["description"].text if "description" in head else "",
        parameters=(),
        columns=columns,
        witness=witness,
        coverage=head["coverage"].text,
        coverage_query=coverage_query,
        text=text,
    )
    _check_columns(file, _projected(text, file), question, head)
    return replace(question, parameters=_parameters(question, head.get("parameters"), file))


def load_page_query(path: Path) -> Question:
    """Read a query that a page of the site asks: its header has a summary, and parameters where it takes any.

    Raises InputError with file, line and mend.
    """
    file = f"queries/{path.parent.name}/{path.name}"
    text = path.read_text(encoding="utf-8")
    head = read_header(text, file, ("summary",), ("parameters",))
    columns = tuple((name, "") for name in _projected(text, file))
    question = Question(path.stem, "", head["summary"].text, "", "", (), columns, (), "", None, text)
    return replace(question, parameters=_parameters(question, head.get("parameters"), file))


def bind(question: Question, values: Mapping[str, str | Sequence[str]]) -> str:
    """The query with these values; a parameter that is not given keeps its default.

    Raises ParameterError, which names the parameter: there is none of this name, or it can't take the value.
    """
    return _bind(question, question.text, values)


def bind_coverage(question: Question, values: Mapping[str, str | Sequence[str]]) -> str | None:
    """The query for the numbers of the coverage with these values, or None where the question has none. Raises ParameterError."""
    return None if question.coverage_query is None else _bind(question, question.coverage_query, values)


def bind_list(question: Question, column: str, values: Mapping[str, str | Sequence[str]]) -> str:
    """The query for what a column counts: its keys, and as ?counted each thing. Raises ParameterError, and KeyError for another column."""
    thing, found = question.counted[column], _BODY.search(question.text)
    if found is None:
        raise KeyError(column)
    prologue = "\n".join(re.findall(r"^PREFIX .*$", question.text, re.MULTILINE))
    head = f"SELECT DISTINCT {' '.join(f'?{key}' for key in question.keys)} (?{thing} AS ?counted)"
    return _bind(question, f"{prologue}\n{head}\nWHERE {{\n{found['body']}}}", values)


def _bind(question: Question, text: str, values: Mapping[str, str | Sequence[str]]) -> str:
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise ParameterError(name, f"{question.name} takes {', '.join(known) or 'no parameter'}")
    given = {name: " ".join(str(term) for term in known[name].terms(value)) for name, value in values.items()}
    # all places are found before any is written, so that a value can't make another one
    parts, at = [], 0
    for place in _PLACEHOLDER.finditer(text):
        if place["name"] in given:
            parts += [text[at : place.start("terms")], given[place["name"]]]
            at = place.end("terms")
    return "".join((*parts, text[at:]))


# --- reading a file --------------------------------------------------------------------------------------------------------------------


def _file(name: str) -> str:
    return f"queries/{name}.rq"


def _one_of(field: Field, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise InputError(field.file, f"{value!r} is no {field.name}", f"It is one of {', '.join(allowed)}.", line=field.line)


def _coverage_query(text: str, head: Mapping[str, Field]) -> str | None:
    """The query for the coverage, under the prefixes of the file; the names in the sentence are its columns."""
    sentence, field = head["coverage"], head.get("coverage-query")
    try:
        wanted = {name for _, name, _, _ in Formatter().parse(sentence.text) if name is not None}
    except ValueError as error:
        raise InputError(sentence.file, f"the braces of the coverage do not match ({error})", "Write {name}.", line=sentence.line) from None
    query, found = None, set[str]()
    if field is not None:
        query = "\n".join((*re.findall(r"^PREFIX .*$", text, re.MULTILINE), "", field.block, ""))
        found = set(_projected(query, field.file, field.line))
    if wanted != found:
        stray = ", ".join(sorted(wanted ^ found))
        raise InputError(sentence.file, f"coverage and coverage-query differ in {stray}", "Use each column as {name}.", line=sentence.line)
    return query


def _projected(query: str, file: str, line: int | None = None) -> list[str]:
    """The columns of a SELECT. Raises InputError where it is none."""
    try:
        rows = ox.Store().query(query)
    except SyntaxError as error:
        raise InputError(file, f"is not SPARQL ({error})", "Mend the query; any SPARQL tool shows the place.", line=line) from None
    if not isinstance(rows, ox.QuerySolutions):
        raise InputError(file, "is not a SELECT", "A question is a SELECT.", line=line)
    return [variable.value for variable in rows.variables]


def _check_columns(file: str, projected: Sequence[str], question: Question, head: Mapping[str, Field]) -> None:
    names = [name for name, _ in question.columns]
    if names != list(projected):
        mend = f"List them as the query gives them: {', '.join(projected)}."
        raise InputError(file, f"the header's columns are {', '.join(names)}", mend, line=head["columns"].line)


def _parameters(question: Question, field: Field | None, file: str) -> tuple[Parameter, ...]:
    """The declared parameters with their defaults; each has its one placeholder, and each placeholder its parameter."""
    found: list[Parameter] = []
    entries = () if field is None else field.entries()
    texts = [question.text] if question.coverage_query is None else [question.text, question.coverage_query]
    for text in texts:
        marked = _MARKER.findall(text)
        placed = [place["name"] for place in _PLACEHOLDER.finditer(text)]
        if len(marked) != len(placed) or len(placed) != len(set(placed)) or not set(placed) <= {entry.name for entry in entries}:
            mend = "A placeholder is a line `VALUES ?name { default } #= name`, once for each parameter of the header."
            raise InputError(file, f"the placeholders are {', '.join(line.strip() for line in marked)}", mend)
    for entry in entries:
        try:
            parameter = declared(entry.name, entry.text)
            defaults = {_default(text, parameter, file, entry.line) for text in texts} - {None}
        except ParameterError as error:
            raise InputError(file, str(error), "See the table in baligraph/parameters.py.", line=entry.line) from None
        if len(defaults) != 1 or _default(question.text, parameter, file, entry.line) is None:
            mend = f"Write one line `VALUES ?{entry.name} {{ … }} #= {entry.name}` in the query, and the same one in the coverage query."
            raise InputError(file, f"the parameter {entry.name} has not one default", mend, line=entry.line)
        found.append(replace(parameter, default=next(value for value in defaults if value is not None)))
    return tuple(found)


def _default(text: str, parameter: Parameter, file: str, line: int) -> tuple[str, ...] | None:
    """The values at the placeholder, or None where the text has none."""
    place = next((place for place in _PLACEHOLDER.finditer(text) if place["name"] == parameter.name), None)
    if place is None:
        return None
    if place["variable"] != parameter.name:
        raise InputError(file, f"the placeholder of {parameter.name} binds ?{place['variable']}", "Give both one name.", line=line)
    prologue = "\n".join(re.findall(r"^PREFIX .*$", text, re.MULTILINE))
    rows = ox.Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {place['terms']} }} }}")
    written = tuple(parameter.written(row["x"]) for row in rows)  # type: ignore[union-attr]  # a SELECT gives rows
    parameter.terms(written)
    return written
