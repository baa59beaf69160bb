"""`seatwise ask "/usage contoso" --as ada`: one question, answered in the terminal."""

import argparse
import asyncio
import json
import shutil
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from zoneinfo import available_timezones

from analytics.questions.results import SCHEMA, result_json
from analytics.warehouse.current_generation import Warehouse
from bot.cli.console import tell
from bot.cli.terminal_text import as_json, reply_text
from bot.delivery import Delivered, Delivery, request_id
from bot.demo_installation import NAMES, make_sample, sample_settings, seat_people
from bot.environment import check_secret
from bot.page.people import mentioned_people, person
from bot.partners import facts_of, partner_of
from bot.settings import Settings
from bot.wiring import open_installation, utc_now
from handlers.backend import Answer
from handlers.chat.asking import Ask, Room, RoomKind, UserRef, Via
from handlers.chat.reply import Picture, Reply, attachments
from handlers.messages.speaker import Speaker, speaker

SUMMARY = "Ask one question and print the answer."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: the question, its asker, and options for the answer."""
    parser.add_argument("question", help='such as "/usage last quarter"')
    parser.add_argument(
        "--as",
        dest="asker",
        required=True,
        help="ada, ben or cleo of the made-up partner; slack:T…:U… with data of your own",
    )
    parser.add_argument(
        "--out",
        type=Path,
        help="folder for the picture, and for the file of /export; the paths are printed",
    )
    parser.add_argument(
        "--press", action="append", default=[], metavar="LABEL", help="press a button of the answer"
    )
    parser.add_argument(
        "--write", default="", metavar="TEXT", help="what to write into the field above a button"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the result and the answer as JSON; docs/results.md has the fields",
    )
    parser.add_argument("--zone", default="UTC", help="time zone that days are reckoned in")


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Answer from imported data; where there is none, from the made-up partner, and say so."""
    if options.zone not in available_timezones():
        tell(say("ask-zone", zone=options.zone))
        return 2
    own = Warehouse(facts_of(settings)).current() is not None
    asker = _asker(options.asker, own=own)
    if asker is None:
        tell(say("ask-who-real" if own else "ask-who-made-up", who=options.asker))
        return 2
    if own:
        check_secret(settings)
    else:
        settings = sample_settings(settings)
        make_sample(settings.data_dir, utc_now())
        tell(say("ask-made-up"))
    try:
        print(asyncio.run(_ask(options, settings, asker, say.locale, made_up=not own)))
    except KeyError as missing:
        tell(say("ask-press", label=missing.args[0]))
        return 2
    return 0


def _asker(text: str, *, own: bool) -> UserRef | None:
    """The asker: Ada, Ben or Cleo where the partner is made up, a platform's person where the data
    is real; None where the text names none.
    """
    try:
        return UserRef.parse(text) if own else person(text.lower()).ref
    except (ValueError, KeyError):
        return None


async def _ask(
    options: argparse.Namespace, settings: Settings, asker: UserRef, locale: str, *, made_up: bool
) -> str:
    room = Room("terminal", RoomKind.PRIVATE, partner_of(asker.platform, asker.tenant))
    zone, question = options.zone, options.question
    mentions = mentioned_people(question) if made_up else _ids_in(question)
    ask = Ask(request_id(), asker, room, question, locale, zone, Via.OPERATOR, mentions)
    async with open_installation(settings, NAMES if made_up else {}) as installation:
        if made_up:
            await seat_people(installation)
        delivery = installation.delivery
        delivered = await delivery.ask(ask)
        for label in options.press:
            written = replace(ask, said=options.write)
            delivered = await press_button(delivery, delivered, label, written)
        # A file goes with this process, so it is saved even where no folder is named.
        here = Path() if any(attachments(delivered.reply.parts)) else None
        out, as_lines = options.out or here, not options.json
        return await answer_text(delivery, delivered, ask, out, as_lines=as_lines)


def _ids_in(question: str) -> dict[str, UserRef]:
    """Words of the question that are people's ids: an operator has no platform to mention people
    on.
    """
    found = {}
    for word in question.split():
        try:
            found[word] = UserRef.parse(word)
        except ValueError:
            continue
    return found


async def press_button(delivery: Delivery, before: Delivered, label: str, ask: Ask) -> Delivered:
    """Return the answer to a button of the answer `before`. KeyError where it has none of that
    label.
    """
    buttons = {choice.label: button for choice, button in before.buttons.items()}
    return await delivery.press(buttons[label], replace(ask, id=request_id(), text=""))


async def answer_text(
    delivery: Delivery, answer: Answer, ask: Ask, out: Path | None, *, as_lines: bool
) -> str:
    """The answer as the terminal shows it, or as JSON: its result for programs, and its words; its
    pictures and files are written to the folder `out`.
    """
    reply = answer.reply
    pictures = await _pictures(delivery, reply, out, ask.id) if out else []
    files = await asyncio.to_thread(saved_files, answer, out) if out else []
    if not as_lines:
        result = None if answer.result is None else result_json(answer.result)
        words = {"answer": as_json(reply), "pictures": pictures, "files": files}
        whole = {"schema": SCHEMA, "result": result, **words}
        return json.dumps(whole, ensure_ascii=False, indent=2)
    say = speaker(ask.locale)
    paths = [("ask-picture", path) for path in pictures] + [("ask-file", path) for path in files]
    return "\n\n".join([reply_text(reply), *(say(where, path=path) for where, path in paths)])


def saved_files(answer: Answer, folder: Path) -> list[str]:
    """Write the answer's files into a folder, for the user of the terminal alone; return their
    paths. A file of the same name stays: the new one gets a number.
    """
    saved = []
    for each in attachments(answer.reply.parts):
        folder.mkdir(parents=True, exist_ok=True)
        path = _new_path(folder, each.name)
        shutil.copyfile(each.path, path)
        saved.append(str(path))
    return saved


def _new_path(folder: Path, name: str) -> Path:
    """Make an empty file of that name, or with the first free number behind it."""
    first = folder / name
    numbered = (first.with_stem(f"{first.stem}-{n}") for n in count(2))
    for path in chain((first,), numbered):
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            return path
    raise AssertionError  # the numbers never end


async def _pictures(delivery: Delivery, reply: Reply, folder: Path, name: str) -> list[str]:
    """Draw the reply's charts into the folder; return the paths of those that could be drawn."""
    charts = [part.chart for part in reply.parts if isinstance(part, Picture)]
    drawn = [await delivery.paint(chart, "light") for chart in charts]
    files = {f"seatwise-{name}-{n}.png": png for n, png in enumerate(drawn, start=1) if png}
    return await asyncio.to_thread(_write, folder, files)


def _write(folder: Path, files: dict[str, bytes]) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]
