"""The command line: one file for each verb, found here."""

import argparse
import os
from collections.abc import Sequence

from analytics.warehouse.facts import Unreadable
from bot.cli import (
    ask,
    backup,
    check,
    connect,
    demo,
    demo_data,
    doctor,
    export,
    forget,
    grant,
    import_files,
    keys,
    manifest,
    restore,
    revoke,
    serve,
    sync,
)
from bot.cli.console import language, tell
from bot.environment import Fault, Unsafe, read_settings
from bot.log import start_log
from bot.store.database import STORE_ERRORS
from handlers.messages.speaker import Speaker

VERBS = (
    *(demo, serve, connect, sync, ask, import_files, check, grant, revoke, keys),
    *(backup, restore, export, forget, demo_data, manifest, doctor),
)
"""Each has NAME, SUMMARY, arguments(parser) and run(options, settings, say) → exit code."""


def parser() -> argparse.ArgumentParser:
    """Every verb and its arguments."""
    top = argparse.ArgumentParser(
        prog="seatwise", description="Customer analytics of a Microsoft cloud reseller, in chat."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb in VERBS:
        its = verbs.add_parser(verb.NAME, help=verb.SUMMARY, description=verb.SUMMARY)
        its.add_argument(
            "--lang", help="language of the output: en or fr; by default that of the environment"
        )
        verb.arguments(its)
        its.set_defaults(run=verb.run)
    return top


def fault_text(fault: Fault, say: Speaker) -> str:
    """A setting's fault as a sentence; the form that is wanted has its own words."""
    sentence, values = fault
    form = {"form": say(str(values["form"]))} if "form" in values else {}
    return say(sentence, **{**values, **form})


def run_verb(words: Sequence[str]) -> int:
    """0 when it worked, 1 when it did not, 2 for settings or arguments that cannot be used."""
    options = parser().parse_args(words)
    say = language(options.lang, os.environ)
    start_log("ERROR")
    try:
        return int(options.run(options, read_settings(os.environ), say))
    except Unsafe as unsafe:
        for fault in unsafe.faults:
            tell(fault_text(fault, say))
        return 2
    except BrokenPipeError:
        return 1
    except Unreadable:
        tell(say("doctor-data-broken"))
    except OSError as error:
        tell(say("cannot-open", file=error.filename or "–", error=error.strerror or error))
    except STORE_ERRORS:
        tell(say("doctor-store-broken"))
    return 1
