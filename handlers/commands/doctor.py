"""`/doctor`: the health of the installation, for partner admins."""

from dataclasses import dataclass

from handlers.chat.command import NoArgs, Request
from handlers.chat.reply import Paragraph, Reply
from handlers.chat.services import Finding, Level, Say, Services
from handlers.output.marks import mark_lines


@dataclass(frozen=True, slots=True)
class HealthReport:
    """The findings on an installation, in the order in which an operator reads them."""

    findings: tuple[Finding, ...]


_MARKS = {Level.GOOD: "✓", Level.LASTING: "–", Level.WATCH: "!", Level.BAD: "✗"}


async def ask(request: Request[NoArgs], services: Services) -> HealthReport:
    """Find out about settings, store, data age and clock."""
    return HealthReport(await services.health.findings(request.partner, services.now))


def tell(found: HealthReport, say: Say) -> Reply:
    """Say a verdict, and then each finding in a sentence."""
    return Reply(tuple(Paragraph(line) for line in report(found.findings, say)))


def report(findings: tuple[Finding, ...], say: Say) -> list[str]:
    """Return the verdict, then each finding behind its mark."""
    bad = sum(finding.level is Level.BAD for finding in findings)
    watch = sum(finding.level is Level.WATCH for finding in findings)
    verdict = (
        say("doctor-bad", n=bad)
        if bad
        else say("doctor-watch", n=watch)
        if watch
        else say("doctor-good")
    )
    return [verdict, *(f"{_MARKS[f.level]} {_finding_sentence(f, say)}" for f in findings)]


def _finding_sentence(finding: Finding, say: Say) -> str:
    if finding.marks:
        return " ".join(mark_lines(finding.marks, say))
    return say(finding.sentence, **finding.values)
