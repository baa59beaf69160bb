"""`seatwise manifest`: write manifest/ and the generated pages of docs/."""

import argparse
from pathlib import Path

from bot.cli import parsers
from bot.cli.gallery import gallery_files
from bot.cli.reference import command_line_page
from bot.manifest import generated_files
from bot.settings import Settings
from handlers.messages.speaker import Speaker

SUMMARY = "Write manifest/ and the generated pages of docs/ from the program itself."
COMMAND_LINE = Path("docs", "command-line.md")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the option for the repository's folder."""
    parser.add_argument(
        "--root", type=Path, default=Path(), help="the repository; by default the current folder"
    )
    parser.add_argument(
        "--gallery",
        action="store_true",
        help="write the gallery of docs/questions.md too, and draw its pictures",
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Write each generated file and print its path."""
    files = generated_files(
        options.root,
        prefix=settings.command_prefix,
        public_url=settings.public_url,
        app_id=settings.teams_app_id,
    )
    _, verbs = parsers()
    files[options.root / COMMAND_LINE] = command_line_page(verbs).encode()
    if options.gallery:
        files |= gallery_files(options.root)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(say("manifest-written", path=path))
    return 0
