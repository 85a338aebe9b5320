"""Names of people in a text, with the form of address or rank before them and the office that stands before or after.

A name is read where a form of address stands before it ("H.E.", "Police Colonel"), where an office follows or precedes it directly
("Ana Lim, Director of …", "Fiji's Foreign Minister, Ana Lim"), or where a list of people asks for one; so that no title of a document
and no place turns into a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ingest.document import Passage
from ingest.grammar.columns import name_end

_RANK = (
    r"(?:Federal|Special|Senior)\s+Agent|Ambassador|Amb|Senator|Sen|General|Gen|Colonel|Col|Major|Maj|Captain|Capt|Lieutenant|Lt|Brigadier|Brig|Admiral|Adm"
    r"|Commodore|Cdre|Commander|Cdr|Squadron\s+Leader|Wing\s+Commander|Group\s+Captain|"
    r"Marshal|Commissioner|Superintendent|Supt|Inspector|Insp|Sergeant|Sgt|Undersecretary|Under-Secretary|Premier|Secretary|Minister|Justice|Judge|Governor|Consul"
)
_FORCE = rf"Pol(?:ice)?\.?(?=\s+(?:(?:Deputy|Assistant|Chief|Senior|Vice)\s+)?(?:{_RANK})\b)"  # before a rank: "Police Academy" is nobody
ADDRESS = (
    r"(?:[Tt]he\s+)?(?:(?:H\.\s?E\.?|HE(?=\s)|His\s+Excellency|Her\s+Excellency|(?:Right\s+)?Hon(?:ou?rable|\.)?|Mr|Mrs|Ms|Miss"
    r"|(?<![\w.]\s)M\.(?=\s+[A-Z][\w’'-]*[a-z]\s+[A-Z]{2})|Mlle|Mme|Mdm|Madam|"
    r"Dr|Prof(?:essor)?|Sir|Dame|Dato(?:['’]?\s+(?:Sri|Seri))?|Datuk(?:\s+Seri)?|Datin|Tan\s+Sri|YB|YAB|Tun(?!\s+Tun\b)(?=\s+[A-Z]\w+\s+[A-Z])|Drs?|Ir|Haji|Hj"
    r"|Sheikh|Shri|Smt|Ibu|Bapak|Pehin|Khun|Rev|Engr|Atty|P/(?:[SC]?Insp|S?C?Supt|Lt|Maj|Capt|Col|[BM]?Gen|Dir)|Dasho|Lyonpo|Ratu|Puan|Pn|Encik|Oknha|Daw(?=\s+[A-Z])|U(?=\s+[A-Z]\w+\s+[A-Z])|"
    r"(?:(?:Deputy|Assistant)\s+)?(?:Director|Secretary|Attorney|Consul|Inspector|Controller)[\s-]General|"
    r"(?:Senior\s+|Deputy\s+)?(?:DIG|IGP|SSP|AIG|SAC|DCP|ACP|DSP|ASP|AIGP)|"
    rf"{_FORCE}|(?:Foreign\s+)?(?:Ministers|Ambassadors)(?=\s+[A-Z][\w’'-]+\s+[A-Z][\w’'-]+\s+of\s+[A-Z])|(?:Vice[\s-])?President|(?:(?:Deputy|Assistant|Chief|Senior|Vice|Rear|Air|First|Detective|Foreign|Prime|Home|Interior|Immigration)\s+){{0,2}}(?:{_RANK}))(?:\.|['’])?)(?:\s+\((?:[Rr]etd?\.?|[Rr]etired|N|Navy|Pol)\)|\s+Pol\.?(?=\s+[A-Z][a-z]+\s+[A-Z]))?"
)
_WORD = r"[^\W\d_a-z][\w'’-]+"
POST = r"(?:MP|AO|AC|AM|QC|KC|SC|MBE|OBE|CBE|KBE|OAM|PSM|APM|CSC|CMG|KCMG|DSM|CVO|MVO|ONZM|PhD|MHR|MLC)"
_AFTER_NAME = rf"(?!{POST}\b)"  # what is set after a name is no part of it
NAME = (
    rf"(?:(?:(?:Md|Mohd|Muhd|Abd)\.\s+)?(?:(?:[A-Z]\.\s?){{1,3}}|[A-Z](?=\s+[A-Z][a-z]))\s*|(?:Md|Mohd|Muhd|Abd)\.\s+)?{_WORD}(?:\s+(?:(?:[A-Z]\.){{1,3}}|{_AFTER_NAME}{_WORD}|(?:bin|binti|bte|ibn|de|da|dos|van|der|von|la|al"
    r"|el|[A-Z])(?=\s)))*"
)
_ADDRESSED = re.compile(rf"(?<![\w.])(?P<address>(?:{ADDRESS}\s+)+)(?P<name>{NAME})")
# The heads of offices: what makes words an office.
TITLE = re.compile(
    r"\b(?:(?:Prime\s+|Vice[- ])?Minister|Secretary|Director|Ambassador|Commissioner|President|Governor|Attorney|General|Chief"
    r"|Head|Coordinator|"
    r"Adviser|Advisor|Representative|Officer|Counsellor|Consul|Manager|Commander|Chair(?:man|person|woman)?|Superintendent"
    r"|Inspector|Deputy|"
    r"Chargé|Envoy|Administrator|Controller|Executive|Registrar|Assistant|Analyst|Attaché|Delegate|Specialist|Expert|Lead|Senator|Premier|Mayor|Prosecutor|Magistrate"
    r"|Spokesperson)"
    r"(?:s|-General)?\b"
)
_TITLED = r"(?!and\b)(?:the\s+)?(?:[\w’'.-]+\s+){0,4}?" + TITLE.pattern
_PLAIN = rf"[A-Z][\w’'-]*[a-z][\w’'-]*(?:\s+(?:[A-Z]\.|{_WORD}|(?:bin|binti|de|van|der)(?=\s))){{1,3}}"
_BARE = re.compile(rf"(?<![\w.’'-])(?P<name>(?!(?:The|In|On|At|From|Also|And|Both|Mr|Ms|Deputy|Director|Minister)\b){_PLAIN})")
# "by the Royal Government of Fiji": words of an agency, no name.
NOBODY: Final = re.compile(
    r"\b(?:Government|Department|Ministry|Police|Office|Bureau|Agency|Forces?|Republic|Kingdom|Group|Council|Authority|Commission|Secretariat|Court"
    r"|University|Embassy|Navy|Service|Directorate|Institute|Division|Branch|Section|Unit|Centre|Center|Association|Foundation|Federation|Alliance|Network"
    r"|Board|College|Programme|Team)\b"
)
_BARE_END = re.compile(rf"\s*[,(]\s*{_TITLED}")
_BARE_LEAD = re.compile(r"(?:\b(?:by|were|was|and)|representatives,|[Cc]hairs?[,:])\s+(?:jointly\s+)?(?:the\s+)?$")
_BARE_STOP = re.compile(
    r"\s*(?:[.;]|,\s+(?:and\b|co-?chaired|opened|chaired|delivered|gave)|$|co-?chaired|opened|chaired"
    r"|delivered|gave)"
)
# "Ana Lim (IOM) spoke on …" at the head of a sentence: who speaks for the party in brackets.
_BARE_SPOKE = re.compile(
    r"\s+\((?P<of>[A-Z][^()]{1,80})\)\s+(?:also\s+|then\s+|\w+ly\s+)?(?:spoke|presented|briefed|moderated|facilitated|chaired|gave|delivered)\b"
)
_NO_NAME = re.compile(  # what bears a name, too, and may be said to present something
    r"\b(?:Reports?|Stud(?:y|ies)|Surveys?|Guides?|Papers?|Projects?|Program(?:me)?s?|Plans?|Reviews?|Toolkits?|Handbooks?|Panels?|Sessions?|Networks?|Teams?"
    r"|Initiatives?|Strategy|Workshops?|Meetings?|Forum|Conference|Cent(?:re|er)|Units?|Branch|Division|Section|Officials|Delegat\w+|Experts|Islands?|Mission"
    r"|Task|Process|Partners?|Members?|States?|Countries|Organi[sz]ations?|Fund|Foundation|Bank|Desk)\b"
)
_NEXT = re.compile(
    rf",?\s+and\s+(?={ADDRESS}\s+[A-Z])|,?\s+and\s+(?={_PLAIN}\s*[,(]\s*{_TITLED})"
    r"|,?\s+and\s+(?:the\s+)?(?=[A-Z][\w’'-]+\s+(?:(?!and\b)[^.,;()]){0,80}?,?\s+" + ADDRESS + r"\s+[A-Z])"
    r"|,?\s+and\s+(?=[A-Z][\w-]+['’]s?\s+[^.;]{0,20}?" + TITLE.pattern + r")"
    r"|,?\s+and\s+(?=(?:the\s+)?[A-Z][^,.;()]{1,40},?\s+(?:(?:was\s+)?represented\s+)?by\s+(?:the\s+)?" + ADDRESS + r"\s+[A-Z])"
)
_DID = (
    r"(?:\s+\w+ly)?\s*\b(?:delivered|gave|made|opened|presented|provided|chaired|co-?chaired|spoke|addressed|attended|welcomed"
    r"|noted|stated|sent|tendered|conveyed|closed|called|urged|stressed|told|warned|reminded|expressed|explained|announced|responded|replied|"
    r"led|headed|represented|presided|took|participated|shared|served|acted|declared|briefed|joined|moderated|facilitated|outlined|closed|"
    r"emphasi[sz]ed|underlined|walked|drew|showed|introduced|summari[sz]ed|described|argued|recounted|pointed|inquired|asked|commended|recalled|observed|remarked|cautioned|acknowledged|extended|bade|graced|set\s+the\s+scene|officiated|demonstrated|stressed|highlighted|thanked|inaugurated|hosted|also|said|was|were|in\s+(?:his|her)\s+capacity)\b"
)
# Before the verb: what somebody had done, or is to do, is no deed at this meeting.
_NOT_THEN = r"(?:had|has|have|will|would|shall|may|might|could|should|can|did|does|is|are)\b"
_ACTED_BY = r"(?:co-?chaired|chaired|opened|moderated|facilitated|closed|hosted)\s+(?:jointly\s+)?by"
_OFFICE_END = re.compile(
    rf"\s*(?:;|,?\s+and\s+(?=for\s+(?:the\s+)?[a-z]+\s+by\b)|,?\s+and\s+(?=(?:jointly\s+)?{_ACTED_BY}\b)|,?\s+(?=(?:together|along|jointly)\s+with\b)|,\s+(?=as\s+an?\s+(?:observer|guest)\b)"
    rf"|,?\s+(?=for\s+(?:his|her)\s)|,\s+(?=respectively\b)|,?\s+(?=as\s+(?:its\s+|the\s+|our\s+)?(?:[Cc]o-?[Cc]hair|[Cc]hair|moderator|facilitator|rapporteur)\b)|\s+(?=\((?:[Rr]apporteur|[Mm]oderator|[Ff]acilitator)\))|,\s+(?:who\s+was\s+)?(?=accompanied\s+by\b)|,?\s+(?={_NOT_THEN})|,?\s*(?={_DID})|\.\s*$|\.\s+(?=[A-Z]))"
)
_COMMA = re.compile(rf"(?:,?\s+{POST}\b)*(?:\s*,\s+|\s+\((?=[^()]{{3,}}(?:\([^()]*\)[^()]*)?\))|\s+[–-]\s+|\s*[|]\s*)")
# Office words: capitals, and the small words between them.
_OFFICE_WORDS = re.compile(
    r"(?:[A-Z][\w’'./-]*|for|of|and|to|the|on|in|at|&|–|-)(?:,?\s+(?:[A-Z(][\w’'./)-]*|office|for|of|and|to|the|on|in|at|&|–|-))*"
)
# "Ambassador X of Australia and Director Y of Indonesia": an office before the name, and the state that it is of after it.
_NO_OFFICE = re.compile(r"(?:and|who|on|in|at|from|during|followed|with|after|before|as|by|to|for)\s")
_OFFICER = re.compile(
    rf"(?<![\w.])(?P<address>(?:(?:Deputy|Assistant|Acting|Executive|Managing)\s+)*(?:Director|Secretary|Counsellor|Coordinator|Head)(?:[\s-]General)?\s+)"
    rf"(?P<name>{_PLAIN})(?=\s+of\s+[A-Zt])"
)
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
# The form of address between an office and a name: "Foreign Minister Senator the Hon".
_COURTESY = re.compile(
    r"(?:\s+(?:the\s+)?(?:Senator(?=\s+the\b)|H\.\s?E\.?|HE|(?:His|Her)\s+Excellency|(?:Right\s+)?Hon(?:ou?rable|\.)?|Mr|Mrs|Ms|Dr|Prof(?:essor)?)\.?)+$"
)
_AND_NEXT = re.compile(r"\)?,?\s+and\s+$")
_AND_ONLY = re.compile(r",?\s+and\s+(?:the\s+)?")
_PLURAL = re.compile(r"\b(?:Ministers|Ambassadors|Directors|Secretaries|Commissioners|Managers|Coordinators|Representatives)\b")
_OF_OR_FROM = re.compile(
    r",?\s+(?:of|from)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}?(?:company|firm|airline|bank|charity|foundation|NGO|university)\s+(?=[A-Z])|(?:\s+of|,?\s+from)\s+(?:the\s+)?"
)
_IN_CAPACITY = re.compile(r"\s*\((?:as\s+)?(?:an?\s+)?(?:observers?|guests?|host|co-?chair|chair)\)", re.IGNORECASE)
_FOR_WHOM = re.compile(r",\s+(?:for|on\s+behalf\s+of|representing)\s+(?:the\s+)?")
_WHO = re.compile(r",?\s+who(?:se)?\b")
_AGENCY = re.compile(
    r"(?=[^.,;]{0,40}\b(?:Police|Immigration|Customs|Department|Ministry|Bureau|Office|Agency|Border|Embassy|Command|Force|Navy|Army|Guard|Coastguard|Centre|Commission|University|Institute|College|Court|Parliament|Council|Authority)\b)"
    r"(?:(?:[A-Z][\w’'-]*\s+){0,2}(?:Ministry|Department)\s+(?:of|for)\s+[A-Z]\w+(?:,\s+[A-Z]\w+)+,?\s+and\s+[A-Z]\w+"
    r"|[A-Z][\w’'-]*(?:\s+(?:(?:of|and|for|the)\s+){0,2}[A-Z][\w’'-]*){0,6})"
)
_BODY = re.compile(rf"(?!{ADDRESS}\s)[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){{0,3}}(?=[,.;)]|\s+(?:[a-z]|\())")  # "of Nusantara Palm"
_EDGE = re.compile(
    r"(?:^|[.;:]\s+|,?\s+and\s+|\b(?:chairmanship|leadership|participation|presence|direction)\s+of\s+|\bfrom\s+|\b(?:by|and|were|was|with|then|when|as)\s+|,\s+)(?:[Tt]he\s+|then\s+|both\s+|[Ii]ts\s+|[Tt]heir\s+|his\s+|her\s+)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person with the office as written at s[office_start:office_end] (both 0 where there is none).

    s[start:end] runs from the office or the form of address before the name to the end of the name.
    """

    name: str
    address: str
    start: int
    name_start: int
    end: int
    office_start: int
    office_end: int
    bare: bool = False

    @property
    def last(self) -> int:
        """The end of all that is said of the person."""
        return max(self.end, self.office_end)


