import pytest

from analytics.sources.files.downloads import BadFile, FileLimits, read_download
from tests.sources.building import TODAY, deployed, page, read, sheet
from tests.sources.hostile_archives import HOSTILE_ARCHIVES
from tests.sources.hostile_files import HOSTILE
from tests.sources.hostile_notation import HOSTILE_NOTATION
from tests.sources.hostile_reports import HOSTILE_REPORTS

ALL = {**HOSTILE, **HOSTILE_NOTATION, **HOSTILE_REPORTS, **HOSTILE_ARCHIVES}


@pytest.mark.parametrize(("raw", "problem", "values"), ALL.values(), ids=ALL)
def test_a_hostile_file_is_refused_whole_and_told_exactly(
    raw: bytes | str, problem: str, values: dict[str, object]
):
    with pytest.raises(BadFile) as refused:
        read(raw)

    assert refused.value.problem == problem
    assert refused.value.values == {"file": "some.file", **values}


def test_the_first_bad_row_is_told_not_the_first_bad_column():
    file = page(deployed(), deployed(licensesSold=-1), deployed(processedDateTime="?"))

    with pytest.raises(BadFile) as refused:
        read(file)

    assert (refused.value.problem, refused.value.values["row"]) == ("import-negative", 2)


def test_what_was_found_is_shown_in_one_short_printable_line():
    with pytest.raises(BadFile) as refused:
        read(page(deployed(licensesSold="\u202e\n\x1b[31m" + "9" * 99)))

    assert refused.value.values["found"] == "\ufffd\ufffd\ufffd[31m" + "9" * 32 + "…"


@pytest.mark.parametrize(
    ("limits", "problem", "limit"),
    [
        (FileLimits(size=1024 * 1024), "import-too-large", 1),
        (FileLimits(rows=1), "import-too-many-rows", 1),
        (FileLimits(columns=9), "import-too-many-columns", 9),
    ],
)
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_each_limit_has_its_own_words(kind: str, limits: FileLimits, problem: str, limit: int):
    items = [deployed(), deployed(productId="other")]
    raw = page(*items) if kind == "json" else sheet(*items).encode()
    raw += b" " * 1024 * 1024

    with pytest.raises(BadFile) as refused:
        read_download("big", raw if "large" in problem else raw.rstrip(), TODAY, limits)

    assert refused.value.problem == problem
    assert refused.value.values == {"file": "big", "limit": limit}


def test_yesterdays_and_todays_processing_days_are_taken():
    days = [deployed(processedDateTime=day) for day in ("2026-11-21", "2026-11-22", "2015-01-01")]

    assert read(page(*days)).read == 3
