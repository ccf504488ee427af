"""Who is let in by address or domain, and that nothing else lets anybody in."""

from typing import Any

import pytest

from ingest.errors import SettingError
from ui.allowed import Allowed

LISTED = "Ada@Example.org, @friends.example  ben@other.example;"


def allowed(value: str = LISTED, **more: str) -> Allowed:
    return Allowed.of({"FOOTNOTE_ALLOWED": value, **more})


def claims(email: Any, verified: Any = True) -> dict[str, Any]:
    return {"email": email, "email_verified": verified}


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@EXAMPLE.ORG", "ben@other.example", "Cai@Friends.Example"])
def test_addresses_and_domains_of_the_list_are_let_in_whatever_their_case(email: str) -> None:
    assert allowed().refusal(claims(email)) == ""


@pytest.mark.parametrize(
    "email",
    [
        "eve@example.org",
        "xada@example.org",
        "ada@example.org.evil.example",
        "ada@sub.example.org",
        "cai@sub.friends.example",
        "cai@notfriends.example",
        "@friends.example",
        "ada@example.org@evil.example",
        "eve@evil.example@friends.example",
        "eve@evil.example,ada@example.org",
        '"x@evil.example"@friends.example',
        "ada@example.org ",
        "ada@example.org\n",
        "cai@friends.example\x00",
        "cai@friend\u017f.example",  # the long s, which becomes an s in capitals
        "",
        None,
        ["ada@example.org"],
        True,
    ],
)
def test_nobody_else_is(email: Any) -> None:
    assert allowed().refusal(claims(email)) != ""
    assert allowed(FOOTNOTE_ALLOWED_UNVERIFIED="on").refusal(claims(email)) != ""


def test_a_letter_that_only_looks_the_same_is_another() -> None:
    assert allowed("kim@example.org").refusal(claims("\u212aim@example.org")) != ""  # the Kelvin sign


@pytest.mark.parametrize("verified", [False, None, "true", 1, 0, ""])
def test_an_address_that_is_not_verified_lets_nobody_in(verified: Any) -> None:
    assert "verified" in allowed().refusal(claims("ada@example.org", verified))


def test_a_provider_that_says_nothing_of_it_can_be_trusted_by_choice_and_one_that_says_no_can_not() -> None:
    trusting = allowed(FOOTNOTE_ALLOWED_UNVERIFIED="on")
    assert trusting.refusal({"email": "ada@example.org"}) == ""
    assert trusting.refusal({"email": "eve@example.org"}) != ""
    assert "verified" in trusting.refusal(claims("ada@example.org", False))
    assert "verified" in trusting.refusal(claims("ada@example.org", "no"))


@pytest.mark.parametrize("value", ["", "  ", ",", " ; "])
def test_unset_it_lets_nobody_in_and_says_what_to_do(value: str) -> None:
    assert "set FOOTNOTE_ALLOWED" in allowed(value).trouble
    assert "set FOOTNOTE_ALLOWED" in Allowed.of({}).trouble
    assert allowed(value).refusal(claims("ada@example.org")) != ""


def test_a_star_alone_lets_in_whom_the_provider_does() -> None:
    assert allowed("*").trouble == allowed().trouble == ""
    assert allowed("*").refusal({}) == ""


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("example.org", "example.org"),
        ("ada@example.org *", "*"),
        ("*@example.org", "*@example.org"),
        ("ada@@example.org", "ada@@example.org"),
        ("ada@", "ada@"),
        ("ada@\u2060example.org", "ada@\u2060example.org"),  # as it is shown on the page, with a joiner
    ],
)
def test_an_entry_that_would_match_nothing_or_more_than_it_looks_is_named(value: str, named: str) -> None:
    with pytest.raises(SettingError, match="FOOTNOTE_ALLOWED") as caught:
        allowed(value)
    assert repr(named) in str(caught.value)


def test_a_switch_that_is_neither_on_nor_off_is_named() -> None:
    with pytest.raises(SettingError, match="FOOTNOTE_ALLOWED_UNVERIFIED"):
        allowed(FOOTNOTE_ALLOWED_UNVERIFIED="maybe")
