"""Every IRI of the project, minted in one place. Pure functions; the name spaces come from `ontology/prefixes.ttl`.

Slugs name what people type (states, bodies, documents, meetings), the first 12 hexadecimal digits of a SHA-256 what machines mint
(participations, evidence, claims). Characters are `[a-z0-9_-]` throughout: no percent-encoding anywhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from baligraph.errors import BaligraphError
from baligraph.prefixes import expand

TYPES: Final = frozenset(
    """area appointment body claim decision doc event evidence extractor file gov group instrument linkset meeting membership observation
    org participation person place process provision run series similarity version""".split()
)
_REF: Final = re.compile(r"([a-z]+):([a-z0-9][a-z0-9_-]*)")
_LOCAL: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
# letters that canonical decomposition leaves whole
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng", "&": " and "}
)
# marks that stand inside a word: "Attorney-General's" is one word, "people-smuggling" two
_INSIDE: Final = str.maketrans("", "", "'’‘ʻ`´")


class IriError(BaligraphError, ValueError):
    """What was given can't be (or is not) an IRI of this project."""


def slug(text: str) -> str:
    """ASCII words of a name, lower case, joined by hyphens: `Türkiye` → `turkiye`, `Lee Chee Leong` → `lee-chee-leong`.

    Raises:
        IriError: a letter has no ASCII form in the folding table, or nothing is left.
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_INSIDE).translate(_LETTERS))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    stray = sorted({c for c in plain if c.isalnum() and not c.isascii()})
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if stray or not found:
        raise IriError(f"{text!r} can't be folded to ASCII ({' '.join(stray) or 'nothing left'}): give it a key in its table")
    return found


def digest(*parts: str) -> str:
    """12 hexadecimal digits of the SHA-256 of the parts joined by `|`: what identifies a node that machines mint."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def id_iri(ref: str) -> str:
    """`area:mys` → `https://w3id.org/baligraph/id/area_mys`. Raises IriError for an unknown type or a malformed key."""
    found = _REF.fullmatch(ref)
    if found is None or found[1] not in TYPES:
        raise IriError(f"{ref!r} is no reference of the form type:key with a type of {', '.join(sorted(TYPES))}")
    return f"{expand('id:')}{found[1]}_{found[2]}"


def ref_of(iri: str) -> str:
    """The reverse of `id_iri`. Raises IriError where the IRI is not below id/."""
    kind, _, key = iri.removeprefix(expand("id:")).partition("_")
    if not iri.startswith(expand("id:")) or kind not in TYPES or not _LOCAL.fullmatch(key):
        raise IriError(f"{iri} is no IRI of a thing of this project")
    return f"{kind}:{key}"


def concept_iri(scheme: str, name: str | None = None) -> str:
    """`concept_iri("role", "co-host")` → …/concept/role_co-host; without a name the scheme itself. Raises IriError for other characters."""
    local = scheme if name is None else f"{scheme}_{name}"
    if not _LOCAL.fullmatch(local) or "_" in scheme:
        raise IriError(f"{local!r} is no name of a concept ([a-z0-9_-], no _ in the scheme)")
    return expand("c:") + local


def iri(ref: str) -> str:
    """The IRI of any reference that a finding may hold: `area:mys`, `c:theme_returns`. Raises IriError."""
    if ref.startswith("c:"):
        scheme, _, name = ref[2:].partition("_")
        return concept_iri(scheme, name or None)
    return id_iri(ref)


# --- named graphs -----------------------------------------------------------------------------------------------------------------------


def graph(name: str) -> str:
    """`ontology`, `concepts`, `reference`, `curated` or `meta`. Raises IriError for another name."""
    if name not in {"ontology", "concepts", "reference", "curated", "meta"}:
        raise IriError(f"there is no graph {name!r}")
    return expand("g:") + name


def doc_graph(document: str) -> str:
    return f"{expand('g:')}doc/{_local(document)}"


def evidence_graph(document: str) -> str:
    return f"{expand('g:')}evidence/{_local(document)}"


def inferred_graph(rule: str) -> str:
    return f"{expand('g:')}inferred/{_local(rule)}"


# --- documents --------------------------------------------------------------------------------------------------------------------------


def doc_iri(document: str) -> str:
    return id_iri(f"doc:{document}")


def version_iri(document: str, sha256: str) -> str:
    return id_iri(f"version:{_local(document)}_{_sha(sha256)[:8]}")


