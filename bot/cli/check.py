"""`seatwise check`: every figure computed again from the raw rows, and the questions' results
compared with each other.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from analytics.questions.identities import identities
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
    """Add the option for the data folder."""
    parser.add_argument(
        "--data", type=Path, help="data folder to check, instead of SEATWISE_DATA_DIR"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 where all figures agree, 1 where one does not or there is nothing to check."""
    folder = facts_of(settings, options.data)
    generation = Warehouse(folder).current()
    if generation is None:
        tell(say("check-nothing"))
        return 1
    try:
        found = check(folder) + identities(Facts(generation, operators_sight(SERVED)))
    except ValueError as error:
        raise Unreadable(str(folder)) from error
    for line in report(found, say):
        print(line)
    return int(any(each.fault and each.wrong for each in found))


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
