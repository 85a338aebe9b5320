"""Labelled values as websites print them: "Location: Bali, IndonesiaDate: 27 - 29 June 2009", "Observers: Canada; ICMPD".

A label may be glued to the value before it. Its value ends at the next label or at the end of the line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from ingest.document import Document, Passage
from ingest.gazetteer import Gazetteer
from ingest.grammar.lines import cut, passage_of

Name: TypeAlias = Literal[
    "where",
    "when",
    "start",
    "end",
    "host",
    "organiser",
    "contributor",
    "co-chair",
    "chair",
    "attendee",
    "members",
    "observer",
    "apology",
    "guest",
    "other",
]

_LABELS: Final[dict[str, str]] = {
    "where": r"Location|Where|Venue|Place|City",
    "start": r"Start(?:\s+date)?|Starts|Begins|From",
    "end": r"End(?:\s+date)?|Ends|To|Until",
    "when": r"Dates?(?:\s+and\s+(?:time|place|venue))?|When|Held(?:\s+on)?",
    "host": r"Co-?[Hh]osts?|Hosts?|Hosted\s+by|Host\s+[Cc]ountr(?:y|ies)|Host\s+[Gg]overnments?",
    "organiser": r"Organi[sz]ers?|Organi[sz]ed\s+by|Conveners?",
    "contributor": r"Fund(?:ing|ers?|ed\s+by)|(?:Co-?)?[Ss]ponsors?|Sponsored\s+by|Donors?|Financial\s+support",
    "co-chair": r"Co-?[Cc]hairs?(?:\s+\([a-z\s]{3,30}\))?|Co-?[Cc]haired\s+by",
    "chair": r"In\s+the\s+[Cc]hair|Chair(?:s|person|man|ed\s+by)?",
    "attendee": r"(?:List\s+of\s+)?(?:Participants|Attendees|Delegat(?:es|ions))|Participating\s+(?:[Cc]ountries|[Ss]tates"
    r"|[Mm]embers|[Dd]elegations|[Oo]rgani[sz]ations)(?:\s+and\s+(?:[Cc]ountries|[Oo]rgani[sz]ations|[Aa]gencies))?|Delegations\s+(?:present|attending|represented)"
    r"|(?:Also\s+|Members\s+)?[Pp]resent(?:\s+were)?|In\s+[Aa]ttendance|Attendance|Attended\s+by|Countries\s+(?:attending"
    r"|represented)|Member\s+[Ss]tates\s+attending|Members\s+(?:attending|participating)",
    "members": r"Members(?:\s+and\s+[Oo]rgani[sz]ations)?|(?:Member|International|Intergovernmental)\s+(?:[Ss]tates|[Cc]ountries"
    r"|[Gg]overnments|[Oo]rgani[sz]ations)|Governments|Countries|Organi[sz]ations",
    "observer": r"Observers?(?:\s+at\s+the\s+(?:meeting|workshop|conference))?|Observer\s+(?:[Ss]tates|[Cc]ountries|[Oo]rgani[sz]ations)",
    "apology": r"Apologies(?:\s+(?:were\s+)?received)?(?:\s+from)?|Regrets|Excused|(?:Unable|Not\s+able)\s+to\s+attend",
    "guest": r"(?:Invited\s+|Special\s+)?[Gg]uests|By\s+[Ii]nvitation"
    r"|(?:Guest|Invited)\s+(?:[Oo]rgani[sz]ations|[Cc]ountries|[Ss]tates|[Dd]elegations)",
    "other": r"Time|Type|Category|Event\s+[Tt]ype|Established|Country|Website|Contact|Documents?|Downloads?|Share|Tags?|Language"
    r"|Topics?|Themes?|Minutes\s+(?:taken\s+)?by",
}
_LABEL = re.compile(
    r"(?:(?<![\w-])|(?<=[a-z0-9)]))(?:"
    + "|".join(f"(?P<{n.replace('-', '_')}>{pattern})" for n, pattern in _LABELS.items())
    + r")(?:\s*\(\s*(?:\d{1,3}|number\s+of)\b[^()]{0,30}\))?(?:\s*:(?!//)\s*|(?P<column>(?:[ ]{2,}|[ ]*\t\s*)(?=\S)))"
)
# A line that is a label and nothing else, with its value below it, further from the margin.
_STACKED = re.compile(
    "|".join(f"(?P<{n.replace('-', '_')}>{pattern})" for n, pattern in _LABELS.items())
    + r"|(?P<rest>Status|Registration|Related\s+\w+|Organi[sz]ation|Format|Participants?|Fee|Series)"
)
_STACK = 3  # such lines one below the other make a table
# Of these labels the value may stand in a column of its own, without a colon.
_COLUMNS = ("where", "when", "host", "organiser", "co-chair", "chair")
_HEAD = re.compile(
    r"[\W_]*(?:(?:Annex(?:ure)?|Appendix|Attachment|ANNEX|APPENDIX)(?:\s+\w{1,3})?\s*[:.–-]\s*)?|.*\b(?:19|20)\d\d"
)  # before the first label of a line; a converter may have glued it to a date
# "Co-Chairs: Mr Tan Ho, Director;": the other one stands on the next line.
_ONE_OF_TWO = re.compile(r"Co-?[Cc]hairs\s*:\s*[A-Z](?:(?!\band\b|&)[^;]){5,}(?:;|,|;?\s+and)\s*")
_RANGE = re.compile(r"[\s,;|–-]*$")
# Over "Members:" on the page of a meeting; elsewhere that label says who belongs to a group.
WHO_CAME: Final = re.compile(
    r"\W*(?:Who\s+(?:took\s+part|attended|came|was\s+there)|Participants|Participation|Attendance|Attendees|(?:Those\s+)?[Pp]resent)\W*",
    re.IGNORECASE,
)
ROSTERS: Final = ("attendee", "observer", "apology", "guest")


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value: `p` is both, `value` the value alone (None where it stands on the following lines)."""

    name: str
    p: Passage
    value: Passage | None
    head: Passage
    over: Passage | None = None  # what tells what the label means: the heading over "Members:"


