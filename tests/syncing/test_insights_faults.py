"""Every fault in Insights' own calls and files: every row of a report, or none and a word."""

from pathlib import Path

import pytest

from tests.partner_center.connecting import Kept
from tests.partner_center.faults import FAULTS
from tests.seeds import every_second, seeds
from tests.syncing.beset_reports import CUSTOMERS, beset_reports, report_verdicts, rows, truth
from tests.syncing.test_insights import synced
from tests.syncing.verdicts import Verdict


@pytest.mark.parametrize("seed", seeds(0))
@pytest.mark.parametrize("fault", every_second(sorted(FAULTS)))
async def test_no_report_is_wrong_without_a_word(tmp_path: Path, fault: str, seed: int) -> None:
    standin, keeper = beset_reports(fault, seed), Kept()
    its = await synced(standin, tmp_path / "spoilt.duckdb", keeper=keeper)
    found = report_verdicts(its, standin)
    assert {name: rows(its)[name] for name in found if found[name] is Verdict.WRONG} == {}
    assert its.unfinished == 0
    standin.fault = ""
    its = await synced(standin, tmp_path / "mended.duckdb", keeper=keeper)
    assert rows(its) == truth(standin)
    assert {len(its) for its in truth(standin).values()} == {2 * CUSTOMERS}
    assert set(report_verdicts(its, standin).values()) == {Verdict.TRUE}
