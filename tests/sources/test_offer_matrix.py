"""The offer matrix: told by its headings, read row by row, refused where it was changed."""

import gzip
import io
import tracemalloc
import zipfile
from datetime import date

import pytest

from analytics.sources.files.bad_file import LIMITS, BadFile, FileLimits
from analytics.sources.files.downloads import Download, LeftOut, Remark
from analytics.sources.files.offer_matrix import is_offer_matrix, read_offer_matrix
from analytics.tables import OFFER_SKUS, Row

TODAY, OCTOBER = date(2026, 11, 25), date(2026, 10, 1)
NAME = "offer-matrix-202610.csv"
HEAD = (
    '"ProductTitle","ProductId","SkuId","SkuTitle","ProvisioningId","ProvisioningString",'
    '"MinLicenses","MaxLicenses","AssetOwnershipLimit","AssetOwnershipLimitType",'
    '"ProductSkuPreRequisites","ProductSkuConversion","Description","AllowedCountries"'
)
STANDARD = "f245ecc8-75af-4f8e-b61f-27d8114de5f3"


def line(**changes: str) -> str:
    """One row, as documented."""
    cells = {
        "title": "Microsoft 365 Business Standard", "product": "CFQ7TTC0LDPB", "sku": "0001",
        "sku_title": "Microsoft 365 Business Standard", "guid": STANDARD,
        "part": "O365_BUSINESS_PREMIUM", "fewest": "1", "most": "300", "limit": "2",
        "kind": "ConcurrentCount", "needs": "", "into": "CFQ7TTC0LCHC/0002",
        "about": "Desktop apps, mail and meetings.", "where": "AT;BE;CH;DE;FR;GB;US",
    } | changes  # fmt: skip
    return ",".join(f'"{cell}"' for cell in cells.values())


def matrix(*lines: str) -> bytes:
    return "\r\n".join([HEAD, *lines, ""]).encode()


def read(raw: bytes, name: str = NAME, limits: FileLimits = LIMITS, **more: date) -> Download:
    return read_offer_matrix(name, io.BytesIO(raw), TODAY, limits, **more)


def rows(raw: bytes) -> tuple[Row, ...]:
    assert is_offer_matrix(io.BytesIO(raw))
    return read(raw).batch.rows


def zipped(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("updatedoffice.csv", raw)
    return packed.getvalue()


KEPT = (
    OCTOBER, "offer-matrix", "cfq7ttc0ldpb:0001", STANDARD, "Microsoft 365 Business Standard",
    "O365_BUSINESS_PREMIUM", 1, 300,
)  # fmt: skip


@pytest.mark.parametrize(
    "dressed", [bytes, zipped, gzip.compress, lambda raw: b"\xef\xbb\xbf" + raw]
)
def test_a_matrix_is_told_and_read_in_every_dress(dressed: type[bytes]) -> None:
    assert rows(dressed(matrix(line()))) == (KEPT,)


def test_headings_as_documented_have_a_blank_at_their_end() -> None:
    assert rows(matrix(line()).replace(b'"AllowedCountries"', b'"AllowedCountries" ')) == (KEPT,)


@pytest.mark.parametrize(
    ("changes", "at", "value"),
    [
        ({"guid": STANDARD.upper()}, 3, STANDARD),
        ({"fewest": ""}, 6, None),
        ({"most": "2147483647"}, 7, None),
        ({"most": "10000000"}, 7, 10_000_000),
        ({"sku": "00AB"}, 2, "cfq7ttc0ldpb:00ab"),
        ({"about": "two\r\nlines, and a comma"}, 4, "Microsoft 365 Business Standard"),
    ],
)
def test_what_may_be_is_taken(changes: dict[str, str], at: int, value: object) -> None:
    assert rows(matrix(line(**changes)))[0][at] == value


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (matrix(line(sku="1")), "import-offer-id"),
        (matrix(line(sku="0E00E")), "import-offer-id"),
        (matrix(line(product="CFQ7")), "import-offer-id"),
        (matrix(line(guid="O365_BUSINESS")), "import-not-a-guid"),
        (matrix(line(most="many")), "import-not-a-count"),
        (matrix(line(fewest="-1")), "import-not-a-count"),
        (matrix(line(), line()[:60]), "import-half"),
        (matrix(line() + ',"more"'), "import-ragged"),
        (matrix(line(about="\xe9")).replace(b"\xc3\xa9", b"\xe9"), "import-not-utf8"),
        (matrix(), "import-empty"),
        (matrix(line(guid="")), "import-empty"),
        (matrix(line()).replace(b"MaxLicenses", b"Most"), "import-missing-column"),
        (gzip.compress(matrix(line()))[:-12], "import-zip-broken"),
    ],
)
def test_a_matrix_that_was_changed_or_cut_is_refused_whole(raw: bytes, why: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(raw)
    assert caught.value.problem == why


@pytest.mark.parametrize(
    ("name", "said", "month"),
    [
        ("updatedoffice_202610.csv", None, OCTOBER),
        ("Offer matrix October 2026.csv", None, OCTOBER),
        ("updatedoffice.csv", OCTOBER, OCTOBER),
        ("matrix-202609.csv", OCTOBER, OCTOBER),
        ("updatedoffice.csv", None, "import-month"),
        ("matrix 2026-11-03.csv", None, "import-month"),
        ("202609-202610.csv", None, "import-month"),
        ("matrix-202612.csv", None, "import-future-month"),
    ],
)
def test_the_month_is_that_of_the_name_or_the_one_that_is_said(
    name: str, said: date | None, month: object
) -> None:
    more = {"month": said} if said else {}
    if isinstance(month, date):
        assert read(matrix(line()), name, **more).batch.rows[0][0] == month
        return
    with pytest.raises(BadFile) as caught:
        read(matrix(line()), name, **more)
    assert caught.value.problem == month


def test_rows_that_are_left_out_or_doubtful_are_named() -> None:
    found = read(
        matrix(line(), line(guid=""), line(guid="00000000-0000-0000-0000-000000000000"), line(),
               line(most="500"), line(sku="0002"))
    )  # fmt: skip
    assert found.left_out == (LeftOut("no-licence", (3, 4)), LeftOut("repeated", (5,)))
    assert found.remarks == (Remark("differing", (6,)),)
    assert [(row[2], row[6], row[7]) for row in found.batch.rows] == [
        ("cfq7ttc0ldpb:0001", 1, None),
        ("cfq7ttc0ldpb:0002", 1, 300),
    ]
    assert (found.read, found.batch.dataset) == (6, OFFER_SKUS)


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", zipped(b"a,b\n"), b"PK\x03\x04", b"\x1f\x8b"])
def test_another_file_is_no_matrix(raw: bytes) -> None:
    stream = io.BytesIO(raw)
    assert not is_offer_matrix(stream)
    assert stream.tell() == 0


def test_a_file_beyond_the_limit_is_refused_while_it_is_read() -> None:
    raw = gzip.compress(matrix(*[line(about="x" * 1000)] * 100))
    with pytest.raises(BadFile) as caught:
        read(raw, limits=FileLimits(size=50_000))
    assert caught.value.problem == "import-too-large"


def test_a_large_matrix_needs_no_memory_but_for_what_is_kept() -> None:
    raw = matrix(*(line(sku=f"{at:04}", about="x" * 3000) for at in range(2000)))
    stream = io.BytesIO(raw)
    tracemalloc.start()
    found = read_offer_matrix(NAME, stream, TODAY, LIMITS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.batch.rows) == 2000
    assert peak < 3_000_000 < len(raw)
