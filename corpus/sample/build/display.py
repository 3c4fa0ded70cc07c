"""Where the lines of a title or a signature end: about equal lines, and no name, term or bracket cut in two."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass, replace

import sheet
from markup import Block, Run

#: A run that ends the line.
BREAK = Run("\n")

_TOGETHER = re.compile(
    r"（[^）]*）|到?\d{4}年|《[^》]*》|“[^”]*”|[A-Za-z0-9.:/—–-]+|关于|加快|推进|高质量|发展|实施意见|实施指南|实施方案|三年行动计划|行动计划|行动方案|"
    r"暂行办法|管理办法|标准化|标准|体系|建设|提升|引领|开展|加强|印发|批准|发布|试点|工作|通知|意见|公告|白皮书|测试|管理|产品|行业|联合发文|力推|推出"
)
_CUT_A_WORD = 40.0
_CUT_A_NAME = 25.0
_BETWEEN_WORDS = 6.0


@dataclass(frozen=True)
class _Atom:
    """What stays in one line, and what it costs to end the line before it."""

    runs: tuple[Run, ...]
    width: float
    cost: float
    space: bool = False


def runs(block: Block, style: sheet.Style, page: sheet.Page) -> list[Run]:
    """The runs of the block; those of a title or signature with a `BREAK` wherever a line ends."""
    if not style.display or block.kind == "cell":
        return block.runs
    if block.role == "signature" and len(block.sentences) > 1:
        lines = [list(sentence.runs) for sentence in block.sentences]
    else:
        lines = [block.runs]
    room = (page.measure / page.size - style.left - style.right) / style.size * 0.98
    out: list[Run] = []
    for line in lines:
        atoms = _atoms(line, block.lang, style.head)
        for start, end in itertools.pairwise(_ends(atoms, room)):
            kept = atoms[start:end]
            while kept and kept[-1].space:
                kept.pop()
            out += ([BREAK] if out else []) + [run for atom in kept for run in atom.runs]
    return out


def _atoms(line: list[Run], lang: str, head: bool) -> list[_Atom]:
    atoms: list[_Atom] = []
    for run in line:
        for text in _words(run, lang):
            piece, wide = replace(run, text=text), sheet.width(text, head)
            if run.note or (text[0] in "，。、；：？！）》」”’—" and atoms):
                last = atoms[-1]
                atoms[-1] = _Atom((*last.runs, piece), last.width + wide, last.cost, False)
            elif text.isspace():
                atoms.append(_Atom((piece,), wide, _CUT_A_WORD, space=True))
            elif not atoms or atoms[-1].space or text[0] in "（":
                inside = lang == "en" and run.whole and len(atoms) > 1 and atoms[-2].runs[-1].whole
                after_comma = len(atoms) > 1 and atoms[-2].runs[-1].text[-1] in ",;"
                atoms.append(_Atom((piece,), wide, _CUT_A_NAME if inside and not after_comma else 0.0))
            elif atoms[-1].runs[-1].text[-1] in "的与和、，：":
                atoms.append(_Atom((piece,), wide, _BETWEEN_WORDS / 2))
            else:
                one = len(text) == 1 and len(atoms[-1].runs[-1].text) == 1
                atoms.append(_Atom((piece,), wide, _CUT_A_WORD if one else _BETWEEN_WORDS))
    return atoms


def _words(run: Run, lang: str) -> list[str]:
    if lang == "en":
        return re.findall(r" +|[^ ]+", run.text)
    if run.whole and sheet.width(run.text) < 15:
        return [run.text]
    return re.findall(rf"[ \u3000]+|{_TOGETHER.pattern}|.", run.text)


def _ends(atoms: list[_Atom], room: float) -> list[int]:
    """The places where lines begin and end, from 0 to the number of atoms: the cheapest way to set them."""
    total = sum(atom.width for atom in atoms)
    at_least = max(1, math.ceil(total / room))
    for count in range(at_least, at_least + 3):
        best = _cheapest(atoms, room, count, total / count)
        if best:
            return best
    return [0, len(atoms)]


def _cheapest(atoms: list[_Atom], room: float, count: int, ideal: float) -> list[int]:
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for left in reversed(range(count)):
        further: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, places) in ways.items():
            length = 0.0
            for end in range(start + 1, len(atoms) + 1):
                length += atoms[end - 1].width
                if length > room:
                    break
                if (left == 0) != (end == len(atoms)):
                    continue
                price = cost + (length - ideal) ** 2 + (atoms[end].cost if end < len(atoms) else 0.0)
                if end not in further or price < further[end][0]:
                    further[end] = (price, [*places, end])
        ways = further
    return ways.get(len(atoms), (0.0, []))[1]
