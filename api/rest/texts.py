"""The tables of documents, of what they say word for word, of instruments, themes and observations."""

from __future__ import annotations

from api.rest.filters import BY_NAME, LISTED, MENTIONED, NAMED, SAME, by, dated, kinds, words
from api.rest.table import Collection, Coverage, Field, Filter, Sort


def documents() -> Collection:
    """Documents."""
    return Collection(
        name="documents",
        title="Documents",
        meaning="Documents that were read, or that others name.",
        pattern="?x a bp:Document .",
        spaces=("id:doc_",),
        fields=(
            Field("title", "words"),
            Field("documentType", facet=True),
            Field("dateText", "string"),
            Field("edtf", "string"),
            Field("earliestStart", "date"),
            Field("latestEnd", "date"),
            Field("outcomeOf", many=True, facet=True),
            Field("issuedBy", many=True, facet=True),
            Field("language", "string", many=True),
            Field("rights", "string", many=True),
            Field("altLabel", "words", many=True),
            Field("mentions", many=True, shown=False, facet=True),
            Field("sourceRow", "string", many=True, shown=False),
        ),
        filters=(
            by("type", "concept document-type", "bp:documentType", "The type of document."),
            by("year", "year", "bp:outcomeOf/bp:year", "The year of the meeting whose outcome it is."),
            *dated("bp:outcomeOf/bp:earliestStart", "bp:outcomeOf/bp:latestEnd", "Outcome of a meeting that was, or may have been,"),
            by("meeting", "meeting", "bp:outcomeOf|^bp:recordedIn", "The meeting whose outcome it is, or that it reports."),
            by("mentions", "thing", "bp:mentions", "What it names: org:iom, body:rso, instrument:model-legislation."),
            words("dcterms:title|skos:altLabel"),
        ),
        sorts=(Sort("title", "?x dcterms:title ?k", "text"), Sort("date", "?x bp:outcomeOf/bp:earliestStart ?k")),
        coverage=Coverage(
            text="{read} of {total} documents were read; what no document of this release says is missing here.",
            counts=(("read", "FILTER EXISTS { ?x bp:realizedBy ?version }"),),
        ),
        example="strategy-for-cooperation-2018",
    )


def commitments() -> Collection:
    """Promises alone."""
    meaning = "What was promised or agreed, word for word. Recommendations, decisions and findings are none: they stand in provisions."
    return _provisions("commitments", "Commitments", meaning, "Commitment")


def provisions() -> Collection:
    """All kinds."""
    kind = kinds("Provision", "Commitment, Recommendation, Decision or Finding.")
    meaning = (
        "Commitments, recommendations, decisions and findings, word for word. A recommendation is no commitment: `kind` tells them apart."
    )
    return _provisions("provisions", "Provisions", meaning, "Provision", kind)


def _provisions(name: str, title: str, meaning: str, kind: str, *filters: Filter) -> Collection:
    return Collection(
        name=name,
        title=title,
        meaning=meaning,
        pattern=f"?x a bp:{kind} .",
        spaces=("id:provision_",),
        fields=(
            Field("text", "words"),
            Field("number", "string"),
            Field("inDocument", facet=True),
            Field("wording", many=True, facet=True),
            Field("verb", "string", many=True),
            Field("strength", facet=True, rests_on="text"),
            Field("directives", "integer"),
            Field("strategyArea", facet=True, rests_on="text"),
            Field("theme", many=True, facet=True),
            Field("crime", many=True, facet=True),
            Field("actor", many=True, facet=True),
            Field("addressee", many=True, facet=True),
            Field("responsibleBody", many=True, facet=True),
            Field("usesInstrument", many=True, facet=True),
            Field("mentions", many=True, facet=True),
            Field("condition", "string", many=True),
            Field("dueText", "string", many=True),
            Field("attributedTo", facet=True),
            Field("latestReportedStatus"),
            Field("order", "integer", shown=False),
            Field("action", many=True, shown=False),
        ),
        filters=(
            *filters,
            by("document", "doc", "bp:inDocument", "The document that holds it."),
            by("year", "year", "bp:inDocument/bp:outcomeOf/bp:year", "The year of the meeting whose outcome its document is."),
            *dated(
                "bp:inDocument/bp:outcomeOf/bp:earliestStart",
                "bp:inDocument/bp:outcomeOf/bp:latestEnd",
                "Of a document whose meeting was, or may have been,",
            ),
            by("strength", "concept strength", "bp:strength", "How binding its wording is, from 0 to 4: our reading, not the text's."),
            by("wording", "concept wording", "bp:wording", "The operative word."),
            by("theme", "concept theme", "bp:theme", "What it is about."),
            by("crime", "concept crime", "bp:crime", "The crime that it is about."),
            by("area", "concept strategy-area", "bp:strategyArea", "The area of the strategy: 2018-7."),
            by("actor", "thing", "bp:actor", "Who is to act: process:bali-process, group:members."),
            by("addressee", "thing", "bp:addressee", "Whom it addresses."),
            by("body", "thing", "bp:responsibleBody|bp:mentions", "The body that it names: body:rso, org:jclec."),
            by("instrument", "instrument", "bp:usesInstrument|bp:mentions", "The instrument that it names: model-mou."),
            by("meeting", "meeting", "bp:attributedTo", "The meeting whose decision it quotes."),
            words("bp:text"),
        ),
        sorts=(
            Sort("document", "?x bp:inDocument ?of ; bp:order ?at . BIND (CONCAT(STR(?of), ' ', SUBSTR(STR(1000000000 + ?at), 2)) AS ?k)"),
            Sort("strength", "?x bp:strength ?k"),
        ),
        coverage=Coverage(
            text="{total} of the {provisions} provisions that were read from {documents} documents. Whether a promise was kept is"
            " stated only where a document reports it.",
            counts=(
                ("provisions", "?n a bp:Provision ."),
                ("documents", "?n a bp:Document ; bp:realizedBy ?version ."),
            ),
        ),
        example="strategy-for-cooperation-2018_7-1",
    )


