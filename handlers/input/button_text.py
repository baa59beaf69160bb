"""Words in the text of a button: a press mentions nobody, so people and rooms stand there by id."""

from handlers.chat.asking import Ask

ROOM = "room:"
"""Begins a room's address in a text that we wrote; nobody types it."""


def button_word(word: str, ask: Ask) -> str:
    """A word of a question as a button that asks it again has it."""
    if word in ask.rooms:
        return f'"{ROOM}{ask.rooms[word].address}"'
    return str(ask.mentions.get(word, word))
