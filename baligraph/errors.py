"""One tree of errors; each message says what is wrong, where, and what to do about it.

BaligraphError
├── SettingsError          a BALIGRAPH_* variable has a value that can't be used
├── InputError             a file that was given can't be used (file, line, column, mend)
├── ReleaseError           a release is missing, damaged or can't be written
│   ├── GateError          a release does not conform and is therefore not published
│   └── PublishError       a release was not loaded into another store, or is not whole there
└── StoreError             a query was not answered
    ├── QueryError         … because the query is wrong (with line and column)
    ├── UnknownGraphError  … because the graph that was asked for does not exist
    ├── LimitError         … because it passed a limit (named)
    ├── BusyError          … because too many others wait
    ├── RateError          … because this client asks too much (with seconds to wait)
    └── EngineError        … because the engine itself failed
"""

from __future__ import annotations


class BaligraphError(Exception):
    """The root: everything that this project raises on purpose."""


class SettingsError(BaligraphError):
    """A setting has a value that can't be used; the message names the variable."""


class InputError(BaligraphError):
    """A file that was given can't be used.

    `file` is the file as the reader should find it, `line` counts from 1 and `column` is the name of a table's column; both are None
    where the error is of the whole file. `mend` says what to do.
    """

    def __init__(self, file: str, problem: str, mend: str, *, line: int | None = None, column: str | None = None) -> None:
        where = file if line is None else f"{file}:{line}"
        if column is not None:
            where += f" [{column}]"
        super().__init__(f"{where}: {problem}. {mend}")
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
        self.mend = mend


class ReleaseError(BaligraphError):
    """A release is missing, damaged or can't be written."""


class GateError(ReleaseError):
    """A release does not conform and is therefore not published."""


class PublishError(ReleaseError):
    """A release was not loaded into another store, or is not whole there; the store then serves none until it is published again."""


class StoreError(BaligraphError):
    """A query was not answered."""


class QueryError(StoreError):
    """The query is wrong. `line` and `column` count from 1 and are None where the engine names no position."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class UnknownGraphError(StoreError):
    """The graph that was asked for does not exist."""


class LimitError(StoreError):
    """The query passed a limit: `limit` is its name ("time", "memory", "result size", "nesting")."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit


class BusyError(StoreError):
    """Too many queries wait already."""


class RateError(StoreError):
    """The client asks too much; `wait` is after how many seconds it may ask again."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


class EngineError(StoreError):
    """The engine itself failed; the query may be asked again."""
