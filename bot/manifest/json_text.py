"""JSON in the form of the files in manifest/."""

import json


def json_text(content: object) -> str:
    """Return JSON text, indented, with letters unescaped and a newline at its end."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
