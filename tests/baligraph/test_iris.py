"""IRIs: the same thing gets the same IRI, in the alphabet of the project, and every mapping has a way back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baligraph import iris

BASE = "https://w3id.org/baligraph/"
LOCAL = "http://127.0.0.1:8000/"
SHA = "ab" * 32
ALPHABET = re.compile(r"https://w3id\.org/baligraph/(id|concept|graph)/[a-z0-9_/-]+")


@pytest.mark.parametrize(
    ("ref", "iri"),
    [
        ("area:mys", "id/area_mys"),
        ("org:iom", "id/org_iom"),
        ("gov:lk-police", "id/gov_lk-police"),
        ("meeting:2012-01-12_kuala-lumpur_workshop", "id/meeting_2012-01-12_kuala-lumpur_workshop"),
        ("c:role_co-host", "concept/role_co-host"),
        ("c:region_m49_142", "concept/region_m49_142"),
        ("c:role", "concept/role"),
    ],
)
def test_a_reference_has_one_iri(ref: str, iri: str) -> None:
    assert iris.iri(ref) == BASE + iri


@pytest.mark.parametrize("ref", ["area:MYS", "area:", "area", "country:mys", "area:m/y", "area:mys ", "c:Role", "c:"])
def test_what_is_no_reference_is_refused(ref: str) -> None:
    with pytest.raises(iris.IriError):
        iris.iri(ref)


@given(st.sampled_from(sorted(iris.TYPES)), st.from_regex(r"[a-z0-9][a-z0-9_-]{0,30}", fullmatch=True))
def test_refs_and_iris_map_both_ways(kind: str, key: str) -> None:
    iri = iris.id_iri(f"{kind}:{key}")
    assert ALPHABET.fullmatch(iri)
    assert iris.ref_of(iri) == f"{kind}:{key}"


@pytest.mark.parametrize("iri", [BASE + "concept/role_host", BASE + "id/country_mys", "https://example.org/id/area_mys", BASE + "id/area_"])
def test_ref_of_refuses_other_iris(iri: str) -> None:
    with pytest.raises(iris.IriError):
        iris.ref_of(iri)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Türkiye", "turkiye"),
        ("Việt Nam", "viet-nam"),
        ("Đà Nẵng", "da-nang"),
        ("Malé", "male"),
        ("Nuku’alofa", "nukualofa"),
        ("Dato’ Lee Chee Leong", "dato-lee-chee-leong"),
        ("Attorney-General's Department", "attorney-generals-department"),
        ("Febrina A. Ruddyard", "febrina-a-ruddyard"),
        ("Søren Łukasz Weiß", "soren-lukasz-weiss"),
        ("7.1", "7-1"),
    ],
)
def test_slugs_fold_to_ascii(text: str, slug: str) -> None:
    assert iris.slug(text) == slug


@pytest.mark.parametrize("text", ["", "—", "中国", "Ωmega"])
def test_a_name_that_does_not_fold_is_refused(text: str) -> None:
    with pytest.raises(iris.IriError, match="can't be folded"):
        iris.slug(text)


@given(st.text(max_size=60))
def test_every_slug_is_in_the_alphabet_and_its_own_slug(text: str) -> None:
    try:
        slug = iris.slug(text)
    except iris.IriError:
        return
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert iris.slug(slug) == slug


def test_graphs() -> None:
    assert iris.graph("reference") == BASE + "graph/reference"
    assert iris.doc_graph("a-text") == BASE + "graph/doc/a-text"
    assert iris.evidence_graph("a-text") == BASE + "graph/evidence/a-text"
    assert iris.inferred_graph("shortcuts") == BASE + "graph/inferred/shortcuts"
    with pytest.raises(iris.IriError, match="no graph 'all'"):
        iris.graph("all")


def test_what_machines_mint_depends_on_what_identifies_it_alone() -> None:
    graph, meeting, agent = (BASE + p for p in ("graph/doc/a", "id/meeting_x", "id/area_mys"))
    one = iris.participation_iri(graph, meeting, agent, "host")
    assert re.fullmatch(re.escape(BASE) + "id/participation_[0-9a-f]{12}", one)
    assert one == iris.participation_iri(graph, meeting, agent, "host")
    others = [
        iris.participation_iri(graph, meeting, agent, "attendee"),
        iris.membership_iri(graph, agent, meeting, "member"),
        iris.membership_iri(graph, agent, meeting, "member", "2002-02-28"),
        iris.appointment_iri(graph, agent, meeting, "coordinator"),
        iris.observation_iri(graph, agent, "used-model-law", "17"),
        iris.claim_iri(graph, meeting, BASE + "ontology#inPlace", BASE + "id/place_bali"),
        iris.evidence_iri(SHA, 0, 9),
        iris.evidence_iri(SHA, 0, 91),
        iris.provisional_meeting_iri(SHA, 0, 9),
    ]
    assert len({one, *others}) == len(others) + 1
    assert all(ALPHABET.fullmatch(iri) for iri in others)


def test_documents() -> None:
    assert iris.version_iri("a-text", SHA) == BASE + "id/version_a-text_abababab"
    assert iris.file_iri("a-text", SHA) == BASE + "id/file_a-text_abababab"
    assert iris.provision_iri("a-text", "7.1") == BASE + "id/provision_a-text_7-1"
    assert iris.run_iri("a-text", SHA, "1.0").startswith(BASE + "id/run_a-text_")
    assert iris.decision_iri("links", "a-b") == BASE + "id/decision_links_a-b"
    with pytest.raises(iris.IriError, match="no SHA-256"):
        iris.version_iri("a-text", "abababab")
    with pytest.raises(iris.IriError, match="other characters"):
        iris.doc_graph("a text")


def test_keys_of_meetings() -> None:
    assert iris.meeting_key("2012-01-12", "kuala-lumpur", "workshop") == "2012-01-12_kuala-lumpur_workshop"
    assert iris.meeting_key("2009-10", None, "workshop") == "2009-10_unknown_workshop"


@given(st.from_regex(r"[a-z0-9/_.-]{0,40}", fullmatch=True))
def test_paths_and_iris_map_both_ways(rest: str) -> None:
    for mount in ("/", "/graph/"):
        iri = iris.iri_of_path(mount + rest, BASE, mount)
        assert iri == BASE + rest
        assert iris.path_of_iri(iri, BASE, mount) == mount + rest
    assert iris.unrebase(iris.rebase(BASE + rest, BASE, LOCAL), BASE, LOCAL) == BASE + rest
    assert iris.rebase(BASE + rest, BASE, LOCAL) == LOCAL + rest


def test_iris_of_others_have_no_path_and_stay() -> None:
    other = "http://www.wikidata.org/entity/Q833"
    assert iris.path_of_iri(other, BASE) is None
    assert iris.rebase(other, BASE, LOCAL) == other
    assert iris.path_of_iri(BASE + "ontology#Meeting", BASE) == "/ontology"
    with pytest.raises(iris.IriError, match="does not lie under"):
        iris.iri_of_path("/id/area_mys", BASE, "/graph/")
    with pytest.raises(iris.IriError, match="must end with /"):
        iris.rebase(BASE, BASE, "http://127.0.0.1:8000")
