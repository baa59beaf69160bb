"""Currencies written with amounts: refused where they are not the one that the row names."""

from collections.abc import Iterator

from analytics.sources.files.bad_file import BadFile, cell_excerpt
from analytics.sources.files.numerals import currency_of
from analytics.sources.files.sheets import Sheet
from analytics.tables import Column
from analytics.values import Secrecy

_SIGNS = {
    "$": "USD AUD CAD NZD SGD HKD TWD MXN CLP COP ARS BRL",
    "US$": "USD",
    "R$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY CNY",
    "₹": "INR",
    "kr": "SEK NOK DKK ISK",
    "kr.": "SEK NOK DKK ISK",
    "zł": "PLN",
    "Kč": "CZK",
    "Fr.": "CHF",
}
"""Currencies that a sign may stand for."""


def refuse_other_currency(file: str, sheet: Sheet) -> None:
    """Raise BadFile for the first amount with another currency than its row or column has."""
    names = {column.name for column in sheet.dataset.columns}
    currency = sheet.dataset.at("currency") if "currency" in names else None
    for column, written in _with_currency(sheet):
        at = sheet.dataset.at(column.name)
        for number, row in zip(sheet.numbers, sheet.rows, strict=True):
            told = written.get(row[at], "")
            ours = "USD" if column.name.endswith("_usd") else ""
            ours = ours or (
                str(row[currency] or "").strip().upper() if currency is not None else ""
            )
            if told and ours and ours not in _SIGNS.get(told, told).split():
                values = {"row": number, "column": column.field, "found": cell_excerpt(row[at])}
                raise BadFile("import-other-currency", file, **values, wanted=ours)


def _with_currency(sheet: Sheet) -> Iterator[tuple[Column, dict[object, str]]]:
    """Yield each column of amounts of which some are written with a currency, and these cells'."""
    for column in sheet.dataset.columns:
        if column.secrecy is Secrecy.MONEY:
            at = sheet.dataset.at(column.name)
            cells = {row[at] for row in sheet.rows if isinstance(row[at], str)}
            written = {cell: told for cell in cells if (told := currency_of(str(cell).strip()))}
            if written:
                yield column, dict(written)
