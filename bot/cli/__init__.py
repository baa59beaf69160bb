"""The command line: one file for each verb, found here."""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from analytics.warehouse.erased_file import ErasedKeyLost
from analytics.warehouse.facts import Unreadable
from bot.cli.console import language, tell
from bot.cli.verb_parser import asked_language, verb_parser
from bot.environment import Fault, Unsafe, read_settings
from bot.file_errors import file_error, file_error_text
from bot.log import start_log
from bot.private_files import keep_private
from bot.settings import Settings
from bot.store.database import STORE_ERRORS
from bot.work_folder import SCRATCH
from handlers.messages.speaker import Speaker

VERBS = {
    "demo": "bot.cli.demo",
    "serve": "bot.cli.serve",
    "connect": "bot.cli.connect",
    "sync": "bot.cli.sync",
    "ask": "bot.cli.ask",
    "import": "bot.cli.import_files",
    "check": "bot.cli.check",
    "grant": "bot.cli.grant",
    "grants": "bot.cli.grants",
    "revoke": "bot.cli.revoke",
    "scopes": "bot.cli.scopes",
    "reports": "bot.cli.reports",
    "keys": "bot.cli.keys",
    "backup": "bot.cli.backup",
    "restore": "bot.cli.restore",
    "export": "bot.cli.export",
    "forget": "bot.cli.forget",
    "demo-data": "bot.cli.demo_data",
    "manifest": "bot.cli.manifest",
    "doctor": "bot.cli.doctor",
}
"""Modules of the verbs: each has SUMMARY, arguments(parser) and run(options, settings, say) → exit
code. Only the typed verb is imported: importing all of them takes half a second.
"""

OPEN_VERBS = frozenset({"manifest"})
"""Verbs that write files of the program, for everybody, and none of the partner's."""


def parsers(
    verb: str = "", say: Speaker | None = None
) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Make the parser of this verb's arguments, or of every verb where it is no verb's name; return
    it, and the parser of each verb by its name.
    """
    top = verb_parser(say)
    top.add_argument("--version", action="version", version=f"seatwise {version('seatwise')}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    found: dict[str, argparse.ArgumentParser] = {}
    for name in [verb] if verb in VERBS else VERBS:
        module = import_module(VERBS[name])
        its = verbs.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        its.add_argument(
            "--lang", help="language of the output: en or fr; by default that of the environment"
        )
        its.say = top.say
        module.arguments(its)
        its.set_defaults(run=module.run)
        found[name] = its
    return top, found


def fault_text(fault: Fault, say: Speaker) -> str:
    """Say a setting's fault as a sentence; the form it should have is named in the catalogue's
    words.
    """
    sentence, values = fault
    form = {"form": say(str(values["form"]))} if "form" in values else {}
    why = {"why": file_error_text(str(values["why"]), say)} if "why" in values else {}
    return say(sentence, **{**values, **form, **why})


def run_verb(words: Sequence[str]) -> int:
    """Run the typed verb. Return 0 when it worked, 1 when it did not, 2 for settings or arguments
    that cannot be used; `sync` also returns 3 while another process syncs, and 4 for an incomplete
    sync.
    """
    say = language(asked_language(words), os.environ)
    options = parsers(next(iter(words), ""), say)[0].parse_args(words)
    start_log("ERROR")
    try:
        return int(options.run(options, _settings_for(options.verb), say))
    except Unsafe as unsafe:
        for fault in unsafe.faults:
            tell(fault_text(fault, say))
        return 2
    except BrokenPipeError:
        return 1
    except Unreadable:
        tell(say("doctor-data-broken"))
    except ErasedKeyLost:
        tell(say("erased-key-lost"))
    except OSError as error:
        tell(
            say(
                "cannot-open",
                file=_typed_file(error),
                error=file_error_text(file_error(error), say),
            )
        )
    except STORE_ERRORS:
        tell(say("doctor-store-broken"))
    return 1


def _settings_for(verb: str) -> Settings:
    """Read the settings; what the verb writes from now on is for this user alone."""
    settings = read_settings(os.environ)
    if verb not in OPEN_VERBS:
        keep_private(settings)
    return settings


def _typed_file(error: OSError) -> str:
    """Return the file or folder of an error; of a temporary one the folder that it was to be in."""
    file = Path(str(error.filename or "–"))
    scratch = next((each for each in [file, *file.parents] if each.name.startswith(SCRATCH)), None)
    return str(scratch.parent if scratch else file)
