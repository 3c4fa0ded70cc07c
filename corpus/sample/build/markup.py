"""Read and validate the markup of `source/NN-slug.xml`.

`read(path)` gives an `Instrument`, or raises `MarkupError` with every fault it found, each with file and id.
Nothing here knows of PDFs or of gold: a document is a list of blocks, a block is a list of sentences, and a
sentence is a list of runs (what is printed) with the spans that are marked in it (what is known).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field, replace
from pathlib import Path

LANGUAGES = ("zh", "en")
PARAGRAPH_ROLES = {
    "body", "issuer", "number", "addressee", "date", "signature", "abstract", "keywords", "source",
}  # fmt: skip
ENTRY_ROLES = {"clause", "term", "definition", "note", "source"}
DATE_KINDS = {"issued", "published", "effective", "translated", "mentioned"}
ORG_ROLES = {"issuer", "mentioned"}

#: Inline elements, with the attributes that must be there and not be empty.
INLINE = {
    "t": ("c",), "gloss": ("zh", "en"), "org": ("id", "role"), "number": (), "std": ("n",), "tc": ("n",),
    "date": ("kind", "v"), "target": ("what",), "period": ("name", "from", "to"), "def": ("c",), "ref": ("note",),
    "url": (), "em": (),
}  # fmt: skip

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—·①-⑳"
_BREAK_AT_HAN = re.compile(f"(?<=[{_HAN}])[ \\t]*\\n\\s*|[ \\t]*\\n\\s*(?=[{_HAN}])")


class MarkupError(Exception):
    """Everything that is wrong with one source file."""

    def __init__(self, file: str, faults: list[str]):
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))


@dataclass(frozen=True)
class Run:
    """Text printed in one way. `note` is set where the text is the mark of a footnote, and `whole` where it stands in
    a marked term or name, which a title does not break over two lines."""

    text: str
    em: bool = False
    note: str | None = None
    whole: bool = False


@dataclass(frozen=True)
class Span:
    """One inline element: what it is and the words it stands round."""

    tag: str
    attributes: dict[str, str]
    text: str


@dataclass(frozen=True)
class Sentence:
    id: str
    beads: tuple[int, ...]
    runs: tuple[Run, ...]
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The sentence without the marks of its footnotes."""
        return "".join(run.text for run in self.runs if run.note is None)


@dataclass
class Block:
    """`kind` is title, h, p, li, entry, table or note; `front` says that it stands before the first body text,
    or on the cover of a standard."""

    kind: str
    lang: str
    role: str = ""
    level: int = 0
    mark: str = ""
    id: str = ""
    bare: str = ""
    caption: str = ""
    front: bool = False
    sentences: list[Sentence] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """What is printed, without the mark: Chinese sentences stand next to each other, English ones a space apart."""
        out = [Run(self.bare)] if self.bare else []
        for sentence in self.sentences:
            if out and self.lang == "en":
                out.append(Run(" "))
            out.extend(sentence.runs)
        return out

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def lead(self) -> str:
        """The mark as it is printed: a Latin one stands a space before the text, a Chinese one at it."""
        if self.mark and self.lang == "zh" and (self.mark[-1] in "、.．）)" or not self.mark.isascii()):
            return self.mark
        return self.mark and self.mark + " "

    def all_sentences(self) -> list[Sentence]:
        out = list(self.sentences)
        for child in self.children:
            out.extend(child.all_sentences())
        for row in self.rows:
            for cell in row.cells:
                out.extend(cell.sentences)
        return out


@dataclass
class Row:
    head: bool
    cells: list[Block]


@dataclass
class Document:
    lang: str
    title: str
    kind: str
    blocks: list[Block]
    notes: dict[str, Block]

    def sentences(self) -> list[Sentence]:
        """All sentences in the order of the gold text: footnotes after the body."""
        return [s for block in [*self.blocks, *self.notes.values()] for s in block.all_sentences()]

    def spans(self, *tags: str) -> list[Span]:
        return [span for s in self.sentences() for span in s.spans if span.tag in tags]


@dataclass
class Instrument:
    number: str
    id: str
    kind: str
    relation: str
    of: str
    documents: dict[str, Document]


