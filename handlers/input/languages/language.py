"""The words of one language that people type.

All are folded as by `fold()`. Each word is a regular expression, most of them plain words. A field
with a default is for words that not every language has. These are named tuples, since dataclasses
would take six times as long to import.
"""

from collections.abc import Mapping
from typing import NamedTuple

Words = tuple[str, ...]
"""Words or phrases of one meaning."""


class CalendarWords(NamedTuple):
    """Names of months, days and units of time."""

    months: Mapping[int, Words]
    """Names and abbreviations by number, from 1."""
    weekdays: Mapping[int, Words]
    """Names and abbreviations as cron counts the days, from 0 for Sunday."""
    weekdays_again: Mapping[int, Words]
    """Names of days that come again: `mondays`."""
    units: Mapping[str, Words]
    """Singular, plural and letter of `day`, `week`, `month`, `quarter` and `year`."""
    whole_units: Words
    """Singulars of the units that a calendar has whole: all but the day."""
    short_months: Mapping[int, Words] = {}
    """More abbreviations, read everywhere but in the date of a digest."""


class PeriodPhrases(NamedTuple):
    """The ways to say a period."""

    lead: Words
    """Prepositions before a period that add nothing."""
    article: Words
    """Articles before a period, with the blank behind them."""
    many: Words
    """Adjectives before a count: `last 3 months`."""
    rolling: Words
    """Counts of units that end today: `$counted`, or `$many`, `$count`, `$unit` and `$one_unit`. A
    group `last` says that they do: a question that looks ahead counts the others from today.
    """
    calendar: Words
    """A unit of the calendar, `$one_unit`: this one, or with a group `last` the one before."""
    yesterday: Words
    year_to_date: Words
    since: Words
    begin: Words
    """Prepositions before the first day of two."""
    until: Words
    """Words between the first day and the last."""
    quarter_letter: Words
    ordinal: Words
    """Endings of a quarter's number."""
    quarter: Words
    quarter_of: Words
    """Prepositions between a quarter and its year."""
    date_ordinal: Words
    """Endings of a day's number in a date."""
    last_named: Words
    """A month or quarter that is over, `$named`: `last october`."""
    coming: Words
    """Counts of units that begin today: `$counts`, or `$count` and `$unit`."""
    next_unit: Words
    """The unit of the calendar, `$one_unit`, after this one."""
    next_named: Words
    """A month or quarter that has not begun, `$named`: `next october`."""
    tomorrow: Words
    by: Words
    """Words before the last day of a period that begins today."""


class SchedulePhrases(NamedTuple):
    """The ways to say a digest's hours and options.

    A clause may contain `$every`, `$before_weekdays`, `$on`, `$count`, `$number`, `$month`,
    `$last_day`, `$working_day`, `$of_month`, `$hour`, `$minute`, `$room` and `$zone`: these are
    read in any language. Its groups are `number`, `half` (`am` or `pm`), `noon`, `midnight`;
    `working` for a working day, `ofmonth` for a day of every month, `word` for `zone`.
    """

    every: Words
    every_few: Words
    """Words before a count of hours or minutes: `every 2 hours`."""
    on: Words
    """Words before a date or a day of the month."""
    before_weekdays: Words
    """Words other than `every` before working days."""
    before_nth: Words
    """Words other than `every` before `first Monday`."""
    before_days: Words
    """Words other than `every` before the first weekday of several; those days come again."""
    between_days: Words
    """Words other than `every` before each further weekday."""
    also: Words
    """The conjunction between clauses or days."""
    at: Words
    """Prepositions before an hour."""
    ordinal: Words
    """Endings of a day's number."""
    places: Mapping[str, Words]
    """The place of a weekday among those of its name in a month, by cron's sign for it."""
    last_day: Words
    working_day: Words
    of_month: Words
    """Words behind a day of the month, with the blank before them."""
    clauses: Mapping[str, Words]
    """Phrases by kind of clause."""


class GrantWords(NamedTuple):
    """The words of an order to grant a right."""

    roles: Mapping[str, Words]
    """By the value of the role."""
    article: Words
    """Articles before a role."""
    keywords: Mapping[str, Words]
    """Words that begin a clause, by `as`, `for`, `until` and `because`."""
    that: Words = ()
    """Conjunctions behind `because` that are no part of the reason, with the blank behind them."""
    with_people: Words = ()
    """Phrases that add people's names to a right."""
    yes: Words = ()
    """Ways to agree, and to say in a file that something is so; spreadsheets write TRUE."""
    no: Words = ()
    none: Words = ()
    """Ways to say that a right is for no customer."""
    undo: Words = ()
    """Ways to take back that a product is ignored."""


class DecisionWords(NamedTuple):
    """The words of orders about subscriptions' terms."""

    verbs: Mapping[str, Words]
    """By the verb's name: done, keep, snooze; those that undo are with the words of rights."""
    decided: Words
    """Words behind `/renewals` that ask for what was decided."""


class GroupWords(NamedTuple):
    """The words of orders about groups of customers; `+`, `-` and `=` need none."""

    prefix: Words
    """Words before the colon and a group's name: `group:north`."""
    add: Words
    remove: Words
    replace: Words
    """Words before all the customers that a group is to hold."""
    delete: Words
    find: Words
    """Words before a part of a group's name."""


class DigestWords(NamedTuple):
    """The words of orders about digests, besides their hours."""

    verbs: Mapping[str, Words]
    """By the verb's name."""
    number: Words
    """Signs before a digest's number."""
    lead: Words
    """Prepositions before `each`."""
    each: Words
    of: Words
    """Prepositions behind `each`."""
    all: Words
    """Ways to say all customers."""
    off: Words
    """Words that end a choice of room, or reminders."""
    me: Words
    """Ways to say that reminders are for the person alone."""
    here: Words


class CommandWords(NamedTuple):
    """Words for commands, besides their own names."""

    names: Mapping[str, Words]
    """By the command's name."""
    help: Words
    """Words behind a command that ask for its help."""
    everyone: Words
    """Ways to say all customers together in a customer's place."""
    by: Words
    """Prepositions before the person who did something."""


ChoiceWords = Mapping[str, Mapping[str, Words]]
"""Words of the choices that commands offer, by the name of the choice's Enum and the value of its
member; a word may have blanks in it.
"""


class Courtesy(NamedTuple):
    """Words that ask nothing."""

    greetings: Words
    thanks: Words


class Language(NamedTuple):
    """Everything of one language that people type."""

    calendar: CalendarWords
    periods: PeriodPhrases
    schedules: SchedulePhrases
    grants: GrantWords
    decisions: DecisionWords
    digests: DigestWords
    groups: GroupWords
    commands: CommandWords
    courtesy: Courtesy
    choices: ChoiceWords
