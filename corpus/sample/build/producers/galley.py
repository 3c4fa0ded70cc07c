"""A small typesetter for the producers that set no type themselves: it breaks lines, ranges footnotes and rules tables.

It draws with a `Pen`, which knows fonts and writes the file; see `pens.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import display
import sheet
from markup import Block, Document

_NOT_FIRST = set("\u3000，。、；：？！）》〉」』】〕”’…—·％℃.,;:?!)]}%～－")
_NOT_LAST = set("（《〈「『【〔“‘([{")


class Pen(Protocol):
    """`font` is a key of the pen's own; lengths are points from the lower left corner of the page."""

    justifies: bool

    def font(self, char: str, head: bool) -> str: ...
    def width(self, font: str, size: float, text: str) -> float: ...
    def text(
        self, x: float, y: float, font: str, size: float, text: str, gap: float, space: float, colour: str
    ) -> None: ...
    def line(self, x: float, y: float, to_x: float, to_y: float, width: float, colour: str) -> None: ...
    def new_page(self) -> None: ...
    def save(self) -> None: ...


@dataclass
class _Piece:
    text: str
    font: str
    size: float
    width: float
    rise: float = 0.0


@dataclass
class _Box:
    """What no line break may cut. `glue` is the white space before it."""

    pieces: list[_Piece] = field(default_factory=list)
    glue: float = 0.0
    notes: list[Block] = field(default_factory=list)
    starts_line: bool = False

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


@dataclass
class _Part:
    """Text with one look. `rise` lifts the mark of a footnote, in ems."""

    text: str
    em: bool = False
    rise: float = 0.0
    note: Block | None = None


@dataclass
class _Line:
    boxes: list[_Box]
    x: float
    room: float
    height: float
    size: float
    align: str
    colour: str = "#000000"

    @property
    def natural(self) -> float:
        return sum(box.width + box.glue for box in self.boxes) - self.boxes[0].glue


def typeset(document: Document, page: sheet.Page, pen: Pen) -> None:
    """Set the whole document and save it."""
    _Galley(document, page, pen).set()


