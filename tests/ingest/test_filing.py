"""A filing is titled by its company, form and year, other pages by nothing."""

import pytest

from ingest.filing import filing_title

YEAR = "For the fiscal year ended January 28, 2021"
COVER = f"""UNITED STATES
SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549
FORM 10-K
(Mark One)
x ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d)
{YEAR}
OR
TRANSITION REPORT For the transition period from to
_________ HARBOUR CO.
(Exact name of registrant as specified in its charter)
Delaware 12-345"""


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (("", ""), "HARBOUR CO. – Form 10-K, 2021"),
        (("fiscal year ended January 28,", "Quarterly Period Ended: March 31,"), "HARBOUR CO. – Form 10-K, 2021"),
        (("FORM 10-K", "Form 10-Q/A"), "HARBOUR CO. – Form 10-Q/A, 2021"),
        ((YEAR, "none"), "HARBOUR CO. – Form 10-K"),
        ((YEAR, "Date of Report (Date of the event): May 4, 2020"), "HARBOUR CO. – Form 10-K, 2020"),
        (("FORM 10-K", "A LETTER"), ""),
        (("(Exact name of registrant", "(Name of the ship"), ""),
        (("_________ HARBOUR CO.\n", "_____ Harbour Co.\n___________\n"), "Harbour Co. – Form 10-K, 2021"),
    ],
)  # fmt: skip
def test_a_filing_is_titled_by_its_company_form_and_year(change: tuple[str, str], title: str) -> None:
    assert filing_title(COVER.replace(*change) if change[0] else COVER) == title
