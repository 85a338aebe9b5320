"""The regions by which lists of states are grouped: "Pacific: Fiji, …", "South-East Asia", "Middle East and North Africa"."""

from __future__ import annotations

from typing import Final

_COMPASS: Final = (
    r"(?:(?:North|South|East|West|Central|Southern|Northern|Eastern|Western|Latin)(?:[\s-]*(?:[Ee]ast|[Ww]est)(?:ern)?)?[\s-]+)?"
)
_ONE: Final = (
    rf"(?!South\s+Africa\b)(?:{_COMPASS}(?:Asia|Africa|Europe|America)|Southeast\s+Asia|(?:South\s+|Western\s+)?Pacific|(?:The\s+)?Americas"
    r"|Oceania|Middle\s+East|Melanesia|Polynesia)"
)
# A whole label; a count may stand behind it.
REGION: Final = (
    rf"(?:The\s+)?{_ONE}(?:(?:\s*(?:,|&|/|-)\s*|\s+and\s+)(?:[Tt]he\s+)?{_ONE})*"
    r"(?:\s+(?:[Rr]egion|[Ii]slands?|[Ss]tates|[Cc]ountries|[Mm]embers))?"
)