def instruments() -> Collection:
    """Instruments."""
    return Collection(
        name="instruments",
        title="Instruments",
        meaning="Policy guides, toolkits, portals, model laws and other instruments.",
        pattern="?x a bp:Instrument .",
        spaces=("id:instrument_",),
        fields=(
            Field("label", "words"),
            Field("ofProcess", many=True, facet=True),
            Field("establishedEdtf", "string"),
            Field("establishedStart", "date"),
            Field("establishedEnd", "date"),
            Field("developedBy", many=True, facet=True),
            Field("establishedBy", many=True, facet=True),
            Field("publishedBy", many=True, facet=True),
            Field("publishedAs", many=True),
            Field("theme", many=True, facet=True),
            *LISTED,
        ),
        filters=(
            kinds("Instrument", "The kind of instrument."),
            by("process", "process", "bp:ofProcess", "The process that it belongs to."),
            by("developedBy", "thing", "bp:developedBy", "Who developed it."),
            by("publishedBy", "thing", "bp:publishedBy", "Who published it."),
            *dated("bp:establishedStart", "bp:establishedEnd", "Established, or perhaps so,"),
            by("mentionedIn", "doc", "^bp:mentions", "The document that names it."),
            by("status", "concept instrument-status", "^bp:about/bp:valueConcept", "A status that a document reports of it."),
            NAMED,
        ),
        sorts=(BY_NAME, Sort("established", "?x bp:establishedStart ?k")),
        coverage=Coverage(
            text="{total} instruments of the reference table, {named} of which the documents of this release name.",
            counts=(MENTIONED,),
        ),
        example="model-legislation",
    )


def themes() -> Collection:
    """Themes."""
    return Collection(
        name="themes",
        title="Themes",
        meaning="What meetings and provisions are about: the concepts of one scheme, with their definitions.",
        pattern="?x skos:inScheme c:theme .",
        spaces=("c:theme_",),
        fields=(
            Field("prefLabel", "words"),
            Field("definition", "words"),
            Field("broader", many=True, facet=True),
            Field("altLabel", "words", many=True),
            *SAME,
        ),
        filters=(
            by("broader", "concept theme", "skos:broader", "The theme above it."),
            by("document", "doc", "^bp:theme/bp:inDocument", "The document of whose provisions it is a theme."),
            by("meeting", "meeting", "^bp:theme", "The meeting whose theme it is."),
            words("skos:prefLabel|skos:altLabel|skos:hiddenLabel"),
        ),
        sorts=(Sort("label", "?x skos:prefLabel ?k", "text"),),
        coverage=Coverage(
            text="{used} of {total} themes are those of a meeting or a provision of this release.",
            counts=(("used", "FILTER EXISTS { ?x ^bp:theme ?some }"),),
        ),
        example="victim-protection",
    )


def observations() -> Collection:
    """Observations."""
    return Collection(
        name="observations",
        title="Observations",
        meaning="What documents report of a status or a number: uptake of an instrument, figures of states that are not named.",
        pattern="?x a bp:StatusObservation .",
        spaces=("id:observation_",),
        fields=(
            Field("about", facet=True),
            Field("observedProperty", facet=True),
            Field("value", "integer"),
            Field("unit"),
            Field("valueConcept", facet=True),
            Field("population"),
            Field("namedStates", many=True, facet=True),
            Field("asOfText", "string"),
            Field("asOfEdtf", "string"),
            Field("asOfStart", "date"),
            Field("asOfEnd", "date"),
        ),
        filters=(
            by("about", "thing", "bp:about", "What was observed: instrument:model-legislation."),
            by("property", "concept observed-property", "bp:observedProperty", "Which property of it."),
            by("status", "concept instrument-status", "bp:valueConcept", "The status of an instrument."),
            by("state", "area", "bp:namedStates", "A state that the text names."),
            *dated("bp:asOfStart", "bp:asOfEnd", "As it was, or may have been,"),
        ),
        sorts=(Sort("date", "?x bp:asOfStart ?k"), Sort("about", "?x bp:about ?k")),
        coverage=Coverage(
            text="{total} observations, {dated} with a date. States that a text counts without naming them are not named here either.",
            counts=(("dated", "FILTER EXISTS { ?x bp:asOfStart ?day }"),),
        ),
    )
