"""`manifest.json`: for each PDF what it is, what made it, and which fonts are in it under which licence."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pikepdf

from catalogue import Plan
from markup import Instrument
from producers import Made

#: Licences by the beginning of the font's name. A font that is embedded must be here.
LICENCES = {
    "Noto": "OFL-1.1",
    "Libertinus": "OFL-1.1",
    "NewComputerModern": "GUST Font License",
    "Liberation": "OFL-1.1",
    "DejaVu": "Bitstream Vera and public domain",
    "Fandol": "GPL-3.0 with font exception",
    # The name that AR PL SungtiL GB has in itself.
    "BousungEG": "Arphic Public License",
    "gbsn": "Arphic Public License",
    "gkai": "Arphic Public License",
    "ARPL": "Arphic Public License",
    "CM": "OFL-1.1",
    "SFRM": "GPL-2.0 with font exception",
    "MSAM": "OFL-1.1",
    "MSBM": "OFL-1.1",
    "LM": "GUST Font License",
}


class LicenceError(Exception):
    """An embedded font has no licence that we know."""


def entry(path: Path, plan: Plan, instrument: Instrument, made: Made) -> dict:
    data = path.read_bytes()
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
        fonts = _fonts(path, pdf)
    return {
        "file": f"pdf/{path.name}",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "pages": count,
        "instrument": instrument.id,
        "language": plan.lang,
        "producer": made.producer,
        "version": made.version,
        "command": made.command,
        "font_class": plan.font_class,
        "fonts": [fonts[name] for name in sorted(fonts)],
    }


def _fonts(path: Path, pdf: pikepdf.Pdf) -> dict[str, dict]:
    """The fonts by name. What a producer has cut into many fonts of 256 letters is listed once."""
    found: dict[str, dict] = {}
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != "/Font":
            continue
        font = thing["/DescendantFonts"][0] if "/DescendantFonts" in thing else thing
        descriptor = font.get("/FontDescriptor", {})
        name = str(font.get("/BaseFont", descriptor.get("/FontName", ""))).lstrip("/")
        name = re.sub(r"^[A-Z]{6}\+", "", name)
        name = re.sub(r"(_|(?<=gbsnu))[0-9a-f]{2}$", "", name)
        if not name:
            continue
        embedded = font.get("/Subtype") == "/Type3" or any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))
        licence = _licence(path, name) if embedded else "not embedded"
        found[name] = {"name": name, "licence": licence, "embedded": embedded}
    return found


def _licence(path: Path, name: str) -> str:
    for beginning, licence in LICENCES.items():
        if name.startswith(beginning):
            return licence
    raise LicenceError(f"{path.name}: the embedded font {name!r} has no licence in manifest.py")


def write(path: Path, entries: dict[str, dict]) -> None:
    """Put `entries`, by file, in the place of those that were there."""
    known = {entry["file"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))} if path.exists() else {}
    known |= entries
    kept = [known[file] for file in sorted(known) if (path.parent / file).exists()]
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
