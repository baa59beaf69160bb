"""A speaker says the catalogue's sentences in a reader's language, with numbers, dates and lists as
that language writes them.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import Translations

from analytics.values import Share, plain

_FOLDER = Path(__file__).parent
LOCALES = tuple(sorted(file.stem for file in _FOLDER.glob("*.po")))
"""Languages that have a catalogue."""

DEFAULT = "en"
_HALF, _WHOLE = Decimal("0.5"), Decimal(100)
"""Percents between which a share is told from none and from all."""

_NO_BREAK = "\N{NO-BREAK SPACE}"
_BESIDE_LETTERS = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""A place between a letter and a digit."""

_A_SUNDAY = date(2026, 11, 22)
_LEAP = 2028
_REGIONS = {"en": "en_GB"}
"""The region whose dates a language uses: 21 Nov 2026 is read alike everywhere, 11/21 is not."""


def _zone(name: str) -> tzinfo:
    """Return the zone of this name; UTC for none, or one that is not known here."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@lru_cache
def _catalogue(locale: str) -> Translations:
    with (_FOLDER / f"{locale}.po").open("rb") as file:
        catalogue = read_po(file, locale=locale)
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return Translations(binary)


def locale_of(tag: str | None) -> str:
    """The catalogue for a language tag such as `fr-CA`; English where there is none.

    >>> locale_of("fr-CA"), locale_of("xx"), locale_of(None)
    ('fr', 'en', 'en')
    """
    language = (tag or "").replace("_", "-").split("-")[0].lower()
    return language if language in LOCALES else DEFAULT


class Speaker:
    """A speaker of one language. Values are put into the catalogue's template; they never become
    one.
    """

    def __init__(self, locale: str, zone: str = "") -> None:
        self.locale = locale_of(locale)
        self._zone = _zone(zone)
        self._babel = Locale.parse(_REGIONS.get(self.locale, self.locale))
        self._texts = _catalogue(self.locale)

    def __call__(self, sentence: str, /, **values: object) -> str:
        """Return the finished sentence. `n` chooses the plural. Raises KeyError for an id, or a
        value, that is missing.
        """
        n = values.get("n")
        text = (
            self._texts.ngettext(sentence, sentence, n)
            if isinstance(n, int)
            else self._texts.gettext(sentence)
        )
        if text == sentence:
            raise KeyError(sentence)
        return text.format_map({name: self._put(value) for name, value in values.items()})

    def _put(self, value: object) -> str:
        match value:
            case Share():
                return self("no-seats") if value.value is None else self.percent(value.value)
            case int():
                return self.number(value)
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case _:
                return plain(str(value))

    @property
    def decimal_comma(self) -> bool:
        """True if the language writes 0,5 for a half."""
        return bool(self._babel.number_symbols["latn"]["decimal"] == ",")

    def number(self, value: int) -> str:
        """Write a whole number as the language groups its digits."""
        return str(format_decimal(value, locale=self._babel))

    def signed_number(self, value: int) -> str:
        """Write a change with its sign; the minus is the typographic one."""
        return f"+{self.number(value)}" if value > 0 else self.number(value).replace("-", "−")

    def decimal(self, value: Decimal) -> str:
        """Write a number with at most two decimals; of one below 1 its first two digits."""
        digits = "#,##0.##" if abs(value) >= 1 or not value else "@#"
        return str(format_decimal(value, digits, locale=self._babel)).replace("-", "−")

    def amount(self, value: Decimal, currency: str) -> str:
        """Write an amount of money with its currency, to the cent: a code of letters stands apart
        from its number, and the minus is the typographic one.
        """
        said = format_currency(value, plain(currency), locale=self._babel)
        return _BESIDE_LETTERS.sub(_NO_BREAK, str(said)).replace("-", "−", value < 0)

    def percent(self, value: float) -> str:
        """Write a fraction as whole percent, halves rounded up. Never 0 or 100 for what is only
        near it: <1%, >99%, >100%.
        """
        exact = Decimal(str(value)) * 100
        if 0 < exact < _HALF:
            return self("percent-under", percent=self._whole_percent(1))
        if _WHOLE - _HALF <= exact < _WHOLE:
            return self("percent-over", percent=self._whole_percent(99))
        if _WHOLE < exact < _WHOLE + _HALF:
            return self("percent-over", percent=self._whole_percent(100))
        return self._whole_percent(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))

    def _whole_percent(self, percent: int) -> str:
        return str(format_percent(Decimal(percent) / 100, locale=self._babel))

    def day(self, value: date) -> str:
        """Write a day with its month's short name."""
        return format_date(value, "medium", locale=self._babel)

    def month(self, value: date) -> str:
        """Write a month's short name and the year."""
        return format_date(value, "MMM y", locale=self._babel)

    def short_day(self, value: date) -> str:
        """Write a day without its year: 20 Nov."""
        return format_date(value, "d MMM", locale=self._babel)

    def short_month(self, value: date) -> str:
        """Write a month's short name alone: Nov."""
        return format_date(value, "LLL", locale=self._babel)

    def moment(self, value: datetime) -> str:
        """Write an instant in UTC, to the minute."""
        return format_datetime(value.astimezone(UTC), "d MMM y, HH:mm 'UTC'", locale=self._babel)

    def local(self, value: datetime, zone: str) -> str:
        """Write an instant as clocks show it in a zone, with its weekday and the zone's offset
        then.
        """
        there = value.astimezone(ZoneInfo(zone))
        said = format_datetime(there, "EEE d MMM y HH:mm", locale=self._babel)
        return f"{said} {_offset(there)}"

    def clock(self, value: datetime) -> str:
        """Write an instant as the reader's clock shows it, to the minute, with its offset; in UTC
        where their zone is not known. Without a zone of its own the instant is in UTC.
        """
        there = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(self._zone)
        return f"{format_datetime(there, 'd MMM y, HH:mm', locale=self._babel)} {_offset(there)}"

    def weekday(self, number: int) -> str:
        """Return a weekday's name; 0 and 7 are Sunday."""
        day = _A_SUNDAY + timedelta(days=number)
        return format_date(day, "EEEE", locale=self._babel)

    def day_of_year(self, month: int, day: int) -> str:
        """Write a day that comes every year: 29 February."""
        return format_date(date(_LEAP, month, day), "d MMMM", locale=self._babel)

    def enumeration(self, items: Sequence[str]) -> str:
        """Join several things for a sentence, as the language does."""
        return format_list(list(items), locale=self._babel)


def _offset(moment: datetime) -> str:
    """Write the offset of an instant in its zone: UTC, or UTC+01:00."""
    written = moment.isoformat(timespec="minutes")[-len("+01:00") :] if moment.utcoffset() else ""
    return f"UTC{written}"


@lru_cache
def speaker(locale: str, zone: str = "") -> Speaker:
    """The speaker of a language, for a reader in a zone or in none that is known, made once."""
    return Speaker(locale, zone)
