"""Each rule: what it needs, and what it then says. Only these triples may come of these."""

# ruff: noqa: E501  (a case is a line of Turtle: broken, it would be harder to read)

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from baligraph import data
from baligraph.errors import InputError
from baligraph.prefixes import turtle_header
from baligraph.rules import Rule, load_rules
from ingest.infer import infer
from ingest.nodes import node

RULES = {rule.name: rule for rule in load_rules()}
VOCABULARY = [
    q
    for path in (data.ontology("baligraph.ttl"), *(data.ontology("concepts", f"{n}.ttl") for n in ("role", "wording", "strength")))
    for q in parse(path=path, format=RdfFormat.TURTLE)
]


def store_of(turtle: str, **graphs: str) -> Store:
    """The vocabulary, the triples of `turtle` in the accepted view, those of `graphs` in the graphs of these documents alone."""
    store = Store()
    store.extend(Quad(q.subject, q.predicate, q.object) for q in VOCABULARY)
    for text, graph in ((turtle, DefaultGraph()), *((t, node(f"g:doc/{slug}")) for slug, t in graphs.items())):
        for q in parse(turtle_header() + text, format=RdfFormat.TURTLE):
            store.add(Quad(q.subject, q.predicate, q.object, graph))
    return store


def added(store: Store, *rules: str) -> set[str]:
    """What these rules write, as Turtle without prefixes: `id:a bp:hostedBy id:b`."""
    from baligraph.prefixes import shrink

    infer(store, [RULES[name] for name in rules])

    def short(term: object) -> str:
        return shrink(term.value) if isinstance(term, NamedNode) else str(term)

    graphs = [node(f"g:inferred/{name}") for name in rules]
    found = {q for graph in graphs for q in store.quads_for_pattern(None, None, None, graph)}
    ours = {q for q in found if "/id/" in str(q.subject)}
    assert all(Quad(q.subject, q.predicate, q.object, DefaultGraph()) in store for q in found)
    return {f"{short(q.subject)} {short(q.predicate)} {short(q.object)}" for q in ours}


