"""What an explanation is made of, and how it is shown. `baligraph.why` makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from rich.markup import escape
from rich.tree import Tree

from baligraph.prefixes import shrink

How: TypeAlias = Literal["document", "evidence", "reference", "curated", "ontology", "inferred", "computed", "meta"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of a document; offsets are Unicode code points of the stored text. `anchor` are the words that carry the fact.

    `page` is where it begins, None where the document has no pages.
    """

    document: str
    paragraph: str
    start: int
    end: int
    quote: str
    anchor: str = ""
    rule: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourcedRow:
    """A row of a reference table and the sources that it names."""

    row: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of a curation table."""

    row: str
    by: str
    on: str
    reason: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of the project or of the release."""

    path: str


Ground: TypeAlias = Sentence | SourcedRow | Decision | File


@dataclass(frozen=True, slots=True)
class Explanation:
    """A triple (terms in N-Triples form), how it came about, what it rests on, and for an inferred one its premises."""

    subject: str
    predicate: str
    object: str
    graphs: tuple[str, ...]
    how: How
    says: str
    grounds: tuple[Ground, ...]
    premises: tuple[Explanation, ...] = ()
    unless: tuple[str, ...] = ()

    def leaves(self) -> Iterator[Ground]:
        """Everything on which the triple rests in the end."""
        yield from self.grounds
        for premise in self.premises:
            yield from premise.leaves()

    def as_json(self) -> dict[str, Any]:
        """Plain values, for `baligraph why --json`."""
        found: dict[str, Any] = {
            "triple": [self.subject, self.predicate, self.object],
            "graphs": list(self.graphs),
            "how": self.how,
            "says": self.says,
            "grounds": [{"kind": type(g).__name__} | _plain(g) for g in self.grounds],
        }
        if self.premises:
            found["premises"] = [p.as_json() for p in self.premises]
        if self.unless:
            found["unless"] = list(self.unless)
        return found

    def tree(self) -> Tree:
        """For the terminal. A passage on which several premises rest is shown once."""
        return self._tree(set())

    def _tree(self, shown: set[tuple[str, int, int]]) -> Tree:
        root = Tree(f"[bold]{escape(self._fact())}[/bold]\n{escape(self.says)}")
        for ground in self.grounds:
            root.add(_sentence(ground, shown) if isinstance(ground, Sentence) else _shown(ground))
        for premise in self.premises:
            root.children.append(premise._tree(shown))
        for negation in self.unless:
            root.add(f"[dim]and nowhere: {escape(negation)}[/dim]")
        return root

    def _fact(self) -> str:
        return " ".join(shrink(t[1:-1]) if t.startswith("<") else t for t in (self.subject, self.predicate, self.object))


def _plain(ground: Ground) -> dict[str, Any]:
    return {name: getattr(ground, name) for name in ground.__slots__}


def _sentence(found: Sentence, shown: set[tuple[str, int, int]]) -> str:
    """The passage with the words that carry the fact, or these words alone where the passage stands above; `shown` is kept up to date."""
    paragraph = f"paragraph {found.paragraph}, " if found.paragraph else ""
    page = "" if found.page is None else f"page {found.page}, "
    where = f"[dim]{escape(f'{found.document}, {page}{paragraph}characters {found.start}–{found.end}')}[/dim]"
    words = escape(" ".join(found.anchor.split()))
    passage = (found.document, found.start, found.end)
    if passage in shown:
        return f"[dim]the passage above[/dim]{f': “{words}”' if words else ''}\n{where}"
    shown.add(passage)
    quote = escape(" ".join(found.quote.split()))
    return f"“{quote.replace(words, f'[bold]{words}[/bold]', 1) if words else quote}”\n{where}"


def _shown(ground: SourcedRow | Decision | File) -> str:
    match ground:
        case SourcedRow():
            return escape(f"{ground.row}; source: {'; '.join(ground.sources)}")
        case Decision():
            return escape(f"{ground.row}: {ground.by}, {ground.on}: {ground.reason}")
    return escape(ground.path)
