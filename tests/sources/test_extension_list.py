"""The list of paid extensions, whose columns are not known: the id and the end are found by their
headings, and anything else is refused.
"""

from datetime import date

import pytest

from analytics.sources.files.bad_file import LIMITS, BadFile
from analytics.sources.files.downloads import Download, merge, read_download
from analytics.sources.files.notation import Hint
from analytics.tables import EXTENSION_LIST

TODAY = date(2026, 11, 30)
NAME = "extended-service-terms.csv"
ONE, TWO = "0B1FC1D3-6C27-4C1F-9F0A-0A3F9E5B7C11", "7c5f0a2e-53a1-4a31-8a86-3f6c0f2c9d21"
ENDS = date(2026, 12, 13)


def read(text: str, name: str = NAME, *, told: bool = False) -> Download:
    return read_download(name, text.encode(), TODAY, LIMITS, Hint(extensions=told))


def refused(text: str, name: str = NAME, *, told: bool = False) -> BadFile:
    with pytest.raises(BadFile) as bad:
        read(text, name, told=told)
    return bad.value


@pytest.mark.parametrize(
    "heading",
    [
        "Customer,Subscription ID,Product,End date,Seats",
        "customer,SUBSCRIPTIONID,product,term_end_date,seats",
        "Client,ID d’abonnement,Produit,Date de fin,Licences",
        "Customer,Id,Product,Commitment end date,Quantity",
    ],
)
def test_the_id_and_the_end_are_found_wherever_they_stand(heading: str) -> None:
    found = read(
        f"{heading}\n=cmd|' /C calc'!A0,{ONE},E3,2026-12-13,150\nContoso,{TWO},E5,2027-01-31,2"
    )
    assert found.batch.dataset is EXTENSION_LIST
    assert found.batch.rows == ((ONE.lower(), ENDS), (TWO, date(2027, 1, 31)))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_a_title_that_says_so_are_read(delimiter: str) -> None:
    title = "Subscriptions configured for extended service term\n\n"
    line = delimiter.join
    text = title + "\n".join([line(["Subscription ID", "End date"]), line([ONE, "2026-12-13"])])
    assert read(text, "export.csv").batch.rows == ((ONE.lower(), ENDS),)


def test_a_list_that_does_not_say_what_it_is_of_is_refused_unless_the_operator_does() -> None:
    text = f"Subscription ID,End date\n{ONE},2026-12-13"
    assert refused(text, "export.csv").problem == "import-missing-column"
    assert read(text, "export.csv", told=True).batch.rows == ((ONE.lower(), ENDS),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Subscription ID,Seats\nx,5", "import-missing-column"),
        ("Customer,End date\nContoso,2026-12-13", "import-missing-column"),
        ("Subscription ID,Renews on\nx,2026-12-13", "import-missing-column"),
        (f"Subscription ID,End date\n{ONE},", "import-not-a-day"),
        ("Subscription ID,End date\nMicrosoft 365 E3,2026-12-13", "import-not-a-guid"),
        (f"Subscription ID,End date\n{ONE},soon", "import-not-a-day"),
        (f"Id,End date,Term end date\n{ONE},2026-12-13,2026-12-14", "import-two-columns"),
        (f"Id,Id,End date\n{ONE},{TWO},2026-12-13", "import-double-column"),
        (f"Subscription ID,End date\n{ONE},2026-12-13\n{ONE},2026-12-14", "import-contradiction"),
        ("Subscription ID,End date\n", "import-empty"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_whole(text: str, problem: str) -> None:
    assert refused(text).problem == problem


def test_equal_rows_are_one() -> None:
    found = read(f"Subscription ID,End date\n{ONE},2026-12-13\n{ONE},2026-12-13")
    assert len(merge([found])[0].rows) == 1


def test_other_files_are_read_as_before() -> None:
    assert refused(f"Id,End date\n{ONE},2026-12-13", "best.csv").problem == "import-missing-column"
    assert refused("{}", NAME).problem != "import-missing-column"
