"""`seatwise manifest`: writes the files in manifest/ from the registry."""

import argparse
from pathlib import Path

from bot.manifest import generated_files
from bot.settings import Settings
from handlers.messages.speaker import Speaker

NAME = "manifest"
SUMMARY = "Write manifest/ and README's tables from the program itself."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "--root", type=Path, default=Path(), help="the repository; by default the current folder"
    )


def run(options: argparse.Namespace, settings: Settings, say: Speaker) -> int:
    """Writes each generated file and prints its path."""
    files = generated_files(
        options.root,
        prefix=settings.command_prefix,
        public_url=settings.public_url,
        app_id=settings.teams_app_id,
    )
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(say("manifest-written", path=path))
    return 0