RANKED: Final = re.compile(rf"\b(?:{_RANK})\b")  # a rank or a post in a form of address: "Police Colonel", "Ambassador"


def people_in(p: Passage, start: int = 0, end: int | None = None) -> list[Named]:
    """The people named in s[start:end]. Those without a form of address are `bare`: to be taken only where the text gives a role."""
    last = len(p.s) if end is None else end
    # "the Honourable Minister", "Commissioner General": an office, no name
    hits = [(m, bare) for m, bare in _hits(p, start, last) if bare or not TITLE.match(m["name"])]
    named: list[Named] = []
    for i, (m, bare) in enumerate(hits):
        stop = hits[i + 1][0].start() if i + 1 < len(hits) else last
        low, high = (
            _with_office(p, _of_state(p, m), stop, last)
            or (None if bare else _of_office(p, m, stop))
            or office_after(p, m.end(), stop, last)
        )
        floor = named[-1].last if named else start
        before = _office_before(p, floor, m.start(), m.start("name")) if high <= low or _is_state_alone(p, m, low, high) else None
        address = "" if bare else m["address"].strip()
        if (pair := _of_both(p, named, before, m)) is not None:
            named[-1] = replace(named[-1], office_end=pair[0][1], start=min(named[-1].start, pair[0][0]))
            named.append(Named(m["name"], address, m.start(), m.start("name"), m.end(), *pair[1], bare))
        elif before or (before := _possessor(p, m)):
            named.append(Named(m["name"], address, before[0], m.start("name"), m.end(), *before, bare))
        elif not bare or high > low:
            named.append(Named(m["name"], address, m.start(), m.start("name"), m.end(), low, high, bare))
    return _share_office(p, named)