def file_iri(document: str, sha256: str) -> str:
    return id_iri(f"file:{_local(document)}_{_sha(sha256)[:8]}")


def run_iri(document: str, *identity: str) -> str:
    """An extraction run: identity is what decides its result (text hash, extractor version), never a time."""
    return id_iri(f"run:{_local(document)}_{digest(*identity)}")


def provision_iri(document: str, key: str) -> str:
    """`7.1` of a document → …/provision_{document}_7-1; keys of unnumbered ones are `p12-3`."""
    return id_iri(f"provision:{_local(document)}_{slug(key)}")


# --- what machines mint -----------------------------------------------------------------------------------------------------------------


def evidence_iri(sha256: str, start: int, end: int) -> str:
    """A span of a text version: stable as long as its text is."""
    return id_iri(f"evidence:{digest(_sha(sha256), str(start), str(end))}")


def claim_iri(graph_iri: str, subject: str, predicate: str, value: str) -> str:
    """A claim on one triple. `value` is the object's IRI, or for a literal its N-Triples form."""
    return id_iri(f"claim:{digest(graph_iri, subject, predicate, value)}")


def participation_iri(graph_iri: str, meeting: str, agent: str, role: str) -> str:
    return id_iri(f"participation:{digest(graph_iri, meeting, agent, role)}")


def membership_iri(graph_iri: str, member: str, organisation: str, status: str, attested: str = "") -> str:
    return id_iri(f"membership:{digest(graph_iri, member, organisation, status, attested)}")


def appointment_iri(graph_iri: str, holder: str, body: str, status: str, attested: str = "") -> str:
    return id_iri(f"appointment:{digest(graph_iri, holder, body, status, attested)}")


def observation_iri(graph_iri: str, about: str, observed: str, value: str, as_of: str = "") -> str:
    return id_iri(f"observation:{digest(graph_iri, about, observed, value, as_of)}")


def similarity_iri(one: str, two: str) -> str:
    """The likeness of two provisions, whichever is named first."""
    return id_iri(f"similarity:{digest(*sorted((one, two)))}")


def decision_iri(table: str, key: str) -> str:
    """A curation decision: `links`, `ruddyard-first-name`."""
    return id_iri(f"decision:{_local(table)}_{_local(key)}")


# --- meetings ---------------------------------------------------------------------------------------------------------------------------


def meeting_key(edtf_start: str, where: str | None, kind: str) -> str:
    """The key of a registered meeting: EDTF start, place or area or `unknown`, kind. Raises IriError for other characters."""
    return _local(f"{edtf_start}_{where or 'unknown'}_{kind}")


def provisional_meeting_iri(sha256: str, start: int, end: int) -> str:
    """A meeting that the registry does not know yet, named by its document's hash and span."""
    return id_iri(f"meeting:x{digest(_sha(sha256), str(start), str(end))}")


# --- paths of the server ----------------------------------------------------------------------------------------------------------------


def rebase(address: str, public: str, local: str) -> str:
    """Swap the start of an IRI; what lies outside `public` is returned as it is. Both bases end in `/`."""
    return _base(local) + address.removeprefix(public) if address.startswith(_base(public)) else address


def unrebase(address: str, public: str, local: str) -> str:
    """The reverse of `rebase`."""
    return rebase(address, local, public)


def iri_of_path(path: str, public: str, mount: str = "/") -> str:
    """The canonical IRI of a request path: `/id/area_mys` → …/id/area_mys. `mount` is the sub-path that the server runs under.

    Raises:
        IriError: the path lies outside the mount.
    """
    if not path.startswith(_base(mount)):
        raise IriError(f"the path {path} does not lie under {mount}")
    return _base(public) + path.removeprefix(mount)


def path_of_iri(address: str, public: str, mount: str = "/") -> str | None:
    """The server's path of a canonical IRI, without the fragment; None for the IRIs of others."""
    if not address.startswith(_base(public)):
        return None
    return _base(mount) + address.removeprefix(public).partition("#")[0]


def _base(text: str) -> str:
    if not text.endswith("/"):
        raise IriError(f"the base {text!r} must end with /")
    return text


def _local(text: str) -> str:
    if not _LOCAL.fullmatch(text):
        raise IriError(f"{text!r} holds other characters than [a-z0-9_-], or starts with one of _-")
    return text


def _sha(sha256: str) -> str:
    if not _SHA256.fullmatch(sha256):
        raise IriError(f"{sha256!r} is no SHA-256 in hexadecimal digits")
    return sha256
