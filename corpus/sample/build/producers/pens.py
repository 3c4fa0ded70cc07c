"""The pens of `galley.py`: a writer of our own for the predefined CMaps, reportlab, and fpdf2."""

from __future__ import annotations

import zlib
from importlib.metadata import version
from pathlib import Path

import sheet
from markup import Document
from producers import EPOCH, Made, font_file
from producers.galley import typeset


def direct_gbk2k(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """One font for everything, GBK2K-H; headings are made bold by a stroke round the letters."""
    return _direct(document, page, out, {"body": ("STSong-Light", "GBK2K-H", "gb18030")})


def direct_gbk(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """GBK-EUC-H for the body and a second font, GB-EUC-H, for the headings."""
    fonts = {"body": ("STSong-Light", "GBK-EUC-H", "gbk"), "head": ("STHeiti-Regular", "GB-EUC-H", "gb2312")}
    return _direct(document, page, out, fonts)


def _direct(document: Document, page: sheet.Page, out: Path, fonts: dict[str, tuple[str, str, str]]) -> Made:
    typeset(document, page, _DirectPen(out, document.title, fonts))
    cmaps = " and ".join(cmap for _, cmap, _ in fonts.values())
    return Made("direct writer", "1", f"build.py writes the objects itself, with {cmaps}")


class _DirectPen:
    """Fonts that are not embedded, in a predefined CMap: the strings are GBK or GB 18030 bytes and nothing else."""

    justifies = True

    def __init__(self, out: Path, title: str, fonts: dict[str, tuple[str, str, str]]):
        self.out, self.title, self.fonts = out, title, fonts
        self.pages: list[list[bytes]] = []

    def font(self, char: str, head: bool) -> str:
        if not head:
            return "body"
        if "head" not in self.fonts:
            return "body bold"
        try:
            char.encode(self.fonts["head"][2])
        except UnicodeEncodeError:
            return "body bold"
        return "head"

    def width(self, font: str, size: float, text: str) -> float:
        return size * sum(0.5 if char.isascii() else 1.0 for char in text)

    def text(
        self, x: float, y: float, font: str, size: float, text: str, gap: float, space: float, colour: str
    ) -> None:
        name = font.split()[0]
        code = text.encode(self.fonts[name][2]).hex().upper()
        red, green, blue = _rgb(colour)
        bold = f"2 Tr {size * 0.03:.2f} w {red:.2f} {green:.2f} {blue:.2f} RG" if font.endswith("bold") else "0 Tr"
        self.pages[-1].append(
            f"BT /{name} {size:.2f} Tf {bold} {red:.2f} {green:.2f} {blue:.2f} rg {gap:.3f} Tc "
            f"1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj ET".encode()
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float, colour: str) -> None:
        red, green, blue = _rgb(colour)
        self.pages[-1].append(
            f"{width} w {red:.2f} {green:.2f} {blue:.2f} RG {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S".encode()
        )

    def new_page(self) -> None:
        self.pages.append([])

    def save(self) -> None:
        objects: list[bytes] = [b"", b""]

        def add(content: str | bytes) -> int:
            objects.append(content.encode() if isinstance(content, str) else content)
            return len(objects)

        names = []
        for name, (base, cmap, _) in self.fonts.items():
            described = add(
                f"<< /Type /FontDescriptor /FontName /{base} /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
                "/Ascent 880 /Descent -120 /CapHeight 737 /StemV 93 >>"
            )
            # For ASCII the GBK and GB CMaps give CIDs from 814, and GBK2K those from 1: both are half an em wide here.
            below = add(
                f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{base} /FontDescriptor {described} 0 R "
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500 814 939 500] >>"
            )
            made = add(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{base}-{cmap} /Encoding /{cmap} /DescendantFonts [{below} 0 R] >>"
            )
            names.append(f"/{name} {made} 0 R")
        kids = []
        for drawn in self.pages:
            stream = zlib.compress(b"\n".join(drawn), 9)
            content = add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
            kids.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.Page.width} {sheet.Page.height}] "
                    f"/Resources << /Font << {' '.join(names)} >> >> /Contents {content} 0 R >>"
                )
            )
        title = "FEFF" + self.title.encode("utf-16-be").hex().upper()
        about = add(f"<< /Title <{title}> /Producer (direct writer) /CreationDate (D:{EPOCH:%Y%m%d%H%M%S}Z) >>")
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
        file, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
        for number, content in enumerate(objects, 1):
            places.append(len(file))
            file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(file)
        file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        file += b"".join(b"%010d 00000 n \n" % place for place in places)
        file += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(objects) + 1,
            about,
            start,
        )
        self.out.write_bytes(file)


