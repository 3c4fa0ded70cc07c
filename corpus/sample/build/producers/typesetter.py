"""typst: CFF fonts by glyph number, with ToUnicode. The PyPI package holds the compiler."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import display
import sheet
from markup import Block, Document, Run
from producers import Made

BODY = {"zh": "Noto Serif SC", "en": "Libertinus Serif"}
HEAD = {"zh": "Noto Sans SC", "en": "Libertinus Serif"}


def typst(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    import pylopdf_fonts_zh_cn as fonts
    import typst as program

    source = work / "page.typ"
    source.write_text(_source(document, page), encoding="utf-8")
    folder = str(Path(fonts.__file__).parent)
    program.compile(str(source), output=str(out), font_paths=[folder], ignore_system_fonts=True)
    return Made("typst", version("typst"), "typst compile --ignore-system-fonts --font-path FONTS PAGE.typ OUT")


def _source(document: Document, page: sheet.Page) -> str:
    chinese = document.lang == "zh"
    family = f'("Libertinus Serif", "{BODY["zh"]}")' if not chinese else f'("{BODY["zh"]}", "Libertinus Serif")'
    running = f"text(size: 8pt, fill: rgb({_string(sheet.GREY)}), {_string(sheet.RUNNING_LINE)})"
    number = 'text(size: 10.5pt, "— " + str(counter(page).get().first()) + " —")' if chinese else (
        "text(size: 10.5pt, str(counter(page).get().first()))"
    )  # fmt: skip
    if page.running == "head":
        edges = f"header: align(center, {running}), footer: context align(center, {number})"
    else:
        edges = f"header: none, footer: context {{ {running}; h(1fr); {number} }}"
    lines = [
        f"#set document(title: {_string(document.title)}, date: none)",
        f"#set page(width: {page.width}pt, height: {page.height}pt, columns: {page.columns}, "
        f"margin: (top: {page.top}pt, bottom: {page.bottom}pt, x: {page.side}pt), {edges})",
        "#set columns(gutter: 20pt)",
        f"#set text(font: {family}, size: {page.size}pt, lang: {_string(document.lang)}, "
        f"hyphenate: {str(page.columns > 1 and not chinese).lower()})",
        # The leading is the distance of baselines: every line is as high as it, and nothing stands between.
        f"#set text(top-edge: {page.leading * 0.72:.3f}em, bottom-edge: -{page.leading * 0.28:.3f}em)",
        "#set par(leading: 0pt, spacing: 0pt)",
        "#set footnote.entry(gap: 2pt, indent: 0pt)",
        "#show footnote.entry: set par(justify: true)",
        "#show heading: it => it.body",
    ]
    body = []
    for block, style in sheet.styled(document):
        body.append(_table(document, block, page) if block.kind == "table" else _block(document, block, style, page))
        if sheet.break_after(document, block):
            body.append("#pagebreak()")
    if page.columns > 1:
        body = _spanning(document, body)
    return "\n".join([*lines, *body]) + "\n"


def _spanning(document: Document, body: list[str]) -> list[str]:
    """The title and what stands with it run over both columns."""
    fronts = sum(block.front for block in document.blocks)
    return ['#place(top + center, scope: "parent", float: true, clearance: 12pt)[', *body[:fronts], "]", *body[fronts:]]


def _block(document: Document, block: Block, style: sheet.Style, page: sheet.Page) -> str:
    inner = f"#text(size: {style.size * page.size:.2f}pt)[{_inline(document, block, display.runs(block, style, page))}]"
    if block.kind == "h":
        inner = f"#heading(level: {block.level}, outlined: true)[{inner}]"
    elif block.kind == "title":
        inner = f"#heading(level: 1, outlined: false)[{inner}]"
    line = page.size * page.leading
    hanging = f"hanging-indent: {-style.indent}em, " if style.indent < 0 else ""
    first = f"first-line-indent: (amount: {style.indent}em, all: true), " if style.indent > 0 else ""
    left = (style.left + min(style.indent, 0)) * page.size
    align = {"justify": "left"}.get(style.align, style.align)
    text = [f"size: {style.size * page.size:.2f}pt"]
    if style.head:
        text.append(
            f'font: ("{HEAD[document.lang]}", "{HEAD["zh"]}")' + ("" if document.lang == "zh" else ', weight: "bold"')
        )
    return (
        f"#block(width: 100%, above: {style.before * line:.2f}pt, below: {style.after * line:.2f}pt, "
        f"sticky: {str(style.keep).lower()}, inset: (left: {left:.2f}pt, right: {style.right * page.size:.2f}pt))"
        f"[#set text({', '.join(text)}); #set align({align}); "
        f"#par({hanging}{first}justify: {str(style.align == 'justify').lower()})[{inner}]"
        + (f"#line(length: 100%, stroke: 1.2pt + rgb({_string(sheet.RED)}))" if style.rule else "")
        + "]"
    )


def _inline(document: Document, block: Block, runs: list[Run]) -> str:
    out = [f"#{_string(block.lead)}"] if block.lead else []
    for piece in runs:
        if piece.note:
            note = document.notes[piece.note]
            size = sheet.NOTE_SIZE[document.lang]
            out.append(
                f"#footnote(numbering: _ => {_string(piece.text)})[#set text(size: {size / 0.85:.3f}em, "
                f"top-edge: 0.95em, bottom-edge: -0.35em); #{_string(note.text)}]"
            )
        elif piece is display.BREAK:
            out.append("#linebreak()")
        elif piece.em and document.lang == "en":
            out.append(f"#emph({_string(piece.text)})")
        else:
            out.append(f"#{_string(piece.text)}")
    return "".join(out)


def _table(document: Document, table: Block, page: sheet.Page) -> str:
    out = []
    if table.caption:
        caption = Block("p", document.lang, bare=table.caption)
        out.append(_block(document, caption, sheet.CAPTION, page))
    columns = ", ".join(f"{100 * share:.1f}fr" for share in sheet.column_shares(table, page))
    cells = []
    for row in table.rows:
        for cell in row.cells:
            inner = _inline(document, cell, cell.runs)
            if row.head:
                bold = "" if document.lang == "zh" else ', weight: "bold"'
                inner = f'#set align(center); #set text(font: ("{HEAD[document.lang]}", "{HEAD["zh"]}"){bold}); {inner}'
            cells.append(f"[{inner}]")
    out.append(
        f"#block(below: 8pt)[#set text(size: {sheet.CELL.size * page.size:.2f}pt, top-edge: 0.95em, bottom-edge: -0.35em); "
        f"#table(columns: ({columns}), stroke: .5pt, inset: 4pt, align: left + horizon, {', '.join(cells)})]"
    )
    return "\n".join(out)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
