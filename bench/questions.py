"""The fixed mix of queries. Each request is worded anew (its variables bear a number), so that a cache of answers helps only where that is
what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from baligraph.prefixes import sparql_header
from bench.client import Endpoint
from bench.quads import Made


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of query. `word` writes the n-th; `ordered` tells whether its rows are decided by the query (not so under a bare LIMIT)."""

    name: str
    word: Callable[[int], str]
    decided: bool = True


def questions(made: Made) -> list[Question]:
    """The mix over generated data. Neighbouring numbers ask for things that lie apart."""
    header = sparql_header(["bp", "id"])

    def pick(names: list[str], number: int) -> str:
        return f"id:{names[number * 7919 % len(names)]}"

    def lookup(n: int) -> str:
        return f"{header}SELECT ?p{n} ?o{n} {{ {pick(made.participations, n)} ?p{n} ?o{n} }}"

    def rows(n: int) -> str:
        return f"{header}SELECT ?s{n} ?who ?name {{ ?s{n} bp:participant ?who ; bp:nameAsWritten ?name }} LIMIT 1000"

    def aggregate(n: int) -> str:
        return f"{header}SELECT ?role{n} (COUNT(*) AS ?times) {{ ?s bp:role ?role{n} }} GROUP BY ?role{n}"

    def ask(n: int) -> str:
        return f"{header}ASK {{ {pick(made.meetings, n)} bp:attendedBy {pick(made.areas, n)} ; bp:year ?y{n} }}"

    def join(n: int) -> str:
        host = pick(made.areas, n)
        return f"{header}SELECT ?m{n} ?year ?who {{ ?m{n} bp:hostedBy {host} . ?m{n} bp:year ?year . ?m{n} bp:observedBy ?who }}"

    return [
        Question("lookup", lookup),
        Question("1,000 rows", rows, decided=False),
        Question("aggregate", aggregate),
        Question("ask", ask),
        Question("join", join),
        Question("repeated", lambda _: lookup(0)),
    ]


def requests(question: Question, endpoint: Endpoint, start: int) -> Iterator[bytes]:
    """Requests without end, worded from number `start` on."""
    return (endpoint.request(question.word(number)) for number in count(start))
