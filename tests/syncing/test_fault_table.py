"""The printed tables of faults: a row for each fault that is tried, and nothing wrong in any."""

from pathlib import Path

from tests.partner_center.faults import FAULTS
from tests.syncing.beset import EVERY, SHORT

PRINTED = Path(__file__).parents[2] / "docs" / "faults.md"
Table = dict[str, dict[str, str]]


def printed() -> list[Table]:
    """The tables of the page: by fault, the cells by their heads."""
    tables: list[Table] = []
    heads: list[str] = []
    for line in PRINTED.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heads = []
        elif not heads:
            heads = cells
            tables.append({})
        elif "---" not in line:
            tables[-1][cells[0]] = dict(zip(heads, cells, strict=True))
    return tables


def test_every_fault_has_its_row_for_datasets_and_for_reports() -> None:
    datasets, reports = printed()
    assert list(datasets) == [*EVERY, *SHORT, "all"]
    assert list(reports) == [*sorted(FAULTS), "all"]


def test_nothing_is_printed_as_wrong_without_a_word() -> None:
    wrong = [
        (fault, head)
        for table in printed()
        for fault, row in table.items()
        for head, cell in row.items()
        if "wrong" in head and cell not in ("0", "")
    ]
    assert wrong == []


def test_the_last_row_of_a_table_adds_up_the_others() -> None:
    for table in printed():
        last = table.pop("all")
        for head, cell in list(last.items())[1:]:
            assert sum(int(row[head] or 0) for row in table.values()) == int(cell), head
