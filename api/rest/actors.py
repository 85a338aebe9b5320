"""The tables of states, organisations, bodies and people."""

from __future__ import annotations

from api.rest.filters import BY_NAME, LISTED, MENTIONED, NAMED, SAME, TAKING_PART, by, dated, kinds
from api.rest.table import Collection, Coverage, Field, Sort


def states() -> Collection:
    """States and territories."""
    return Collection(
        name="states",
        title="States and territories",
        meaning="States, territories and special administrative regions, under their ISO 3166 codes. Nothing is said about status.",
        pattern="?x a bp:Area .",
        spaces=("id:area_",),
        fields=(
            Field("label", "words"),
            Field("iso2", "string"),
            Field("iso3", "string"),
            Field("m49", "string"),
            Field("inRegion", many=True, facet=True),
            Field("pacificIslandState", "boolean", facet=True),
            Field("memberOf", many=True, facet=True),
            Field("observerOf", many=True, facet=True),
            *SAME,
            *LISTED,
        ),
        filters=(
            kinds("Area", "State or Territory."),
            by("memberOf", "thing", "bp:memberOf", "Of what it is a member: process:bali-process, body:ad-hoc-group."),
            by("observerOf", "thing", "bp:observerOf", "Of what it is an observer."),
            by("region", "concept region", "bp:inRegion", "The region of the United Nations' M49: m49_035."),
            by("hosted", "meeting", "^bp:hostState|^bp:hostedBy", "The meeting that it hosted, itself or by a ministry."),
            by("attended", "meeting", "^bp:attendedBy", "The meeting in whose attendance list it stands."),
            by("observed", "meeting", "^bp:observedBy", "The meeting at which it was an observer."),
            NAMED,
        ),
        sorts=(BY_NAME, Sort("iso3", "?x bp:iso3 ?k")),
        coverage=Coverage(
            text="{total} states and territories of the reference table, {named} of which a document names as taking part. Membership is as"
            " the table and the documents have it.",
            counts=(TAKING_PART,),
        ),
        example="mys",
    )


def organisations() -> Collection:
    """Organisations."""
    return Collection(
        name="organisations",
        title="Organisations",
        meaning="International and civil society organisations, ministries and agencies.",
        pattern="?x a bp:Organisation .",
        spaces=("id:org_", "id:gov_"),
        fields=(
            Field("label", "words"),
            Field("ofState", facet=True),
            Field("memberOf", many=True, facet=True),
            Field("observerOf", many=True, facet=True),
            *SAME,
            *LISTED,
        ),
        filters=(
            kinds("Organisation", "The kind of organisation."),
            by("country", "area", "bp:ofState", "The state whose ministry or agency it is."),
            by("memberOf", "thing", "bp:memberOf", "Of what it is a member."),
            by("observerOf", "thing", "bp:observerOf", "Of what it is an observer."),
            by("attended", "meeting", "^bp:hasParticipant", "The meeting that it took part in, in whatever role."),
            NAMED,
        ),
        sorts=(BY_NAME,),
        coverage=Coverage(
            text="{total} organisations of the reference table, {named} of which a document names as taking part.",
            counts=(TAKING_PART,),
        ),
        example="org_iom",
    )


def bodies() -> Collection:
    """Bodies of the process."""
    return Collection(
        name="bodies",
        title="Bodies",
        meaning="Working groups, offices and mechanisms of the process.",
        pattern="?x a bp:Body .",
        spaces=("id:body_",),
        fields=(
            Field("label", "words"),
            Field("ofProcess", many=True, facet=True),
            Field("establishedEdtf", "string"),
            Field("establishedStart", "date"),
            Field("establishedEnd", "date"),
            Field("coordinatedBy", many=True, facet=True),
            Field("remit", "string", many=True),
            Field("theme", many=True, facet=True),
            Field("succeededBy", many=True),
            Field("closeMatch", "iri", many=True),
            *LISTED,
        ),
        filters=(
            kinds("Body", "The kind of body."),
            by("process", "process", "bp:ofProcess", "The process that it belongs to."),
            by("theme", "concept theme", "bp:theme", "What it is for."),
            *dated("bp:establishedStart", "bp:establishedEnd", "Established, or perhaps so,"),
            by("mentionedIn", "doc", "^bp:mentions", "The document that names it."),
            NAMED,
        ),
        sorts=(BY_NAME, Sort("established", "?x bp:establishedStart ?k")),
        coverage=Coverage(
            text="{total} bodies of the reference table, {named} of which the documents of this release name.",
            counts=(MENTIONED,),
        ),
        example="rso",
    )


def people() -> Collection:
    """People."""
    return Collection(
        name="people",
        title="People",
        meaning="People whom a document names with an office. What they did, and in which office, stands in their participations.",
        pattern="?x a bp:Person .",
        spaces=("id:person_",),
        fields=(
            Field("label", "words"),
            Field("honorific", "string"),
            *LISTED,
        ),
        filters=(
            by("meeting", "meeting", "^bp:hasParticipant", "The meeting that they took part in."),
            by("role", "concept role", "^bp:participant/bp:role", "As what they took part in a meeting."),
            by("onBehalfOf", "thing", "^bp:participant/bp:onBehalfOf", "For whom they took part."),
            NAMED,
        ),
        sorts=(BY_NAME,),
        coverage=Coverage(
            text="{total} people; in {named} of the {meetings} meetings of this release somebody is named.",
            counts=(
                ("named", "?n a bp:Meeting ; bp:hasParticipant ?who . ?who a bp:Person ."),
                ("meetings", "?n a bp:Meeting ."),
            ),
        ),
        example="margaret-close",
    )
