"""Removal of the markup that people's clients put around what they type or copy."""

import re

_LINE_STARTS = re.compile(
    r"^(?:[ \t]*(?:>+[ \t]*"
    r"|[-*+\u2022\u2023\u25aa\u25cf\u25e6\u2013\u2014][ \t]+"
    r"|\(?[0-9]{1,3}[.)][ \t]+))+",
    re.MULTILINE,
)
"""Quotes, bullets and numbers of a list."""

_PAIRS = re.compile(
    r"(?<!\w)(?P<sign>(?P<one>[*_~`])(?P=one){0,2})(?=\S)"
    r"(?P<inner>(?:(?!(?P=one)).)+)(?<=\S)(?P=sign)(?!\w)",
    re.DOTALL,
)
"""Bold, italic, struck through, and code; Slack's and Markdown's."""

_FENCE = "```"
_NESTED = 3


def without_markup(text: str) -> str:
    r"""Return a text without quote signs, bullets, numbers of a list, and signs of bold, italic,
    struck-through or code text around words. Signs inside a word, and those without words between
    them, stay.

    >>> without_markup("> 1. *usage* `contoso`"), without_markup("\u2022 _**usage** O'Reilly_")
    ('usage contoso', "usage O'Reilly")
    >>> without_markup("usage P1_GOV_HIGH *$*")
    'usage P1_GOV_HIGH *$*'
    """
    text = _LINE_STARTS.sub("", text.replace(_FENCE, " "))
    for _ in range(_NESTED):
        text = _PAIRS.sub(_inner_words, text)
    return text


def _inner_words(pair: re.Match[str]) -> str:
    return pair["inner"] if any(map(str.isalnum, pair["inner"])) else pair[0]
