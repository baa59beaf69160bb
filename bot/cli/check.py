"""`seatwise check`: every figure computed again from the raw rows, the questions' results compared
with each other, and datasets that tell the same thing set against one another.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from analytics.questions.identities import identities
from analytics.questions.renewals.extension_agreements import extension_agreements
from analytics.warehouse.building.agreements import Agreement, agreements
from analytics.warehouse.building.check import Checked, check
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.facts import Facts, Unreadable
from bot.cli.console import tell
from bot.partners import SERVED, facts_of
from bot.settings import Settings
from handlers.chat.access import operators_sight
from handlers.messages.speaker import Speaker

SUMMARY = "Work out every figure again from the raw rows, and compare."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options for the data folder and the form of the output."""
    parser.add_argument(
        "--data", type=Path, help="data folder to check, instead of SEATWISE_DATA_DIR"
    )
    parser.add_argument("--json", action="store_true", help="the findings for programs")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 where all figures agree, 1 where one does not or there is nothing to check."""
    folder = facts_of(settings, options.data)
    generation = Warehouse(folder).current()
    if generation is None:
        tell(say("check-nothing"))
        return 1
    try:
        facts = Facts(generation, operators_sight(SERVED))
        found = check(folder) + identities(facts)
        compared = agreements(folder) + extension_agreements(facts)
    except ValueError as error:
        raise Unreadable(str(folder)) from error
    if options.json:
        print(json.dumps(findings_json(found, compared), indent=2))
    else:
        print(*report(found, say), *agreement_report(compared, say), sep="\n")
    return int(
        any(each.fault and each.wrong for each in found)
        or any(each.pair.fault and each.wrong for each in compared)
    )


def report(found: Sequence[Checked], say: Speaker) -> Iterator[str]:
    """Yield a line for each dataset that agrees, and one for each comparison that found
    something.
    """
    for name in dict.fromkeys(each.dataset for each in found):
        its = [each for each in found if each.dataset == name]
        dataset, faults = say(f"dataset-{name}"), [each for each in its if each.fault]
        if not any(each.wrong for each in faults):
            yield say("check-agrees", dataset=dataset, n=len(faults))
        for each in its:
            if each.wrong:
                sentence = "check-wrong" if each.fault else "check-remark"
                yield say(sentence, dataset=dataset, what=say(each.what), count=each.wrong)


def agreement_report(compared: Sequence[Agreement], say: Speaker) -> Iterator[str]:
    """Yield for each two datasets a line that they agree or could not be compared, and one for each
    thing that cannot be true in both, with the rows that say so.
    """
    for _, group in groupby(compared, lambda each: (each.pair.one, each.pair.other)):
        its = list(group)
        names = _names(its[0], say)
        if lacking := {each.lacking for each in its if each.lacking}:
            never = say.enumeration([say(f"dataset-{name}") for name in sorted(lacking)])
            yield say("check-not-compared", lacking=never, **names)
        done = [each for each in its if each.same or each.wrong or each.late]
        erased = sum(each.erased for each in its)
        if not (done or lacking or erased):
            yield say("check-nothing-common", **names)
        elif done and not any(each.wrong for each in done):
            yield say("check-pair-agrees", n=len(done), **names)
        yield from (_difference(each, names, say) for each in done if each.wrong)
        if erased:
            yield say("check-erased", n=erased, **names)
        if late := max((each.late for each in its), default=0):
            yield say("check-late", n=late, **names)


def _difference(found: Agreement, names: dict[str, object], say: Speaker) -> str:
    more = found.wrong - len(found.rows)
    rows = say("check-rows-more", rows=", ".join(found.rows), n=more) if more else ""
    sentence = "check-contradiction" if found.pair.fault else "check-difference"
    values = {"what": say(found.pair.what), "count": found.wrong, **names}
    return say(sentence, rows=rows or say.enumeration(found.rows), **values)


def _names(found: Agreement, say: Speaker) -> dict[str, object]:
    """Return both datasets' names and days, as values of a sentence."""
    one, other = (say(f"dataset-{each.name}") for each in (found.pair.one, found.pair.other))
    return {"one": one, "day": found.days[0], "other": other, "other_day": found.days[1]}


def findings_json(found: Sequence[Checked], compared: Sequence[Agreement]) -> dict[str, object]:
    """Return all comparisons as values of JSON: within each dataset, and of two datasets."""
    return {
        "checks": [
            {"dataset": each.dataset, "what": each.what, "wrong": each.wrong, "fault": each.fault}
            for each in found
        ],
        "agreements": [
            {
                "datasets": [each.pair.one.name, each.pair.other.name],
                "days": [day.isoformat() for day in each.days],
                "what": each.pair.what,
                "fault": each.pair.fault,
                "lacking": each.lacking or None,
                "same": each.same,
                "wrong": each.wrong,
                "late": each.late,
                "erased": each.erased,
                "rows": list(each.rows),
            }
            for each in compared
        ],
    }
