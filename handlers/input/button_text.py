"""Words in the text of a button: a press mentions no people or rooms, so they stand in it by id."""

from handlers.chat.asking import Ask

ROOM = "room:"
"""Prefix of a room's address in a text that the bot wrote; people do not type it."""


def button_word(word: str, ask: Ask) -> str:
    """Write a word of a question as it stands in a button that asks the question again."""
    if word in ask.rooms:
        return f'"{ROOM}{ask.rooms[word].address}"'
    return str(ask.mentions.get(word, word))
