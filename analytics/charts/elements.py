"""Elements of every kind of chart: roles, ticks and the keys of a legend."""

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """Role of a mark in its chart; the drawing gives each role its colour."""

    MAIN = "main"
    """The figure that the chart is about."""
    OTHER = "other"
    """A second figure beside it."""
    BASE = "base"
    """The figure that the others are measured against: grey; as a line, dashed."""
    ALARM = "alarm"
    """A figure that needs a decision."""
    GAIN = "gain"
    """Additions, above zero."""
    LOSS = "loss"
    """Losses, below zero."""
    UNKNOWN = "unknown"
    """Not measured, or more than can be: hatched in grey."""


class Shade(Enum):
    """Manner in which a tone is laid on."""

    SOLID = "solid"
    PALE = "pale"
    OUTLINE = "outline"
    HATCHED = "hatched"
    DOT = "dot"
    """A dot in the colour of letters, whatever the tone."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in the axis's own unit, and its finished label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class LegendKey:
    """A swatch of the legend and its finished label."""

    label: str
    tone: Tone
    shade: Shade = Shade.SOLID
