"""The glance at a query: its form, SERVICE, and whether its answer may change."""

from __future__ import annotations

import time

import pytest

from baligraph.sparql_text import sketch, undeclared


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "solutions"),
        ("select * {}", "solutions"),
        ("ASK {}", "truth"),
        ("CONSTRUCT WHERE {}", "triples"),
        ("DESCRIBE <http://e/a>", "triples"),
        ("PREFIX select: <http://e/ask> PREFIX : <http://e/> BASE <http://e/describe> CONSTRUCT WHERE {}", "triples"),
        ("# SELECT\nASK {}", "truth"),
        ("PREFIX a: <http://e/#SELECT> ASK {}", "truth"),
        ("INSERT DATA {}", "update"),
        ("PREFIX a: <a:> WITH <a:b> DELETE {} WHERE {}", "update"),
        ("DROP ALL", "update"),
        ("", "unknown"),
        ("hello", "unknown"),
        ("'''SELECT", "unknown"),
    ],
)
def test_form(query: str, form: str) -> None:
    assert sketch(query).form == form


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("SELECT * { SERVICE <http://e/> {} }", True),
        ("SELECT * { service silent ?x {} }", True),
        ("SELECT * { #comment\nSERVICE<http://e/>{} }", True),
        ("SELECT * { FILTER EXISTS { SERVICE ?s {} } }", True),
        ("SELECT * { ?s ?p 'x' SERVICE ?s {} }", True),
        ("SELECT * { ?s ?p 'it\\'s' SERVICE ?s {} }", True),
        ('SELECT * { ?s ?p """a"b""c""" SERVICE ?s {} }', True),
        ("SELECT * { ?s ?p 'SERVICE' }", False),
        ('SELECT * { ?s ?p """a" SERVICE ""\\"""" }', False),
        ("SELECT * { ?service ?p <http://e/SERVICE> } # SERVICE", False),
        ("SELECT * { ?s ?p ?o.SERVICE ?s {} }", True),
        ("SELECT * { ?s ?p 1.SERVICE ?s {} }", True),
        ("SELECT * { ?s service:x e:service , _:service , 'x'@service }", False),
        ("SELECT * { ?s ?p 'SERVICE\\' SERVICE' }", False),
    ],
)
def test_service(query: str, service: bool) -> None:
    assert sketch(query).service is service


@pytest.mark.parametrize(
    ("query", "volatile"), [("SELECT (NOW() AS ?n) {}", True), ("SELECT (rand() AS ?n) {}", True), ("SELECT ?now {}", False)]
)
def test_volatile(query: str, volatile: bool) -> None:
    assert sketch(query).volatile is volatile


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "'''",
        '"""',
        '"""\\',
        "'",
        '"\\',
        "<a ",
        "'''\\'",
        '""" "',
        "a:",
        "a-",
        "a.",
        ".",
        "-",
        ":",
        ":a-",
        "%",
        "#",
        "?",
        "\\",
        '"""\\"""\\',
    ],
)
def test_a_glance_is_quick_at_anything(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    sketch(text)
    sketch(text + "\nSELECT")
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * { ?s bp:year ?y }", ["bp"]),
        ("PREFIX bp: <http://e/> SELECT * { ?s bp:year ?y ; rdfs:label ?l . ?l rdfs:x bp:y }", ["rdfs"]),
        ("prefix : <http://e/> ASK { :a :b _:c }", []),
        ("ASK { :a a ex:b }", ["", "ex"]),
        ("ASK { ?s <bp:year> 'bp:year' } # bp:year", []),
    ],
)
def test_undeclared_prefixes(query: str, names: list[str]) -> None:
    assert undeclared(query) == names
