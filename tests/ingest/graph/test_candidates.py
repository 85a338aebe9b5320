"""The index over meetings names everything that the rules could take for the same meeting."""

from __future__ import annotations

import datetime as dt
import random
from itertools import combinations

from ingest.candidates import Candidates
from ingest.meetings import Profile, compare, join

WORDS = ("victim", "protection", "airline", "liaison", "identity", "management", "border")
KINDS = ("Meeting", "Workshop", "GroupMeeting", "MinisterialConference", "SteeringGroupMeeting")


def accounts(count: int, chance: random.Random) -> list[Profile]:
    """Accounts that have so little to tell that many of them agree."""

    def some(*values: str) -> frozenset[str]:
        return frozenset(v for v in values if chance.random() < 0.3)

    def dates() -> tuple[tuple[dt.date, dt.date], ...]:
        if chance.random() < 0.4:
            return ()
        start = dt.date(2010, 11, 20) + dt.timedelta(days=chance.randrange(90))
        return ((start, start + dt.timedelta(days=chance.choice((0, 1, 30, 400)))),)

    return [
        Profile(
            kind=chance.choice(KINDS),
            titles=tuple(" ".join(chance.sample(WORDS, chance.randint(1, 3))) for _ in range(chance.randint(0, 2))),
            dates=dates(),
            places=some("place:bangkok", "place:bali"),
            areas=some("area:tha", "area:idn"),
            bodies=some("body:a", "body:b"),
            series=some("series:a", "series:b"),
            ordinals=frozenset(n for n in (4, 5) if chance.random() < 0.2),
        )
        for _ in range(count)
    ]


def test_nothing_that_may_be_the_same_meeting_is_missed() -> None:
    chance = random.Random(26)
    found = 0
    for _ in range(5):
        profiles = accounts(120, chance)
        index = Candidates()
        for n, profile in enumerate(profiles):
            index.add(n, profile)
        for a, b in combinations(range(len(profiles)), 2):
            if compare(profiles[a], profiles[b]):
                found += 1
                assert b in index.of(profiles[a]), (profiles[a], profiles[b])
                assert a in index.of(profiles[b]), (profiles[b], profiles[a])
    assert found > 100


def test_a_joined_account_is_found_by_what_either_said() -> None:
    dated = Profile(kind="Workshop", titles=("Victim protection",), dates=((dt.date(2012, 1, 12), dt.date(2012, 1, 13)),))
    placed = Profile(kind="Workshop", titles=("Victim protection",), places=frozenset({"place:bali"}))
    index = Candidates()
    index.add(0, dated)
    index.add(0, join(dated, placed))
    both = Profile(kind="Workshop", dates=dated.dates, places=placed.places)
    assert compare(join(dated, placed), both)
    assert index.of(both) == [0]


def test_what_has_nothing_in_common_is_not_compared() -> None:
    index = Candidates()
    index.add(0, Profile(kind="Workshop", titles=("Victim protection",), dates=((dt.date(2012, 1, 12), dt.date(2012, 1, 13)),)))
    assert index.of(Profile(kind="Workshop", titles=("Airline liaison",), dates=((dt.date(2014, 1, 12), dt.date(2014, 1, 13)),))) == []
