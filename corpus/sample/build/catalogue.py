"""Which producer makes which document, and how it is set: one row for each PDF.

The rows span the kinds of font that are met in the wild. `reader` is the program that must find the text again,
"codes" where the strings must be UCS-2 in themselves, or None where nothing can read the file, on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from markup import Document
from producers import Made, latex, office, pens, rewrites, typesetter, web
from sheet import Page


@dataclass(frozen=True)
class Plan:
    number: str
    lang: str
    make: Callable[[Document, Page, Path, Path], Made]
    page: Page
    font_class: str
    then: tuple[Callable[[Made, Path, Path], Made], ...] = field(default=())
    reader: str | None = "pdftotext"


ZH = Page(16, 1.75)
EN = Page(12, 1.5)
TWO_COLUMNS_ZH = Page(13, 1.65, side=56, columns=2, running="head")
TWO_COLUMNS_EN = Page(11.5, 1.45, side=56, columns=2, running="head")

PLANS = [
    Plan("01", "zh", typesetter.typst, ZH, "CID CFF, Identity-H, ToUnicode"),
    Plan("01", "en", typesetter.typst, EN, "CID CFF, Identity-H, ToUnicode"),
    Plan("02", "zh", web.chromium, ZH, "Type 3, ToUnicode"),
    Plan("02", "en", web.chromium, EN, "CID TrueType, Identity-H, ToUnicode; Type 3 for Chinese"),
    Plan("03", "zh", pens.direct_gbk2k, ZH, "CID not embedded, predefined CMap GBK2K-H"),
    Plan("03", "en", office.libreoffice, EN, "TrueType and Type 1C subsets, ToUnicode"),
    Plan("04", "zh", pens.direct_gbk, ZH, "CID not embedded, predefined CMaps GBK-EUC-H and GB-EUC-H"),
    Plan("04", "en", pens.reportlab_times, EN, "standard Type 1 not embedded, WinAnsi"),
    Plan("05", "zh", latex.xelatex, Page(11, 1.62), "CID CFF, Adobe-GB1, no ToUnicode", reader="mutool"),
    Plan("05", "en", latex.pdflatex, Page(11, 1.4), "Type 1 subsets, no ToUnicode"),
    Plan("06", "zh", web.weasyprint, Page(16, 1.7), "CID CFF in OpenType, Identity-H, ToUnicode"),
    Plan("06", "en", web.weasyprint, EN, "CID TrueType, Identity-H, ToUnicode; object streams, linearised", (rewrites.qpdf_streams,)),
    Plan("07", "zh", latex.pdflatex, TWO_COLUMNS_ZH, "many Type 1 subsets; two columns"),
    Plan("07", "en", typesetter.typst, TWO_COLUMNS_EN, "CID CFF, Identity-H, ToUnicode; two columns"),
    Plan("08", "zh", pens.fpdf2_opentype, ZH, "CID, CMap stream as Encoding, ToUnicode"),
    Plan("08", "en", pens.fpdf2_truetype, EN, "CID TrueType, ToUnicode"),
    Plan("09", "zh", pens.reportlab_song, ZH, "CID not embedded, predefined CMap UniGB-UCS2-H"),
    Plan("09", "en", office.libreoffice, EN, "TrueType and Type 1C subsets, ToUnicode; Chinese glosses"),
    Plan("10", "zh", web.weasyprint, ZH, "Type 1C, custom encoding, no ToUnicode: unreadable", (rewrites.print_to_postscript,), None),
    Plan("10", "en", web.chromium, EN, "CID TrueType, Identity-H, ToUnicode"),
    Plan("11", "zh", typesetter.typst, ZH, "scan, no text", (rewrites.scan,), None),
    Plan("11", "en", typesetter.typst, EN, "CID CFF, Identity-H, ToUnicode"),
    Plan("12", "zh", pens.reportlab_song, Page(15.5, 1.7, top=60, bottom=66, side=62), "CID, the ToUnicode lies and the CMap is true; AES-256",
         (rewrites.ghostscript, rewrites.qpdf_aes256), "codes"),
    Plan("12", "en", pens.reportlab_times, Page(12, 1.45, top=62, bottom=66, side=70), "standard Type 1 not embedded, WinAnsi; AES-128, extraction not permitted",
         (rewrites.qpdf_no_extraction,)),
]  # fmt: skip
