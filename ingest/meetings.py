"""When two accounts speak of the same meeting: rules over what a text says of it, without regard to who says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from ingest.findings import Ref

# Kinds that different writers give to one and the same meeting ("Meeting" in the title, "workshop" in the prose).
_NEIGHBOURS: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("Workshop", "GroupMeeting"),
        ("Workshop", "TrainingEvent"),
        ("Workshop", "SideEvent"),
        ("Workshop", "ForumSession"),
        ("SideEvent", "ForumSession"),
        ("GroupMeeting", "SeniorOfficialsMeeting"),
        ("GroupMeeting", "SteeringGroupMeeting"),
    )
)
# The kinds that are numbered through without a series or a body of their own.
NUMBERED: Final = frozenset({"MinisterialConference", "SeniorOfficialsMeeting", "SteeringGroupMeeting"})
# Words that nearly every title has: they tell no meeting from another.
_COMMON: Final = frozenset(
    "a an and at by for from in into of on or the to with bali process regional ministerial conference meeting workshop seminar senior "
    "official group side event people person smuggling trafficking related transnational crime first second third fourth fifth sixth "
    "seventh eighth ninth tenth i ii iii iv v vi vii viii co chair host statement summary".split()
)
_APART: Final = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What identifies a meeting. Places, areas, bodies, series and events are Refs; dates are closed bounds."""

    kind: str
    titles: tuple[str, ...] = ()
    dates: tuple[tuple[dt.date, dt.date], ...] = ()
    places: frozenset[Ref] = frozenset()
    areas: frozenset[Ref] = frozenset()
    bodies: frozenset[Ref] = frozenset()
    series: frozenset[Ref] = frozenset()
    events: frozenset[Ref] = frozenset()
    ordinals: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """Two accounts may be one meeting: how surely, and by which rule."""

    score: float
    rule: Literal["ordinal", "circumstances"]


Choice: TypeAlias = tuple[int, Verdict]


def join(a: Profile, b: Profile) -> Profile:
    """Both accounts as one; the kind that says more stays."""
    return Profile(
        kind=b.kind if a.kind == "Meeting" else a.kind,
        titles=tuple(sorted({*a.titles, *b.titles})),
        dates=tuple(sorted({*a.dates, *b.dates})),
        places=a.places | b.places,
        areas=a.areas | b.areas,
        bodies=a.bodies | b.bodies,
        series=a.series | b.series,
        events=a.events | b.events,
        ordinals=a.ordinals | b.ordinals,
    )


def best(profile: Profile, candidates: Sequence[Profile]) -> tuple[Choice | None, str]:
    """The one best candidate (its position and the verdict), or None and why not: a tie decides nothing."""
    ranked = sorted(
        ((verdict, n) for n, candidate in enumerate(candidates) if (verdict := compare(profile, candidate))),
        key=lambda x: (-x[0].score, x[1]),
    )
    if not ranked:
        return None, "no registered meeting fits"
    if len(ranked) > 1 and ranked[0][0].score - ranked[1][0].score < 1e-9:
        return None, f"{sum(ranked[0][0].score - v.score < 1e-9 for v, _ in ranked)} meetings fit equally well"
    return (ranked[0][1], ranked[0][0]), ""


def compare(a: Profile, b: Profile, *, bare: bool = False) -> Verdict | None:
    """Whether `a` and `b` can be one meeting. `bare` asks only that nothing speaks against it."""
    if not _kinds_agree(a.kind, b.kind) or _disjoint(a.bodies, b.bodies) or _disjoint(a.events, b.events):
        return None
    if _numbered_alike(a, b):
        if _disjoint(a.ordinals, b.ordinals) or _far_apart(a, b):
            return None
        if a.ordinals & b.ordinals:
            return Verdict(10.0 + _circumstances(a, b)[0], "ordinal")
    elif _disjoint(a.ordinals, b.ordinals) and not (a.dates and b.dates):  # of two sequences perhaps, and nothing else tells them
        return None
    score, enough = _circumstances(a, b)
    return Verdict(score, "circumstances") if enough or (bare and score >= 0) else None


def _circumstances(a: Profile, b: Profile) -> tuple[float, bool]:
    """Date, place and title: points, and whether they are enough. -1 where date or place speak against it."""
    dated, placed, titled = bool(a.dates and b.dates), bool(where(a) and where(b)), bool(_topics(a) and _topics(b))
    if (dated and not _overlap(a, b)) or (placed and not _same_place(a, b)):
        return -1.0, False
    like = likeness(a, b)
    same_days = dated and bool({d for d in a.dates if d[0] == d[1] or (d[1] - d[0]).days < 8} & set(b.dates))
    score = 2.0 * dated + same_days + placed + bool(a.places & b.places) * 0.5 + like + 0.25 * (a.kind == b.kind)
    if dated and placed:
        return score, same_days or like >= 0.3 or not titled
    if dated or placed:
        return score, like >= 0.5
    return score, like >= 0.8 and _shared(a, b) >= 2


def likeness(a: Profile, b: Profile) -> float:
    """The share of the shorter title's telling words that the other has; the best pair of titles counts."""
    pairs = [(telling_words(x), telling_words(y)) for x in a.titles for y in b.titles]
    return max((len(x & y) / min(len(x), len(y)) for x, y in pairs if x and y), default=0.0)


def _shared(a: Profile, b: Profile) -> int:
    return max((len(telling_words(x) & telling_words(y)) for x in a.titles for y in b.titles), default=0)


def _topics(p: Profile) -> bool:
    return any(telling_words(t) for t in p.titles)


@lru_cache(maxsize=1 << 16)
def telling_words(title: str) -> frozenset[str]:
    """The telling words of a title, plurals and -ise/-ize made one."""
    plain = (w.removesuffix("s") if len(w) > 3 else w for w in re.findall(r"[a-z0-9]+", title.lower().replace("-", "").replace("iz", "is")))
    return frozenset(w for w in plain if w not in _COMMON)


def _kinds_agree(a: str, b: str) -> bool:
    return a == b or "Meeting" in (a, b) or frozenset((a, b)) in _NEIGHBOURS


def _numbered_alike(a: Profile, b: Profile) -> bool:
    """Whether the two are counted in one sequence, so that equal ordinals identify and different ones tell apart.

    A kind that is numbered through is a sequence only where neither has a series: one without may be another process's.
    """
    through = a.kind == b.kind and a.kind in NUMBERED and not (a.series or b.series)
    return bool(a.series & b.series) or bool(a.bodies & b.bodies) or through


def _disjoint(a: frozenset[Ref] | frozenset[int], b: frozenset[Ref] | frozenset[int]) -> bool:
    return bool(a) and bool(b) and not a & b


def _far_apart(a: Profile, b: Profile) -> bool:
    return bool(a.dates and b.dates) and all(x[0] - y[1] > _APART or y[0] - x[1] > _APART for x in a.dates for y in b.dates)


def _overlap(a: Profile, b: Profile) -> bool:
    return any(x[0] <= y[1] and y[0] <= x[1] for x in a.dates for y in b.dates)


def where(p: Profile) -> frozenset[Ref]:
    """The places and areas."""
    return p.places | p.areas


def _same_place(a: Profile, b: Profile) -> bool:
    return bool(a.places & b.places) if a.places and b.places else bool(a.areas & b.areas)
