"""What must be true of a finished PDF: its length, and that its text can be found again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf

from producers import run

PAGES = range(3, 9)
ENOUGH = 0.98


class CheckError(Exception):
    """A PDF is not as it must be."""


def pages(path: Path, count: int) -> None:
    if count not in PAGES:
        raise CheckError(f"{path.name} has {count} pages; {PAGES.start} to {PAGES.stop - 1} are wanted")


def text(path: Path, gold: str, lang: str, reader: str) -> float:
    """The share of the gold's Han characters, or words, that `reader` finds. Less than enough is an error."""
    if reader == "pdftotext":
        found = run(["pdftotext", "-enc", "UTF-8", str(path), "-"])
    elif reader == "codes":
        found = _codes(path)
    else:
        found = run(["mutool", "draw", "-q", "-F", "txt", str(path)])
    wanted = _units(gold, lang)
    missing = wanted - _units(found, lang)
    share = 1 - missing.total() / wanted.total()
    if share < ENOUGH:
        raise CheckError(
            f"{reader} finds {share:.1%} of the text in {path.name}; missing are {missing.most_common(12)}"
        )
    return share


def _codes(path: Path) -> str:
    """The strings of the file read as UCS-2, whatever its ToUnicode says."""
    found = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                strings = operands[0] if str(operator) == "TJ" else operands
                found += [bytes(one) for one in strings if isinstance(one, pikepdf.String)]
    return b"".join(found).decode("utf-16-be", "replace")


def _units(content: str, lang: str) -> Counter:
    content = unicodedata.normalize("NFKC", content)
    if lang == "zh":
        return Counter(char for char in content if "\u3400" <= char <= "\u9fff")
    content = re.sub(r"(?<=[a-z])[-\u00ad\u2010]\s*\n\s*(?=[a-z])", "", content)
    return Counter(re.findall(r"[a-z0-9]+", content.replace("-", "").lower()))
