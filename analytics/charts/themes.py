"""The looks of a chart: the colour of each role on light, on dark and on card paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from analytics.charts.elements import Tone


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
    """For the soft area below a filled line."""
    pale: str
    """For a second amount behind the main one."""
    rim: str
    """For outlines: 3:1 or more to paper."""
    badge: str
    badge_ink: str
    tones: Mapping[Tone, str]
    corner: float = 0.0
    """Radius of the picture's corners in design units; outside them it is transparent."""


_LIGHT = Palette(
    paper="#FFFFFF",
    ink="#14202E",
    quiet="#566373",
    grid="#DFE5EB",
    axis="#AEB8C4",
    track="#EDF1F6",
    wash="#E9F1FC",
    pale="#A9C8F2",
    rim="#66717F",
    badge="#FFDD7A",
    badge_ink="#4A3000",
    tones={
        Tone.BASE: "#66717F",
        Tone.OTHER: "#B35300",
        Tone.MAIN: "#1A62C6",
        Tone.ALARM: "#C21A63",
        Tone.GAIN: "#0B7A6E",
        Tone.LOSS: "#B5432A",
        Tone.UNKNOWN: "#66717F",
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
    pale="#2F5488",
    rim="#A9B4C0",
    badge="#F7C948",
    badge_ink="#2B1D00",
    tones={
        Tone.BASE: "#A9B4C0",
        Tone.OTHER: "#F5A04C",
        Tone.MAIN: "#6CABFF",
        Tone.ALARM: "#FF7FB0",
        Tone.GAIN: "#4CC9B4",
        Tone.LOSS: "#FF9B7D",
        Tone.UNKNOWN: "#A9B4C0",
    },
)


# A card of its own colour: it stands out from white, and does not glare among dark messages.
_CARD = replace(
    _DARK,
    paper="#232D3A",
    quiet="#B4BFCC",
    grid="#3A4757",
    axis="#63717F",
    track="#303C4B",
    wash="#27384F",
    pale="#34568A",
    corner=12.0,
)


class Theme(Enum):
    """The background of a picture. Blue and amber stay distinct for colour-blind readers."""

    LIGHT = "light"
    DARK = "dark"
    CARD = "card"
    """For chats that do not tell their reader's theme: right on white and on dark."""

    @property
    def palette(self) -> Palette:
        """The theme's colours."""
        return _PALETTES[self]


_PALETTES: Mapping[Theme, Palette] = {
    Theme.LIGHT: _LIGHT,
    Theme.DARK: _DARK,
    Theme.CARD: _CARD,
}
