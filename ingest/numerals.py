"""Numbers as lists and pages write them: with Roman numerals, and with letters."""

from __future__ import annotations

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def in_roman(value: int) -> str:
    """A number above 0 as i, ii, iii, iv."""
    said = ""
    for worth, letters in ROMAN:
        said, value = said + letters * (value // worth), value % worth
    return said


def in_letters(value: int) -> str:
    """A number above 0 as a to z, aa to az, and so on."""
    said = ""
    while value:
        value, letter = divmod(value - 1, 26)
        said = chr(ord("a") + letter) + said
    return said
