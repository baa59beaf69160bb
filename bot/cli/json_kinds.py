"""Names of the kinds of values in `--json`. Programs of other people rely on them, so a name stays
when its class is renamed.
"""

from analytics.charts.column_kinds import Bucket, Buckets, Portion, Stack, StackedColumns
from analytics.charts.dot_kinds import DottedWeek, Timeline, WeekDot
from analytics.charts.elements import LegendKey, Tick
from analytics.charts.model import Bar, BarChart, Blank, Line, LineChart
from analytics.charts.row_kinds import RankedBar, Ranking, SeatBar, SeatBars
from analytics.values import Unknown
from handlers.chat.asking import UserRef
from handlers.chat.links import Link
from handlers.chat.reply import (
    Attachment,
    Choice,
    Choices,
    Details,
    Entry,
    Figure,
    Figures,
    Headline,
    Notice,
    Paragraph,
    PickPerson,
    Picture,
    Reply,
    Safe,
    Stamped,
    Table,
    TableColumn,
    TextInput,
)

KINDS: dict[type, str] = {
    Attachment: "attachment",
    Bar: "bar",
    BarChart: "barchart",
    Blank: "blank",
    Bucket: "bucket",
    Buckets: "buckets",
    Choice: "choice",
    Choices: "choices",
    TableColumn: "column",
    Details: "details",
    DottedWeek: "dottedweek",
    Entry: "entry",
    Figure: "figure",
    Figures: "figures",
    Headline: "headline",
    LegendKey: "legendkey",
    Line: "line",
    LineChart: "linechart",
    Link: "link",
    Notice: "notice",
    Paragraph: "paragraph",
    PickPerson: "pickperson",
    Picture: "picture",
    Portion: "portion",
    RankedBar: "rankedbar",
    Ranking: "ranking",
    Reply: "reply",
    Safe: "safe",
    SeatBar: "seatbar",
    SeatBars: "seatbars",
    Stack: "stack",
    StackedColumns: "stackedcolumns",
    Stamped: "stamped",
    Table: "table",
    TextInput: "textinput",
    Tick: "tick",
    Timeline: "timeline",
    Unknown: "unknown",
    UserRef: "userref",
    WeekDot: "weekdot",
}
