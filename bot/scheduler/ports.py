"""The scheduler's interfaces: a chore, and a kind of job."""

from typing import Protocol

from bot.runs import Claim


class Chore(Protocol):
    """Work that is looked at once a minute, such as a notice that is still to be sent."""

    async def catch_up(self) -> None:
        """Do what is left to do, such as what a process left undone when it ended."""
        ...


class Job(Chore, Protocol):
    """Work done at its hour: DigestJob, SyncJob. A new kind needs this class and a row in
    `schedule`; one that posts a message gives `MessageJob` what it decides itself.
    """

    async def run(self, claim: Claim) -> None:
        """Do the work, then end the run or give it back. An error counts as a try that failed; the
        claim is renewed meanwhile.
        """
        ...
