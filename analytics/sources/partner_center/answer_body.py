"""The body of an HTTP answer, read up to a limit."""

import aiohttp

from analytics.sources.partner_center.trouble import Nonsense

LARGEST = 50 * 1024 * 1024
"""Most bytes of an answer, unpacked."""


async def body_of(response: aiohttp.ClientResponse) -> bytes:
    """Return the whole body of an HTTP answer. Raises Nonsense if it is too large, and aiohttp's
    errors if it breaks off.
    """
    body = bytearray()
    async for piece in response.content.iter_chunked(1 << 16):
        body += piece
        if len(body) > LARGEST:
            raise Nonsense("sync-why-too-large")
    return bytes(body)
