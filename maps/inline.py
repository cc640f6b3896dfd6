"""Static files written into a page, for a map that stands alone: a notebook has no server.

The files are ours and vendored ones of the lock, never text of a register. Modules travel as an
import map of data addresses, so that the same ones run in the service and in a notebook.
"""

import base64
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from maps.resources import STATIC

_IMPORT: Final = re.compile(r'(\bfrom |^import )"\./([\w.-]+\.js)"', re.MULTILINE)
_FONT_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
_URL: Final = re.compile(r"url\(([^)]*)\)")
_MEDIA_TYPES: Final = {".js": "text/javascript", ".png": "image/png", ".svg": "image/svg+xml"}
_ESCAPES: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def json_text(value: Mapping[str, Any]) -> str:
    r"""Write JSON that can't leave its script element, whatever text it holds.

    >>> json_text({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'

    Raises:
        ValueError: for a number that is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


@cache
def script_text(name: str) -> str:
    """Return a plain script that can stand inside a script element.

    Raises:
        ValueError: if it holds the end of a script element.
    """
    text = (STATIC / name).read_text(encoding="utf-8")
    if "</script" in text.lower():
        raise ValueError(f"{name} can't stand inside a page")
    return text


@cache
def style_text(name: str) -> str:
    """Return a style sheet with its pictures inside and without web fonts.

    The fonts would add 130 kB to every notebook; the next font of the list stands in.
    """
    path = STATIC / name

    def picture(found: re.Match[str]) -> str:
        address = found[1].strip("\"'")
        return found[0] if address.startswith(("#", "data:")) else f"url({_data(path, address)})"

    return _URL.sub(picture, _FONT_FACE.sub("", path.read_text(encoding="utf-8")))


@cache
def module_map(entry: str) -> Mapping[str, str]:
    """Return an import map: each module that ``entry`` needs, and itself, as a data address.

    Relative imports become names of the map, so that every module is carried once.
    """
    found: dict[str, str] = {}
    wanted = [entry]
    while wanted:
        name = wanted.pop()
        if module_name(name) in found:
            continue
        text = (STATIC / name).read_text(encoding="utf-8")
        wanted += [match[2] for match in _IMPORT.finditer(text)]
        text = _IMPORT.sub(lambda match: f'{match[1]}"{module_name(match[2])}"', text)
        found[module_name(name)] = _data_address(text.encode(), ".js")
    return found


def module_name(file: str) -> str:
    """Return the name of a module in an import map."""
    return f"ccn-gis/{file}"


def _data(sheet: Path, address: str) -> str:
    file = sheet.parent / address
    return _data_address(file.read_bytes(), file.suffix)


def _data_address(content: bytes, suffix: str) -> str:
    return f"data:{_MEDIA_TYPES[suffix]};base64,{base64.b64encode(content).decode()}"
