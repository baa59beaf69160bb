"""The two looks of a chart: the colour of each meaning on light and on dark paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from analytics.charts.model import Tone


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#RRGGBB`. Colours of letters have a contrast of 4.5:1 or more to their ground."""

    paper: str
    ink: str
    quiet: str
    """For subtitles, tick labels and footnotes."""
    grid: str
    axis: str
    track: str
    """For the pale way from a bar's end to its limit."""
    wash: str
    """For the soft area below the line of active people."""
    badge: str
    badge_ink: str
    tones: Mapping[Tone, str]


_LIGHT = Palette(
    paper="#FFFFFF",
    ink="#14202E",
    quiet="#566373",
    grid="#DFE5EB",
    axis="#AEB8C4",
    track="#EDF1F6",
    wash="#E9F1FC",
    badge="#FFDD7A",
    badge_ink="#4A3000",
    tones={
        Tone.SOLD: "#66717F",
        Tone.ASSIGNED: "#B35300",
        Tone.ACTIVE: "#1A62C6",
        Tone.OVER: "#C21A63",
    },
)

_DARK = Palette(
    paper="#12171E",
    ink="#F1F4F8",
    quiet="#A3AFBD",
    grid="#2B3541",
    axis="#536070",
    track="#202934",
    wash="#172537",
    badge="#F7C948",
    badge_ink="#2B1D00",
    tones={
        Tone.SOLD: "#A9B4C0",
        Tone.ASSIGNED: "#F5A04C",
        Tone.ACTIVE: "#6CABFF",
        Tone.OVER: "#FF7FB0",
    },
)


class Theme(Enum):
    """The background of a picture. Blue and amber stay distinct for colour-blind readers."""

    LIGHT = "light"
    DARK = "dark"

    @property
    def palette(self) -> Palette:
        """The theme's colours."""
        return _LIGHT if self is Theme.LIGHT else _DARK