def read(path: Path) -> Instrument:
    """The instrument in `path`, valid; the note marks are printed where `<ref>` stands."""
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError as error:
        raise MarkupError(path.name, [f"is not well-formed XML: {error}"]) from error
    reader = _Reader()
    documents = {}
    if root.tag != "instrument":
        reader.fault(root.tag, "the root element must be <instrument>")
    if root.get("id") != path.stem:
        reader.fault(root.get("id") or "instrument", f"the instrument's id must be the file's name, {path.stem}")
    if not root.get("kind"):
        reader.fault(path.stem, "the instrument has no kind")
    for element in root:
        lang = element.get("lang", "")
        if element.tag != "document" or lang not in LANGUAGES or lang in documents:
            reader.fault(f"<{element.tag} lang={lang!r}>", "expected one <document> in zh and one in en")
            continue
        documents[lang] = reader.document(element, lang, element.get("kind") or root.get("kind", ""))
    for lang in LANGUAGES:
        if lang not in documents:
            reader.fault(path.stem, f"there is no document in {lang}")
    if reader.faults:
        raise MarkupError(path.name, reader.faults)
    return Instrument(
        path.stem.split("-")[0],
        path.stem,
        root.get("kind", ""),
        root.get("relation", ""),
        root.get("of", ""),
        documents,
    )


