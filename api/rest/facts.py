"""`include=evidence`: for each value of each item, where it comes from: sentences with their offsets, rows, rules, decisions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api import origins as origin
from api.origins import Note, Origin, Sentence
from api.rest.items import Item, Items, key_of, literal, read_names
from api.rest.table import Field, context
from api.service import Service
from api.terms import Term, iri, select
from api.vocabulary import Vocabulary, vocabulary
from baligraph.prefixes import expand, sparql_header

_Fact = tuple[str, str, Term]


async def add_facts(service: Service, items: Items) -> None:
    """Give each item its facts. Raises StoreError."""
    subjects = [item.iri for item in items.items]
    if not subjects:
        return
    terms, claims, own, where, rows, carried = await asyncio.gather(
        vocabulary(service),
        origin.claims_about(service, subjects),
        origin.evidence_of(service, subjects),
        _graphs(service, subjects, items.fields),
        _rows(service, subjects),
        _carriers(service, subjects),
    )
    base = service.settings.base_iri
    told: dict[_Fact, list[Origin]] = {}
    for item in items.items:
        for entry in items.fields:
            for value in item.values.get(entry.name, ()):
                fact = (item.iri, entry.iri, value)
                found = origin.of_value(
                    claims.get(fact, ()), own.get(item.iri, ()), where.get(fact, ()), base, *rows.get(item.iri, ("", ""))
                )
                told[fact] = found + [other for other in _carrying(terms, carried, fact) if other not in found]
    for item in items.items:
        for entry in items.fields:
            for value in item.values.get(entry.name, ()):
                _rest(items, item, entry, value, told)
    every = [found for founds in told.values() for found in founds]
    names = await read_names(service, {found.document for found in every if isinstance(found, Sentence)})
    for item in items.items:
        for entry in items.fields:
            for value in item.values.get(entry.name, ()):
                origins = [written(found, names) for found in told[item.iri, entry.iri, value]]
                item.facts.append({"field": entry.name, "value": _value(entry, value), "origins": origins})


def _value(entry: Field, value: Term) -> Any:
    return value.value if value.is_iri else context().value(entry.iri, literal(value))


def _rest(items: Items, item: Item, entry: Field, value: Term, told: dict[_Fact, list[Origin]]) -> None:
    """What a rule took from another field has the sentences of that field, too."""
    found = told[item.iri, entry.iri, value]
    if not entry.rests_on or any(isinstance(entry, Sentence) for entry in found):
        return
    other = items.collection.by_name[entry.rests_on]
    for base in item.values.get(other.name, ()):
        found += [entry for entry in told.get((item.iri, other.iri, base), ()) if isinstance(entry, Sentence) and entry not in found]


async def _graphs(service: Service, subjects: Sequence[str], fields: Iterable[Field]) -> dict[_Fact, list[str]]:
    """The named graphs that hold each triple."""
    values, properties = " ".join(map(iri, subjects)), ", ".join(f"<{entry.iri}>" for entry in fields)
    rows = await select(
        service.engine, f"SELECT ?x ?p ?v ?g {{ VALUES ?x {{ {values} }} GRAPH ?g {{ ?x ?p ?v }} FILTER (?p IN ({properties})) }}"
    )
    found: dict[_Fact, list[str]] = {}
    for row in rows:
        found.setdefault((row["x"].value, row["p"].value, row["v"]), []).append(row["g"].value)
    return found


async def _rows(service: Service, subjects: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The row of a table, and its source, of things that have one."""
    values = " ".join(map(iri, subjects))
    rows = await select(
        service.engine,
        f"{sparql_header(('bp', 'dcterms'))}SELECT ?x ?row ?source {{ VALUES ?x {{ {values} }} ?x bp:sourceRow ?row ."
        " OPTIONAL { ?x dcterms:source ?source FILTER (isIRI(?source)) } } ORDER BY ?x ?row ?source",
    )
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        found.setdefault(row["x"].value, (row["row"].value, row["source"].value if "source" in row else ""))
    return found


async def _carriers(service: Service, subjects: Sequence[str]) -> dict[tuple[str, str], list[tuple[str, list[Origin]]]]:
    """(thing, other thing) → the assertions that join the two: (role or status, its sentences or its row)."""
    values = f"VALUES ?x {{ {' '.join(map(iri, subjects))} }}"
    branches = (
        "?c bp:inMeeting ?x ; bp:participant ?v ; bp:role ?as",
        "?c bp:member ?x ; bp:organisation ?v ; bp:status ?as",
        "?c bp:organisation ?x ; bp:holder ?v ; bp:status ?as",
    )
    where = " UNION ".join(f"{{ {values} {branch} }}" for branch in branches)
    rows = await select(service.engine, f"{sparql_header(('bp',))}SELECT ?x ?v ?c ?as {{ {where} }} ORDER BY ?c")
    told = await origin.of_nodes(service, (row["c"].value for row in rows))
    found: dict[tuple[str, str], list[tuple[str, list[Origin]]]] = {}
    for row in rows:
        origins = told.get(row["c"].value, [])
        found.setdefault((row["x"].value, row["v"].value), []).append((row["as"].value, origins))
    return found


_STATUSES = {
    expand(f"bp:{name}"): expand(f"c:status_{status}")
    for name, status in (("memberOf", "member"), ("observerOf", "observer"), ("coordinatedBy", "coordinator"))
}


def _carrying(terms: Vocabulary, carried: dict[tuple[str, str], list[tuple[str, list[Origin]]]], fact: _Fact) -> list[Origin]:
    """The sentences and rows of the assertions for which a property is short."""
    subject, prop, value = fact
    status = _STATUSES.get(prop)
    return [
        found
        for role, origins in carried.get((subject, value.value), ())
        if prop in terms.shortcuts.get(role, ()) or role == status
        for found in origins
    ]


def written(found: Origin, names: dict[str, tuple[str, Term]]) -> dict[str, Any]:
    """An origin as JSON: a sentence with its document, place and words; else the row, rule, file or decision."""
    if isinstance(found, Note):
        return {"kind": found.kind, "text": found.text, "link": found.href or None}
    prop, title = names.get(found.document, ("", None))
    document = {"id": found.document, "key": key_of(found.document)}
    if title is not None:
        document[context().term(prop)] = title.value
    return {
        "kind": "sentence",
        "document": document,
        "paragraph": found.paragraph or None,
        "page": found.page or None,
        "quote": found.raw,
        "start": found.start,
        "end": found.end,
        "anchor": found.words or None,
        "rule": found.rule or None,
        "link": found.evidence,
    }


def quoted(found: Mapping[str, Any]) -> str:
    """A sentence with its place, in one line; of anything else its text."""
    if found["kind"] != "sentence":
        return str(found["text"])
    place = "".join(f", {sign} {found[name]}" for name, sign in (("page", "p."), ("paragraph", "¶")) if found[name])
    return f"“{' '.join(found['quote'].split())}” ({found['document']['key']}{place})"