def fields(document: Document, gazetteer: Gazetteer) -> list[Field]:
    """The labelled values of a document, in order. A label stands at the beginning of a line or after another label's value."""
    found: list[Field] = []
    position = 0
    above: dict[int, tuple[int, int]] = {}  # offset of a line → where the line before it stands
    before = (0, 0)
    for raw in document.text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        line = raw.rstrip()
        hits = [m for m in _LABEL.finditer(line) if not m["column"] or _is_column(m, line)]
        above[start], before = before, (start, start + len(line)) if line.strip() else before
        if not hits or not _HEAD.fullmatch(line, 0, hits[0].start()):
            continue
        for m, following in zip(hits, [*hits[1:], None], strict=True):
            name = next(n for n in _LABELS if m[n.replace("-", "_")])
            low, high = start + m.start(), start + (following.start() if following else len(line))
            if name == "co-chair" and not following and _ONE_OF_TWO.fullmatch(line, m.start()) and "\n" in document.text[position:]:
                high = document.text.index("\n", position)
            p = passage_of(document, gazetteer, low, high)
            head = passage_of(document, gazetteer, low, start + m.end())
            found.append(Field(name, p, cut(p, len(head.s), len(p.s)), head))
    found = sorted([*found, *stacked(document, gazetteer)], key=lambda f: f.p.text.at[0])
    kept: list[Field] = []
    starts = list(above)
    for n, f in enumerate(found):
        if f.name != "members":
            kept.append(f)
            continue
        goes_on = kept and n and found[n - 1].name == "members" and kept[-1].p is found[n - 1].p
        line_above = above[starts[bisect_right(starts, f.p.text.at[0]) - 1]]  # marks may stand before the label: "*Members:*"
        heading = passage_of(document, gazetteer, *line_above) if line_above[1] else None
        if over := _came(heading, found[n + 1 : n + 4]) or (kept[-1].over if goes_on else None):
            kept.append(replace(f, name="attendee", over=over))
    return kept


def stacked(document: Document, gazetteer: Gazetteer) -> list[Field]:
    """The labels that stand on lines of their own over their values, as pages of events have them in a table of one column."""
    rows: list[tuple[int, str]] = []
    position = 0
    for raw in document.text.splitlines(keepends=True):
        if raw.strip():
            rows.append((position, raw.rstrip()))
        position += len(raw)
    found: list[Field] = []
    run: list[Field] = []
    n = 0
    while n + 1 < len(rows):
        (start, line), (_, value) = rows[n], rows[n + 1]
        label = _STACKED.fullmatch(line)
        if label is None or not value[:1].isspace():
            found += run if len(run) >= _STACK else []
            run, n = [], n + 1
            continue
        last = n + 1
        while last + 1 < len(rows) and rows[last + 1][1][:1].isspace():  # the value goes on
            last += 1
        end = rows[last][0] + len(rows[last][1])
        name = next((x for x in _LABELS if label[x.replace("-", "_")]), "other")
        p, head = (passage_of(document, gazetteer, start, x) for x in (end, start + len(line)))
        run.append(Field(name, p, cut(p, len(head.s), len(p.s)), head))
        n = last + 1
    return found + (run if len(run) >= _STACK else [])


def _is_column(m: re.Match[str], line: str) -> bool:
    """Whether a label without a colon stands at the head of its line and its value in the next column, the only one."""
    return (
        not line[: m.start()].strip()
        and any(m[n.replace("-", "_")] for n in _COLUMNS)
        and not re.search(r"\S(?:\s{3,}|\t)\S", line[m.end() :])
    )


def _came(heading: Passage | None, following: list[Field]) -> Passage | None:
    """What says that "Members:" are those who came: the heading over them, or apologies behind them; else it is no label."""
    if heading is not None and WHO_CAME.fullmatch(heading.s):
        return heading
    return next((x.p for x in following if x.name == "apology"), None)
