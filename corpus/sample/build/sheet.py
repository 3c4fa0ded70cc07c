"""What the documents look like, for every producer: the style of each block, the page, the words at its foot.

A Chinese official document has a title in large type, a red rule under its number, headings in a black face and text
indented by two characters; an English one is a plain report; a standard has a cover. Sizes are factors of the body size.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from markup import Block, Document

RUNNING = ("示例文件，内容为虚构", "Sample document, invented content")
RUNNING_LINE = " · ".join(RUNNING)
RED = "#c00000"
GREY = "#666666"
NOTE_SIZE = {"zh": 0.72, "en": 0.8}


@dataclass(frozen=True)
class Style:
    """`size` is a factor of the body size; `indent` is the first line's, in ems of the block's own size; `left` and
    `right` in ems of the body; `before` and `after` in lines; `keep` holds the block with the next one."""

    size: float = 1.0
    align: str = "justify"
    head: bool = False
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    rule: bool = False

    @property
    def display(self) -> bool:
        """Titles and signatures: `display.py` says where their lines end."""
        return self.align in ("center", "right")


@dataclass(frozen=True)
class Page:
    """A4; lengths in points. `leading` is the distance of two baselines as a factor of the type size."""

    size: float
    leading: float
    top: float = 72.0
    bottom: float = 78.0
    side: float = 76.0
    columns: int = 1
    running: str = "foot"

    width = 595.28
    height = 841.89

    @property
    def measure(self) -> float:
        return self.width - 2 * self.side


def page_number(lang: str, number: str) -> str:
    return f"— {number} —" if lang == "zh" else number


def break_after(document: Document, block: Block) -> bool:
    """The cover of a standard is a page of its own, and an annex of another document begins a new one."""
    after = next((later for one, later in itertools.pairwise(document.blocks) if one is block), None)
    if after is None:
        return False
    if document.kind == "standard":
        return block.front and not after.front
    return after.kind == "h" and bool(re.match(r"附件|Annex( \d+)?:", after.text))


def style(document: Document, block: Block) -> Style:
    chinese = document.lang == "zh"
    made = _front(document, block, chinese) if block.front else _back(block, chinese)
    if document.kind == "standard" and block.front:
        made = replace(made, align="center", before=max(made.before, 1.2), rule=False)
    elif document.kind == "standard" and block.kind == "h":
        unnumbered = block.text in ("前言", "引言", "目次", "索引", "Foreword", "Introduction", "Contents", "Index")
        made = replace(made, indent=0, before=0.6, after=0.3, align="center" if unnumbered else made.align)
    return made


def _front(document: Document, block: Block, chinese: bool) -> Style:
    if block.kind == "title":
        return Style(1.4, "center", head=True, before=1.0 if chinese else 0.6, after=0.8, keep=True)
    if block.role in ("abstract", "keywords"):
        return _SMALL_ZH if chinese else _SMALL_EN
    return Style(1.0, "center", after=0.4, rule=chinese and block.role == "number")


def _back(block: Block, chinese: bool) -> Style:
    if block.kind == "h":
        if re.match(
            r"第[一二三四五六七八九十]+[章编]|附\s*[录则]|(Chapter|Part) [IVX\d]+\b|(Annex|Appendix) [A-Z]\b",
            block.text,
        ):
            return Style(1.05, "center", head=True, before=0.7, after=0.4, keep=True)
        if block.text.startswith("附件"):
            return Style(1.0, "left", head=True, before=1.0, after=0.3, keep=True)
        if chinese:
            return Style(1.0, "left", head=True, indent=2, before=0.15 if block.level == 1 else 0, keep=True)
        return Style({1: 1.2, 2: 1.08, 3: 1.0}[block.level], "left", head=True, before=0.7, after=0.3, keep=True)
    if block.kind == "note":
        return Style(NOTE_SIZE[block.lang])
    role = block.role
    if role in ("abstract", "keywords"):
        return _SMALL_ZH if chinese else _SMALL_EN
    if role in ("issuer", "signature", "date"):
        return Style(1.0, "right", right=2, before=0.6 if role in ("issuer", "signature") else 0)
    if role == "addressee":
        return Style(1.0, "left", after=0 if chinese else 0.4)
    if block.kind == "li":
        return Style(1.0, indent=2) if chinese else Style(1.0, left=1.6, indent=-1.2, after=0.3)
    return Style(1.0, indent=2) if chinese else Style(1.0, after=0.45)


_SMALL_ZH = Style(0.88, indent=2, left=1, right=1)
_SMALL_EN = Style(0.92, left=1, right=1, after=0.35)
CAPTION = Style(0.92, "center", head=True, before=0.4, after=0.3, keep=True)
CELL = Style(0.82, "left")


def entry_style(part: Block) -> Style:
    """The parts of a terminological entry."""
    chinese = part.lang == "zh"
    if part.role == "clause":
        return Style(1.0, "left", head=True, before=0.4, keep=True)
    if part.role == "term":
        return Style(1.0, "left", head=True, indent=2 if chinese else 0, keep=True)
    if part.role == "definition":
        return Style(1.0, indent=2 if chinese else 0, after=0 if chinese else 0.2)
    return Style(0.88, indent=2 if chinese else 0, left=0 if chinese else 1.2)


def styled(document: Document) -> list[tuple[Block, Style]]:
    """The body in order, with entries taken apart. A table stands with the style of its cells."""
    out: list[tuple[Block, Style]] = []
    for block in document.blocks:
        if block.kind == "entry":
            out.extend((part, entry_style(part)) for part in block.children)
        else:
            out.append((block, CELL if block.kind == "table" else style(document, block)))
    return out


def column_shares(table: Block, page: Page) -> list[float]:
    """How the width is shared by the columns: narrow ones get what their text needs, wide ones share what is left."""
    room = page.measure / page.columns / (CELL.size * page.size)
    needs = []
    for at in range(len(table.rows[0].cells)):
        cells = [(row.cells[at].text, row.head) for row in table.rows]
        # A heading may be broken between its words; what stands below it is better in one line.
        words = [width(word, head=True) for text, head in cells if head for word in text.split()]
        needs.append(1.6 + max([2.0, *words, *(width(text) for text, head in cells if not head)]))
    ceiling = max(needs)
    while sum(min(need, ceiling) for need in needs) > room and ceiling > 3:
        ceiling -= 0.5
    capped = [min(need, ceiling) for need in needs]
    return [need / sum(capped) for need in capped]


def width(text: str, head: bool = False) -> float:
    """About how many ems the text takes."""
    return sum(1.0 if is_han(char) or char == "—" else 0.56 if head else 0.5 for char in text)


def is_han(char: str) -> bool:
    """Whether a Chinese font is needed for the character; the quotation marks and dashes are Latin."""
    return char >= "\u2e80" or "①" <= char <= "⑳"


def by_script(text: str) -> list[tuple[bool, str]]:
    """Cut the text where a Chinese font begins or ends."""
    out: list[tuple[bool, str]] = []
    for char in text:
        han = is_han(char)
        if out and out[-1][0] == han:
            out[-1] = (han, out[-1][1] + char)
        else:
            out.append((han, char))
    return out
