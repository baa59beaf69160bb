"""All breaks, by the area of the product that they are in."""

from collections.abc import Mapping, Sequence

from tests.breaks.access import ACCESS
from tests.breaks.audience import SHARING
from tests.breaks.builds import BUILDING
from tests.breaks.catalogue import CATALOGUE
from tests.breaks.charts import CHARTS
from tests.breaks.entry import Break
from tests.breaks.fence import FENCE
from tests.breaks.files import FILES
from tests.breaks.gate import GATE
from tests.breaks.imports import IMPORTS
from tests.breaks.scheduler import SCHEDULER
from tests.breaks.store import STORE
from tests.breaks.sync import SYNC

AREAS: Mapping[str, Sequence[Break]] = {
    "access": ACCESS,
    "sharing": SHARING,
    "fence": FENCE,
    "files": FILES,
    "store": STORE,
    "scheduler": SCHEDULER,
    "gate": GATE,
    "sync": SYNC,
    "building": BUILDING,
    "imports": IMPORTS,
    "charts": CHARTS,
    "catalogue": CATALOGUE,
}
