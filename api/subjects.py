"""From a request path to the thing it names: known, replaced by another, withdrawn, or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from api.negotiate import PLACED
from api.problems import Problem
from api.service import Service
from api.terms import iri, select
from baligraph.prefixes import sparql_header
from baligraph.withdrawn import mark

# what can't stand in an IRI (RFC 3987), beside what is split off before
_NO_IRI: Final = re.compile(r"[\x00-\x20\x7f-\xa0<>\"{}|^`\\\ufffd-\uffff\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing about which the release says something. `replaced_by` is the IRI for which its own was given up, else nothing."""

    iri: str
    replaced_by: str = ""


async def find_subject(service: Service, folder: str, name: str, *, graph: bool = False) -> Subject:
    """The thing below a folder of the base; `graph` looks for the named graph of that name instead.

    Its IRI may hold letters as they are or percent-encoded: a server sees both alike. Raises Problem (404, 410) and StoreError.
    """
    whole = f"{service.settings.base_iri}{folder}"
    spellings = [f"{whole}{quote(name, safe=_SAFE)}"]
    if not _NO_IRI.search(name):
        spellings.insert(0, f"{whole}{name}")
    try:
        values = " ".join(iri(spelling) for spelling in dict.fromkeys(spellings))
    except ValueError:
        raise unknown(service, spellings[-1]) from None
    pattern = "GRAPH ?x { ?s ?p ?o }" if graph else "{ ?x ?p ?o } UNION { GRAPH ?g { ?x ?p ?o } }"
    found = await select(
        service.engine,
        f"{sparql_header(('dcterms',))}SELECT ?x ?into {{ {{ SELECT ?x {{ VALUES ?x {{ {values} }} {pattern} }} LIMIT 1 }}"
        " OPTIONAL { ?x dcterms:isReplacedBy ?into } } ORDER BY ?into LIMIT 1",
    )
    if not found:
        raise unknown(service, spellings[0])
    into = found[0]["into"].value if "into" in found[0] and not graph else ""
    return Subject(found[0]["x"].value, into)


_SAFE: Final = "/!$&'()*+,;=:@%-._~"


def unknown(service: Service, address: str) -> Problem:
    """404, or 410 for what was withdrawn."""
    if mark(address) in service.release.withdrawn:
        return Problem(410, "Gone", "What this address named was withdrawn, and is in no release any more.")
    name, dot, form = address.rpartition("/")[2].rpartition(".")
    forms = f" It has no form .{form[:20]}; there are {', '.join(f'.{offer.name}' for offer in PLACED)}." if dot and name else ""
    return Problem(404, "Not found", f"This release says nothing about {address}.{forms}")
