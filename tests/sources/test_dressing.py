"""What programs put around the data: read without it and said, or refused with what helps."""

import gzip

import pytest

from analytics.sources.files.downloads import BadFile, LeftOut, Remark, read_file
from tests.sources.building import TODAY, column, deployed, field_case, page, read, sheet
from tests.sources.hostile_archives import packed
from tests.sources.hostile_reports import office
from tests.sources.items import METER, spend

OTHER = deployed(productId="other", licensesSold=7)
HEAD, ONE, TWO = sheet(deployed(), OTHER).splitlines()
TABLE = f"{HEAD}\n{ONE}\n{TWO}\n"


def quoted(line: str) -> str:
    return ",".join(f'"{cell}"' for cell in line.split(","))


def indexed(first: str) -> str:
    return f"{first},{HEAD}\n0,{ONE}\n1,{TWO}\n"


@pytest.mark.parametrize(
    "text",
    [
        f"#TYPE System.Management.Automation.PSCustomObject\n{TABLE}",
        f"#TYPE Selected.System.Data.DataRow\n{quoted(HEAD)}\n{quoted(ONE)}\n{quoted(TWO)}\n",
        f'"#TYPE Deserialized"\r\n{TABLE}',
        f"\n#TYPE X\n\n{TABLE}",
        f"\ufeff\ufeff{TABLE}",
        f'"sep=,"\n{TABLE}',
        f"sep=,\n#TYPE X\n{TABLE}",
        indexed(""),
        indexed("Unnamed: 0"),
        indexed("Column1"),
        indexed("index"),
        indexed("#"),
        indexed('""'),
    ],
)
def test_first_lines_and_index_columns_are_no_data(text: str):
    download = read(text)

    assert column(download, "sold") == [50, 7]
    assert download.left_out == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"Licence report\n{TABLE}", (1,)),
        (f"Made for Example Ltd, 22 November, 2026\n{TABLE}", (1,)),
        (f"Licence report,,,\n\nMade on 22 November\n\n{TABLE}", (1, 3)),
        (f'{TABLE}\n"Applied filters:\nMonth is November 2026"\n', (5,)),
        (f"{TABLE}\n\nApplied filters:\nMonth is November, 2026\nMarket is DE\n", (6, 7, 8)),
        (f"{TABLE}Applied filters: none\n", (4,)),
        (f'{TABLE}\n"Angewendete Filter:\nMonat ist November"', (5,)),
        (f'{TABLE},,\n"Filtres appliqués :\nMois égal à novembre"', (5,)),
        (f"{TABLE}\nSource: Partner Center\n", (5,)),
        (f"{TABLE}\n(c) Example Ltd\n\nConfidential\n", (5, 7)),
    ],
)
def test_text_around_the_table_is_left_out_and_said(text: str, lines: tuple[int, ...]):
    download = read(text)

    assert column(download, "sold") == [50, 7]
    assert LeftOut("note", lines) in download.left_out
    assert download.read == 2 + sum(len(left.rows) for left in download.left_out)


SUMS = [
    "Total,,,,,,,,80,57",
    "Grand total,,,,,,,,80,57",
    ",,,,,,,,80,57",
    "Gesamt,,,,,,,,80,57",
    "Gesamtergebnis,,,,,,,,80,57",
    "Total général,,,,,,,,80,57",
    "Totals (2 rows),,,,,,,,80,57",
    "TOTAL:,,,,,,,,80,57",
    ",,,,Total,,,,80,57",
    ",,,,,Total,,,80,57",
    "Total,57",
    "Summe,,,80",
]


@pytest.mark.parametrize("last", SUMS)
def test_sums_in_the_last_row_are_left_out_and_said(last: str):
    download = read(f"{TABLE}{last}\n")

    assert column(download, "sold") == [50, 7]
    assert download.left_out == (LeftOut("total", (4,)),)


def test_sums_above_the_filters_are_left_out_too():
    download = read(f"{TABLE}\nTotal,,,,,,,,80,57\n\nApplied filters:\nMonth is November\n")

    assert {left.reason for left in download.left_out} == {"blank", "total", "note"}


def test_a_customer_called_total_is_a_customer():
    rows = [deployed(customerName="Total"), deployed(serviceName="Total", productId="x")]

    assert read(sheet(*rows)).left_out == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{HEAD}\n{ONE}\nTotal,,,,,,,,80,57\n{TWO}\n", "import-total-row"),
        (f"{HEAD}\n{ONE}\n,,,,,,,,80,57\n{TWO}\n", "import-total-row"),
        (f"{HEAD}\n{ONE}\n\nApplied filters\n{TWO}\n", "import-note-between"),
        (f"{TABLE}2026-11-21", "import-half"),
        (f"{TABLE}\n2026-11", "import-half"),
        (f"{TABLE}\n2026-11-21,o365", "import-half"),
        (f"{HEAD}\nTotal,,,,,,,,80,57\n", "import-empty"),
    ],
)
def test_what_is_not_at_the_end_or_cut_off_is_refused(text: str, why: str):
    with pytest.raises(BadFile, match=why):
        read(text)


@pytest.mark.parametrize("case", ["05-type.csv", "34-floats.csv", "39-filters.csv"])
def test_tables_of_the_field_are_read(case: str):
    assert column(field_case(case), "sold") == [100]


@pytest.mark.parametrize("raw", [TABLE.encode(), page(deployed(), OTHER), TABLE.encode("utf-16")])
def test_a_gzip_is_read_like_what_it_holds(raw: bytes):
    (download,) = read_file("seats.csv.gz", gzip.compress(raw), TODAY)

    assert (download.file, column(download, "sold")) == ("seats.csv", [50, 7])


def test_a_gzip_of_several_members_is_their_sum():
    parts = gzip.compress(TABLE[:40].encode()) + gzip.compress(TABLE[40:].encode()) + b"\0\0"

    assert column(read(parts), "sold") == [50, 7]


@pytest.mark.parametrize(
    "raw", [gzip.compress(packed(("a.csv", TABLE.encode()))), packed(("a", gzip.compress(b"x")))]
)
def test_archives_in_archives_are_refused(raw: bytes):
    with pytest.raises(BadFile, match="import-zip-in-zip"):
        read(raw)


def test_a_download_of_one_location_keeps_rows_that_others_count():
    download = field_case("80-location.csv")

    assert column(download, "available") == [100, 50]
    assert (download.left_out, download.remarks) == ((), (Remark("flagged", (2,)),))


def test_of_several_flagged_rows_about_the_same_one_is_kept():
    places = [office(IsDuplicateRowForPGA=1, MPNID=str(at)) for at in (200, 300, 400)]
    download = read(sheet(*places, {**places[0], "WorkloadName": "Teams"}))

    assert download.left_out == (LeftOut("duplicate", (3, 4)),)
    assert download.remarks == (Remark("flagged", (2, 5)),)


def test_a_flagged_row_before_its_twin_goes_all_the_same():
    flagged = office(IsDuplicateRowForPGA=1, MPNID="200", PartnerLocation="Berlin")
    counted = office(MPNID="100", PartnerLocation="Bonn")

    assert read(sheet(flagged, counted)).left_out == (LeftOut("duplicate", (2,)),)


def test_credits_are_said():
    assert read(sheet(spend("-3.25"))).remarks == (Remark("negative", (2,)),)
    assert read(sheet(METER, {**METER, "quantity": "-1"})).remarks == (Remark("negative", (3,)),)
