"""What happens to a PDF after it is made: printed again, scanned, rewritten, locked. Each takes (made, path, work)."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf

from producers import EPOCH, Made, ProducerError, font_file, run, version

_DATE = f"D:{EPOCH:%Y%m%d%H%M%S}"


def qpdf_streams(made: Made, path: Path, work: Path) -> Made:
    """Object streams, and linearised for the web."""
    return _qpdf(made, path, work, ["--object-streams=generate", "--linearize", "--deterministic-id"])


def qpdf_aes256(made: Made, path: Path, work: Path) -> Made:
    """Locked with an empty password. The salts are random, and so the bytes are never twice the same."""
    return _qpdf(made, path, work, ["--encrypt", "", "policyglot", "256", "--"])


def qpdf_no_extraction(made: Made, path: Path, work: Path) -> Made:
    """AES-128 with an empty password; the flag forbids to extract text, which a reader may but need not obey."""
    options = [
        "--static-id",
        "--static-aes-iv",
        "--encrypt",
        "",
        "policyglot",
        "128",
        "--use-aes=y",
        "--extract=n",
        "--modify=none",
        "--",
    ]
    return _qpdf(made, path, work, options)


def _qpdf(made: Made, path: Path, work: Path, options: list[str]) -> Made:
    before = path.replace(work / "before.pdf")
    run(["qpdf", *options, str(before), str(path)])
    shown = " ".join(option or "''" for option in options if not option.startswith("--static"))
    return made.then("qpdf", version(["qpdf", "--version"], r"version ([\d.]+)"), f"qpdf {shown} IN OUT")


def ghostscript(made: Made, path: Path, work: Path) -> Made:
    """Ghostscript writes all fonts anew, and takes a substitute of its own for a CID font that is not embedded.

    Its interpreter of today (10.00) takes codes for CIDs, so that both its letters and its ToUnicode are wrong; its
    old one sets the right letters and writes no ToUnicode. What is met in the wild has right letters and a wrong
    ToUnicode: the file of the old one, with the ToUnicode of the new one.
    """
    before = path.replace(work / "before.pdf")
    song = font_file("AR PL SungtiL GB")
    (work / "cidfmap").write_text(
        f"/STSong-Light << /FileType /TrueType /Path ({song}) /SubfontID 0 /CSI [(GB1) 4] >> ;\n"
    )
    common = ["gs", "-q", "-dNOPAUSE", "-dBATCH", f"-I{work}", f"--permit-file-read={song}", "-sDEVICE=pdfwrite"]
    run([*common, f"-sOutputFile={work / 'lying.pdf'}", str(before)])
    run([*common, "-dNEWPDF=false", f"-sOutputFile={work / 'true.pdf'}", str(before)])
    with pikepdf.open(work / "true.pdf") as pdf, pikepdf.open(work / "lying.pdf") as lying:
        _composite(pdf)["/ToUnicode"] = pdf.make_stream(_composite(lying)["/ToUnicode"].read_bytes())
        pdf.save(path, deterministic_id=True)
    _fix_clock(path)
    command = (
        "gs -dNEWPDF=false -sDEVICE=pdfwrite -sOutputFile=OUT IN, with the ToUnicode that gs -sDEVICE=pdfwrite writes"
    )
    return made.then("Ghostscript", version(["gs", "--version"], r"([\d.]+)"), command)


def _composite(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The one composite font of the file."""
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/DescendantFonts" in one]
    if len(fonts) != 1:
        raise ProducerError(f"Ghostscript wrote {len(fonts)} composite fonts where one was wanted")
    return fonts[0]


def print_to_postscript(made: Made, path: Path, work: Path) -> Made:
    """A page printed and distilled again: the letters lose their names."""
    run(["pdftops", "-level2", str(path), str(work / "page.ps")])
    run(["ps2pdf", str(work / "page.ps"), str(path)])
    _fix_clock(path)
    poppler = version(["pdftops", "-v"], r"version ([\d.]+)")
    made = made.then("pdftops", poppler, "pdftops -level2 IN PAGE.ps")
    return made.then("ps2pdf (Ghostscript)", version(["gs", "--version"], r"([\d.]+)"), "ps2pdf PAGE.ps OUT")


def _fix_clock(path: Path) -> None:
    """The dates and identifiers that come from the clock or from chance, set in place and to the same length."""
    data = path.read_bytes()
    data = re.sub(rb"D:\d{14}", _DATE.encode(), data)
    data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", f"{EPOCH:%Y-%m-%dT%H:%M:%S}".encode(), data)
    data = re.sub(rb"(?<=uuid:)[0-9a-f]{8}-[0-9a-f-]{27}", b"00000000-0000-0000-0000-000000000000", data)
    path.write_bytes(
        re.sub(rb"/ID ?\[<[0-9A-Fa-f]{32}><[0-9A-Fa-f]{32}>\]", b"/ID [<%s><%s>]" % (b"0" * 32, b"0" * 32), data)
    )


def scan(made: Made, path: Path, work: Path) -> Made:
    """Paper on a scanner: grey, a third of a degree askew, with a little noise; the same noise every time."""
    import img2pdf
    import numpy
    from PIL import Image, ImageFilter

    dots, skew, noise, quality = 160, 0.3, 5.0, 40
    run(["pdftoppm", "-r", str(dots), "-gray", str(path), str(work / "scan")])
    random = numpy.random.default_rng(20260101)
    sides = []
    for number, source in enumerate(sorted(work.glob("scan-*.pgm"))):
        side = Image.open(source).rotate(skew if number % 2 else -skew, Image.Resampling.BICUBIC, fillcolor=255)
        grey = numpy.asarray(side.filter(ImageFilter.GaussianBlur(0.5)), dtype=float) * 0.93 + 8
        speckled = Image.fromarray(numpy.clip(grey + random.normal(0, noise, grey.shape), 0, 255).astype("uint8"))
        sides.append(work / f"side-{number:02}.jpg")
        speckled.filter(ImageFilter.GaussianBlur(0.4)).save(sides[-1], quality=quality, dpi=(dots, dots), optimize=True)
    layout = img2pdf.get_layout_fun((img2pdf.mm_to_pt(210), img2pdf.mm_to_pt(297)))
    path.write_bytes(
        img2pdf.convert([str(side) for side in sides], layout_fun=layout, creationdate=EPOCH, moddate=EPOCH)
    )
    _fix_clock(path)
    poppler = version(["pdftoppm", "-v"], r"version ([\d.]+)")
    made = made.then("pdftoppm", poppler, f"pdftoppm -r {dots} -gray IN SIDE")
    return made.then("img2pdf", img2pdf.__version__, "img2pdf SIDE*.jpg -o OUT")
