"""The page itself as HTML, and the texts for its script."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

from babel import Locale

from bot.page.outbound import escape
from bot.page.people import PEOPLE, Person
from bot.page.ports import Surroundings
from handlers.chat.services import Say
from handlers.registry import RANKED

SCRIPT_WORDS = (
    "page-answer",
    "page-working",
    "page-unreachable",
    "page-refused",
    "page-no-picture",
)
"""Catalogue ids of the sentences that the script says by itself, beside those that stand in the
page.
"""

_PLACE = re.compile(r"\{\{([a-z-]+)\}\}")


def words(surroundings: Surroundings, language: str) -> dict[str, object]:
    """The texts and commands that change with the page's language; values are JSON."""
    say = surroundings.voices[language]
    placed = {name for name in _PLACE.findall(_template()) if name.startswith("page-")}
    spoken = placed | {*SCRIPT_WORDS, banner(surroundings)} | {who.about_id for who in PEOPLE}
    return {
        "lang": language,
        "words": {name: say(name) for name in sorted(spoken)},
        "commands": [asdict(command) for command in surroundings.commands(language)],
    }


def home(surroundings: Surroundings, language: str) -> str:
    """The whole page in one language, as HTML."""
    say = surroundings.voices[language]
    ready = {
        "lang": language,
        "banner": _phrase_span(banner(surroundings), say),
        "people": "".join(_radio(somebody, say) for somebody in PEOPLE),
        "languages": "".join(_language(code, language) for code in surroundings.voices),
        "suggestions": "".join(map(_chip, suggestions(surroundings))),
        "data": _data(words(surroundings, language)),
    }
    return _PLACE.sub(lambda place: ready.get(place[1]) or escape(say(place[1])), _template())


def banner(surroundings: Surroundings) -> str:
    """The catalogue id of the sentence that says which data is made up."""
    return "page-banner-made-up" if surroundings.sample else "page-banner-folder"


def suggestions(surroundings: Surroundings) -> Sequence[str]:
    """Questions to begin with; customers are named only where we know that they exist."""
    about_customers = next(command.name for command in RANKED if command.names_customer)
    customers = ("contoso", "fabrikam") if surroundings.sample else ()
    named = (f"/{about_customers} {name}" for name in customers)
    return (*named, *(f"/{command.name}" for command in RANKED if command.shown.greeted))


@cache
def _template() -> str:
    return Path(__file__).with_name("page.html").read_text(encoding="utf-8")


def _phrase_span(name: str, say: Say) -> str:
    return f'<span data-say="{name}">{escape(say(name))}</span>'


def _radio(somebody: Person, say: Say) -> str:
    checked = " checked" if somebody is PEOPLE[0] else ""
    key, name, about = somebody.key, somebody.name, somebody.about_id
    return (
        f'<label class="person"><input type="radio" name="as" value="{key}"{checked}>'
        f'<span class="avatar" data-who="{key}" aria-hidden="true">{name[0]}</span>'
        f'<span class="who"><b>{escape(name)}</b>'
        f'<small data-say="{about}">{escape(say(about))}</small></span></label>'
    )


def _language(code: str, chosen: str) -> str:
    name = str(Locale.parse(code).get_display_name(code)).capitalize()
    checked = " checked" if code == chosen else ""
    return (
        f'<label lang="{code}"><input type="radio" name="lang" value="{code}"{checked}>'
        f"<span>{escape(name)}</span></label>"
    )


def _chip(text: str) -> str:
    return f'<button type="button" class="chip" data-ask="{escape(text)}">{escape(text)}</button>'


def _data(data: dict[str, object]) -> str:
    """JSON for a data block; `<` is escaped, because only that could end the block."""
    return json.dumps(data).replace("<", "\\u003c")
