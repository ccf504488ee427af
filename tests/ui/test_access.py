import pytest

from ui.access import refusal


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_this_machine_is_served(address: str) -> None:
    assert refusal(address, same_origin=True, forgery_checked=True) == ""


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.4", "example.org", "127.0.0.1.example.org"])
def test_no_other_is(address: str | None) -> None:
    assert "there is no sign-in" in refusal(address, same_origin=True, forgery_checked=True)


def test_protections_against_other_sites_stay_on() -> None:
    assert "other sites" in refusal("127.0.0.1", same_origin=False, forgery_checked=True)
    assert "other sites" in refusal("127.0.0.1", same_origin=True, forgery_checked=False)


def test_with_sign_in_any_address_is_and_the_protections_stay_on() -> None:
    assert refusal("0.0.0.0", same_origin=True, forgery_checked=True, sign_in=True) == ""
    assert "other sites" in refusal("0.0.0.0", same_origin=False, forgery_checked=True, sign_in=True)
    assert "other sites" in refusal("0.0.0.0", same_origin=True, forgery_checked=False, sign_in=True)
