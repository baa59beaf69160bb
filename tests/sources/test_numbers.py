"""Numbers as people's programs write them: read where they can be one thing only, else refused."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.sources.files.bad_file import LIMITS
from analytics.sources.files.downloads import BadFile, Download, read_download
from analytics.sources.files.notation import Hint
from analytics.sources.files.numerals import MARKS
from tests.sources.building import TODAY, column, deployed, field_case, page, read, sheet
from tests.sources.hostile_reports import dynamics
from tests.sources.items import METER, spend

TENANTS = [f"1a2b3c4d-0000-4000-8000-{at:012}" for at in range(20)]


def costs(*cells: str, delimiter: str = ",", locale: str = "", hint: str = "") -> list[object]:
    """What the costs of a file are read as, one customer each."""
    rows = [
        spend(cell, resourceId=tenant, currencyLocale=locale)
        for cell, tenant in zip(cells, TENANTS, strict=False)
    ]
    return column(said(sheet(*rows, delimiter=delimiter), hint), "cost")


def said(text: str, hint: str = "") -> Download:
    return read_download("some.file", text.encode(), TODAY, LIMITS, Hint(numbers=hint))


def problem(*cells: str, **how: str) -> str:
    with pytest.raises(BadFile) as refused:
        costs(*cells, **how)
    return refused.value.problem


def seats(*cells: object) -> list[object]:
    rows = [deployed(productId=f"p{at}", licensesSold=cell) for at, cell in enumerate(cells)]
    return column(read(sheet(*rows)), "sold")


def test_a_german_table_from_the_field_is_read_as_german():
    assert column(field_case("04-german-spend.csv"), "cost") == [Decimal(1234), Decimal(12500)]


def test_without_its_locale_or_its_semicolons_it_is_refused():
    for how in ({"locale": "de-DE"}, {"delimiter": ";"}, {"delimiter": "\t", "locale": "de-DE"}):
        assert problem("1.234", "12.500", **how) == "import-two-numbers"


@pytest.mark.parametrize("locale", ["fr-FR", "nl-BE", "pt-BR", "de-AT", "pl-PL", "fr-CA"])
def test_semicolons_and_a_comma_locale_agree(locale: str):
    assert costs("12.500", delimiter=";", locale=locale) == [12500]


@pytest.mark.parametrize("locale", ["es-MX", "de-CH", "sw-KE", ""])
def test_semicolons_and_another_locale_do_not(locale: str):
    assert problem("12.500", delimiter=";", locale=locale) == "import-two-numbers"


def test_commas_between_cells_and_a_point_locale_agree():
    assert costs("12.500", locale="en-US") == [Decimal("12.5")]
    assert problem("12.500", locale="en-US", delimiter=";") == "import-two-numbers"


DECIDED = {
    "a decimal comma": (("12.500", "3,25"), [12500, Decimal("3.25")]),
    "two points": (("12.500", "1.234.567"), [12500, 1234567]),
    "both marks": (("12.500", "1.234,5"), [12500, Decimal("1234.5")]),
    "a decimal point": (("12.500", "3.25"), [Decimal("12.5"), Decimal("3.25")]),
    "nought and a point": (("12.500", "0.125"), [Decimal("12.5"), Decimal("0.125")]),
    "four digits before the point": (("12.500", "1234.500"), [Decimal("12.5"), Decimal("1234.5")]),
    "both marks in English": (("12.500", "1,234.5"), [Decimal("12.5"), Decimal("1234.5")]),
    "two commas": (("12,500", "1,234,567"), [12500, 1234567]),
    "lakhs": (("12,500", "12,34,567.50"), [12500, Decimal("1234567.5")]),
    "apostrophes and a point": (("12.500", "1’250.50"), [Decimal("12.5"), Decimal("1250.5")]),
    "blanks and a comma": (("12,500", "1\u00a0250,50"), [Decimal("12.5"), Decimal("1250.5")]),
    "narrow blanks": (("1\u202f250,5", "7"), [Decimal("1250.5"), 7]),
    "an exponent": (("1.5e3", "12.500"), [1500, Decimal("12.5")]),
}


@pytest.mark.parametrize(("cells", "read_as"), DECIDED.values(), ids=DECIDED)
def test_one_value_that_can_be_one_thing_decides_for_all(
    cells: tuple[str, ...], read_as: list[object]
):
    assert costs(*cells) == read_as
    assert costs(*reversed(cells)) == read_as[::-1]


def test_another_column_of_the_file_decides_too():
    rows = [spend("12.500", usdTotalCost="13.5"), spend("12.500", usdTotalCost="13,5")]

    assert column(read(sheet(rows[0])), "cost") == [Decimal("12.5")]
    assert column(read(sheet(rows[1])), "cost") == [Decimal(12500)]


@pytest.mark.parametrize("cell", ["12.500", "12,500", "1.000", "-1,234", "(999.999)", "€ 12.500"])
def test_three_digits_behind_one_mark_are_refused_with_both_readings(cell: str):
    assert problem(cell, "5", "0") == "import-two-numbers"


def test_both_readings_are_said():
    with pytest.raises(BadFile) as refused:
        costs("7", "12.500")
    values = {"row": 3, "column": "totalCost", "found": "12.500", "one": "12.5", "two": "12500"}
    assert refused.value.values == {"file": "some.file", **values}


@pytest.mark.parametrize(
    ("hint", "cell", "value"),
    [("de", "12.500", 12500), ("fr", "12.500", 12500), ("en", "12.500", Decimal("12.5"))],
)
def test_the_operator_can_say_which(hint: str, cell: str, value: object):
    assert costs(cell, hint=hint) == [value]


def test_what_the_operator_says_is_not_believed_against_the_file():
    assert problem("12.500", "3.25", hint="de") == "import-other-numbers"
    assert problem("3,25", hint="en") == "import-other-numbers"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("-3.25", "-3.25"),
        ("3.25-", "-3.25"),
        ("(3.25)", "-3.25"),
        ("\u22123.25", "-3.25"),
        ("+3.25", "3.25"),
        ("€ 3.25", "3.25"),
        ("3,25 €", "3.25"),
        ("-€3.25", "-3.25"),
        ("EUR 3.25", "3.25"),
        ("(3,25 EUR)", "-3.25"),
        (".5", "0.5"),
        ("1'250.75", "1250.75"),
    ],
)
def test_signs_and_the_row_s_own_currency_are_read(cell: str, value: str):
    assert costs(cell) == [Decimal(value)]


@pytest.mark.parametrize(
    "cell",
    [
        "1,23.45",
        "1.23.456",
        "12,5,0",
        "--3",
        "-(3)",
        "(3",
        "3 000 00",
        "12 50",
        "12%",
        "3-4",
        "EUR",
    ],
)
def test_what_is_no_number_is_refused(cell: str):
    assert problem(cell) == "import-not-a-number"


@pytest.mark.parametrize("cell", ["$ 3.25", "3.25 USD", "£3.25", "CHF 3.25"])
def test_another_currency_than_the_row_s_is_refused(cell: str):
    assert problem(cell) == "import-other-currency"


def test_dollars_alone_stand_in_columns_of_dollars():
    assert column(read(sheet(spend("3", usdTotalCost="$3.50"))), "cost_usd") == [Decimal("3.5")]
    with pytest.raises(BadFile, match="import-other-currency"):
        read(sheet(spend("3", usdTotalCost="3,50 €")))


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        (("1.250", "2.000"), [1250, 2000]),
        (("1,250", "2,000"), [1250, 2000]),
        (("1 250", "7"), [1250, 7]),
        (("1’250", "1'250"), [1250, 1250]),
        (("1\u00a0250", "1\u202f250"), [1250, 1250]),
        (("90.0", "2.000"), [90, 2]),
        (("90,0", "2,000"), [90, 2]),
        (("1e1", "1E+2"), [10, 100]),
        (("1.234.567",), [1234567]),
        (("+5", "007"), [5, 7]),
    ],
)
def test_counts_are_whole_so_more_of_them_can_be_one_thing_only(
    cells: tuple[str, ...], read_as: list[int]
):
    assert seats(*cells) == read_as


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("2.000",), "import-two-numbers"),
        (("2,000", "7"), "import-two-numbers"),
        (("1.250", "90.0"), "import-mixed-numbers"),
        (("1.250", "1,250"), "import-mixed-numbers"),
        (("90.5",), "import-not-a-count"),
        (("1,5",), "import-not-a-count"),
        (("12 50",), "import-not-a-count"),
        (("5 €",), "import-not-a-count"),
        (("-5",), "import-negative"),
        (("(5)",), "import-negative"),
        (("5-",), "import-negative"),
    ],
)
def test_counts_that_may_be_two_or_none_are_refused(cells: tuple[str, ...], why: str):
    with pytest.raises(BadFile, match=why):
        seats(*cells)


def test_floats_of_pandas_and_of_json_are_counts():
    assert column(field_case("34-floats.csv"), "sold") == [100]
    assert column(read(page(deployed(licensesSold=5.0))), "sold") == [5]
    raw = page(deployed(licensesSold="X")).replace(b'"X"', b"1e1")
    assert column(read(raw), "sold") == [10]


def test_a_number_of_json_is_a_program_s_whatever_the_texts_beside_it():
    raw = page(spend("3,25", resourceId=TENANTS[1]), spend("X")).replace(b'"X"', b"12.500")

    assert column(read(raw), "cost") == [Decimal("3.25"), Decimal("12.500")]


@pytest.mark.parametrize("cell", ["45 %", "45%", "45,0\u00a0%", "0.45", "45"])
def test_shares_may_have_their_sign(cell: str):
    assert column(read(sheet(dynamics(ActiveUsagePercent=cell))), "active_share") == [
        Decimal("0.45")
    ]


def test_a_budget_s_share_is_a_per_cent_with_or_without_sign():
    rows = [spend("1", percentUsed=cell) for cell in ("12,5 %", "12,5")]
    assert {column(read(sheet(row)), "budget_used")[0] for row in rows} == {Decimal("0.125")}


def test_units_of_azure_may_be_given_back():
    assert column(read(sheet({**METER, "quantity": "-5,5"})), "quantity") == [Decimal("-5.5")]


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(["de", "en", "ch", "fr"]))
@settings(max_examples=60, deadline=None)
def test_a_number_of_two_places_is_read_in_any_country(whole: int, cents: int, country: str):
    part, mark = {"de": (".", ","), "en": (",", "."), "ch": ("’", "."), "fr": (" ", ",")}[country]
    written = f"{whole:,}".replace(",", part) + f"{mark}{cents:02}"

    assert costs(written) == [Decimal(f"{whole}.{cents:02}")]


@given(st.lists(st.integers(1000, 999_999), min_size=1, max_size=5), st.sampled_from(MARKS))
@settings(max_examples=60, deadline=None)
def test_thousands_alone_are_never_read_as_a_thousandth(amounts: list[int], part: str):
    assert problem(*(f"{each:,}".replace(",", part) for each in amounts)) == "import-two-numbers"
