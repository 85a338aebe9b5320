"""Names that have too little room: titles of one process begin alike, and what tells them apart stands at their end."""

from __future__ import annotations

_HEAD = 0.4  # of the room
_GAP = " … "


def shortened(name: str, most: int) -> str:
    """The name with at most `most` characters: of a longer one its first and its last whole words, with the gap marked."""
    if len(name) <= most:
        return name
    room = most - len(_GAP)
    head, tail = name[: int(room * _HEAD)], name[len(name) - (room - int(room * _HEAD)) :]
    return (
        (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + _GAP + (tail.split(" ", 1)[1] if " " in tail else tail).lstrip()
    )