def _is_state_alone(p: Passage, m: re.Match[str], low: int, high: int) -> bool:
    """Whether what stands in brackets behind a name is but a state: the office may stand before it, set off by a comma."""
    return p.s[: m.start()].endswith(", ") and p.s[low - 1 : low] == "(" and any((x.start, x.end) == (low, high) for x in p.named("area"))


def _share_office(p: Passage, named: list[Named]) -> list[Named]:
    """Those before "… and Ms Ana Lim, Co-Managers of the Office" hold it, too."""
    shared = list(named)
    for i in range(len(named) - 1, 0, -1):
        first, second = shared[i - 1], shared[i]
        after = second.office_start > second.name_start and _PLURAL.search(p.s, second.office_start, second.office_end)
        if after and not first.office_end and _AND_ONLY.fullmatch(p.s, first.end, second.start):
            shared[i - 1] = replace(first, office_start=second.office_start, office_end=second.office_end)
    return shared


def _of_both(
    p: Passage, named: list[Named], before: tuple[int, int] | None, m: re.Match[str]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The office of the person before and the state of this one: "the Foreign Ministers of Fiji and Samoa, Ms Ana Lim and Mr Jo Roe"."""
    first = named[-1] if named else None
    if first is None or before is not None or first.office_end > first.name_start or not _AND_ONLY.fullmatch(p.s, first.end, m.start()):
        return None
    office = p.s[first.office_start : first.office_end]
    states = p.named("area", start=first.office_start, end=first.office_end)
    if _PLURAL.search(office) and not states:  # "the Co-Managers of the Office, Ms Ana Lim and Mr Jo Roe"
        both = first.office_start, first.office_end
        return both, both
    if not _PLURAL.search(office) or len(states) != 2 or not _AND_ONLY.fullmatch(p.s, states[0].end, states[1].start):
        return None
    return (first.office_start, states[0].end), (states[1].start, states[1].end)


def _hits(p: Passage, start: int, end: int) -> Iterator[tuple[re.Match[str], bool]]:
    hits = [(m, False) for m in _OFFICER.finditer(p.s, start, end) if _of_state(p, m)]
    officers = [m.span() for m, _ in hits]
    hits += [(m, False) for m in _ADDRESSED.finditer(p.s, start, end) if not any(a < m.end() and m.start() < b for a, b in officers)]
    for m in _BARE.finditer(p.s, start, end):
        over = any(x.start() < m.end() and m.start() < x.end() for x, _ in hits)
        # A name of the tables is no person, unless the tables say so.
        known = any(x.start < m.end() and m.start() < x.end and x.kind != "person" for x in p.matches)
        if over or known or TITLE.search(m["name"]) or NOBODY.search(m["name"]):
            continue
        led = _BARE_LEAD.search(p.s, start, m.start()) and (_BARE_END.match(p.s, m.end(), end) or _beside_state(p, m))
        floor = max((x.end() for x, _ in hits if x.end() <= m.start()), default=start)
        office = _office_before(p, floor, m.start(), m.start()) if p.s[: m.start()].endswith(", ") else None
        another = office is not None and floor > start and p.s[floor : office[0]] == ", "  # "Ms Lim, Secretary, Sinar Foods, …"
        if led or _spoke(p, m) or (office and not another and _BARE_STOP.match(p.s, m.end(), end)):
            hits.append((m, True))
    return iter(sorted(hits, key=lambda h: h[0].start()))


def _spoke(p: Passage, m: re.Match[str]) -> bool:
    """Whether a name at the head of a sentence has a party or an agency in brackets behind it, and then a verb of what people do."""
    spoke = _BARE_SPOKE.match(p.s, m.end())
    first = any(a == m.start() for a, _ in p.sentences())
    named = spoke is not None and bool(p.named("area", "org", "gov", "body", start=spoke.start("of"), end=spoke.end("of")))
    return first and named and _NO_NAME.search(m["name"]) is None


def _of_state(p: Passage, m: re.Match[str]) -> tuple[int, int] | None:
    """The state after "of", where the words before the name are an office ("Ambassador X of Australia")."""
    of = _OF.match(p.s, m.end())
    if of is None or m.groupdict().get("address") == "":
        return None
    area = next((x for x in p.named("area") if x.start == of.end() or x.start == of.start() + 4), None)
    if area is None or re.match(r"\s+[A-Z]", p.s[area.end :]):  # "of the Fiji Police Force": an agency
        return None
    return area.start, area.end


def _beside_state(p: Passage, m: re.Match[str]) -> bool:
    """Whether a state and nothing else stands beside the name, as in "by Ana Lim of Fiji and Jo Roe of Samoa", "Ana Lim (Fiji)"."""
    before = _AND_NEXT.search(p.s, 0, m.start())
    if before and not any(x.end == before.start() for x in p.named("area")):  # "for Women and Children Protection of Fiji"
        return False
    return _of_state(p, m) is not None or any(
        p.s[m.end() : x.start] in (" (", " (the ") and p.s[x.end : x.end + 1] == ")" for x in p.named("area")
    )


def office_after(p: Passage, position: int, stop: int, last: int) -> tuple[int, int]:
    """Where the office after a name stands; (0, 0) where there is none."""
    comma = _COMMA.match(p.s, position)
    if comma is None or comma.end() >= stop or _NO_OFFICE.match(p.s, comma.end()):
        return 0, 0
    if p.s[comma.end() - 1] == "(":
        return comma.end(), _bracket_end(p.s, comma.end(), len(p.s))
    joint = _NEXT.search(p.s, comma.end(), last)
    edge = _OFFICE_END.search(p.s, comma.end(), stop)
    cut = min([stop, *([joint.start()] if joint else []), *([edge.start()] if edge else [])])
    begin, end = comma.end(), max(cut, comma.end())
    if p.s.startswith("the ", begin) and p.s[begin:end].islower():  # "Mr Roe, the business leaders introduced": no office
        return 0, 0
    if who := _WHO.search(p.s, begin, end):
        end = who.start()
    end = _bracket_end(p.s, begin, end)
    for m in _FOR_WHOM.finditer(p.s, begin, end):
        if any(x.start == m.end() for x in p.named("area")):  # "Ms Lim, Director of Borders, for Fiji"
            end = min(end, m.start())
    while end > begin and p.s[end - 1] in " ,.;":
        end -= 1
    return (begin, end) if end > begin else (0, 0)


def _bracket_end(s: str, start: int, end: int) -> int:
    """Where a bracket closes in s[start:end] that was opened before: "Fiji (Ms Ana Lim, Director) and …"."""
    depth = 0
    for i in range(start, end):
        depth += (s[i] == "(") - (s[i] == ")")
        if depth < 0:
            return i
    return end


def _with_office(p: Passage, state: tuple[int, int] | None, stop: int, last: int) -> tuple[int, int] | None:
    """The state after "of" with the office behind it: "Ambassador X of Fiji, Coordinator of the Group, chaired …"."""
    low, high = office_after(p, state[1], stop, last) if state else (0, 0)
    return (state[0], high) if state and TITLE.search(p.s, low, high) else state


def _of_office(p: Passage, m: re.Match[str], stop: int) -> tuple[int, int] | None:
    """The agency after "of": "Mr Tan Ho of the Royal Thai Police served as …"."""
    of = _OF_OR_FROM.match(p.s, m.end())
    named = next((x for x in p.named("gov", "org") if of and of.start() < x.start <= of.end()), None) if of else None
    if of and named and named.end <= stop:
        return of.end(), named.end
    words = (_AGENCY.match(p.s, of.end(), stop) or (_BODY.match(p.s, of.end(), stop) if m["address"] else None)) if of else None
    if words is None:
        return None
    state = next((x for x in p.named("area") if p.s[words.end() : x.start] in (", ", " (", " of ", ", the ", " of the ")), None)
    return words.start(), state.end if state and state.end <= stop else words.end()


def _possessor(p: Passage, m: re.Match[str]) -> tuple[int, int] | None:
    """Whose somebody is: "UNODC's Ms Ana Lim", "Nepal's Mr Om Rai"."""
    owner = next((x for x in p.named("area", "org", "gov") if p.s[x.end : m.start()] in ("’s ", "'s ", "’ ", "' ")), None)
    return (owner.start, owner.end) if owner else None


_WE = re.compile(r"We,\s+(?:the\s+)?")  # who speaks, and no word of the office


_SPEAKS_FOR = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){1,4}(?:[a-z]+\s+){0,2}(?:delegate|representative|presenter|adviser|advisor|expert|specialist|consultant)|representative\s+of\s+(?:the\s+)?[A-Z][\w’'.-]*(?:\s+(?:(?:of|for|and|the|on)\s+){0,2}[A-Z][\w’'.-]*){0,5}"
)  # an office without a capital: "the representative of UNHCR, Mr …"


def _office_before(p: Passage, floor: int, start: int, name: int) -> tuple[int, int] | None:
    """The office that leads up to a name: "the Australian Foreign Minister, Mr …", "Indonesian Foreign Minister …"."""
    for edge in _EDGE.finditer(p.s, floor, start):
        low, high = edge.end(), name if TITLE.search(p.s, start, name) and not TITLE.search(p.s, edge.end(), start) else start
        low += len(we[0]) if (we := _WE.match(p.s[low:high])) else 0
        bodies = p.named("org", start=low, end=high)
        if len({x.ref for x in bodies}) > 1:  # "IOM and the High Commissioner for Refugees, Mr …": who is named last
            low = next(x.start for x in bodies if x.ref == bodies[-1].ref)
        words = _COURTESY.sub("", p.s[low:high].rstrip(" ,"))
        whole = words.rpartition(" ")[2].lower() not in ("for", "of", "to", "and", "the", "in", "on", "at")
        if (other := _ADDRESSED.search(words)) and not TITLE.match(other["name"]):  # another person stands between
            continue
        titled = words[:1].isupper() and TITLE.search(words) and _OFFICE_WORDS.fullmatch(words)
        if whole and words and (titled or _SPEAKS_FOR.fullmatch(words)):
            return (low, low + len(words)) if low < start else None
    return None


def person_of(p: Passage, start: int = 0) -> Named | None:
    """The person whom an entry of a list of people names at its beginning, with or without a form of address."""
    m = _ADDRESSED.match(p.s, start) or re.compile(rf"(?P<address>)(?P<name>{NAME})(?=\s*[,(|–-])").match(p.s, start)
    if m is not None and _IN_CAPACITY.match(p.s, m.end()) and not m["address"]:  # "Chinese Taipei (as an observer)": a party
        return None
    if m is None or len(m["name"].split()) + bool(m["address"]) < 2 or TITLE.match(m["name"]):
        return None
    if not m["address"] and TITLE.search(m["name"]):  # "First Secretary, Embassy of Fiji": an office alone
        return None
    if any(x.start < m.end() and m.start("name") < x.end and x.kind != "person" for x in p.matches) and not m["address"]:
        return None
    name, end = _without_party(p, m)
    if m["address"] and (cell := name_end(p, m.start("name"), end)) < end:  # the next column
        name, end = p.s[m.start("name") : cell], cell
        low, high = cell + 1, len(p.s[: _cell(p.s, cell)].rstrip(" ,.;|"))
    else:
        comma = _COMMA.match(p.s, m.end())
        low, high = (comma.end(), len(p.s[: _cell(p.s, comma.end())].rstrip(" ,.;|"))) if comma else (0, 0)
    return Named(name, m["address"].strip(), m.start(), m.start("name"), end, *((low, high) if high > low else (0, 0)))


def _cell(s: str, start: int) -> int:
    """Where the cell of a table ends that begins at `start`."""
    bar = s.find("|", start)
    return bar if bar >= 0 else len(s)


def _without_party(p: Passage, m: re.Match[str]) -> tuple[str, int]:
    """A name without the party of the next column: "Ana Lim Australia"."""
    party = next((x for x in p.named("area", "org") if m.start("name") < x.start < m.end()), None)
    if party is None or len(p.s[m.start("name") : party.start].split()) < 2:
        return m["name"], m.end()
    name = p.s[m.start("name") : party.start].rstrip()
    return name, m.start("name") + len(name)
