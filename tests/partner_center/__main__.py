"""The stand-in as a process: prints its address, and serves until it is stopped.

`python -m tests.partner_center --customers 500 --fault 429-seconds --where auditrecords --times 3`
"""

import argparse
import asyncio
import sys

from tests.partner_center.company import Company
from tests.partner_center.faults import FAULTS
from tests.partner_center.standin import Standin, standing_in


async def serve(options: argparse.Namespace) -> None:
    """Until somebody stops it."""
    company = Company(options.customers, options.seed)
    spoilt = (options.fault, options.where, options.times, options.chance)
    async with standing_in(Standin(company, *spoilt, page=options.page)) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.partner_center", description=__doc__)
    parser.add_argument("--customers", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", type=int, default=500, help="items a page")
    parser.add_argument("--fault", default="", choices=["", *sorted(FAULTS)])
    parser.add_argument("--where", default="", help="part of the addresses that it spoils")
    parser.add_argument("--times", type=int, default=10**9)
    parser.add_argument("--chance", type=float, default=1.0)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