def reportlab_song(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """Everything in STSong-Light, not embedded, UniGB-UCS2-H."""
    typeset(document, page, _ReportlabPen(out, document.title, {}))
    return Made("reportlab", version("reportlab"), "reportlab canvas, UnicodeCIDFont('STSong-Light')")


def reportlab_times(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """The standard Times, not embedded; Chinese words in STSong-Light."""
    typeset(document, page, _ReportlabPen(out, document.title, {"body": "Times-Roman", "head": "Times-Bold"}))
    return Made("reportlab", version("reportlab"), "reportlab canvas, Times-Roman and Times-Bold")


class _ReportlabPen:
    justifies = True

    def __init__(self, out: Path, title: str, latin: dict[str, str]):
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.latin, self.measure = latin, pdfmetrics.stringWidth
        self.canvas = Canvas(str(out), pagesize=(sheet.Page.width, sheet.Page.height), invariant=1)
        self.canvas.setTitle(title)
        self.started = False

    def font(self, char: str, head: bool) -> str:
        if self.latin:
            try:
                char.encode("cp1252")
                return self.latin["head" if head else "body"]
            except UnicodeEncodeError:
                pass
        return "STSong-Light bold" if head else "STSong-Light"

    def width(self, font: str, size: float, text: str) -> float:
        return self.measure(text, font.split()[0], size)

    def text(
        self, x: float, y: float, font: str, size: float, text: str, gap: float, space: float, colour: str
    ) -> None:
        name, _, bold = font.partition(" ")
        if name == "STSong-Light":
            text = text.replace("·", "・")  # UniGB-UCS2-H knows the middle dot by this character only
        self.canvas.setFont(name, size)
        self.canvas.setFillColorRGB(*_rgb(colour))
        self.canvas.setStrokeColorRGB(*_rgb(colour))
        self.canvas.setLineWidth(size * 0.03)
        self.canvas.drawString(x, y, text, mode=2 if bold else 0, charSpace=gap, wordSpace=space)

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float, colour: str) -> None:
        self.canvas.setStrokeColorRGB(*_rgb(colour))
        self.canvas.setLineWidth(width)
        self.canvas.line(x, y, to_x, to_y)

    def new_page(self) -> None:
        if self.started:
            self.canvas.showPage()
        self.started = True

    def save(self) -> None:
        self.canvas.save()


def fpdf2_opentype(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """Noto SC, whose outlines are CFF: fpdf2 gives it a CMap stream as /Encoding."""
    import pylopdf_fonts_zh_cn as package

    folder = Path(package.__file__).parent
    files = {"body": folder / "NotoSerifSC-Regular.otf", "head": folder / "NotoSansSC-Regular.otf"}
    typeset(document, page, _FpdfPen(out, document.title, files, chinese=None))
    return Made("fpdf2", version("fpdf2"), "fpdf2 add_font(NotoSerifSC-Regular.otf), text()")


def fpdf2_truetype(document: Document, page: sheet.Page, out: Path, work: Path) -> Made:
    """Liberation Serif; Chinese words in AR PL SungtiL GB."""
    files = {"body": font_file("Liberation Serif:regular"), "head": font_file("Liberation Serif:bold")}
    typeset(document, page, _FpdfPen(out, document.title, files, chinese=font_file("AR PL SungtiL GB")))
    return Made("fpdf2", version("fpdf2"), "fpdf2 add_font(LiberationSerif-Regular.ttf), text()")


class _FpdfPen:
    def __init__(self, out: Path, title: str, files: dict[str, Path], chinese: Path | None):
        from fpdf import FPDF

        self.out = out
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_creation_date(EPOCH)
        self.pdf.set_title(title)
        self.pdf.set_auto_page_break(False)
        self.files = dict(files) | ({"chinese": chinese} if chinese else {})
        for name, file in self.files.items():
            self.pdf.add_font(name, "", str(file))
        # fpdf2 spreads letters and not words, so that Chinese lines are justified and English ones are ragged.
        self.justifies = chinese is None

    def font(self, char: str, head: bool) -> str:
        if "chinese" in self.files and sheet.is_han(char):
            return "chinese"
        return "head" if head else "body"

    def width(self, font: str, size: float, text: str) -> float:
        self.pdf.set_char_spacing(0)
        self.pdf.set_font(font, "", size)
        return self.pdf.get_string_width(text)

    def text(
        self, x: float, y: float, font: str, size: float, text: str, gap: float, space: float, colour: str
    ) -> None:
        self.pdf.set_font(font, "", size)
        self.pdf.set_char_spacing(gap)
        self.pdf.set_text_color(*(round(255 * part) for part in _rgb(colour)))
        self.pdf.text(x, sheet.Page.height - y, text)

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float, colour: str) -> None:
        self.pdf.set_draw_color(*(round(255 * part) for part in _rgb(colour)))
        self.pdf.set_line_width(width)
        self.pdf.line(x, sheet.Page.height - y, to_x, sheet.Page.height - to_y)

    def new_page(self) -> None:
        self.pdf.set_char_spacing(0)
        self.pdf.add_page()

    def save(self) -> None:
        self.pdf.output(str(self.out))


def _rgb(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
