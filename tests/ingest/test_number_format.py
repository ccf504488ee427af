"""Numbers with the digits and the text that their format shows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.number_format import formatted


@pytest.mark.parametrize(
    ("exact", "pattern", "shown"),
    [
        # Text around the digits
        ("12", '0 "kg"', "12 kg"),
        ("30", '0" days"', "30 days"),
        ("2.5", '0.0"x"', "2.5x"),
        ("1200.5", '#,##0.00 "kr"', "1,200.50 kr"),
        ("1200.5", '#,##0.00\\ "€"', "1,200.50 €"),
        ("42", '"INV-"0000', "INV-0042"),
        ("90", '0"°C"', "90°C"),
        ("1234.5", "_-* #,##0.00_-;-* #,##0.00_-", "1,234.50"),
        # Text between the digits
        ("123456789", "000-00-0000", "123-45-6789"),
        ("5551234567", "(000) 000-0000", "(555) 123-4567"),
        ("15551234567", "(000) 000-0000", "(1555) 123-4567"),
        ("20240131", "0000-00-00", "2024-01-31"),
        # In thousands and millions
        ("12500000", '0.0,,"M"', "12.5M"),
        ("12500", "#,##0,", "13"),
        ("1234567", "#,##0,.0", "1,234.6"),
        ("400", "#,##0,", "0"),
        # A part of the format for each kind of number
        ("500", '[>=1000000]0.0,,"M";0', "500"),
        ("1500000", '[>=1000000]0.0,,"M";0', "1.5M"),
        ("5551234", "[<=9999999]000-0000;(000) 000-0000", "555-1234"),
        ("5551234567", "[<=9999999]000-0000;(000) 000-0000", "(555) 123-4567"),
        ("0.05", "+0.0%;-0.0%", "+5.0%"),
        ("-0.05", "+0.0%;-0.0%", "-5.0%"),
        ("-1200", "#,##0;(#,##0)", "-1,200"),
        ("-1200", "#,##0;[Red]\\-#,##0", "-1,200"),
        ("-3", '0 "m"', "-3 m"),
        # Nothing to fill, nothing that is known, or nothing that is well-formed
        ("5", ";;;", "5"),
        ("5", '"yes"', "5"),
        ("7", '"', "7"),
        ("5", '"' * 300 + "0", "5"),
        ("nan", "0", "nan"),
    ],
)
def test_a_number_is_shown_with_its_unit_its_scale_and_what_parts_its_digits(
    exact: str, pattern: str, shown: str
) -> None:
    assert formatted(exact, pattern) == shown


@given(st.integers(-(10**14), 10**14), st.integers(1, 18), st.integers(0, 4))
def test_no_digit_is_lost_whatever_stands_between_them(number: int, zeros: int, decimals: int) -> None:
    pattern = "-".join("0" * zeros) + ("." + "0" * decimals if decimals else "")
    whole, _, fraction = formatted(str(number), pattern).removeprefix("-").partition(".")
    assert whole.replace("-", "") == str(abs(number)).zfill(zeros)
    assert fraction == "0" * decimals


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4))
def test_thousands_and_decimals_are_those_of_python(number: Decimal) -> None:
    assert formatted(str(abs(number)), "#,##0.0000") == f"{abs(number):,.4f}"


@given(st.text('0#?.,;%E/"\\[]$-<>=15_* @mk', max_size=20), st.sampled_from(["0", "-5", "1234.5", "1e+20"]))
def test_any_format_shows_a_text(pattern: str, exact: str) -> None:
    assert formatted(exact, pattern)
