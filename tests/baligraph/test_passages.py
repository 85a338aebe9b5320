"""Text with its findings marked: nothing of it is lost, crossing marks are cut, what nobody read is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baligraph.passages import Marked, Node, passages, sparse, visible, words

TEXT = "Heading\n\nThe Governments of Malaysia and IOM met. They left.\n\n• 12\n\nNobody read this\nparagraph."


def outline(nodes: tuple[Node, ...]) -> str:
    return "".join(f"[{'' if x.first else '~'}{x.number}:{outline(x.inside)}]" if isinstance(x, Marked) else x for x in nodes)


def span(part: str) -> tuple[int, int]:
    return TEXT.index(part), TEXT.index(part) + len(part)


def test_nested_and_crossing_marks() -> None:
    quoted = [span("The Governments of Malaysia and IOM met.")]
    marks = {span("Governments of Malaysia and IOM"): 1, span("Malaysia"): 2, span("and IOM met"): 3}
    (found,) = [p for p in passages(TEXT, quoted, marks) if p.read]
    assert outline(found.nodes) == "The [1:Governments of [2:Malaysia] [3:and IOM]][~3: met]."


def test_what_nobody_read_is_told_by_paragraphs() -> None:
    found = passages(TEXT, [span("The Governments of Malaysia and IOM met.")], {})
    assert [(words(p.nodes[0]), p.read, p.aside) for p in found] == [
        ("Heading", False, False),
        ("The Governments of Malaysia and IOM met.", True, False),
        ("They left.", False, False),
        ("12", False, True),
        ("Nobody read this\nparagraph.", False, False),
    ]
    assert all(TEXT[p.start : p.end] == "".join(map(words, p.nodes)) for p in found)


def test_quotations_that_overlap_are_one_passage() -> None:
    found = passages(TEXT, [span("Malaysia and IOM met."), span("IOM met. They"), span("They left.")], {})
    assert [(p.start, p.end) for p in found if p.read] == [(span("Malaysia")[0], span("They left.")[1])]


def test_a_text_of_quotations_alone_has_them_at_their_places() -> None:
    assert sparse({4: "and", 9: "so"}) == "    and  so"
    assert [p.read for p in passages(sparse({4: "and", 9: "so"}), [(4, 7), (9, 11)], {})] == [True, True]


def test_what_rules_a_page_unseen_is_made_visible() -> None:
    assert visible("a\0b\x1bc\u202ed\u2066\n\te\ud800") == "a␀b␛c⟦U+202E⟧d⟦U+2066⟧\n\te⟦U+D800⟧"


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)).filter(lambda x: x[0] < x[1]), unique=True))
def test_no_letter_is_lost_or_doubled(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyz0123"
    marks = {s: n for n, s in enumerate(sorted(spans), 1)}
    (found,) = passages(text, [(0, 30)], marks)
    assert "".join(map(words, found.nodes)) == text
    seen: dict[int, str] = {}
    firsts: list[int] = []

    def walk(node: Node) -> None:
        if isinstance(node, Marked):
            seen[node.number] = seen.get(node.number, "") + words(node)
            firsts.extend([node.number] if node.first else [])
            for inner in node.inside:
                walk(inner)

    for node in found.nodes:
        walk(node)
    assert seen == {n: text[a:b] for (a, b), n in marks.items()}
    assert sorted(firsts) == sorted(marks.values())
