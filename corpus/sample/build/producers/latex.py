"""LaTeX: XeLaTeX with ctex and Fandol, pdfLaTeX with CJKutf8 and the Arphic fonts, and plain pdfLaTeX.

Left to itself XeLaTeX writes no ToUnicode for the Fandol fonts, and pdfLaTeX none without the package cmap: that is
how a good many files in the wild are, and so `cmap` and `glyphtounicode` are kept out on purpose.
"""

from __future__ import annotations

from pathlib import Path

import display
import sheet
from markup import Block, Document, Run
from producers import Made, run, version

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
}  # fmt: skip
_PDFLATEX = {
    "≥": r"\ensuremath{\geq}",
    "≤": r"\ensuremath{\leq}",
    "×": r"\ensuremath{\times}",
    "\u3000": r"\hspace{1em}",
}


def xelatex(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    head = r"\documentclass[UTF8,fontset=fandol,a4paper]{ctexart}" "\n" r"\ctexset{punct=quanjiao}"
    return _make("xelatex", head, r"\sffamily\CJKfamily{zhhei}", document, page, out, work)


def pdflatex(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    head = r"\documentclass[a4paper]{article}" "\n" r"\usepackage{CJKutf8}"
    return _make("pdflatex", head, r"\bfseries", document, page, out, work)


def _make(program: str, head: str, bold: str, document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    source = work / "page.tex"
    source.write_text(_source(program, head, bold, document, page), encoding="utf-8")
    for _ in range(2):  # longtable settles its columns in the second run
        run([program, "-interaction=nonstopmode", "-halt-on-error", source.name], cwd=work)
    (work / "page.pdf").replace(out)
    name = {"xelatex": "XeLaTeX", "pdflatex": "pdfLaTeX"}[program]
    return Made(name, version([program, "--version"], r"TeX ([\d.-]+ \(TeX Live [^)]+\))"), f"{program} PAGE.tex")


def _source(program: str, head: str, bold: str, document: Document, page: sheet.Page) -> str:
    tex = _Tex(program, bold, document, page)
    running = rf"{{\fontsize{{8}}{{10}}\selectfont\color[gray]{{.4}}{tex.escape(sheet.RUNNING_LINE)}}}"
    number = tex.escape(sheet.page_number(document.lang, "@")).replace("@", r"\thepage")
    top, foot = (running, rf"\hfil {number}\hfil") if page.running == "head" else ("", rf"{running}\hfill {number}")
    top = rf"\hfil {top}\hfil" if top else ""
    lines = [
        head,
        r"\usepackage{amssymb,longtable,array,xcolor,geometry,multicol}",
        rf"\geometry{{top={page.top}bp,bottom={page.bottom}bp,left={page.side}bp,right={page.side}bp,footskip=30bp,headsep=20bp}}",
        r"\makeatletter",
        rf"\def\ps@sample{{\def\@oddhead{{{top}}}\let\@evenhead\@oddhead\def\@oddfoot{{{foot}}}\let\@evenfoot\@oddfoot}}",
        # A footnote's mark is the one of the markup.
        r"\newcommand\marked[2]{\begingroup\def\thefootnote{#1}\footnotemark[0]\footnotetext{#2}\endgroup}",
        r"\def\@makefntext#1{\noindent\@thefnmark\ #1}",
        r"\makeatother",
        r"\setlength\parindent{0pt}\setlength\parskip{0pt plus .5pt}\setlength\columnsep{20bp}",
        r"\raggedbottom\emergencystretch=3em\setlength{\skip\footins}{12bp}",
        r"\setlength\LTpre{2pt}\setlength\LTpost{6pt}\pagestyle{sample}",
        r"\hyphenpenalty=500\tolerance=2000\clubpenalty=5000\widowpenalty=5000",
        r"\begin{document}",
    ]
    if program == "pdflatex":
        lines.append(r"\begin{CJK*}{UTF8}{gbsn}")
    blocks = sheet.styled(document)
    fronts = sum(block.front for block, _ in blocks)
    if page.columns > 1:
        lines += [r"\twocolumn[", *(tex.block(b, s) for b, s in blocks[:fronts]), r"\vspace{8pt}]"]
        blocks = blocks[fronts:]
    for block, style in blocks:
        lines.append(tex.table(block) if block.kind == "table" else tex.block(block, style))
        if sheet.break_after(document, block):
            lines.append(r"\clearpage")
    if program == "pdflatex":
        lines += [r"\clearpage", r"\end{CJK*}"]
    return "\n".join([*lines, r"\end{document}"]) + "\n"


class _Tex:
    def __init__(self, program: str, bold: str, document: Document, page: sheet.Page):
        self.program, self.bold, self.document, self.page = program, bold, document, page

    def escape(self, text: str) -> str:
        out = []
        for char in text:
            if self.program == "pdflatex" and char in _PDFLATEX:
                out.append(_PDFLATEX[char])
            else:
                out.append(_SPECIAL.get(char, char))
        return "".join(out)

    def block(self, block: Block, style: sheet.Style) -> str:
        size = style.size * self.page.size
        line = self.page.size * self.page.leading
        begin = rf"{{\fontsize{{{size:.2f}bp}}{{{size * self.page.leading:.2f}bp}}\selectfont"
        if style.head:
            begin += self.bold
        left = style.left * self.page.size
        begin += rf"\leftskip={left:.1f}bp\rightskip={style.right * self.page.size:.1f}bp"
        begin += {
            "center": r"\centering",
            "right": r"\leftskip=0pt plus 1fil\parfillskip=0pt ",
            "left": r"\raggedright",
        }.get(style.align, "")
        begin += rf"\parindent={style.indent * size:.1f}bp"
        before = rf"\vspace{{{style.before * line:.1f}bp}}" if style.before else ""
        after = rf"\vspace{{{style.after * line:.1f}bp}}" if style.after else ""
        rule = r"{\color[HTML]{C00000}\hrule height 1.2bp}" if style.rule else ""
        keep = r"\nopagebreak" if style.keep else ""
        start = r"\indent " if style.indent else r"\noindent "
        return f"{before}{begin}{start}{self.inline(block, display.runs(block, style, self.page))}\\par}}{keep}{rule}{after}"

    def inline(self, block: Block, runs: list[Run]) -> str:
        out = [self.escape(block.lead)]
        for piece in runs:
            if piece.note:
                note = self.document.notes[piece.note]
                out.append(rf"\marked{{{self.escape(piece.text)}}}{{{self.small(note)}}}")
            elif piece is display.BREAK:
                out.append(r"\\")
            elif piece.em:
                out.append(rf"\emph{{{self.escape(piece.text)}}}")
            else:
                out.append(self.escape(piece.text))
        return "".join(out)

    def small(self, note: Block) -> str:
        size = sheet.NOTE_SIZE[note.lang] * self.page.size
        return rf"\fontsize{{{size:.1f}bp}}{{{size * 1.3:.1f}bp}}\selectfont {self.escape(note.text)}"

    def table(self, table: Block) -> str:
        """A longtable runs over pages; in two columns, where it may not stand, a tabular does."""
        shares = sheet.column_shares(table, self.page)
        columns = "|".join(
            rf">{{\raggedright\arraybackslash}}p{{\dimexpr {share:.4f}\linewidth-2\tabcolsep-.8pt\relax}}"
            for share in shares
        )
        size = sheet.CELL.size * self.page.size
        begin = rf"{{\fontsize{{{size:.2f}bp}}{{{size * 1.35:.2f}bp}}\selectfont\setlength\tabcolsep{{3pt}}\renewcommand\arraystretch{{1.15}}"
        rows = []
        for row in table.rows:
            bold = rf"\centering\arraybackslash{self.bold} " if row.head else ""
            cells = [bold + self.inline(cell, cell.runs) for cell in row.cells]
            rows.append(" & ".join(cells) + r" \\ \hline")
        name = "tabular" if self.page.columns > 1 else "longtable"
        caption = self.block(Block("p", self.document.lang, bare=table.caption), sheet.CAPTION) if table.caption else ""
        return "\n".join(
            [caption, rf"{begin}\noindent\begin{{{name}}}{{|{columns}|}}\hline", *rows, rf"\end{{{name}}}\par}}"]
        )
