"""Zips that must be refused, built by hand where no packer would write them."""

import io
import stat
import struct
import warnings
import zipfile
import zlib
from functools import cache

from tests.sources.building import deployed, sheet

GOOD = sheet(deployed()).encode()
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_BLOCK = 16 * 1024 * 1024


def packed(*members: tuple[str, bytes], attributes: int = 0) -> bytes:
    """A zip as any packer writes it; names as they are given, twice too."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name given twice
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def crafted(
    data: bytes, size: int, name: bytes = b"a.csv", *, flags: int = 0, method: int = 8
) -> bytes:
    """A zip of one member that says of itself what it is told to."""
    sizes = (0, len(data), size)
    head = (flags, method, 0, 33, *sizes, len(name), 0)
    local = _LOCAL.pack(b"PK\x03\x04", 20, *head) + name + data
    central = _CENTRAL.pack(b"PK\x01\x02", 20, 20, *head, 0, 0, 0, 0, 0) + name
    return local + central + _END.pack(b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


@cache
def ten_gigabytes() -> bytes:
    """Noughts, deflated to ten megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"0" * _BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (10 * 1024 * 1024 * 1024 // _BLOCK) + packer.flush()


HOSTILE_ARCHIVES: dict[str, tuple[bytes, str, dict[str, object]]] = {
    "a zip that is no zip": (b"PK\x03\x04 and then nothing", "import-zip-broken", {}),
    "a zip cut off": (packed(("a.csv", GOOD))[:-30], "import-zip-broken", {}),
    "a zip whose checksum is wrong": (
        crafted(GOOD, len(GOOD), method=0),
        "import-zip-broken",
        {},
    ),
    "an empty zip": (packed(), "import-empty", {}),
    "a zip of folders": (packed(("a/", b"")), "import-empty", {}),
    "10 GB in a small zip": (
        crafted(ten_gigabytes(), 0xFFFFFFFE),
        "import-zip-bomb",
        {"limit": 512},
    ),
    "10 GB that says it is 100 MB": (
        crafted(ten_gigabytes(), 100 * 1024 * 1024),
        "import-zip-broken",
        {},
    ),
    "members that grow a thousandfold": (
        packed(*((f"{n}.csv", b"0" * 1024 * 1024 * 4) for n in range(3))),
        "import-zip-bomb",
        {"limit": 512},
    ),
    "a path out of the zip": (
        packed(("../../a.csv", GOOD)),
        "import-zip-path",
        {"found": "../../a.csv"},
    ),
    "a path of Windows": (
        packed(("..\\a.csv", GOOD)),
        "import-zip-path",
        {"found": "..\\a.csv"},
    ),
    "a path from the root": (
        packed(("/etc/passwd", GOOD)),
        "import-zip-path",
        {"found": "/etc/passwd"},
    ),
    "a path with a drive": (packed(("C:a.csv", GOOD)), "import-zip-path", {"found": "C:a.csv"}),
    "a name with NUL": (
        crafted(GOOD, len(GOOD), b"a.csv\0.exe", method=0),
        "import-zip-path",
        {"found": "a.csv\ufffd.exe"},
    ),
    "a link": (
        packed(("a.csv", b"/etc/passwd"), attributes=stat.S_IFLNK | 0o777),
        "import-zip-path",
        {"found": "a.csv"},
    ),
    "an encrypted zip": (crafted(GOOD, len(GOOD), flags=1), "import-zip-locked", {}),
    "a zip packed by a rare method": (
        crafted(GOOD, len(GOOD), method=97),
        "import-zip-locked",
        {},
    ),
    "a name twice in a zip": (
        packed(("a.csv", GOOD), ("a.csv", GOOD)),
        "import-zip-twice",
        {"found": "a.csv"},
    ),
    "a zip in a zip": (
        packed(("b.zip", packed(("a.csv", GOOD)))),
        "import-zip-in-zip",
        {"found": "b.zip"},
    ),
    "a zip of a thousand files": (
        packed(*((f"{number}.csv", b"") for number in range(1000))),
        "import-zip-too-many",
        {"limit": 200},
    ),
    "a picture in a zip": (
        packed(("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        "import-binary",
        {"file": "some.file/a.png"},
    ),
    "one bad file in a zip of two": (
        packed(("a.csv", GOOD), ("b.csv", GOOD.replace(b"50", b"-50"))),
        "import-negative",
        {"file": "some.file/b.csv", "row": 2, "column": "licensesSold", "found": "-50"},
    ),
}
