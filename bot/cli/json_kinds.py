"""The word that each value of an answer is called by in `--json`: written down in other people's
programs, so that it stays when a class gets another name.
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
