"""`seatwise demo-data`: a made-up partner of any size, in a folder of its own."""

import argparse
from datetime import timedelta
from pathlib import Path

from analytics.demo.at_scale import Size, stage_demo_data
from analytics.warehouse.building.build import build
from analytics.warehouse.current_generation import Warehouse
from analytics.warehouse.generations import Busy
from bot.cli.console import tell
from bot.partners import facts_of
from bot.settings import Settings
from bot.wiring import utc_now
from handlers.messages.speaker import Speaker

SUMMARY = "Write licence rows of a made-up partner of any size."
_SHOWN = 5000
"""Number of customers between two lines of progress."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options: the size of the partner, its seed, and the folder to fill."""
    parser.add_argument("--customers", type=_count, default=1000, help="1000 by default")
    parser.add_argument("--days", type=_count, default=365, help="up to yesterday; 365 by default")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another partner")
    parser.add_argument(
        "--data", type=Path, help="data folder to fill, instead of SEATWISE_DATA_DIR"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Return 0 once the rows are published; 1 where the folder holds real data, or another process
    builds.
    """
    folder, now = facts_of(settings, options.data), utc_now()
    generation = Warehouse(folder).current()
    if generation and not generation.made_up:
        tell(say("demo-data-refused", folder=folder))
        return 1
    size = Size(options.customers, options.days, now.date() - timedelta(days=1), options.seed)
    staged = folder / "demo-data.duckdb"
    staged.unlink(missing_ok=True)
    try:
        for done in stage_demo_data(staged, size):
            if done % _SHOWN == 0 or done == size.customers:
                print(say("demo-data-progress", done=done, customers=size.customers), flush=True)
        print(say("demo-data-building"), flush=True)
        meta = {"made_up": "yes", "built": now.isoformat()}
        published = build(folder, (), meta, anew=True, staged=staged)
    except Busy:
        tell(say("demo-data-busy", folder=folder))
        return 1
    finally:
        staged.unlink(missing_ok=True)
    rows = published.brought.new
    print(say("demo-data-done", generation=published.generation, rows=rows, folder=folder))
    return 0


def _count(text: str) -> int:
    """Read a count of at least 1; ValueError, as argparse takes it, otherwise."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
