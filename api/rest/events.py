"""The tables of meetings, of who took part in them, and of places."""

from __future__ import annotations

from typing import Final

from api.rest.filters import BY_NAME, LISTED, NAMED, by, dated, kinds, words
from api.rest.table import Collection, Coverage, Field, Sort

_ROLES: Final = "hostedBy coHostedBy chairedBy coChairedBy attendedBy observedBy addressedBy supportedBy".split()
_LISTS: Final = "FILTER EXISTS { ?x bp:attendanceCoverage ?list . FILTER (?list != c:coverage_no-list) }"
_NOT_RECORDED: Final = "Who stands in no list is not recorded, which is not the same as absent."


def meetings() -> Collection:
    """Meetings."""
    return Collection(
        name="meetings",
        title="Meetings",
        meaning="Meetings that a document reports or names, each with when, where, who and what it was about.",
        pattern="?x a bp:Meeting .",
        spaces=("id:meeting_",),
        fields=(
            Field("label", "words"),
            Field("dateText", "string"),
            Field("edtf", "string"),
            Field("earliestStart", "date"),
            Field("latestEnd", "date"),
            Field("datePrecision"),
            Field("year", "integer", facet=True, rests_on="edtf"),
            Field("inPlace", facet=True),
            Field("inCountry", facet=True, rests_on="inPlace"),
            Field("placeBasis", rests_on="inPlace"),
            *(Field(name, many=True, facet=name == "hostedBy") for name in _ROLES),
            Field("hostState", many=True, facet=True, rests_on="hostedBy"),
            Field("ofProcess", many=True, facet=True),
            Field("ofBody", many=True, facet=True),
            Field("inSeries", many=True, facet=True),
            Field("ordinal", "integer"),
            Field("theme", many=True, facet=True),
            Field("attendanceExact", "integer"),
            Field("attendanceMin", "integer"),
            Field("attendanceCoverage", facet=True),
            Field("eventStatus", facet=True),
            Field("sideEventOf"),
            Field("follows", many=True),
            Field("previousMeeting", rests_on="ordinal"),
            Field("recordedIn", many=True, facet=True),
            Field("altLabel", "words", many=True, shown=False),
            Field("hasParticipant", many=True, shown=False),
        ),
        filters=(
            kinds("Meeting", "The kind of meeting."),
            by("year", "year", "bp:year", "The year, where the date leaves no doubt about it."),
            *dated("bp:earliestStart", "bp:latestEnd", "It was, or may have been,"),
            by("country", "area", "bp:inCountry", "Where it was held, by ISO 3166 code: mys."),
            by("place", "place", "bp:inPlace", "The city, island or region where it was held: bangkok."),
            by("host", "thing", "bp:hostedBy|bp:hostState", "Who hosted or co-hosted it, or whose ministry did: area:idn, org:iom."),
            by("chair", "thing", "bp:chairedBy", "Who chaired or co-chaired it."),
            by("attended", "thing", "bp:attendedBy", "Who stands in its attendance list."),
            by("observed", "thing", "bp:observedBy", "Who was an observer."),
            by("participant", "thing", "bp:hasParticipant", "Who took part, in whatever role."),
            by("body", "body", "bp:ofBody", "The group whose meeting it was: aheg-1."),
            by("process", "process", "bp:ofProcess", "The process whose meeting it was: budapest-process."),
            by("series", "series", "bp:inSeries", "The series that it belongs to."),
            by("theme", "concept theme", "bp:theme", "What it was about."),
            by("status", "concept event-status", "bp:eventStatus", "Whether it was held."),
            by("precision", "concept precision", "bp:datePrecision", "How finely it is dated."),
            by("coverage", "concept coverage", "bp:attendanceCoverage", "Whether there is an attendance list."),
            by("document", "doc", "bp:recordedIn", "The document that reports it."),
            NAMED,
        ),
        sorts=(Sort("date", "?x bp:earliestStart ?k"), BY_NAME),
        coverage=Coverage(
            text="Attendance lists exist for {lists} of {total} meetings; {placed} have a place or a country. " + _NOT_RECORDED,
            counts=(("lists", _LISTS), ("placed", "FILTER EXISTS { ?x bp:inPlace|bp:inCountry ?somewhere }")),
        ),
        geometry="?x bp:inPlace ?place .",
        example="2012-01-12_kuala-lumpur_workshop",
    )


def participations() -> Collection:
    """Who took part in what."""
    return Collection(
        name="participations",
        title="Participations",
        meaning="Who took part in which meeting and as what: a row for each, with the name as the document writes it.",
        pattern="?x a bp:Participation .",
        spaces=("id:participation_",),
        fields=(
            Field("inMeeting", facet=True),
            Field("participant", facet=True),
            Field("role", facet=True),
            Field("nameAsWritten", "string"),
            Field("officeHeld", "string"),
            Field("onBehalfOf", facet=True),
        ),
        filters=(
            by("meeting", "meeting", "bp:inMeeting", "The meeting, by its key."),
            by("year", "year", "bp:inMeeting/bp:year", "The year of the meeting."),
            *dated("bp:inMeeting/bp:earliestStart", "bp:inMeeting/bp:latestEnd", "Of meetings that were, or may have been,"),
            by("theme", "concept theme", "bp:inMeeting/bp:theme", "What the meeting was about."),
            by("participant", "thing", "bp:participant", "Who: area:mys, org:iom, person:margaret-close."),
            kinds("Agent", "The kind of whoever took part.", "bp:participant/rdf:type"),
            by("role", "concept role", "bp:role", "As what."),
            by("onBehalfOf", "thing", "bp:onBehalfOf", "For whom."),
            words("bp:nameAsWritten|bp:officeHeld|bp:participant/rdfs:label"),
        ),
        sorts=(
            Sort(
                "meeting",
                # from the few meetings to the many participations: the other way round, the engine takes half as long again
                "?of a bp:Meeting . OPTIONAL { ?of bp:earliestStart ?on } BIND (CONCAT(COALESCE(STR(?on), '9'), ' ', STR(?of)) AS ?k)"
                " ?x bp:inMeeting ?of .",
            ),
            Sort("participant", "?x bp:participant/rdfs:label ?k", "text"),
        ),
        coverage=Coverage(
            text="Attendance lists exist for {lists} of the {meetings} meetings of this release. " + _NOT_RECORDED,
            counts=(
                ("lists", "?n a bp:Meeting ; bp:attendanceCoverage ?list . FILTER (?list != c:coverage_no-list)"),
                ("meetings", "?n a bp:Meeting ."),
            ),
        ),
    )


def places() -> Collection:
    """Places."""
    return Collection(
        name="places",
        title="Places",
        meaning="Cities, islands and regions of the reference table.",
        pattern="?x a bp:Place .",
        spaces=("id:place_",),
        fields=(
            Field("label", "words"),
            Field("inCountry", facet=True),
            Field("lat", "decimal"),
            Field("long", "decimal"),
            Field("exactMatch", "iri", many=True),
            *LISTED,
        ),
        filters=(
            by("country", "area", "bp:inCountry", "The state or territory that it lies in."),
            by("meeting", "meeting", "^bp:inPlace", "The meeting that was held there."),
            NAMED,
        ),
        sorts=(BY_NAME,),
        coverage=Coverage(
            text="{total} places of the reference table, {used} of which were the place of a meeting of this release.",
            counts=(("used", "FILTER EXISTS { ?x ^bp:inPlace ?some }"),),
        ),
        geometry="BIND (?x AS ?place)",
        example="bangkok",
    )
