"""Reference tables: typed records, checks across tables, names, and the graph that they give."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from baligraph import data
from baligraph.errors import InputError
from baligraph.prefixes import expand
from ingest.contribution import Original, TextInput
from ingest.gather import gather
from ingest.reference import Area, Reference, document_quads, load_reference, reference_quads
from ingest.reference.quads import edtf_bounds


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data.corpus(), tmp_path / "corpus"))


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def quads(reference: Reference) -> list[Quad]:
    return list(reference_quads(reference, gather(reference).texts))


def objects(quads: list[Quad], ref: str, predicate: str) -> set[str]:
    subject = NamedNode(expand(f"id:{ref.replace(':', '_', 1)}"))
    return {q.object.value for q in quads if q.subject == subject and q.predicate.value == expand(predicate)}


# --- bad rows ---------------------------------------------------------------------------------------------------------------------------


def swap(table: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(corpus: Path) -> None:
        path = corpus / table
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def append(table: str, line: str) -> Callable[[Path], None]:
    def edit(corpus: Path) -> None:
        with (corpus / table).open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return edit


AREA = "{key},state,Atlantis,,,,{iso2},{iso3},{m49},142,035,,,,,a source,,"
BAD = [
    (
        append("reference/areas.csv", AREA.format(key="xyz", iso2="XY", iso3="XY", m49="998")),
        "areas",
        "iso3",
        "'XY' is not an ISO 3166 alpha-3 code",
    ),
    (
        append("reference/areas.csv", AREA.format(key="xyz", iso2="xy", iso3="XYZ", m49="998")),
        "areas",
        "iso2",
        "'xy' is not an ISO 3166 alpha-2",
    ),
    (append("reference/areas.csv", AREA.format(key="xyz", iso2="XY", iso3="XYZ", m49="36")), "areas", "m49", "'36' is not an M49 code"),
    (
        append("reference/areas.csv", AREA.format(key="xyz", iso2="XY", iso3="XYZ", m49="998")),
        "areas",
        "iso3",
        "XYZ is no code of ISO 3166-1",
    ),
    (append("reference/areas.csv", AREA.format(key="abw", iso2="AX", iso3="ABW", m49="533")), "areas", "iso2", "AX is not the code of ABW"),
    (append("reference/areas.csv", AREA.format(key="abw", iso2="AW", iso3="ABW", m49="534")), "areas", "m49", "534 is not the code of ABW"),
    (append("reference/areas.csv", AREA.format(key="xyz", iso2="MY", iso3="XYZ", m49="998")), "areas", "iso2", "MY is the code of mys"),
    (
        append("reference/areas.csv", AREA.format(key="xyz", iso2="XY", iso3="XYA", m49="998")),
        "areas",
        "key",
        "'xyz' is not the alpha-3 code XYA",
    ),
    (append("reference/areas.csv", AREA.format(key="mys", iso2="XY", iso3="MYS", m49="998")), "areas", "key", "'mys' stands in line"),
    (swap("reference/areas.csv", "authority/country/MYS", "authority/country/MMR"), "areas", "eu_authority", "does not end with MYS"),
    (swap("reference/areas.csv", ",Q833,exact,", ",Q833,,"), "areas", "wikidata_match", "go together"),
    (swap("reference/areas.csv", "key,type", "key,kind"), "areas", None, "lacks type and has unknown 'kind'"),
    (
        append("reference/places.csv", "atlantis,city,Atlantis,,xyz,,,,a source,,"),
        "places",
        "area",
        "'xyz' is no key in corpus/reference/areas.csv",
    ),
    (append("reference/places.csv", "atlantis,city,Atlantis,,mys,,1.5,,a source,,"), "places", "lat", "go together"),
    (append("reference/places.csv", "atlantis,city,Atlantis,,mys,,91,10,a source,,"), "places", "lat", "no point on earth"),
    (
        append("reference/places.csv", "atlantis,city,Atlantis,Bangkok,mys,,,,a source,,"),
        "places",
        "aliases",
        "'Bangkok' names place:bangkok",
    ),
    (append("reference/places.csv", "atlantis,city,Atlantis,,mys,,,,,,"), "places", "source", "is empty"),
    (
        append("reference/groups.csv", "atlanteans,Atlanteans,,document atlantis,,"),
        "groups",
        "source",
        "'atlantis' is no document of corpus/documents.csv",
    ),
    (append("reference/organisations.csv", "iom-2,igo,Another,,IOM,,,,,a source,,"), "organisations", "acronyms", "'IOM' names org:iom"),
    (
        append("reference/organisations.csv", "x,igo,X Org,,,no braces,,,,a source,,"),
        "organisations",
        "phrases",
        "must mark one name in braces",
    ),
    (append("reference/organisations.csv", "x,club,X Org,,,,,,,a source,,"), "organisations", "type", "'club' is not a known value"),
    (
        append("reference/governments.csv", "my-x,unit,X of Malaysia,,,,mys,my-y,a source,,"),
        "governments",
        "parent",
        "'my-y' is no key in corpus/reference/governments",
    ),
    (append("reference/bodies.csv", "x,network,X,,,,,,,,a source,,"), "bodies", "process", "is empty"),
    (
        append("reference/bodies.csv", "x,network,X,,,,atlantis,,,,a source,,"),
        "bodies",
        "process",
        "'atlantis' is no key in corpus/reference/bodies.csv (type process)",
    ),
    (
        append("reference/instruments.csv", "x,toolkit,X,,,,no,,,club:x,a source,,"),
        "instruments",
        "publishers",
        "'club:x' has an unknown type",
    ),
    (append("reference/instruments.csv", "x,toolkit,X,,,,,,,,a source,,"), "instruments", "generic", "is empty"),
    (
        append("reference/series.csv", "x,Workshop,X,,,bali-process,x,a source,,"),
        "series",
        "body",
        "'x' is no key in corpus/reference/bodies.csv",
    ),
    (append("reference/members.csv", "x,area:xyz,process:bali-process,member,,,a source,,"), "members", "member", "'xyz' is no key"),
    (append("reference/members.csv", "x,area:mys,org:iom,member,,,a source,,"), "members", "organisation", "is no process or body"),
    (append("reference/members.csv", "x,area:mys,process:bali-process,member,,,a source,,"), "members", "key", "says the same as line"),
    (append("reference/members.csv", "x,area:mys,body:rso,fan,,,a source,,"), "members", "status", "'fan' is not a known value"),
    (swap("documents.csv", ",full text", ",all mine"), "documents", "rights", "'all mine' is not a known value"),
    (swap("documents.csv", ",en,", ",English!,"), "documents", "language", "is not a BCP 47 tag"),
]


@pytest.mark.parametrize(("edit", "table", "column", "problem"), BAD)
def test_a_bad_row_is_named(corpus: Path, edit: Callable[[Path], None], table: str, column: str | None, problem: str) -> None:
    edit(corpus)
    with pytest.raises(InputError) as caught:
        load_reference(corpus)
    error = caught.value
    assert Path(error.file).stem == table
    assert error.column == column
    assert error.line is not None
    assert problem in error.problem
    assert error.mend


def test_a_latin_1_table_is_refused_with_its_line(corpus: Path) -> None:
    path = corpus / "reference/areas.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("latin-1", errors="replace"))
    with pytest.raises(InputError, match="is not UTF-8") as caught:
        load_reference(corpus)
    assert caught.value.line == next(n for n, line in enumerate(text.split("\n"), 1) if any("\x7f" < c <= "\xff" for c in line))


def test_a_missing_table_is_named(corpus: Path) -> None:
    (corpus / "reference/events.csv").unlink()
    with pytest.raises(InputError, match=r"corpus/reference/events\.csv: can't be read"):
        load_reference(corpus)


def test_the_order_of_rows_does_not_change_the_graph(corpus: Path, quads: list[Quad]) -> None:
    for table in (corpus / "reference").glob("*.csv"):
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    reference = load_reference(corpus)
    assert set(reference_quads(reference, gather(reference).texts)) == set(quads)


# --- names ------------------------------------------------------------------------------------------------------------------------------


def test_names_follow_from_the_table(reference: Reference) -> None:
    iom = next(e for e in reference.entities({"org"}) if e.ref == "org:iom")
    assert "IOM" in iom.acronyms
    assert "International Organization for Migration (IOM)" in iom.aliases
    ministries = [e.ref for e in reference.entities() if "ROK Justice and Gender Equality ministries" in e.aliases]
    assert sorted(ministries) == ["gov:rok-ministry-of-gender-equality", "gov:rok-ministry-of-justice"]


def test_entities_can_be_asked_by_kind(reference: Reference) -> None:
    assert {e.kind for e in reference.entities({"area", "person"})} == {"area", "person"}
    assert {e.ref for e in reference.entities({"process"})} == {"process:bali-process", "process:budapest-process"}
    assert len(list(reference.entities())) == len(reference.entries)


def test_an_acronym_with_two_meanings_never_stands_alone(reference: Reference) -> None:
    assert [e.ref for e in reference.entities() if "ICE" in (*e.acronyms, *e.aliases, e.label)] == []
    assert {e.ref for e in reference.entities() if any("(ICE)" in a for a in e.aliases)} == {
        "org:immigration-control-experts",
        "gov:us-ice-hsi",
    }


def test_kinds_of_instruments_are_marked(reference: Reference) -> None:
    assert {e.ref for e in reference.entities() if e.generic} == {
        "instrument:national-action-plans",
        "instrument:sops-victim-identification",
    }


def test_every_area_has_an_adjective(reference: Reference) -> None:
    lacking = [a.key for a in reference.of(Area) if not a.adjectives]
    assert lacking == [], f"fill the column adjectives in corpus/reference/areas.csv for {lacking}"


# --- the graph --------------------------------------------------------------------------------------------------------------------------


def test_every_subject_names_its_row_and_its_source(quads: list[Quad]) -> None:
    subjects = {q.subject for q in quads}
    for predicate in ("bp:sourceRow", "dcterms:source", "rdf:type"):
        assert {q.subject for q in quads if q.predicate.value == expand(predicate)} == subjects


def test_everything_stands_in_the_reference_graph_once(quads: list[Quad]) -> None:
    assert {q.graph_name.value for q in quads} == {expand("g:reference")}
    assert len(quads) == len(set(quads))


def test_an_area(quads: list[Quad]) -> None:
    assert objects(quads, "area:mys", "rdf:type") == {expand("bp:State")}
    assert objects(quads, "area:mac", "rdf:type") == {expand("bp:Territory")}
    assert objects(quads, "area:aus", "bp:m49") == {"036"}
    assert objects(quads, "area:idn", "bp:inRegion") == {expand("c:region_m49_142"), expand("c:region_m49_035")}
    assert objects(quads, "area:ton", "bp:pacificIslandState") == {"true"}
    assert objects(quads, "area:ncl", "bp:pacificIslandState") == set()
    assert objects(quads, "area:mys", "skos:exactMatch") == {
        expand("wd:Q833"),
        "http://publications.europa.eu/resource/authority/country/MYS",
    }
    assert objects(quads, "area:mys", "bp:sourceRow") == {"corpus/reference/areas.csv#mys"}


def test_neighbours_are_close_matches(quads: list[Quad]) -> None:
    close = {q.subject.value: q.object.value for q in quads if q.predicate.value == expand("skos:closeMatch")}
    assert close == {
        expand("id:area_chn"): expand("wd:Q148"),
        expand("id:area_dnk"): expand("wd:Q35"),
        expand("id:area_nld"): expand("wd:Q55"),
        expand("id:org_unhcr"): expand("wd:Q132551"),
    }


def test_classes_come_from_types(quads: list[Quad]) -> None:
    expected = {
        "org:iom": "IntergovernmentalOrganisation",
        "org:muslimat-nu": "CivilSocietyOrganisation",
        "org:artip": "ExternalGroup",
        "gov:lk-police": "GovernmentBody",
        "body:wg-tip": "WorkingGroup",
        "body:teg-rr": "ExpertGroup",
        "process:budapest-process": "ConsultativeProcess",
        "instrument:pg-following-the-money": "PolicyGuide",
        "instrument:untoc": "Treaty",
        "instrument:rcf": "Framework",
        "place:bali": "Place",
        "series:ministerial-conferences": "MeetingSeries",
        "event:ungift-forum": "ForeignEvent",
        "group:members": "CollectiveGroup",
        "person:hasan-kleib": "Person",
    }
    assert {ref: objects(quads, ref, "rdf:type") for ref in expected} == {ref: {expand(f"bp:{name}")} for ref, name in expected.items()}


def test_a_dated_membership(quads: list[Quad]) -> None:
    rows = [q.subject for q in quads if q.object == Literal("corpus/reference/members.csv#bali-process-unodc")]
    (subject,) = rows
    found = {q.predicate.value: q.object.value for q in quads if q.subject == subject}
    assert found[expand("bp:member")] == expand("id:org_unodc")
    assert found[expand("bp:organisation")] == expand("id:process_bali-process")
    assert found[expand("bp:status")] == expand("c:status_member")
    assert found[expand("bp:sinceEdtf")] == found[expand("bp:sinceStart")] == found[expand("bp:sinceEnd")] == "2013-04-01"


def test_a_document(reference: Reference) -> None:
    record = reference.documents["strategy-for-cooperation-2018"]
    read = TextInput(slug=record.slug, text="x" * 5000, original=Original(record.sha256, "pdf", "a library 1.0"))
    quads = list(document_quads(record, read))
    version, file = f"version:{record.slug}_{read.sha256[:8]}", f"file:{record.slug}_{record.sha256[:8]}"
    assert objects(quads, f"doc:{record.slug}", "bp:realizedBy") == {expand(f"id:{version.replace(':', '_', 1)}")}
    assert objects(quads, version, "bp:charLength") == {"5000"}
    assert objects(quads, version, "bp:sha256") == {read.sha256}
    assert objects(quads, file, "bp:sha256") == {record.sha256} != {read.sha256}
    assert objects(quads, file, "dcterms:format") == {"application/pdf"}
    assert objects(quads, f"doc:{record.slug}", "dcterms:rights") == {"full text"}


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2002", (2002, 1, 1), (2002, 12, 31)),
        ("2002-02", (2002, 2, 1), (2002, 2, 28)),
        ("2004-02", (2004, 2, 1), (2004, 2, 29)),
        ("2018-08-07", (2018, 8, 7), (2018, 8, 7)),
        ("2012-01-12/2012-01-13", (2012, 1, 12), (2012, 1, 13)),
        ("2003/2004-02", (2003, 1, 1), (2004, 2, 29)),
    ],
)
def test_bounds_of_edtf(edtf: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert edtf_bounds(edtf) == (dt.date(*start), dt.date(*end))
