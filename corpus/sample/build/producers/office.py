"""LibreOffice: a flat OpenDocument text with real footnotes, converted to PDF."""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import display
import sheet
from markup import Block, Document, Run
from producers import EPOCH, Made, run, version

BODY, HEAD, CHINESE = "Liberation Serif", "Liberation Sans", "Noto Serif CJK SC"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("meta", "meta"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def libreoffice(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    source = work / "page.fodt"
    source.write_text(_Flat(document, page).xml(), encoding="utf-8")
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(source)])
    made = (work / "page.pdf").read_bytes()
    made = re.sub(rb"(?<=\(D:)\d{14}", EPOCH.strftime("%Y%m%d%H%M%S").encode(), made)
    # The file's identifier is drawn from the clock: the same digits for every file, and as many.
    made = re.sub(rb"(?<=<)[0-9A-F]{32}(?=>)", b"0" * 32, made)
    out.write_bytes(re.sub(rb"(?<=/DocChecksum /)[0-9A-F]{32}", b"0" * 32, made))
    return Made(
        "LibreOffice",
        version(["soffice", "--version"], r"LibreOffice ([\d.]+)"),
        "soffice --headless --convert-to pdf PAGE.fodt",
    )


class _Flat:
    def __init__(self, document: Document, page: sheet.Page):
        self.document, self.page = document, page
        self.styles: list[str] = []

    def xml(self) -> str:
        body = []
        for block, style in sheet.styled(self.document):
            if block.kind == "table":
                body.append(self.table(block))
            else:
                body.append(self.paragraph(block, style, sheet.break_after(self.document, block)))
        page, line = self.page, self.page.size * self.page.leading
        note = sheet.NOTE_SIZE[self.document.lang] * page.size
        number = sheet.page_number(self.document.lang, "<text:page-number/>")
        running = f'<text:span text:style-name="Running">{sheet.RUNNING_LINE}</text:span>'
        if page.running == "head":
            head = f'<style:header><text:p text:style-name="Centre">{running}</text:p></style:header>'
            foot = f'<style:footer><text:p text:style-name="Centre">{number}</text:p></style:footer>'
        else:
            head = ""
            foot = f'<style:footer><text:p text:style-name="Foot">{running}<text:tab/>{number}</text:p></style:footer>'
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta/>
<office:font-face-decls>
{self.faces()}
</office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph">
  <style:paragraph-properties fo:orphans="2" fo:widows="2" style:text-autospace="ideograph-alpha"
   style:punctuation-wrap="hanging" style:line-break="strict" style:tab-stop-distance="1cm"/>
  <style:text-properties style:font-name="{BODY}" style:font-name-asian="{CHINESE}" {_sizes(page.size)}
   fo:language="en" fo:country="GB" style:language-asian="zh" style:country-asian="CN"/>
 </style:default-style>
 <style:style style:name="Standard" style:family="paragraph"/>
 <style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:line-height="{note * 1.35:.1f}pt"/>
  <style:text-properties {_sizes(note)}/>
 </style:style>
 <style:style style:name="Anchor" style:family="text">
  <style:text-properties style:text-position="super 60%"/>
 </style:style>
 <text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_Mark"
  text:citation-body-style-name="Anchor" text:default-style-name="Footnote" text:footnotes-position="page"/>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Running" style:family="text">
  <style:text-properties {_sizes(8)} fo:color="{sheet.GREY}"/>
 </style:style>
 <style:style style:name="Em" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
 <style:style style:name="Centre" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center"/><style:text-properties {_sizes(10.5)}/>
 </style:style>
 <style:style style:name="Foot" style:family="paragraph">
  <style:paragraph-properties><style:tab-stops>
   <style:tab-stop style:position="{page.measure}pt" style:type="right"/>
  </style:tab-stops></style:paragraph-properties>
  <style:text-properties {_sizes(10.5)}/>
 </style:style>
 <style:style style:name="Cell" style:family="table-cell">
  <style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="3pt" style:vertical-align="middle"/>
 </style:style>
 <style:style style:name="Row" style:family="table-row">
  <style:table-row-properties fo:keep-together="always"/>
 </style:style>
 <style:page-layout style:name="A4">
  <style:page-layout-properties fo:page-width="{page.width}pt" fo:page-height="{page.height}pt"
   fo:margin-top="{page.top - 20}pt" fo:margin-bottom="{page.bottom - 36}pt"
   fo:margin-left="{page.side}pt" fo:margin-right="{page.side}pt">
   <style:footnote-sep style:width="0.5pt" style:rel-width="30%" style:distance-before-sep="4pt"
    style:distance-after-sep="3pt"/>
  </style:page-layout-properties>
  <style:header-style>
   <style:header-footer-properties fo:min-height="20pt" fo:margin-bottom="8pt"/>
  </style:header-style>
  <style:footer-style>
   <style:header-footer-properties fo:min-height="20pt" fo:margin-top="{line * 0.6:.1f}pt"/>
  </style:footer-style>
 </style:page-layout>
{chr(10).join(self.styles)}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>
{chr(10).join(body)}
</office:text></office:body></office:document>
"""

    def faces(self) -> str:
        return "\n".join(
            f' <style:font-face style:name="{name}" svg:font-family="&apos;{name}&apos;"/>'
            for name in (BODY, HEAD, CHINESE)
        )

    def paragraph(self, block: Block, style: sheet.Style, break_after: bool = False, cell: bool = False) -> str:
        name = self.style(style, break_after, cell)
        inner = self.inline(block, display.runs(block, style, self.page))
        if block.kind in ("h", "title"):
            return f'<text:h text:style-name="{name}" text:outline-level="{max(block.level, 1)}">{inner}</text:h>'
        return f'<text:p text:style-name="{name}">{inner}</text:p>'

    def style(self, style: sheet.Style, break_after: bool, cell: bool) -> str:
        name, page = f"P{len(self.styles)}", self.page
        line = page.size * page.leading
        size = style.size * page.size
        height = f"{size * (1.35 if cell else page.leading):.1f}pt"
        face = f'style:font-name="{HEAD}" fo:font-weight="bold" style:font-weight-asian="bold"' if style.head else ""
        rule = f'fo:border-bottom="1.2pt solid {sheet.RED}" fo:padding-bottom="4pt"' if style.rule else ""
        align = {"left": "start", "right": "end"}.get(style.align, style.align)
        keep = 'fo:keep-with-next="always"' if style.keep else ""
        end = 'fo:break-after="page"' if break_after else ""
        self.styles.append(
            f'''<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="{align}" fo:text-indent="{style.indent * size:.1f}pt"
   fo:margin-left="{style.left * page.size:.1f}pt" fo:margin-right="{style.right * page.size:.1f}pt"
   fo:margin-top="{style.before * line:.1f}pt" fo:margin-bottom="{style.after * line:.1f}pt"
   fo:line-height="{height}" {rule} {keep} {end}/>
  <style:text-properties {_sizes(size)} {face}/></style:style>'''
        )
        return name

    def inline(self, block: Block, runs: list[Run]) -> str:
        out = [escape(block.lead)]
        for piece in runs:
            text = escape(piece.text)
            if piece.note:
                note = self.document.notes[piece.note]
                out.append(
                    f'<text:note text:id="{piece.note}" text:note-class="footnote">'
                    f"<text:note-citation text:label={quoteattr(piece.text)}>{text}</text:note-citation><text:note-body>"
                    f'<text:p text:style-name="Footnote"><text:s/>{escape(note.text)}</text:p></text:note-body></text:note>'
                )
            elif piece is display.BREAK:
                out.append("<text:line-break/>")
            else:
                out.append(f'<text:span text:style-name="Em">{text}</text:span>' if piece.em else text)
        return "".join(out)

    def table(self, table: Block) -> str:
        out = []
        if table.caption:
            out.append(self.paragraph(Block("p", self.document.lang, bare=table.caption), sheet.CAPTION))
        name = f"T{len(self.styles)}"
        self.styles.append(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{self.page.measure}pt" '
            f'table:align="margins" fo:margin-bottom="8pt" table:border-model="collapsing"/></style:style>'
        )
        columns = []
        for at, share in enumerate(sheet.column_shares(table, self.page)):
            self.styles.append(
                f'<style:style style:name="{name}.{at}" style:family="table-column"><style:table-column-properties '
                f'style:column-width="{share * self.page.measure:.1f}pt"/></style:style>'
            )
            columns.append(f'<table:table-column table:style-name="{name}.{at}"/>')
        out.append(f'<table:table table:style-name="{name}">{"".join(columns)}')
        for row in table.rows:
            style = sheet.Style(sheet.CELL.size, "center", head=True) if row.head else sheet.CELL
            cells = "".join(
                f'<table:table-cell table:style-name="Cell">{self.paragraph(cell, style, cell=True)}</table:table-cell>'
                for cell in row.cells
            )
            out.append(f'<table:table-row table:style-name="Row">{cells}</table:table-row>')
        return "\n".join([*out, "</table:table>"])


def _sizes(size: float) -> str:
    return f'fo:font-size="{size:.1f}pt" style:font-size-asian="{size:.1f}pt"'
