"""JSON-LD by a context, nested like an object: what a thing says inside it, what is said about it under `@reverse`.

Writes only; for the few features that the published context uses (terms, prefixes, `@type` and `@language` coercion). A test reads every
form back and compares it with the Turtle.
"""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Context:
    """A context document, ready for compaction."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._prefixes = {name: value for name, value in document.items() if isinstance(value, str) and value[-1:] in "#/"}
        self._terms: dict[str, tuple[str, dict[str, str]]] = {}
        for name, value in document.items():
            definition = {"@id": value} if isinstance(value, str) else value
            if name.startswith("@") or name in self._prefixes or not isinstance(definition, dict) or "@id" not in definition:
                continue
            self._terms.setdefault(self.expand(definition["@id"]), (name, definition))
        self.id = next((name for name, value in document.items() if value == "@id"), "@id")
        self.type = next((name for name, value in document.items() if value == "@type"), "@type")

    def expand(self, name: str) -> str:
        """The IRI of a term or compact IRI of the context."""
        prefix, colon, local = name.partition(":")
        return self._prefixes[prefix] + local if colon and prefix in self._prefixes else name

    def iri(self, term: str) -> str:
        """The IRI of a term. Raises KeyError where the context has none of this name."""
        definition = self.document[term]
        return self.expand(definition if isinstance(definition, str) else definition["@id"])

    def term(self, iri: str) -> str:
        """The term of an IRI, else the IRI itself."""
        return self._terms[iri][0] if iri in self._terms else iri

    def value(self, predicate: str, literal: Literal) -> Any:
        """A literal as short as the term of its predicate allows."""
        definition = self._terms[predicate][1] if predicate in self._terms else {}
        kind, coerced = literal.datatype.value, self.expand(definition.get("@type", ""))
        if literal.language:
            if definition.get("@language") == literal.language:
                return literal.value
            return {"@value": literal.value, "@language": literal.language}
        plain = _native(literal.value, kind)
        if coerced == kind or (not coerced and "@language" not in definition and (kind == f"{_XSD}string" or not isinstance(plain, str))):
            return plain
        return {"@value": literal.value} if kind == f"{_XSD}string" else {"@value": literal.value, "@type": kind}

    def is_link(self, predicate: str) -> bool:
        """Whether a plain string of this predicate is read as an IRI."""
        return predicate in self._terms and self._terms[predicate][1].get("@type") == "@id"


def _native(text: str, kind: str) -> Any:
    if kind == f"{_XSD}integer" and text.removeprefix("-").isdigit() and str(int(text)) == text:
        return int(text)
    return {"true": True, "false": False}.get(text, text) if kind == f"{_XSD}boolean" else text


def nest(triples: list[Triple], root: str, context: Context) -> dict[str, Any]:
    """The triples as one document that begins with `root`."""
    writer = _Writer(triples, context)
    document = writer.node(root)
    reverse: dict[str, list[Any]] = {}
    for subject, predicate in writer.pointing_at(root):
        if subject not in writer.written:
            reverse.setdefault(context.term(predicate), []).append(writer.node(subject, but=(predicate, root)))
    if reverse:
        document["@reverse"] = reverse
    rest = [writer.node(subject) for subject in writer.subjects if subject not in writer.written]
    if rest:
        return {"@context": context.document, "@graph": [document, *rest]}
    return {"@context": context.document, **document}


class _Writer:
    def __init__(self, triples: list[Triple], context: Context) -> None:
        self._context = context
        self._by_subject: dict[str, list[tuple[str, NamedNode | BlankNode | Literal]]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode | BlankNode) and isinstance(triple.object, NamedNode | BlankNode | Literal):
                self._by_subject.setdefault(_name(triple.subject), []).append((triple.predicate.value, triple.object))
        self.written: set[str] = set()
        self._open: list[str] = []

    @property
    def subjects(self) -> list[str]:
        return list(self._by_subject)

    def pointing_at(self, target: str) -> list[tuple[str, str]]:
        return [
            (subject, predicate)
            for subject, pairs in self._by_subject.items()
            for predicate, value in pairs
            if not isinstance(value, Literal) and _name(value) == target
        ]

    def node(self, name: str, but: tuple[str, str] | None = None) -> dict[str, Any]:
        """A node with all that it says, except the pair `but`, which the place where it stands says already."""
        self.written.add(name)
        self._open.append(name)
        body: dict[str, Any] = {self._context.id: name}
        for predicate, value in self._by_subject.get(name, []):
            if not isinstance(value, Literal) and (predicate, _name(value)) == but:
                continue
            if predicate == _RDF_TYPE and isinstance(value, NamedNode):
                key, written = self._context.type, self._context.term(value.value)
            else:
                key, written = self._context.term(predicate), self._value(predicate, value)
            body.setdefault(key, []).append(written)
        self._open.pop()
        return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in body.items()}

    def _value(self, predicate: str, value: NamedNode | BlankNode | Literal) -> Any:
        if isinstance(value, Literal):
            return self._context.value(predicate, value)
        name = _name(value)
        # written out wherever it stands, so that readers find one shape; a description is shallow, and circles end at what is open
        if name in self._by_subject and name not in self._open:
            return self.node(name)
        return name if self._context.is_link(predicate) else {"@id": name}


def _name(node: NamedNode | BlankNode) -> str:
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"
