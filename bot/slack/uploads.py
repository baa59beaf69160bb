"""Pictures that several messages show: drawn and uploaded once, ready before they are posted."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable

from cachetools import TTLCache

from analytics.charts.model import ChartModel
from bot.delivery import Delivery
from bot.log import log, log_error
from bot.slack.api import SlackApi, wait_for_file
from bot.slack.post_spacing import Spacing

WAITS = (0.3, 1.0, 2.0, 3.0, 4.0)
"""Seconds to wait before each check whether a picture is ready; ten seconds in all, because no
person is waiting.
"""

LASTS = 60 * 60.0
"""Seconds for which an uploaded picture is used."""

_KEPT = 1_000


class Uploads:
    """Files of one workspace, by chart: a chart's model holds everything that is in its picture."""

    def __init__(
        self,
        api: SlackApi,
        deliver: Delivery,
        turns: Spacing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._deliver = deliver
        self._turns = turns
        self._ready: TTLCache[ChartModel, str] = TTLCache(_KEPT, LASTS, timer=clock)
        self._underway: dict[ChartModel, asyncio.Task[str]] = {}

    async def files(self, charts: Iterable[ChartModel]) -> dict[ChartModel, str]:
        """The id of each chart's file; charts that could not be drawn or uploaded, or that Slack
        did not process in time, are left out.
        """
        wanted = list(dict.fromkeys(charts))
        found = await asyncio.gather(*map(self._file, wanted))
        return {chart: file for chart, file in zip(wanted, found, strict=True) if file}

    def forget(self, refused: Collection[str]) -> None:
        """Forget files that Slack did not take: their charts are uploaded anew when next needed."""
        for chart in [chart for chart, file in self._ready.items() if file in refused]:
            self._ready.pop(chart, None)

    async def _file(self, chart: ChartModel) -> str:
        if file := self._ready.get(chart):
            return file
        # Shielded: a caller that is cancelled does not end the upload for the others.
        return await asyncio.shield(self._underway.get(chart) or self._begin(chart))

    def _begin(self, chart: ChartModel) -> "asyncio.Task[str]":
        """Start a picture's upload; all callers that ask for it meanwhile share the task."""
        uploading = asyncio.create_task(self._upload(chart))
        self._underway[chart] = uploading
        uploading.add_done_callback(lambda _: self._underway.pop(chart, None))
        return uploading

    async def _upload(self, chart: ChartModel) -> str:
        try:
            png = await self._deliver.paint(chart, "card", compact=True)
            if png is None:
                return ""
            await self._turns.turn()
            file = await self._api.put_file(png, "chart.png", "Seatwise")
            if await wait_for_file(self._api, file, WAITS):
                self._ready[chart] = file
                return file
        except Exception as error:  # noqa: BLE001 whatever it is, the words are posted
            log_error("slack picture failed", error, platform="slack")
        else:
            log("slack picture never ready", platform="slack")
        return ""
