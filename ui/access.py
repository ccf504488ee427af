"""Who may reach the page: this machine alone, unless people sign in."""

from __future__ import annotations

from ipaddress import ip_address


def refusal(address: str | None, *, same_origin: bool, forgery_checked: bool, sign_in: bool = False) -> str:
    """Why a server on `address` (None: all of them) must not serve; empty where it may.

    `same_origin` and `forgery_checked` are Streamlit's protections against other sites' pages (CORS, XSRF);
    `sign_in`: each person sees only what is theirs.
    """
    if not (sign_in or loopback(address)):
        return (
            f"Footnote does not serve on {address or 'every address of this machine'}: there is no sign-in, so anybody "
            "who can reach it could read all documents. Start it with --server.address 127.0.0.1; to use it from "
            "another machine, forward the port (ssh -L 8501:127.0.0.1:8501 …), or set up sign-in (see the README)."
        )
    if not (same_origin and forgery_checked):
        return (
            "Footnote does not serve without its protection against other sites' pages; start it without "
            "--server.enableCORS and --server.enableXsrfProtection."
        )
    return ""


def loopback(address: str | None) -> bool:
    """True for an address of this machine that no other can reach."""
    if address in (None, ""):
        return False
    try:
        return ip_address(str(address)).is_loopback
    except ValueError:
        return address == "localhost"
