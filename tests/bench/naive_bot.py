"""The bot somebody writes in an afternoon: exported CSV files, pandas and pyplot; no rights."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt

SUMMED = {"deployment": ["licensesSold", "licensesDeployed"], "usage": ["licenseActive"]}
"""What it adds up of each file."""


def export(folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
    """A partner's pages as one CSV file for each dataset, every column kept."""
    files: set[Path] = set()
    for name, raw in pages:
        file, rows = folder / f"{name.partition('-')[0]}.csv", json.loads(raw)["Value"]
        with file.open("a", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, rows[0].keys())
            if file not in files:
                writer.writeheader()
            writer.writerows(rows)
        files.add(file)


@dataclass(frozen=True, slots=True)
class NaiveBot:
    """Answers from the files of a folder, or from frames that it was given."""

    folder: Path
    today: date
    kept: dict[str, pd.DataFrame] | None = None

    def reading_once(self) -> "NaiveBot":
        """The same bot with the files in memory."""
        return NaiveBot(self.folder, self.today, {name: self._read(name) for name in SUMMED})

    def words(self, customer: str, days: int) -> tuple[str, pd.DataFrame]:
        """A sentence, and the sums by day that the picture shows."""
        first = pd.Timestamp(self.today - timedelta(days=days))
        sums = []
        for name, columns in SUMMED.items():
            rows = self.kept[name] if self.kept else self._read(name)
            rows = rows[rows["customerName"].str.contains(customer, case=False, regex=False)]
            rows = rows[rows["processedDateTime"] >= first]
            sums.append(rows.groupby("processedDateTime")[columns].sum())
        daily = pd.concat(sums, axis=1)
        sold, assigned, active = daily.iloc[-1]
        return f"{customer}: {sold} seats sold, {assigned} assigned, {active} active.", daily

    def picture(self, title: str, daily: pd.DataFrame) -> bytes:
        """Three lines; 1600 x 800 pixels."""
        mpl.use("Agg")
        figure, axes = plt.subplots(figsize=(8, 4), dpi=200)
        for column in daily.columns:
            axes.plot(daily.index, daily[column], label=column)
        axes.set_title(title)
        axes.set_ylim(bottom=0)
        axes.grid(visible=True, axis="y")
        axes.legend()
        figure.tight_layout()
        target = BytesIO()
        figure.savefig(target, format="png")
        plt.close(figure)
        return target.getvalue()

    def _read(self, name: str) -> pd.DataFrame:
        return pd.read_csv(self.folder / f"{name}.csv", parse_dates=["processedDateTime"])
