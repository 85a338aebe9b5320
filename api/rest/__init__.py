"""REST: one mechanism for all collections. `collections` is the table, the other modules read it."""
