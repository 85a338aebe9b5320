"""What is the same for every set of documents: ontology, concepts, reference tables, shapes, rules and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse

from baligraph import data
from baligraph.checks import Check, load_checks
from baligraph.errors import InputError
from baligraph.rules import Rule, load_rules
from baligraph.shapes import Shapes, load_shapes, single_valued
from ingest.contribution import TextInput
from ingest.curation import Curation
from ingest.nodes import node
from ingest.reference import Reference, reference_quads

_ENGINES: Final = ("pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Frame:
    """Read it once, assemble often. `digest` is the hash of the code and of the files that judge and infer."""

    reference: Reference
    curation: Curation
    vocabulary: tuple[Quad, ...]
    tables: tuple[Quad, ...]
    single: frozenset[NamedNode]
    rules: tuple[Rule, ...]
    shapes: Shapes
    checks: tuple[Check, ...]
    digest: str


def load_frame(reference: Reference, curation: Curation, texts: Iterable[TextInput]) -> Frame:
    """Ontology, concepts, reference tables (with the registered among `texts`), shapes, rules and checks.

    Raises InputError or ShapesError for a file that can't be used.
    """
    shapes = load_shapes()
    return Frame(
        reference,
        curation,
        tuple(vocabulary_quads()),
        tuple(reference_quads(reference, texts)),
        frozenset(NamedNode(iri) for iri in single_valued(shapes)),
        tuple(load_rules()),
        shapes,
        tuple(load_checks()),
        _digest(),
    )


def vocabulary_quads() -> Iterator[Quad]:
    """g:ontology (ontology and alignments, blank nodes named canonically) and g:concepts.

    Raises InputError for a file that is not Turtle.
    """
    paths = [data.ontology("baligraph.ttl"), *sorted(data.ontology("alignments").glob("*.ttl"))]
    ontology = Dataset(q for path in paths for q in _turtle(path.relative_to(data.ontology()).as_posix(), node("g:ontology")))
    ontology.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    yield from ontology
    for path in sorted(data.ontology("concepts").glob("*.ttl")):
        yield from _turtle(f"concepts/{path.name}", node("g:concepts"))


def _turtle(name: str, graph: NamedNode) -> Iterator[Quad]:
    try:
        for q in parse(path=data.ontology(*name.split("/")), format=RdfFormat.TURTLE, rename_blank_nodes=True):
            yield Quad(q.subject, q.predicate, q.object, graph)
    except SyntaxError as error:
        raise InputError(f"ontology/{name}", f"is not Turtle ({error.msg})", "Mend the file.", line=error.lineno) from None


def _digest() -> str:
    found = sha256("".join(f"{name} {version(name)}\n" for name in _ENGINES).encode())
    code = Path(__file__).parents[1]
    for folder, pattern in ((code / "baligraph", "*.py"), (code / "ingest", "*.py"), (data.queries(), "*.rq"), (data.shapes(), "*.ttl")):
        for path in sorted(p for p in folder.rglob(pattern) if "data" not in p.relative_to(folder).parts[:-1]):
            found.update(path.relative_to(folder).as_posix().encode() + b"\n" + path.read_bytes())
    return found.hexdigest()
