"""The numbers and the three answered questions of the home page: SPARQL over the release that is served, asked once."""

from __future__ import annotations

from dataclasses import dataclass

from api.service import Service
from api.terms import Row, select
from baligraph.prefixes import sparql_header

COUNTS = (
    ("meetings?with=recordedIn", "meetings reported", "?x a bp:Meeting ; bp:recordedIn ?document"),
    ("", "participations", "?x a bp:Participation"),
    ("", "states and territories that took part", "?participation bp:participant ?x . ?x a bp:Area"),
    (
        "provisions?kind=Commitment&kind=Recommendation&kind=Decision",
        "commitments, recommendations and decisions",
        "?x a ?kind VALUES ?kind { bp:Commitment bp:Recommendation bp:Decision }",
    ),
    ("documents", "documents read", "?x a bp:Document ; bp:realizedBy ?version"),
)
"""(page that lists as many, else the query does; what it counts; pattern that binds ?x)."""

PER_YEAR = """SELECT ?year (COUNT(DISTINCT ?meeting) AS ?meetings) {
  ?meeting a bp:Meeting ; bp:recordedIn ?document ; bp:year ?year .
}
GROUP BY ?year
ORDER BY ?year"""

HOSTS = """SELECT ?host ?name (COUNT(DISTINCT ?meeting) AS ?meetings) {
  ?participation bp:inMeeting ?meeting ; bp:participant ?host ; bp:role ?role .
  VALUES ?role { c:role_host c:role_co-host }
  ?host rdfs:label ?name .
  FILTER(LANG(?name) = "en")
}
GROUP BY ?host ?name
ORDER BY DESC(?meetings) ?name"""

PROMISES = """SELECT ?area ?number ?name (COUNT(DISTINCT ?commitment) AS ?commitments) {
  ?commitment a bp:Commitment ; bp:strategyArea ?area .
  ?area bp:areaNumber ?number ; skos:prefLabel ?name .
}
GROUP BY ?area ?number ?name
ORDER BY ?number"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of an answer: a label (perhaps of a thing), a number, and the number as a share of the greatest."""

    label: str
    count: int
    share: float
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer, and the query that gave it."""

    text: str
    column: str
    unit: str
    query: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Home:
    """All figures of the home page. `explained` of `facts` triples read from documents have a sentence."""

    counts: list[tuple[int, str, str, str]]
    facts: int
    explained: int
    share_query: str
    questions: list[Question]


async def read_home(service: Service) -> Home:
    """The figures; kept, since a release never changes. Raises StoreError."""
    if "home" not in service.kept:
        service.kept["home"] = await _read(service)
    found: Home = service.kept["home"]
    return found


def with_prefixes(text: str) -> str:
    """A query with the declarations that it needs."""
    used = [prefix for prefix in ("bp", "c", "rdfs", "skos", "xsd") if f"{prefix}:" in text]
    return f"{sparql_header(used)}\n{text}\n"


async def _read(service: Service) -> Home:
    counts = [with_prefixes(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{\n  {pattern}\n}}") for _, _, pattern in COUNTS]
    lists = [with_prefixes(f"SELECT DISTINCT ?x {{\n  {pattern}\n}}\nORDER BY ?x") for _, _, pattern in COUNTS]
    read = f'FILTER(STRSTARTS(STR(?g), "{service.settings.base_iri}graph/doc/"))'
    facts = with_prefixes(f"SELECT (COUNT(*) AS ?n) {{\n  GRAPH ?g {{ ?s ?p ?o }}\n  {read}\n}}")
    explained = with_prefixes(
        "SELECT (COUNT(*) AS ?n) {\n  { SELECT DISTINCT ?g ?s ?p ?o {\n"
        f"    GRAPH ?g {{ ?s ?p ?o }}\n    {read}\n"
        "    { ?s bp:evidence ?sentence }\n"
        "    UNION { ?c bp:claimSubject ?s ; bp:claimPredicate ?p ; bp:claimObject|bp:claimValue ?o ; bp:evidence ?sentence }\n  } }\n}"
    )
    questions = [with_prefixes(text) for text in (PER_YEAR, HOSTS, PROMISES)]
    answers = [await select(service.engine, text) for text in (*counts, facts, explained, *questions)]
    numbers = [int(rows[0]["n"].value) for rows in answers[: len(counts) + 2]]
    years, hosts, promises = answers[len(counts) + 2 :]
    return Home(
        [(number, COUNTS[place][1], COUNTS[place][0], lists[place]) for place, number in enumerate(numbers[: len(counts)])],
        numbers[-2],
        numbers[-1],
        explained,
        [
            Question("How many meetings are reported for each year?", "Year", "meetings", questions[0], _bars(years, "year", "meetings")),
            Question("Who hosted or co-hosted?", "Host", "meetings", questions[1], _bars(hosts, "name", "meetings", "host")),
            Question(
                "What does the strategy promise, area by area?",
                "Area",
                "commitments",
                questions[2],
                _bars(promises, "name", "commitments", "area"),
            ),
        ],
    )


def _bars(rows: list[Row], label: str, count: str, thing: str = "") -> list[Bar]:
    greatest = max((int(row[count].value) for row in rows), default=1)
    return [
        Bar(row[label].value, int(row[count].value), int(row[count].value) / greatest, row[thing].value if thing else "") for row in rows
    ]
