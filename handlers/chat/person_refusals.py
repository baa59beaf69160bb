"""Reasons why the activity log is not searched by person."""

from handlers.chat.refusals import Refusal


class PersonsHidden(Refusal):
    """A search by person, of a reader who may not see persons, or for others who may not."""

    sentence = "person-search-hidden"


class PersonSearchOff(Refusal):
    """A search by person where the operator has not switched it on."""

    sentence = "person-search-off"
