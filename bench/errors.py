"""What can go wrong with a measurement."""

from __future__ import annotations

from baligraph.errors import BaligraphError


class BenchError(BaligraphError):
    """A measurement would not say what it claims: a server did not start, or answered wrongly. No ratio is made of that."""
