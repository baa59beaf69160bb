"""`seatwise connect`: the operator signs in to Partner Center once, in a browser; the consent is
kept sealed.
"""

import argparse
import asyncio
import secrets
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web

from analytics.sources.partner_center.consent import (
    Consent,
    authorize_url,
    code_of,
    exchange_code,
)
from analytics.sources.partner_center.page_model import SignIn
from analytics.sources.partner_center.trouble import Trouble
from analytics.values import Program
from bot.cli.console import tell
from bot.environment import check_secret
from bot.partner_center_settings import missing_variables, registration
from bot.settings import Settings
from bot.wiring import open_installation
from handlers.messages.speaker import Speaker

SUMMARY = "Sign in to Partner Center once, in a browser; from then on Seatwise fetches by itself."
_PATIENCE = 600.0
"""Seconds for the operator to sign in, MFA included."""


@dataclass(frozen=True, slots=True)
class _ConsentAttempt:
    """One sign-in: the account it is for, the consent's secrets, and the address to open."""

    which: SignIn
    consent: Consent
    address: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options: the account, and the way its consent comes back."""
    parser.add_argument(
        "--insights",
        action="store_true",
        help="the partner-programme account, for the Insights reports",
    )
    parser.add_argument(
        "--paste",
        action="store_true",
        help="no browser on this machine: open the address on another, paste where it ends",
    )
    parser.add_argument(
        "--port", type=int, default=8400, help="of the loopback address that the browser returns to"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Keep the new consent in place of any before, audited; or say what is wrong, and keep the old
    one.
    """
    check_secret(settings)
    if settings.program is Program.INDIRECT_RESELLER:
        tell(say("connect-no-api"))
        return 2
    if missing := missing_variables(settings):
        tell(say("connect-missing", missing=say.enumeration(missing)))
        return 2
    which = SignIn.INSIGHTS if options.insights else SignIn.PARTNER
    redirect = f"http://localhost:{options.port}/"
    consent = Consent(redirect, secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    attempt = _ConsentAttempt(which, consent, authorize_url(registration(settings), consent))
    print(say("connect-open"), attempt.address, sep="\n\n", end="\n\n", flush=True)
    try:
        return asyncio.run(_connect(options, settings, say, attempt))
    except (TimeoutError, EOFError):
        tell(say("connect-nobody"))
    except Trouble as trouble:
        tell(say("connect-refused", why=say(trouble.because, **trouble.values)))
    except OSError as error:
        tell(say("connect-port", port=str(options.port), error=error.strerror or error))
    return 1


async def _connect(
    options: argparse.Namespace, settings: Settings, say: Speaker, attempt: _ConsentAttempt
) -> int:
    returned = await (
        _read_address(say) if options.paste else _await_address(options.port, attempt, say)
    )
    code = code_of(returned, attempt.consent)
    token = await exchange_code(registration(settings), code, attempt.consent)
    async with open_installation(settings, {}) as installation:
        await installation.sign_ins.connect(attempt.which, token, "operator")
    print(say("connect-done", account=say(f"sign-in-{attempt.which.value}")))
    return 0


async def _read_address(say: Speaker) -> str:
    """Read the address that the browser ended at, typed or pasted in."""
    print(say("connect-paste"), flush=True)
    return (await asyncio.to_thread(sys.stdin.readline)).strip() or _raise_eof()


def _raise_eof() -> str:
    raise EOFError


async def _await_address(port: int, attempt: _ConsentAttempt, say: Speaker) -> str:
    """Wait for the browser to return to this machine, and return the address it asks for."""
    came: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def page(request: web.Request) -> web.Response:
        if request.query.get("state") == attempt.consent.state and not came.done():
            came.set_result(str(request.rel_url))
            return web.Response(text=say("connect-close"))
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        with suppress(webbrowser.Error):
            await asyncio.to_thread(webbrowser.open, attempt.address)
        async with asyncio.timeout(_PATIENCE):
            return await came
    finally:
        await runner.cleanup()
