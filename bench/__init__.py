"""Measurements: `make bench`, or one of them with `python -m bench NAME`. Timings are no tests, and tests hold no timings."""