CASES = [
    (
        "reiterates",
        'id:provision_b_1 bp:attributedTo id:meeting_m ; bp:inDocument id:doc_b ; bp:text "agreed to share Data with all members"@en .'
        'id:doc_a bp:outcomeOf id:meeting_m . id:provision_a_1 bp:inDocument id:doc_a ; bp:text "Ministers agreed to share data with all members."@en .',
        {"provision_b_1 bp:reiterates id:provision_a_1"},
    ),
    (
        "reiterates",
        'id:provision_b_1 bp:attributedTo id:meeting_m ; bp:inDocument id:doc_b ; bp:text "agreed to share data"@en .'
        'id:doc_a bp:outcomeOf id:meeting_other . id:provision_a_1 bp:inDocument id:doc_a ; bp:text "Ministers agreed to share data."@en .',
        set(),
    ),
    ("types", "id:meeting_a a bp:Workshop . id:area_mac a bp:Territory .", {"meeting_a rdf:type bp:Meeting", "area_mac rdf:type bp:Area", "area_mac rdf:type bp:Agent"}),
    (
        "shortcuts",
        "id:participation_a a bp:Participation ; bp:inMeeting id:meeting_a ; bp:participant id:org_iom ; bp:role c:role_co-host .",
        {"meeting_a bp:coHostedBy id:org_iom"},
    ),
    ("shortcuts", "id:participation_a a bp:Participation ; bp:inMeeting id:meeting_a ; bp:participant id:org_iom ; bp:role c:role_apology .", set()),
    (
        "participants",
        "id:meeting_a bp:coHostedBy id:org_iom ; bp:attendedBy id:area_mys .",
        {"meeting_a bp:hostedBy id:org_iom", "meeting_a bp:hasParticipant id:org_iom", "meeting_a bp:hasParticipant id:area_mys"},
    ),
    ("host-state", "id:meeting_a bp:hostedBy id:gov_x . id:gov_x bp:ofState id:area_idn .", {"meeting_a bp:hostState id:area_idn"}),
    ("host-state", "id:meeting_a bp:attendedBy id:gov_x . id:gov_x bp:ofState id:area_idn .", set()),
    ("host-state-itself", "id:meeting_a bp:hostedBy id:area_mys, id:org_iom . id:area_mys a bp:Area .", {"meeting_a bp:hostState id:area_mys"}),
    (
        "year",
        'id:meeting_a a bp:Meeting ; bp:earliestStart "2012-01-12"^^xsd:date ; bp:latestEnd "2012-01-31"^^xsd:date .',
        {'meeting_a bp:year "2012"^^<http://www.w3.org/2001/XMLSchema#integer>'},
    ),
    ("year", 'id:meeting_a a bp:Meeting ; bp:earliestStart "2012-12-31"^^xsd:date ; bp:latestEnd "2013-01-01"^^xsd:date .', set()),
    ("country-of-place", "id:meeting_a a bp:Meeting ; bp:inPlace id:place_b . id:place_b bp:inCountry id:area_tha .", {"meeting_a bp:inCountry id:area_tha"}),
    ("place-basis", "id:meeting_a a bp:Meeting .", {"meeting_a bp:placeBasis c:place-basis_absent"}),
    ("place-basis", "id:meeting_a a bp:Meeting ; bp:inCountry id:area_fji .", set()),
    ("place-basis", "id:meeting_a a bp:Meeting ; bp:inPlace id:place_b .", set()),
    ("place-basis", "id:meeting_a a bp:Meeting ; bp:placeBasis c:place-basis_stated .", set()),
    ("place-basis-stated", "id:meeting_a a bp:Meeting ; bp:inCountry id:area_fji .", {"meeting_a bp:placeBasis c:place-basis_stated"}),
    ("place-basis-stated", "id:meeting_a a bp:Meeting ; bp:inCountry id:area_fji ; bp:placeBasis c:place-basis_inferred .", set()),
    ("attendance-coverage", "id:meeting_a a bp:Meeting .", {"meeting_a bp:attendanceCoverage c:coverage_no-list"}),
    ("attendance-coverage", "id:meeting_a a bp:Meeting ; bp:attendanceCoverage c:coverage_partial-list .", set()),
    (
        "event-status",
        "id:meeting_a a bp:Meeting ; bp:recordedIn id:doc_d . id:doc_d bp:outcomeOf id:meeting_a .",
        {"meeting_a bp:eventStatus c:event-status_held"},
    ),
    ("event-status", "id:meeting_a a bp:Meeting ; bp:recordedIn id:doc_d .", set()),  # the page of a meeting that is still to come
    (
        "event-status",
        "id:meeting_a a bp:Meeting ; bp:recordedIn id:doc_d . id:doc_d bp:outcomeOf id:meeting_b . id:meeting_b a bp:Meeting .",
        set(),
    ),
    ("event-status", "id:doc_d bp:mentions id:meeting_a . id:meeting_a a bp:Meeting .", set()),
    (
        "previous-meeting",
        "id:meeting_a bp:inSeries id:series_s ; bp:ordinal 3 . id:meeting_b bp:inSeries id:series_s ; bp:ordinal 4 . id:meeting_c bp:inSeries id:series_t ; bp:ordinal 3 .",
        {"meeting_b bp:previousMeeting id:meeting_a"},
    ),
    (
        "previous-meeting",  # two meetings with the ordinal 3: nobody knows which one it was
        "id:meeting_a bp:inSeries id:series_s ; bp:ordinal 3 . id:meeting_c bp:inSeries id:series_s ; bp:ordinal 3 . id:meeting_b bp:inSeries id:series_s ; bp:ordinal 4 .",
        set(),
    ),
    (
        "previous-meeting",  # the numbering was begun again
        'id:meeting_a bp:inSeries id:series_s ; bp:ordinal 3 ; bp:earliestStart "2020-01-01"^^xsd:date . '
        'id:meeting_b bp:inSeries id:series_s ; bp:ordinal 4 ; bp:latestEnd "2003-06-06"^^xsd:date .',
        set(),
    ),
    (
        "label-of-unnamed",
        'id:meeting_a a bp:Workshop, bp:Meeting ; bp:recordedIn id:doc_d . id:doc_d dcterms:title "Recommendations"@en .',
        {'meeting_a rdfs:label "Workshop recorded in “Recommendations” (no name stated)"@en'},
    ),
    ("label-of-unnamed", 'id:meeting_a a bp:Workshop ; rdfs:label "Known"@en ; bp:recordedIn id:doc_d . id:doc_d dcterms:title "R"@en .', set()),
    (
        "label-of-unnamed",
        'id:meeting_a a bp:Workshop ; bp:recordedIn id:doc_e, id:doc_d . id:doc_d dcterms:title "D" . id:doc_e dcterms:title "E" .',
        {'meeting_a rdfs:label "Workshop recorded in “D” (no name stated)"@en'},
    ),
    (
        "label-of-mentioned",
        'id:meeting_a a bp:Meeting . id:doc_d a bp:Document ; bp:mentions id:meeting_a ; dcterms:title "D" . id:provision_p bp:mentions id:meeting_a .',
        {'meeting_a rdfs:label "Meeting mentioned in “D” (no name stated)"@en'},
    ),
    ("strength", "id:provision_p bp:wording c:wording_encourage, c:wording_agree .", {"provision_p bp:strength c:strength_4"}),
    (
        "strategy-area",
        "c:strategy-area_2018-1 skos:inScheme c:strategy-area ; dcterms:source id:doc_d ; bp:areaNumber 1 . "
        'id:provision_p bp:inDocument id:doc_d ; bp:number "1.3" . id:provision_q bp:inDocument id:doc_d ; bp:number "11.3" . '
        'id:provision_r bp:inDocument id:doc_e ; bp:number "1.3" . id:provision_s bp:inDocument id:doc_d .',
        {"provision_p bp:strategyArea c:strategy-area_2018-1"},
    ),
    (
        "member-of",
        "id:membership_a a bp:Membership ; bp:member id:area_aus ; bp:organisation id:process_p ; bp:status c:status_member .",
        {"area_aus bp:memberOf id:process_p"},
    ),
    (
        "member-of",
        'id:membership_a a bp:Membership ; bp:member id:area_aus ; bp:organisation id:process_p ; bp:status c:status_member ; bp:attestedOn "2002-02-01"^^xsd:date . '
        'id:membership_b a bp:Membership ; bp:member id:area_aus ; bp:organisation id:process_p ; bp:status c:status_observer ; bp:attestedOn "2012-02-01"^^xsd:date .',
        set(),
    ),
    (
        "observer-of",
        'id:membership_a a bp:Membership ; bp:member id:area_are ; bp:organisation id:process_p ; bp:status c:status_observer ; bp:attestedOn "2012-01-12"^^xsd:date . '
        "id:membership_b a bp:Membership ; bp:member id:area_che ; bp:organisation id:process_p ; bp:status c:status_observer . "
        'id:membership_c a bp:Membership ; bp:member id:area_are ; bp:organisation id:process_p ; bp:status c:status_member ; bp:attestedOn "2014-01-12"^^xsd:date .',
        {"area_che bp:observerOf id:process_p"},
    ),
    (
        "observer-of",
        'id:membership_a a bp:Membership ; bp:member id:area_are ; bp:organisation id:process_p ; bp:status c:status_observer ; bp:attestedOn "2012-01-12"^^xsd:date . '
        'id:membership_c a bp:Membership ; bp:member id:area_are ; bp:organisation id:process_p ; bp:status c:status_member ; bp:attestedOn "2002-01-12"^^xsd:date .',
        {"area_are bp:observerOf id:process_p"},
    ),
    (
        "coordinated-by",
        "id:appointment_a a bp:Appointment ; bp:organisation id:body_b ; bp:holder id:area_nzl ; bp:status c:status_coordinator . "
        "id:appointment_c a bp:Appointment ; bp:organisation id:body_b ; bp:holder id:area_aus ; bp:status c:status_chair .",
        {"body_b bp:coordinatedBy id:area_nzl"},
    ),
    ("succeeded-by", "id:succession_a a bp:Succession ; bp:predecessor id:body_a ; bp:successor id:body_b .", {"body_a bp:succeededBy id:body_b"}),
    (
        "latest-reported-status",
        "id:provision_p a bp:Provision . "
        'id:observation_a a bp:StatusObservation ; bp:about id:provision_p ; bp:valueConcept c:status_reported-planned ; bp:asOfEnd "2019-01-01"^^xsd:date . '
        'id:observation_b a bp:StatusObservation ; bp:about id:provision_p ; bp:valueConcept c:status_reported-done ; bp:asOfEnd "2020-01-01"^^xsd:date .',
        {"provision_p bp:latestReportedStatus c:status_reported-done"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "given", "follows"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_rule(rule: str, given: str, follows: set[str]) -> None:
    assert added(store_of(given), rule) == {f"id:{line}" for line in follows}


def test_a_stated_country_is_never_replaced() -> None:
    given = "id:meeting_a a bp:Meeting ; bp:inPlace id:place_b . id:place_b bp:inCountry id:area_tha ."
    assert added(store_of(given, d="id:meeting_a bp:inCountry id:area_mys ."), "country-of-place") == set()


def test_a_stated_status_is_never_replaced() -> None:
    given = "id:meeting_a a bp:Meeting ; bp:recordedIn id:doc_d . id:doc_d bp:outcomeOf id:meeting_a ."
    assert added(store_of(given, d="id:meeting_a bp:eventStatus c:event-status_postponed ."), "event-status") == set()


def test_disputed_dates_say_so() -> None:
    given = 'id:meeting_a bp:earliestStart "2011-03-10"^^xsd:date .'
    one, other = 'id:meeting_a bp:edtf "2011-03-10" .', 'id:meeting_a bp:edtf "2011-03-30" .'
    assert added(store_of(given, a=one, b=other), "disputed-date") == {"id:meeting_a bp:datePrecision c:precision_disputed"}
    assert added(store_of(given, a=one, b=one), "disputed-date") == set()


def test_every_rule_has_a_case() -> None:
    assert set(RULES) == {case[0] for case in CASES} | {"disputed-date"}


def test_a_second_run_adds_nothing() -> None:
    store = store_of("id:meeting_a a bp:Workshop ; bp:coHostedBy id:gov_x . id:gov_x bp:ofState id:area_idn .")
    assert sum(infer(store, list(RULES.values())).values()) > 0
    assert sum(infer(store, list(RULES.values())).values()) == 0


def test_what_a_document_says_is_not_inferred_again() -> None:
    store = store_of("id:meeting_a a bp:Workshop, bp:Meeting .")
    assert added(store, "types") == set()


# --- files that are no rules ------------------------------------------------------------------------------------------------------------

GOOD = "#+ summary: x\n#+ writes: inferred/x\nCONSTRUCT { ?s a ?o }\nWHERE { ?s a ?o }\n"


def rule_in(folder: Path, text: str, name: str = "10-x.rq") -> Rule:
    (folder / name).write_text(text, encoding="utf-8")
    (rule,) = load_rules(folder)
    return rule


def test_a_rule_knows_its_premises_and_its_exceptions(tmp_path: Path) -> None:
    body = 'WHERE { ?s a ?o . GRAPH ?g { ?s ?p "{" } BIND (1 AS ?n) FILTER NOT EXISTS { ?s ?q ?r FILTER (?r = "}") } }'
    rule = rule_in(tmp_path, GOOD.replace("WHERE { ?s a ?o }", body))
    assert len(rule.premises) == 2
    assert rule.premises[0].graph is None
    assert rule.premises[1].object == Literal("{")
    assert rule.computed == {"n"}
    assert rule.unless == ('?s ?q ?r FILTER (?r = "}")',)
    assert "NOT EXISTS" not in rule.where


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.rq", GOOD, "NN-name"),
        ("10-x.rq", GOOD.replace("#+ summary: x\n", ""), "lacks summary"),
        ("10-x.rq", GOOD.replace("#+ summary: x", "#+ summary"), "10-x.rq:1"),
        ("10-x.rq", GOOD.replace("inferred/x", "inferred/y"), "inferred/x"),
        ("10-x.rq", GOOD.replace("?s a ?o }\n", "?s a }\n"), "not SPARQL"),
        ("10-x.rq", GOOD.replace("CONSTRUCT { ?s a ?o }", "SELECT *"), "A rule is a CONSTRUCT"),
    ],
)
def test_what_is_no_rule_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        rule_in(tmp_path, text, name)


def test_rules_that_never_end_are_stopped(tmp_path: Path) -> None:
    text = GOOD.replace("{ ?s a ?o }\nWHERE { ?s a ?o }", "{ ?t a ?o }\nWHERE { ?s a ?o BIND (IRI(CONCAT(STR(?s), 'x')) AS ?t) }")
    store = Store()
    store.add(Quad(node("id:meeting_a"), node("rdf:type"), node("bp:Workshop")))
    with pytest.raises(InputError, match="still add triples"):
        infer(store, [rule_in(tmp_path, text)])


def test_a_rule_asks_for_the_properties_that_it_names_and_for_any_where_one_is_a_variable() -> None:
    member = RULES["member-of"]
    assert member.asks({node("bp:member").value})
    assert member.asks({node("bp:attestedOn").value})  # it stands in a negation alone
    assert member.asks({node("rdf:type").value})
    assert not member.asks({node("bp:text").value})
    assert not member.asks(set())
    assert RULES["participants"].asks({node("bp:text").value})  # ?meeting ?property ?agent
    assert RULES["place-basis-stated"].asks({node("bp:text").value})  # ; ?property ?where
    assert not RULES["participants"].asks(set())
