"""Drawings in SVG, made by the server: one scale, one axis and one colour language for all, and the table of the same numbers with each.

| module | what it draws |
|---|---|
| `bars` | numbers by name or by year, also stacked |
| `line` | numbers over time |
| `timeline` | things with dates in lanes |
| `matrix` | marks by two names, such as state and year |
| `tree` | what is above a thing and below it |
| `tiles` | numbers by state, on tiles of equal size |
| `views` | whichever of them suits the rows of a query |

Colours are classes (`c1` … `c7` for kinds, `s1` … `s4` for more and more), which the style sheet sets for light and dark.
"""