class _Reader:
    def __init__(self) -> None:
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.marks: dict[str, str] = {}
        self.referred: set[str] = set()
        self.lang = ""

    def fault(self, where: str, what: str) -> None:
        self.faults.append(f"{self.lang + ' ' if self.lang else ''}{where}: {what}")

    def document(self, element: ET.Element, lang: str, kind: str) -> Document:
        self.lang = lang
        self.marks, self.referred = {}, set()
        for note in element.iter("note"):
            name = note.get("id") or ""
            if not name or name in self.marks:
                self.fault(f"note {name!r}", "the note's id is missing or not unique")
            self.marks[name] = note.get("mark") or ""
        if not element.get("title"):
            self.fault("document", "has no title")
        blocks, notes, front = [], {}, True
        self.no_text(element, "document")
        for child in element:
            block = self.block(child)
            if block is None:
                continue
            if block.kind == "note":
                notes[block.id] = block
                continue
            if block.kind not in ("title", "p") or (
                block.role in ("body", "addressee", "signature") and kind != "standard"
            ):
                front = False
            block.front = front
            blocks.append(block)
        if not any(block.kind == "title" for block in blocks):
            self.fault("document", "has no <title>")
        for name in sorted(set(self.marks) - self.referred):
            self.fault(f"note {name!r}", "no <ref> points to it")
        self.lang = ""
        return Document(lang, _squeeze(element.get("title", ""), lang), kind, blocks, notes)

    def block(self, element: ET.Element) -> Block | None:
        kind, where = element.tag, f"<{element.tag}>"
        block = Block(kind, self.lang)
        if kind in ("title", "note", "li", "h", "p"):
            if kind == "h":
                block.level = _integer(element.get("level"))
                if block.level not in (1, 2, 3):
                    self.fault(where, f"level must be 1, 2 or 3, not {element.get('level')!r}")
            elif kind == "p":
                block.role = element.get("role", "body")
                if block.role not in PARAGRAPH_ROLES:
                    self.fault(where, f"unknown role {block.role!r}")
            elif kind in ("li", "note"):
                block.mark = (element.get("mark") or "").strip()
                block.id = element.get("id") or ""
                if not block.mark:
                    self.fault(f"{where} {block.id}".strip(), "the mark is empty")
            self.sentences_of(element, block, where)
        elif kind == "entry":
            self.no_text(element, where)
            for child in element:
                role = child.get("role", "")
                if child.tag != "p" or role not in ENTRY_ROLES:
                    self.fault(where, f"<{child.tag} role={role!r}> may not stand in an entry")
                    continue
                part = Block("p", self.lang, role=role)
                self.sentences_of(child, part, f"<entry> {role}", bare=role == "clause")
                block.children.append(part)
        elif kind == "table":
            self.table(element, block)
        else:
            self.fault(where, "unknown block")
            return None
        return block

    def table(self, element: ET.Element, block: Block) -> None:
        self.no_text(element, "<table>")
        block.caption = _squeeze(element.get("caption", ""), self.lang)
        for row in element:
            if row.tag != "row":
                self.fault("<table>", f"<{row.tag}> may not stand in a table")
                continue
            self.no_text(row, "<row>")
            cells = []
            for cell in row:
                part = Block("cell", self.lang)
                if cell.tag != "cell":
                    self.fault("<row>", f"<{cell.tag}> may not stand in a row")
                self.sentences_of(cell, part, "<cell>", empty=True)
                cells.append(part)
            block.rows.append(Row(row.get("head") == "yes", cells))
        if len({len(row.cells) for row in block.rows}) != 1:
            self.fault(f"table {block.caption!r}", "the rows have not all the same number of cells")

    def sentences_of(
        self, element: ET.Element, block: Block, where: str, bare: bool = False, empty: bool = False
    ) -> None:
        if bare and not len(element):
            block.bare = _squeeze(element.text or "", self.lang)
        else:
            self.no_text(element, where)
        for child in element:
            if child.tag != "s":
                self.fault(where, f"<{child.tag}> stands outside <s>")
                continue
            block.sentences.append(self.sentence(child, where))
        if not (block.sentences or block.bare or empty):
            self.fault(where, "has no text")

    def sentence(self, element: ET.Element, where: str) -> Sentence:
        name = element.get("id") or ""
        if not name or name in self.ids:
            self.fault(f"sentence {name!r} in {where}", "the id is missing or not unique in the file")
        self.ids.add(name)
        beads = tuple(_integer(part) for part in (element.get("b") or "").split(","))
        if not all(bead > 0 for bead in beads):
            self.fault(f"sentence {name}", f"b must be one or more numbers with commas, not {element.get('b')!r}")
        spans: list[Span] = []
        runs = _tidy(self.runs(element, f"sentence {name}", Run(""), spans), self.lang)
        if not "".join(run.text for run in runs).strip():
            self.fault(f"sentence {name}", "is empty")
        return Sentence(name, beads, tuple(runs), tuple(spans))

    def runs(self, element: ET.Element, where: str, like: Run, spans: list[Span]) -> list[Run]:
        """The runs of an element; `like` says how the text round it is printed."""
        runs = [replace(like, text=element.text)] if element.text else []
        for child in element:
            if child.tag not in INLINE:
                self.fault(where, f"unknown inline element <{child.tag}>")
            else:
                self.inline(child, where)
            if child.tag == "ref":
                note = child.get("note", "")
                runs.append(Run(self.marks.get(note, ""), note=note))
            else:
                place = len(spans)
                whole = like.whole or child.tag in ("t", "org", "std", "date", "number")
                inner = self.runs(child, where, Run("", like.em or child.tag == "em", whole=whole), spans)
                runs.extend(inner)
                text = "".join(run.text for run in inner if run.note is None)
                spans.insert(place, Span(child.tag, dict(child.attrib), _squeeze(text, self.lang)))
            if child.tail:
                runs.append(replace(like, text=child.tail))
        return runs

    def inline(self, element: ET.Element, where: str) -> None:
        tag = element.tag
        for name in INLINE[tag]:
            if not (element.get(name) or "").strip():
                self.fault(where, f"<{tag}> has no {name}")
        if tag == "ref":
            self.referred.add(element.get("note", ""))
            if element.get("note") not in self.marks:
                self.fault(where, f"<ref> points to the note {element.get('note')!r}, which is not there")
        elif not "".join(element.itertext()).strip():
            self.fault(where, f"<{tag}> stands round no text")
        if tag == "date":
            if element.get("kind") not in DATE_KINDS:
                self.fault(where, f"unknown kind of date {element.get('kind')!r}")
            if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", element.get("v", "")):
                self.fault(where, f"a date is written YYYY, YYYY-MM or YYYY-MM-DD, not {element.get('v')!r}")
        elif tag == "org" and element.get("role") not in ORG_ROLES:
            self.fault(where, f"unknown role of an agency {element.get('role')!r}")
        elif tag == "target":
            for name in ("by", "min", "max"):
                value = element.get(name, "")
                if value and not re.fullmatch(r"\d{4}" if name == "by" else r"\d+(\.\d+)?", value):
                    self.fault(where, f"<target> has {name}={value!r}, which is not a number")
            if not (element.get("min") or element.get("max")):
                self.fault(where, "<target> has neither min nor max")

    def no_text(self, element: ET.Element, where: str) -> None:
        for text in [element.text, *(child.tail for child in element)]:
            if text and text.strip():
                self.fault(where, f"the text {text.strip()[:30]!r} stands outside <s>")


def _integer(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() else 0


def _squeeze(text: str, lang: str) -> str:
    """One line: a line break next to a Han character is nothing, any other run of white space is one space."""
    if lang == "zh":
        text = _BREAK_AT_HAN.sub("", text)
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _tidy(runs: list[Run], lang: str) -> list[Run]:
    """As `_squeeze`, over runs: the text is squeezed as a whole and cut again where the runs end."""
    whole = "".join(run.text for run in runs)
    keep = [True] * len(whole)
    if lang == "zh":
        for match in _BREAK_AT_HAN.finditer(whole):
            keep[match.start() : match.end()] = [False] * len(match[0])
    for match in re.finditer(r"[ \t\r\n]+", whole):
        at_edge = match.start() == 0 or match.end() == len(whole)
        kept_one = at_edge
        for place in range(match.start(), match.end()):
            if keep[place] and kept_one:
                keep[place] = False
            kept_one = kept_one or keep[place]
    out, start = [], 0
    for run in runs:
        end = start + len(run.text)
        text = "".join(
            " " if whole[i].isspace() and whole[i] in " \t\r\n" else whole[i] for i in range(start, end) if keep[i]
        )
        if text:
            out.append(replace(run, text=text))
        start = end
    return out