class _Galley:
    def __init__(self, document: Document, page: sheet.Page, pen: Pen):
        self.document, self.page, self.pen = document, page, pen
        self.number = 0
        self.y = 0.0
        self.notes: list[_Line] = []

    def set(self) -> None:
        self.open_page()
        blocks = sheet.styled(self.document)
        for at, (block, style) in enumerate(blocks):
            if block.kind == "table":
                self.table(block)
            else:
                self.paragraph(block, style)
            if sheet.break_after(self.document, block) and at + 1 < len(blocks):
                self.close_page()
                self.open_page()
        self.close_page()
        self.pen.save()

    # Pages

    def open_page(self) -> None:
        self.pen.new_page()
        self.number += 1
        self.y = self.page.height - self.page.top
        self.notes = []

    def close_page(self) -> None:
        """The footnotes, the running line and the number."""
        page, y = self.page, self.page.bottom + sum(line.height for line in self.notes)
        if self.notes:
            self.pen.line(page.side, y + 3, page.side + 0.3 * page.measure, y + 3, 0.5, "#000000")
        for line in self.notes:
            y -= line.height
            self.draw(line, y)
        running_y = page.height - 44 if page.running == "head" else 42
        running = self.loose(sheet.RUNNING_LINE, 8, "center" if page.running == "head" else "left", sheet.GREY)
        self.draw(running, running_y)
        number = sheet.page_number(self.document.lang, str(self.number))
        self.draw(self.loose(number, 10.5, "center" if page.running == "head" else "right", "#000000"), 42)

    def loose(self, text: str, size: float, align: str, colour: str) -> _Line:
        boxes = self.boxes_of([_Part(text)], size, False)
        return _Line(boxes, self.page.side, self.page.measure, 0, size, align, colour)

    @property
    def room(self) -> float:
        return self.y - self.page.bottom - self.notes_height(self.notes)

    @staticmethod
    def notes_height(lines: list[_Line]) -> float:
        return sum(line.height for line in lines) + (10 if lines else 0)

    # Blocks

    def paragraph(self, block: Block, style: sheet.Style) -> None:
        page = self.page
        at_top = self.y >= page.height - page.top - 0.01
        leading = page.size * page.leading
        lines = self.lines_of(block, style, page.side, page.measure, page.leading)
        need = sum(line.height for line in lines) + 2 * leading if style.keep else min(2, len(lines)) * lines[0].height
        if not at_top and need + style.before * leading > self.room:
            self.close_page()
            self.open_page()
            at_top = True
        if not at_top or block.front:
            self.y -= style.before * leading
        for line in lines:
            self.put(line)
        if style.rule:
            self.pen.line(page.side, self.y - 2, page.side + page.measure, self.y - 2, 1.2, sheet.RED)
            self.y -= 6
        self.y -= style.after * leading

    def put(self, line: _Line) -> None:
        """Put a line, with the footnotes that it calls at the foot of the same page."""
        called = [one for box in line.boxes for note in box.notes for one in self.note_lines(note)]
        if line.height + self.notes_height(self.notes + called) - self.notes_height(self.notes) > self.room:
            self.close_page()
            self.open_page()
        self.notes += called
        self.y -= line.height
        self.draw(line, self.y + 0.28 * (line.height - line.size) + 0.2 * line.size)

    def note_lines(self, note: Block) -> list[_Line]:
        return self.lines_of(note, sheet.style(self.document, note), self.page.side, self.page.measure, 1.3)

    def table(self, table: Block) -> None:
        page = self.page
        if table.caption:
            self.paragraph(Block("p", self.document.lang, bare=table.caption), sheet.CAPTION)
        widths = [share * page.measure for share in sheet.column_shares(table, page)]
        top = True
        for row in table.rows:
            x, cells = page.side, []
            style = sheet.Style(sheet.CELL.size, "center", head=True) if row.head else sheet.CELL
            for cell, width in zip(row.cells, widths, strict=True):
                cells.append(self.lines_of(cell, style, x + 4, width - 8, 1.35))
                x += width
            height = max(sum(line.height for line in lines) for lines in cells) + 7
            if height > self.room:
                self.close_page()
                self.open_page()
                top = True
            if top:
                self.pen.line(page.side, self.y, page.side + page.measure, self.y, 0.6, "#000000")
                top = False
            for lines in cells:
                y = self.y - (height - sum(line.height for line in lines)) / 2
                for line in lines:
                    y -= line.height
                    self.draw(line, y + 0.28 * (line.height - line.size) + 0.2 * line.size)
            bottom, x = self.y - height, page.side
            for width in [0.0, *widths]:
                x += width
                self.pen.line(x, self.y, x, bottom, 0.6, "#000000")
            self.pen.line(page.side, bottom, page.side + page.measure, bottom, 0.6, "#000000")
            self.y = bottom
        self.y -= 0.5 * page.size * page.leading

    # Lines

    def lines_of(self, block: Block, style: sheet.Style, x: float, measure: float, leading: float) -> list[_Line]:
        size = style.size * self.page.size
        x += style.left * self.page.size
        measure -= (style.left + style.right) * self.page.size
        parts = [_Part(block.lead)] if block.lead else []
        for run in display.runs(block, style, self.page):
            note = self.document.notes[run.note] if run.note else None
            parts.append(_Part(run.text, run.em, 0.35 if run.note else 0.0, note))
        boxes = self.boxes_of(parts, size, style.head)
        indent, lines = style.indent * size, []
        while boxes:
            taken = self.fill(boxes, measure - indent)
            align = "left" if style.align == "justify" and taken == len(boxes) else style.align
            lines.append(_Line(boxes[:taken], x + indent, measure - indent, size * leading, size, align))
            boxes, indent = boxes[taken:], 0.0
        return lines

    @staticmethod
    def fill(boxes: list[_Box], room: float) -> int:
        """How many boxes go into the line: at least one."""
        used, taken = 0.0, 0
        for box in boxes:
            used += box.width + (box.glue if taken else 0.0)
            if taken and (used > room + 0.01 or box.starts_line):
                break
            taken += 1
        return taken

    def boxes_of(self, parts: list[_Part], size: float, head: bool) -> list[_Box]:
        boxes: list[_Box] = []
        glue, joined, last, ends = 0.0, False, "", False
        for part in parts:
            for char in part.text:
                if char == display.BREAK.text:
                    ends, joined = True, False
                    continue
                if char == " ":
                    glue = self.pen.width(self.pen.font(" ", head or part.em), size, " ")
                    joined = False
                    continue
                one = size * (0.62 if part.rise else 1.0)
                font = self.pen.font(char, head or part.em)
                piece = _Piece(char, font, one, self.pen.width(font, one, char), part.rise * size)
                word = last != "—" and boxes and not glue and not sheet.is_han(char) and not sheet.is_han(last or "。")
                if boxes and not glue and not ends and (joined or word or part.rise or char in _NOT_FIRST):
                    self.append(boxes[-1], piece)
                else:
                    boxes.append(_Box([piece], glue, starts_line=ends))
                glue, joined, last, ends = 0.0, char in _NOT_LAST, char, False
            if part.note:
                boxes[-1].notes.append(part.note)
        return boxes

    def append(self, box: _Box, piece: _Piece) -> None:
        end = box.pieces[-1]
        if (end.font, end.size, end.rise) == (piece.font, piece.size, piece.rise):
            end.text += piece.text
            end.width = self.pen.width(end.font, end.size, end.text)
        else:
            box.pieces.append(piece)

    def draw(self, line: _Line, y: float) -> None:
        spare = line.room - line.natural
        x = line.x + {"center": spare / 2, "right": spare}.get(line.align, 0.0)
        gap = space = 0.0
        if line.align == "justify" and self.pen.justifies and spare > 0:
            chars = sum(len(piece.text) for box in line.boxes for piece in box.pieces)
            spaces = sum(1 for box in line.boxes[1:] if box.glue)
            if self.document.lang == "en" and spaces:
                space = spare / spaces
            elif chars > 1:
                gap = min(spare / (chars + spaces - 1), 0.25 * line.size)
        for piece in self.joined(line):
            self.pen.text(x, y + piece.rise, piece.font, piece.size, piece.text, gap, space, line.colour)
            x += piece.width + gap * len(piece.text) + space * piece.text.count(" ")

    def joined(self, line: _Line) -> list[_Piece]:
        """The pieces of a line, put together where nothing but the place changes; glue is a space in the text."""
        out: list[_Piece] = []
        for at, box in enumerate(line.boxes):
            for piece in box.pieces:
                glue = box.glue if at and piece is box.pieces[0] else 0.0
                if glue and out:
                    out[-1].text += " "
                    out[-1].width += self.pen.width(out[-1].font, out[-1].size, " ")
                if out and (out[-1].font, out[-1].size, out[-1].rise) == (piece.font, piece.size, piece.rise):
                    out[-1].text += piece.text
                    out[-1].width += piece.width
                else:
                    out.append(_Piece(piece.text, piece.font, piece.size, piece.width, piece.rise))
        return out
