"""Similar wording is computed, exact, and never a fact; what a document states of an earlier meeting is one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from baligraph import iris
from baligraph.prefixes import expand
from baligraph.why import Explainer
from ingest import similar
from ingest.assemble import Assembled
from ingest.nodes import bp, node
from ingest.similar import LEAST, MOST, lot, similar_wording

Made = Callable[..., Any]
FIRST = "States should share information on smuggling routes with all members of the process every year."
AGAIN = "States should share information on the smuggling routes with all members of the process each year."
BEST = similar._best
OTHER = "Members are encouraged to ratify the protocol on smuggling of migrants by land, sea and air soon."


def papers(paper: Made, *, dated: bool = True) -> tuple[Any, Any]:
    early = paper("early", f"Workshop of 12 May 2010\n{FIRST}\n{OTHER}").provision("1", FIRST).provision("2", OTHER, order=2)
    late = paper("late", f"Workshop of 3 June 2012\n{AGAIN}\n{OTHER[:40]}").provision("1", AGAIN)
    if dated:
        early.date("document", "12 May 2010", "2010-05-12")
        late.date("document", "3 June 2012", "2012-06-03")
    return early, late


def likenesses(store: Store) -> list[dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for q in store.quads_for_pattern(None, None, None, node("g:inferred/similar-wording")):
        assert q.triple in {x.triple for x in store.quads_for_pattern(q.subject, q.predicate, q.object, DefaultGraph())}
        found.setdefault(str(q.subject), {}).setdefault(q.predicate.value.rpartition("#")[2], set()).add(q.object.value)  # type: ignore[union-attr]
    return list(found.values())


def test_a_pair_has_its_score_its_method_and_the_later_one(paper: Made, graph_of: Made) -> None:
    made: Assembled = graph_of(*papers(paper))
    (found,) = likenesses(made.store)
    words = 2 * 14 / (15 + 16)  # "every" became "each", and "the" came in
    assert found["score"] == {f"{words:.2g}"}
    assert found["method"] == {expand("c:method_similar-wording")}
    assert found["compares"] == {expand("id:provision_early_1"), expand("id:provision_late_1")}
    assert found["later"] == {expand("id:provision_late_1")}
    assert made.inferred["similar-wording"] == 6


def test_no_document_is_made_to_say_it(paper: Made, graph_of: Made) -> None:
    store = graph_of(*papers(paper)).store
    one, two = node("id:provision_early_1"), node("id:provision_late_1")
    assert not list(store.quads_for_pattern(one, None, two, None))
    assert not list(store.quads_for_pattern(two, None, one, None))


def test_without_dates_neither_is_the_later_one(paper: Made, graph_of: Made) -> None:
    (found,) = likenesses(graph_of(*papers(paper, dated=False)).store)
    assert "later" not in found


def test_provisions_of_one_document_are_not_compared(paper: Made, graph_of: Made) -> None:
    p = paper("one", f"{FIRST}\n{AGAIN}").provision("1", FIRST).provision("2", AGAIN, order=2)
    assert likenesses(graph_of(p).store) == []


def test_short_provisions_and_mere_phrases_are_not_alike(paper: Made, graph_of: Made) -> None:
    short = "States should share all information."
    phrase = "Members of the process and all its partners should train officers at borders, ports and many stations."
    a = paper("a", f"{short}\n{FIRST}").provision("1", short).provision("2", FIRST, order=2)
    b = paper("b", f"{short}\n{phrase}").provision("1", short).provision("2", phrase, order=2)
    assert likenesses(graph_of(a, b).store) == []


def test_order_of_documents_changes_nothing(paper: Made, graph_of: Made) -> None:
    one, two = papers(paper)
    graphs = [
        graph_of(*order).store.quads_for_pattern(None, None, None, node("g:inferred/similar-wording")) for order in ((one, two), (two, one))
    ]
    assert {str(q) for q in graphs[0]} == {str(q) for q in graphs[1]}


def longest(one: list[str], two: list[str]) -> int:
    """Words of the longest common subsequence."""
    row = [0] * (len(two) + 1)
    for word in one:
        before = row
        row = [0]
        for i, other in enumerate(two):
            row.append(before[i] + 1 if word == other else max(before[i + 1], row[i]))
    return row[-1]


def test_of_each_provision_the_most_similar_ones_are_given() -> None:
    random = Random(5)
    words = {}
    for n in range(40):  # a formula, and what each document changed of it
        text = FIRST.split()
        for _ in range(n % 7):
            text[random.randrange(4, len(text))] = random.choice(["ports", "land", "sea"])
        words[f"http://x/{n}"] = [word.strip(".").lower() for word in text]
    store = Store()
    for iri, text in words.items():
        store.add(Quad(NamedNode(iri), bp("text"), Literal(" ".join(text))))
        store.add(Quad(NamedNode(iri), bp("inDocument"), NamedNode(f"{iri}/document")))
    scores = {
        pair: 2 * longest(words[pair[0]], words[pair[1]]) / (len(words[pair[0]]) + len(words[pair[1]]))
        for pair in combinations(sorted(words), 2)
    }
    due = set()
    for iri in words:
        mine = [(-score, lot(*pair), iris.similarity_iri(*pair)) for pair, score in scores.items() if iri in pair and score >= LEAST]
        due |= {name for _, _, name in sorted(mine)[:MOST]}
    assert {q.subject.value for p in (1, 2) for alike in similar_wording(store, p)[1] for q in alike.quads()} == due
    assert len(due) < sum(score >= LEAST for score in scores.values())


def test_what_was_compared_before_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "_COMMON", 6)  # so that runs become phrases of the trade, and are none again
    asked: list[int] = []
    monkeypatch.setattr(similar, "_best", lambda n, *rest: asked.append(n) or BEST(n, *rest))  # type: ignore[func-returns-value]
    random = Random(8)

    def wording() -> str:
        text = random.choice([FIRST, AGAIN, OTHER]).split()
        for _ in range(random.randrange(4)):
            text[random.randrange(len(text))] = random.choice(["ports", "land", "sea", "seldom", f"word{random.randrange(9)}"])
        return " ".join(text)

    said = {f"http://x/{n}": (f"http://d/{n // 2}", wording()) for n in range(24)}
    before, reused = similar.Compared(), 0
    for _ in range(12):
        store = Store()
        for iri, (document, text) in said.items():
            store.add(Quad(NamedNode(iri), bp("text"), Literal(text)))
            store.add(Quad(NamedNode(iri), bp("inDocument"), NamedNode(document)))
        asked.clear()
        compared, again = similar_wording(store, 1, before)
        reused += len(said) - len(asked)
        anew, fresh = similar_wording(store)
        assert [alike.told() for alike in again] == [alike.told() for alike in fresh]
        assert {iri: sorted(found) for iri, found in compared.best.items()} == {iri: sorted(found) for iri, found in anew.best.items()}
        before = compared
        for iri in random.sample(sorted(said), 2):
            del said[iri]
        said |= {f"http://x/{random.randrange(60)}": (f"http://d/{random.randrange(12)}", wording()) for _ in range(3)}
    assert reused


def test_why_shows_both_sentences_and_says_that_it_is_computed(paper: Made, graph_of: Made) -> None:
    store = graph_of(*papers(paper)).store
    explainer = Explainer(store)
    quads = list(store.quads_for_pattern(None, None, None, node("g:inferred/similar-wording")))
    assert quads
    for q in quads:
        found = explainer.explain(q.subject, q.predicate, q.object)  # type: ignore[arg-type]
        assert found.how == "computed"
        assert {g.quote for g in found.grounds} == {FIRST, AGAIN}  # type: ignore[union-attr]
        assert "No document says so" in found.says


def test_a_stated_reference_is_a_fact_with_its_passage(paper: Made, graph_of: Made) -> None:
    words = "As agreed at the Fourth Ministerial Conference, states should share information on routes."
    p = paper("a", f"Workshop\n{words}").meeting("m1", "Fourth Ministerial Conference", "MinisterialConference", "mentioned")
    p.provision("1", words).link("provision:1", "recalls", "meeting:m1", "As agreed at the Fourth Ministerial Conference")
    store = graph_of(p).store
    (quad,) = list(store.quads_for_pattern(node("id:provision_a_1"), bp("recalls"), None, DefaultGraph()))
    assert isinstance(quad.object, NamedNode)
    found = Explainer(store).explain(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]
    assert found.how == "document"
    assert [g.quote for g in found.grounds] == [words]  # type: ignore[union-attr]
