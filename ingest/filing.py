"""The title of a company's filing with the SEC, whose cover sets the authority's name in the largest type."""

from __future__ import annotations

import re

_CHARTER = re.compile(r"\(?\s*exact name of (?:the )?(?:registrant|issuer|company)\b", re.IGNORECASE)
_FORM = re.compile(r"\bform\s+(\d{1,2}-[A-Z]{1,2}(?:/A)?|6-K|S-\d|DEF 14A)(?![\w-])", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:(?:fiscal|calendar)?\s*year|(?:quarterly|fiscal)?\s*(?:period|quarter))\s+ended:?\s*"
    r"([A-Z][a-z]+ \d{1,2}, ?((?:19|20)\d\d))",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"date of report.{0,60}?([A-Z][a-z]+ \d{1,2}, ?((?:19|20)\d\d))", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"^[\W_]+|[\s_=*-]+$")
COVER = 3_000  # characters that a cover has up to the registrant's name


def filing_title(text: str) -> str:
    """The company, form and year on a filing's cover, such as "Harbour Co. – Form 10-K, 2021"; "" on another page."""
    charter = _CHARTER.search(text, 0, COVER)
    if not charter:
        return ""
    above = [_RULE.sub("", line).strip() for line in text[: charter.start()].split("\n")]
    company = next((line for line in reversed(above) if any(c.isalpha() for c in line)), "")
    form = _FORM.search(text, 0, charter.start())
    if not company or not form or len(company) > 120:
        return ""
    when = _PERIOD.search(text, 0, COVER) or _REPORTED.search(text, 0, COVER)
    return f"{company} – Form {form[1].upper()}" + (f", {when[2]}" if when else "")
