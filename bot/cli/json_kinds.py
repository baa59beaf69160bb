"""Names of the kinds of values in `--json`. Programs of other people rely on them, so a name stays
when its class is renamed.
"""

from analytics.charts.model import Bar, BarChart, Blank, Line, LineChart, Tick
from analytics.values import Unknown
from handlers.chat.asking import UserRef
from handlers.chat.reply import (
    Choice,
    Choices,
    Figure,
    Figures,
    Notice,
    Paragraph,
    PickPerson,
    Picture,
    Reply,
    Safe,
    Stamped,
    Table,
    TableColumn,
)

KINDS: dict[type, str] = {
    Bar: "bar",
    BarChart: "barchart",
    Blank: "blank",
    Choice: "choice",
    Choices: "choices",
    TableColumn: "column",
    Figure: "figure",
    Figures: "figures",
    Line: "line",
    LineChart: "linechart",
    Notice: "notice",
    Paragraph: "paragraph",
    PickPerson: "pickperson",
    Picture: "picture",
    Reply: "reply",
    Safe: "safe",
    Stamped: "stamped",
    Table: "table",
    Tick: "tick",
    Unknown: "unknown",
    UserRef: "userref",
}
