"""The stand-in in a thread of its own, for programs that have no event loop to share."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.partner_center.standin import Standin, standing_in


@contextmanager
def in_a_thread(standin: Standin) -> Iterator[str]:
    """Running on loopback; its address."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    running = standing_in(standin)
    try:
        yield asyncio.run_coroutine_threadsafe(running.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(running.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
