"""One deliberate break of the product, and the test that must notice it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Break:
    """A change at one spot after which a wrong result still looks right."""

    says: str
    """What the product does then, in a few words."""
    file: str
    text: str
    """What stands there, exactly once in the file."""
    other: str
    """What takes its place."""
    tests: str
    """The file of the test that must fail."""
    test: str
    """Its name, perhaps with parameters in brackets; without, any of them will do."""

    @property
    def node(self) -> str:
        """The test as pytest calls it."""
        return f"{self.tests}::{self.test}"

    def trouble(self, root: Path) -> str:
        """Why it cannot be made in the tree at `root`; empty where it can."""
        times = self.read(root).count(self.text)
        return ("no longer found", "", "found twice")[min(times, 2)]

    def broken(self, root: Path) -> str:
        """The whole file with the change."""
        return self.read(root).replace(self.text, self.other)

    def read(self, root: Path) -> str:
        """The whole file as it is; empty where there is none any more."""
        file = root / self.file
        return file.read_text("utf-8") if file.exists() else ""
