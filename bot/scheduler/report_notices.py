"""Notices of answers that looked wrong to a reader: to the ops room, else to the partner admins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from analytics.values import PartnerId
from bot.scheduled_posts import PostOutcome
from bot.scheduler.admin_notices import REACHED, AdminNotices, Wording
from bot.scheduler.customer_names import CustomerNames
from handlers.chat.reports import FiledReport, Report
from handlers.chat.services import People
from handlers.output.reports import customers_in, question_with_names

_AT_ONCE = 10
"""Reports told in one look: the others wait for a minute, and the platforms' limits are kept."""


class UntoldReports(Protocol):
    """Reports to be told and to be deleted: bot.store.reports.ReportStore, which the scheduler may
    not import.
    """

    async def claim(self, of: PartnerId, now: datetime) -> FiledReport | None:
        """Claim the oldest untold report for some minutes; None if none is left to tell, or other
        processes are telling them.
        """
        ...

    async def mark_told(self, number: int, of: PartnerId, now: datetime) -> None:
        """Record that a report was told."""
        ...

    async def sweep(self, of: PartnerId, now: datetime) -> int:
        """Delete reports that have been kept long enough; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class ReportNotices:
    """A chore: tells each report once, and deletes old ones.

    The ops room is told the number, the reporter and the command alone: its people may have no
    right. Admins read the question and the reporter's words.
    """

    reports: UntoldReports
    notices: AdminNotices
    people: People
    names: CustomerNames
    partner: PartnerId
    now: Callable[[], datetime]

    async def catch_up(self) -> None:
        """Tell the reports that are untold; one that reached no person is told again after some
        minutes.
        """
        await self.reports.sweep(self.partner, self.now())
        for _ in range(_AT_ONCE):
            filed = await self.reports.claim(self.partner, self.now())
            if filed is None:
                return
            if await self._tell(filed):
                await self.reports.mark_told(filed.number, self.partner, self.now())

    async def _tell(self, filed: FiledReport) -> bool:
        """Tell the ops room; tell the admins where there is none, or it refuses for good."""
        mark = f"report-{filed.number}"
        account = await self.people.account(filed.report.reporter)
        fate = await self.notices.send_to_ops_room(mark, _room_wording(filed, account.name))
        if fate not in {None, PostOutcome.REFUSED}:
            return fate in REACHED
        question = await self._question(filed.report)
        return await self.notices.send_to_admins(
            mark,
            _admin_wording(filed, account.name),
            quoted=(question, filed.report.said),
            but=filed.report.reporter,
        )

    async def _question(self, its: Report) -> str:
        """The report's question, with the names of the customers that it holds by id."""
        return question_with_names(its.question, await self.names.by_id(customers_in(its)))


def _room_wording(filed: FiledReport, who: str) -> Wording:
    values = {"number": str(filed.number), "who": who, "command": filed.report.command}
    return lambda say: say("report-told-room", **values)


def _admin_wording(filed: FiledReport, who: str) -> Wording:
    number, at = str(filed.number), filed.report.at
    return lambda say: say("report-told-admins", number=number, who=who, moment=say.moment(at))
