"""The columns of the reference tables, and the class of the ontology for each type of thing."""

from __future__ import annotations

from typing import Final

from baligraph.tables import KEY, Column

LANGUAGE: Final = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
REF: Final = r"[a-z]+:[a-z0-9]+(?:-[a-z0-9]+)*"

# type in a table → class of the ontology
AREAS: Final = {"state": "State", "territory": "Territory"}
ORGANISATIONS: Final = {
    "igo": "IntergovernmentalOrganisation",
    "ngo": "CivilSocietyOrganisation",
    "business": "BusinessOrganisation",
    "organisation": "Organisation",
    "centre": "Organisation",
    "external-group": "ExternalGroup",
    "initiative": "ExternalGroup",
    "programme": "ExternalGroup",
    "project": "ExternalGroup",
    "dialogue": "ExternalGroup",
}
GOVERNMENTS: Final = {"ministry": "GovernmentBody", "agency": "GovernmentBody", "unit": "GovernmentBody"}
BODIES: Final = {
    "process": "ConsultativeProcess",
    "steering-group": "SteeringGroup",
    "working-group": "WorkingGroup",
    "ad-hoc-group": "WorkingGroup",
    "technical-experts-group": "ExpertGroup",
    "task-force": "TaskForce",
    "network": "Network",
    "office": "Office",
    "forum": "Forum",
    "mechanism": "Mechanism",
}
INSTRUMENTS: Final = {
    "policy-guide": "PolicyGuide",
    "policy-guidance": "PolicyGuide",
    "quick-reference-guide": "QuickReferenceGuide",
    "toolkit": "Toolkit",
    "handbook": "Handbook",
    "guidelines": "Guidelines",
    "curriculum": "Curriculum",
    "model-law": "ModelLaw",
    "model-agreement": "ModelAgreement",
    "portal": "Portal",
    "website": "Portal",
    "repository": "Portal",
    "reporting-system": "ReportingSystem",
    "framework": "Framework",
    "strategy": "Framework",
    "project": "Project",
    "plan": "ActionPlan",
    "procedure": "Procedure",
    "compendium": "Compendium",
    "catalogue": "Compendium",
    "treaty": "Treaty",
    "declaration": "OutcomeText",
    "co-chairs-statement": "OutcomeText",
    "recommendations": "OutcomeText",
}
SERIES: Final = ("MinisterialConference", "SeniorOfficialsMeeting", "SteeringGroupMeeting", "GroupMeeting", "Workshop", "ForumSession")
PLACES: Final = ("city", "town", "island", "region")
STATUSES: Final = ("member", "observer", "co-chair", "coordinator", "steering-group")
RIGHTS: Final = ("full text", "quote only")

_KEY: Final = Column("key", required=True, pattern=KEY, hint="a slug of [a-z0-9-]")
_LABEL: Final = Column("label", required=True)
_ALIASES: Final = Column("aliases", "list")
_ACRONYMS: Final = Column("acronyms", "list")
_PHRASES: Final = Column("phrases", "list")
_PROCESS: Final = Column("process", pattern=KEY, hint="the key of a process in bodies.csv")
_TAIL: Final = (Column("source", "list", required=True), Column("checked", "date"), Column("note"))
_AREA_KEY: Final = Column("key", required=True, pattern="[a-z]{3}", hint="an ISO 3166 alpha-3 code in lower case")
_CODES: Final = (
    Column("iso2", required=True, pattern="[A-Z]{2}", hint="an ISO 3166 alpha-2 code"),
    Column("iso3", required=True, pattern="[A-Z]{3}", hint="an ISO 3166 alpha-3 code"),
    Column("m49", required=True, pattern=r"\d{3}", hint="an M49 code of three digits"),
)
_WIKIDATA: Final = (
    Column("wikidata", pattern=r"Q[1-9]\d*", hint="a Wikidata item such as Q833"),
    Column("wikidata_match", values=("exact", "close")),
)


def _area(*, required: bool) -> Column:
    return Column("area", required=required, pattern="[a-z]{3}", hint="the key of an area: its ISO 3166 alpha-3 code in lower case")


def _type(values: tuple[str, ...]) -> Column:
    return Column("type", required=True, values=values)


COLUMNS: Final[dict[str, tuple[Column, ...]]] = {
    "areas": (
        _AREA_KEY,
        _type(tuple(AREAS)),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        Column("adjectives", "list"),
        *_CODES,
        Column("region", required=True, pattern=r"\d{3}", hint="the M49 code of a region"),
        Column("subregion", required=True, pattern=r"\d{3}", hint="the M49 code of a sub-region"),
        Column("eu_authority", "iri"),
        *_WIKIDATA,
        Column("pacific_island", "flag"),
        *_TAIL,
    ),
    "codes": (_AREA_KEY, *_CODES, Column("source", "list", required=True)),
    "places": (
        _KEY,
        _type(PLACES),
        _LABEL,
        _ALIASES,
        _area(required=True),
        Column("geonames", pattern=r"\d+", hint="a GeoNames id"),
        Column("lat", "number"),
        Column("long", "number"),
        *_TAIL,
    ),
    "organisations": (
        _KEY,
        _type(tuple(ORGANISATIONS)),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        _PHRASES,
        _area(required=False),
        *_WIKIDATA,
        *_TAIL,
    ),
    "governments": (
        _KEY,
        _type(tuple(GOVERNMENTS)),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        _PHRASES,
        _area(required=True),
        Column("parent", pattern=KEY, hint="the key of a row of this table"),
        *_TAIL,
    ),
    "bodies": (
        _KEY,
        _type(tuple(BODIES)),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        _PHRASES,
        _PROCESS,
        Column("established", "edtf"),
        Column("basis"),
        Column("coordination"),
        *_TAIL,
    ),
    "instruments": (
        _KEY,
        _type(tuple(INSTRUMENTS)),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        _PHRASES,
        Column("generic", "flag", required=True),
        _PROCESS,
        Column("published", "edtf"),
        Column("publishers", "list", pattern=REF, hint="a reference such as body:rso"),
        *_TAIL,
    ),
    "people": (_KEY, _LABEL, _ALIASES, _PHRASES, *_TAIL),
    "series": (
        _KEY,
        _type(SERIES),
        _LABEL,
        _ALIASES,
        _ACRONYMS,
        _PROCESS,
        Column("body", pattern=KEY, hint="the key of a row of bodies.csv"),
        *_TAIL,
    ),
    "events": (_KEY, _LABEL, _ALIASES, *_TAIL),
    "groups": (_KEY, _LABEL, _ALIASES, *_TAIL),
    "members": (
        _KEY,
        Column("member", required=True, pattern=REF, hint="a reference such as area:mys"),
        Column("organisation", required=True, pattern=REF, hint="a reference such as process:bali-process"),
        Column("status", required=True, values=STATUSES),
        Column("since", "edtf"),
        Column("attested", "date"),
        *_TAIL,
    ),
    "documents": (
        Column("slug", required=True, pattern=KEY, hint="a slug of [a-z0-9-]"),
        Column("title", required=True),
        Column("language", required=True, pattern=LANGUAGE, hint="a BCP 47 tag such as en"),
        Column("source", required=True),
        Column("retrieved", "date"),
        Column("sha256", required=True, pattern="[0-9a-f]{64}", hint="a SHA-256 in hexadecimal digits"),
        Column("rights", required=True, values=RIGHTS),
    ),
}
