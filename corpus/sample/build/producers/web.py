"""A web page, and the two programs that print one: Chromium and WeasyPrint."""

from __future__ import annotations

import html
import re
from pathlib import Path

import display
import sheet
from markup import Block, Document, Run
from producers import EPOCH, Made, run, version

CHINESE = '"Noto Serif CJK SC"'
CHINESE_HEAD = '"Noto Sans CJK SC"'
ENGLISH = '"Liberation Serif"'
ENGLISH_HEAD = '"Liberation Sans"'


def chromium(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """Chromium has no notes at the foot of the page: they stand at the end."""
    source = work / "page.html"
    source.write_text(_page(document, page, foot_notes=False), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    run(["chromium", *options, f"--user-data-dir={work / 'profile'}", f"--print-to-pdf={out}", source.as_uri()])
    _fix_dates(out)
    command = f"chromium {' '.join(options)} --print-to-pdf=OUT PAGE.html"
    return Made("Chromium", version(["chromium", "--version"], r"Chromium ([\d.]+)"), command)


def weasyprint(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    import weasyprint as program

    source = work / "page.html"
    source.write_text(_page(document, page, foot_notes=True), encoding="utf-8")
    program.HTML(filename=str(source)).write_pdf(str(out), pdf_identifier=b"policyglot-sample")
    return Made("WeasyPrint", program.__version__, "weasyprint.HTML(PAGE.html).write_pdf(OUT)")


def _fix_dates(path: Path) -> None:
    """Chromium writes the time of day into the document information, in clear: set it to the epoch in place."""
    fixed = EPOCH.strftime("%Y%m%d%H%M%S").encode()
    path.write_bytes(re.sub(rb"(?<=Date \(D:)\d{14}", fixed, path.read_bytes()))


def _page(document: Document, page: sheet.Page, foot_notes: bool) -> str:
    chinese = document.lang == "zh"
    number = '"— " counter(page) " —"' if chinese else "counter(page)"
    running = f'"{sheet.RUNNING_LINE}"'
    grey = f"font-size: 8pt; color: {sheet.GREY}; vertical-align: middle; white-space: nowrap;"
    if page.running == "head":
        boxes = (
            f"@top-center {{ content: {running}; {grey} }} @bottom-center {{ content: {number}; font-size: 10.5pt; }}"
        )
    else:
        boxes = (
            f"@bottom-left {{ content: {running}; {grey} }} @bottom-right {{ content: {number}; font-size: 10.5pt; }}"
        )
    fonts = f"{ENGLISH}, {CHINESE}" if not chinese else f"{CHINESE}, {ENGLISH}"
    heads = f"{ENGLISH_HEAD}, {CHINESE_HEAD}" if not chinese else f"{CHINESE_HEAD}, {ENGLISH_HEAD}"
    css = f"""
    @page {{ size: A4; margin: {page.top}pt {page.side}pt {page.bottom}pt; font-family: {fonts}; {boxes}
      @footnote {{ border-top: .5pt solid black; padding-top: 3pt; }} }}
    body {{ margin: 0; font-family: {fonts}; font-size: {page.size}pt; line-height: {page.leading}; orphans: 2; widows: 2; }}
    p {{ margin: 0; }} h1, h2, h3, h4 {{ margin: 0; font-weight: inherit; font-size: inherit; }}
    .head {{ font-family: {heads}; font-weight: bold; }}
    table {{ border-collapse: collapse; width: calc(100% - 1pt); margin-bottom: .6em; table-layout: fixed; }}
    td {{ border: .6pt solid black; padding: 2pt 4pt; line-height: 1.35; vertical-align: middle; }}
    tr {{ break-inside: avoid; }} tr.top td {{ font-family: {heads}; font-weight: bold; text-align: center; }}
    sup {{ font-size: 65%; line-height: 0; }} hr {{ border: 0; border-top: .6pt solid black; width: 30%; margin: 1em 0 .3em; text-align: left; }}
    .note {{ float: footnote; font-size: {sheet.NOTE_SIZE[document.lang]}em; line-height: 1.35; font-family: {fonts}; font-weight: normal; text-indent: 0; text-align: left; }}
    .note::footnote-call {{ content: attr(data-mark); font-size: 65%; vertical-align: super; line-height: 0; }}
    .note::footnote-marker {{ content: attr(data-mark) " "; }}
    """
    columns = f"columns: {page.columns}; column-gap: 20pt;" if page.columns > 1 else ""
    body = [_block(document, block, style, page, foot_notes) for block, style in sheet.styled(document)]
    if not foot_notes and document.notes:
        body.append("<hr>")
        for note in document.notes.values():
            body.append(
                f"<p style='{_css(sheet.style(document, note))}'>{_inline(document, note, note.runs, foot_notes)}</p>"
            )
    title, lang = html.escape(document.title), "zh-CN" if chinese else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><style>{css}</style></head>'
        f'<body><div style="{columns}">\n' + "\n".join(body) + "\n</div></body></html>\n"
    )


def _block(document: Document, block: Block, style: sheet.Style, page: sheet.Page, foot_notes: bool) -> str:
    if block.kind == "table":
        return _table(document, block, page, foot_notes)
    tag = {"title": "h1", "h": f"h{block.level + 1}"}.get(block.kind, "p")
    css = _css(style)
    if sheet.break_after(document, block):
        css += "break-after: page;"
    name = ' class="head"' if style.head else ""
    return (
        f'<{tag}{name} style="{css}">{_inline(document, block, display.runs(block, style, page), foot_notes)}</{tag}>'
    )


def _css(style: sheet.Style) -> str:
    rows = [
        f"font-size: {style.size}em; text-align: {style.align}; text-indent: {style.indent}em;",
        f"margin: {style.before / style.size:.2f}lh {style.right}em {style.after / style.size:.2f}lh {style.left}em;",
        "break-after: avoid;" if style.keep else "",
        f"border-bottom: 1.4pt solid {sheet.RED}; padding-bottom: .3em;" if style.rule else "",
    ]
    return " ".join(row for row in rows if row)


def _inline(document: Document, block: Block, runs: list[Run], foot_notes: bool) -> str:
    out = [html.escape(block.lead)]
    for piece in runs:
        text = html.escape(piece.text)
        if piece.note and foot_notes:
            note = document.notes[piece.note]
            out.append(f'<span class="note" data-mark="{text}">{html.escape(note.text)}</span>')
        elif piece.note:
            out.append(f"<sup>{text}</sup>")
        elif piece is display.BREAK:
            out.append("<br>")
        else:
            out.append(f"<b>{text}</b>" if piece.em else text)
    return "".join(out)


def _table(document: Document, table: Block, page: sheet.Page, foot_notes: bool) -> str:
    """No <thead>: it would be printed again on the next page, and the gold has it once."""
    out = []
    if table.caption:
        out.append(f'<p class="head" style="{_css(sheet.CAPTION)}">{html.escape(table.caption)}</p>')
    shares = "".join(f'<col style="width: {100 * share:.1f}%">' for share in sheet.column_shares(table, page))
    out.append(f'<table style="font-size: {sheet.CELL.size}em"><colgroup>{shares}</colgroup>')
    for row in table.rows:
        cells = "".join(f"<td>{_inline(document, cell, cell.runs, foot_notes)}</td>" for cell in row.cells)
        out.append(f"<tr{' class=top' if row.head else ''}>{cells}</tr>")
    return "\n".join([*out, "</table>"])
