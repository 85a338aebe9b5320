"""The words by which provisions are read: the concept schemes wording, action, theme and crime as maps from a form to a concept.

Labels are data: a form that is missing is a `skos:hiddenLabel` to add in `ontology/concepts/`, not a change here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from baligraph import data
from baligraph.errors import BaligraphError
from baligraph.prefixes import expand, prefixes
from ingest.gazetteer import Gazetteer, normal

SCHEMES: Final = ("wording", "action", "theme", "crime")


class LexiconError(BaligraphError, ValueError):
    """A concept file can't serve as a lexicon: a label is missing or stands for two concepts. The message names file and mend."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme with all its labels; `strength` is the number of its bp:wordingStrength."""

    scheme: str
    slug: str
    label: str
    forms: tuple[str, ...]
    strength: int | None = None
    broader: str | None = None

    @property
    def ref(self) -> str:
        return f"c:{self.scheme}_{self.slug}"

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(f for f in self.forms if not _is_acronym(f))

    @property
    def acronyms(self) -> tuple[str, ...]:
        return tuple(f for f in self.forms if _is_acronym(f))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Forms (normalised by `ingest.gazetteer.normal`) → slugs. Two lexicons are equal only if they are the same object."""

    wording: Mapping[str, str]
    actions: Mapping[str, str]
    strengths: Mapping[str, int]
    verbs: Mapping[str, str]  # slug of an action → its verb as a lemma
    broader: Mapping[str, str]  # slug of a theme → the slug of the broader theme
    _headings: Mapping[str, str]
    _themes: Gazetteer
    _crimes: Gazetteer

    @classmethod
    def load(cls, folder: Path | None = None) -> Lexicon:
        """The lexicon of `folder` (default: the project's `ontology/concepts`).

        Raises:
            LexiconError: a concept has no English prefLabel, or one form stands for two concepts of a scheme.
            DataNotFoundError: a file is missing.
        """
        files = {s: folder / f"{s}.ttl" if folder else data.ontology("concepts", f"{s}.ttl") for s in SCHEMES}
        missing = [str(p) for p in files.values() if not p.is_file()]
        if missing:
            raise data.DataNotFoundError(f"concept files are missing: {', '.join(missing)}. Restore them or reinstall the package.")
        return cls.of([c for scheme, path in files.items() for c in read_concepts(path, scheme)])

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Lexicon:
        """A lexicon of these concepts. Raises LexiconError where one form stands for two wordings or two actions."""
        known = list(concepts)
        by = {s: [c for c in known if c.scheme == s] for s in SCHEMES}
        wording, actions = _forms(by["wording"]), _forms(by["action"])
        return cls(
            wording=MappingProxyType(wording),
            actions=MappingProxyType(actions),
            strengths=MappingProxyType({c.slug: c.strength for c in by["wording"] if c.strength is not None}),
            verbs=MappingProxyType({c.slug: c.label for c in by["action"]}),
            broader=MappingProxyType({c.slug: c.broader for c in by["theme"] if c.broader}),
            _headings=MappingProxyType({normal(f): c.slug for c in by["theme"] for f in (*c.forms, c.label)}),
            _themes=Gazetteer(by["theme"]),
            _crimes=Gazetteer(by["crime"]),
        )

    def forms(self, *slugs: str) -> list[str]:
        """The forms of these wordings, longest first."""
        return sorted((f for f, s in self.wording.items() if s in slugs), key=lambda f: (-len(f), f))

    def themes(self, text: str) -> tuple[str, ...]:
        """Slugs of the themes whose terms stand in `text`, in order, each once."""
        return _slugs(self._themes, text)

    def crimes(self, text: str) -> tuple[str, ...]:
        """Slugs of the crimes that `text` names, in order, each once."""
        return _slugs(self._crimes, text)

    def theme_of(self, heading: str) -> str | None:
        """The theme whose label is this heading, or None."""
        return self._headings.get(normal(heading.strip()))

    def action(self, form: str) -> str | None:
        """The slug of the action that this inflected form belongs to, or None."""
        return self.actions.get(normal(form))


def read_concepts(path: Path, scheme: str) -> list[Concept]:
    """The concepts of one Turtle file, sorted by slug.

    Raises:
        LexiconError: a concept has no English prefLabel or a bp:wordingStrength that is no c:strength_N.
    """
    skos, strength_of = prefixes()["skos"], expand("bp:wordingStrength")
    start = expand(f"c:{scheme}_")
    labels: dict[str, list[tuple[str, str]]] = {}
    strengths: dict[str, int] = {}
    broader: dict[str, str] = {}
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or not subject.value.startswith(start):
            continue
        slug = subject.value[len(start) :]
        labels.setdefault(slug, [])
        if isinstance(value, Literal) and predicate.startswith(skos) and predicate.endswith("Label"):
            labels[slug].append((predicate[len(skos) :], value.value))
        elif isinstance(value, NamedNode) and predicate == strength_of:
            number = value.value.rpartition("_")[2]
            if not number.isdigit():
                raise LexiconError(
                    f"{path}: {scheme}_{slug} has bp:wordingStrength {value.value}; give it one of c:strength_0 to c:strength_4"
                )
            strengths[slug] = int(number)
        elif isinstance(value, NamedNode) and predicate == f"{skos}broader" and value.value.startswith(start):
            broader[slug] = value.value[len(start) :]
    concepts: list[Concept] = []
    for slug, found in sorted(labels.items()):
        preferred = [text for kind, text in found if kind == "prefLabel"]
        if not preferred:
            raise LexiconError(f"{path}: {scheme}_{slug} has no skos:prefLabel; add one in English")
        forms = tuple(sorted({text for _, text in found} - {preferred[0]}))
        concepts.append(Concept(scheme, slug, preferred[0], forms, strengths.get(slug), broader.get(slug)))
    return concepts


def _forms(concepts: list[Concept]) -> dict[str, str]:
    pairs = {(normal(f), c.slug) for c in concepts for f in (c.label, *c.forms)}
    twice = sorted(f for f, n in Counter(f for f, _ in pairs).items() if n > 1)
    if twice:
        said = "; ".join(f"{f!r}: {', '.join(sorted(s for g, s in pairs if g == f))}" for f in twice)
        raise LexiconError(f"ontology/concepts/{concepts[0].scheme}.ttl: forms that stand for two concepts: {said}. Keep each form in one.")
    return dict(sorted(pairs))


def _slugs(gazetteer: Gazetteer, text: str) -> tuple[str, ...]:
    found = (ref.partition("_")[2] for m in gazetteer.find(text) for ref in m.refs)
    return tuple(dict.fromkeys(found))


def _is_acronym(form: str) -> bool:
    return len(form) < 7 and sum(c.isupper() for c in form) > 1
