"""Names of files that people save: safe on every system, whatever stands in a customer's name."""

import unicodedata

LONGEST = 150
"""Maximum bytes of a name in UTF-8, its ending included: file systems take 255."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that are invisible, or that turn the direction of writing."""
_FORBIDDEN = frozenset('/\\:*?"<>|#%~')
"""Characters that a path, Windows or SharePoint reads as something else."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_SUFFIX = 8
_PLAIN = "seatwise"


def file_name(text: str) -> str:
    """Return the text as one name of a file: no path, no control, no sign of direction, no name of
    a device, LONGEST bytes at most; its ending stays. Safe names come back as they are.

    >>> file_name("../../etc/passwd"), file_name("a\\u202egpj.csv"), file_name("con.csv")
    ('_.._etc_passwd', 'agpj.csv', 'seatwise-con.csv')
    """
    shown = "".join(map(_plain_character, unicodedata.normalize("NFC", text)))
    name = " ".join(shown.split()).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    if not dot or not 0 < len(ending) <= _SUFFIX or not ending.isalnum():
        stem, ending = name, ""
    tail = f".{ending}" if ending else ""
    stem = _cut(stem.strip(". "), LONGEST - len(tail.encode())) or _PLAIN
    risky = stem.partition(".")[0].strip().lower() in _DEVICES or stem.lower().startswith("_vti_")
    return _cut(f"{_PLAIN}-{stem}", LONGEST - len(tail.encode())) + tail if risky else stem + tail


def _plain_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    return "_" if character in _FORBIDDEN else character


def _cut(text: str, most: int) -> str:
    """Return the beginning of a text, `most` bytes at most, no character halved."""
    return text.encode()[:most].decode(errors="ignore").strip(". ")
