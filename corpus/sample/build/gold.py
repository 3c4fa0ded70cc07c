"""Gold from the markup: the text, the facts, the sentences, the beads, and the terms of the whole corpus."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from markup import LANGUAGES, Block, Document, Instrument, Span


def write(instrument: Instrument, folder: Path) -> None:
    """The gold of one instrument."""
    for lang in LANGUAGES:
        document = instrument.documents[lang]
        other = instrument.documents["en" if lang == "zh" else "zh"]
        _put(folder / "text" / f"{instrument.id}.{lang}.txt", text(document))
        found = json.dumps(facts(document, other), ensure_ascii=False, indent=2) + "\n"
        _put(folder / "facts" / f"{instrument.id}.{lang}.json", found)
        lines = "".join(sentence.text + "\n" for sentence in document.sentences())
        _put(folder / f"{instrument.id}.sentences.{lang}.txt", lines)
    _put(folder / f"{instrument.id}.beads.tsv", beads(instrument))


def _put(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def text(document: Document) -> str:
    """A block a line and an empty line between blocks; a table is its caption and then a cell a line."""
    blocks: list[str] = []
    for block in [*document.blocks, *document.notes.values()]:
        blocks.extend(_printed(block))
    return "\n\n".join(blocks) + "\n"


def _printed(block: Block) -> list[str]:
    if block.kind == "entry":
        return [child.text for child in block.children]
    if block.kind == "table":
        cells = "\n".join(cell.text for row in block.rows for cell in row.cells if cell.text)
        return [block.caption, cells] if block.caption else [cells]
    return [block.lead + block.text]


def facts(document: Document, other: Document) -> dict:
    """What is marked, in order of first mention. A key is absent where nothing is marked."""
    orgs = document.spans("org")
    numbers = [span.text for span in document.spans("number")]
    found = {
        "language": document.lang,
        "title": document.title,
        "title_translated": other.title,
        "kind": document.kind,
        "document_number": numbers[0] if numbers else None,
        "issuers": _agencies([span for span in orgs if span.attributes["role"] == "issuer"]),
        "agencies": _agencies(orgs),
        "dates": _unique({"kind": s.attributes["kind"], "date": s.attributes["v"]} for s in document.spans("date")),
        "targets": [_target(span) for span in document.spans("target")],
        "standards": _unique(span.attributes["n"] for span in document.spans("std")),
        "committees": _unique(span.attributes["n"] for span in document.spans("tc")),
        "glosses": _unique({"zh": s.attributes["zh"], "en": s.attributes["en"]} for s in document.spans("gloss")),
        "footnotes": [{"mark": note.mark, "text": note.text} for note in document.notes.values()],
        "outline": [{"level": b.level, "title": b.text} for b in document.blocks if b.kind == "h"],
        "plan_periods": _unique(
            {"name": s.attributes["name"], "from": int(s.attributes["from"]), "to": int(s.attributes["to"])}
            for s in document.spans("period")
        ),
        "definitions": _definitions(document, other),
        "source_urls": _unique(span.text for span in document.spans("url")),
        "translator": _said(document, "Translator: ", "译者："),
        "editor": _said(document, "Editor: ", "编辑："),
    }
    return {key: value for key, value in found.items() if value}


def _unique(items) -> list:
    out = []
    for item in items:
        if item not in out:
            out.append(item)
    return out


def _agencies(spans: list[Span]) -> list[dict]:
    """An agency is named by its first mention."""
    names: dict[str, str] = {}
    for span in spans:
        names.setdefault(span.attributes["id"], span.text)
    return [{"id": id, "name": name} for id, name in names.items()]


def _amount(value: str | None) -> int | float | None:
    if not value:
        return None
    return float(value) if "." in value else int(value)


def _target(span: Span) -> dict:
    at = span.attributes
    return {
        "by": _amount(at.get("by")),
        "min": _amount(at.get("min")),
        "max": _amount(at.get("max")),
        "unit": at.get("unit", ""),
        "what": at["what"],
    }


def _said(document: Document, *labels: str) -> str | None:
    """What a paragraph says after its label: these facts have no markup of their own."""
    for block in document.blocks:
        for label in labels:
            if block.kind == "p" and block.text.startswith(label):
                return block.text.removeprefix(label).strip()
    return None


def _definitions(document: Document, other: Document) -> list[dict]:
    """Entries of a standard, then definitions in running text; the other language's word comes from its document."""
    surfaces = {lang: _surfaces(doc) for lang, doc in ((document.lang, document), (other.lang, other))}
    out = []

    def add(concept: str, definition: str, clause: str | None, english: str | None = None) -> None:
        if not english and surfaces["en"].get(concept):
            english = surfaces["en"][concept].most_common(1)[0][0]
        out.append({"clause": clause, "zh": concept, "en": english, "definition": definition})

    for block in document.blocks:
        if block.kind != "entry":
            for sentence in block.all_sentences():
                for span in sentence.spans:
                    if span.tag == "def":
                        add(span.attributes["c"], span.text, None)
            continue
        parts = {child.role: child for child in block.children if child.role != "note"}
        if "term" not in parts or "definition" not in parts:
            continue
        spans = [s for child in block.children for sentence in child.sentences for s in sentence.spans]
        named = [s.attributes["c"] for s in spans if s.tag == "def"] or [
            s.attributes["c"] for s in spans if s.tag == "t"
        ]
        pair = next((s.attributes for s in spans if s.tag == "gloss"), {})
        if named:
            clause = parts["clause"].text if "clause" in parts else None
            add(named[0], parts["definition"].text, clause, pair.get("en"))
    return out


def _surfaces(document: Document) -> dict[str, Counter]:
    """How often each concept is written in each way."""
    found: dict[str, Counter] = defaultdict(Counter)
    for span in document.spans("t"):
        found[span.attributes["c"]][span.text] += 1
    return found


def beads(instrument: Instrument) -> str:
    """Sentences that share a bead number, on either side, are one bead; one side may be empty."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            number = parent[number]
        return number

    for document in instrument.documents.values():
        for sentence in document.sentences():
            for number in sentence.beads[1:]:
                parent[root(number)] = root(sentence.beads[0])
    lines: dict[int, dict[str, list[int]]] = {}
    for lang in LANGUAGES:
        for at, sentence in enumerate(instrument.documents[lang].sentences(), 1):
            lines.setdefault(root(sentence.beads[0]), {"zh": [], "en": []})[lang].append(at)
    rows = [[",".join(map(str, bead[lang])) for lang in LANGUAGES] for bead in lines.values()]
    return "".join("\t".join(row) + "\n" for row in rows)


def write_terms(instruments: list[Instrument], folder: Path) -> list[str]:
    """`terms.tsv`, without a header. Returns the concepts that are marked in one language only and so are left out."""
    count: Counter = Counter()
    english: dict[str, Counter] = defaultdict(Counter)
    where: dict[str, set[str]] = defaultdict(set)
    for instrument in instruments:
        for lang in LANGUAGES:
            for span in instrument.documents[lang].spans("t"):
                concept = span.attributes["c"]
                where[concept].add(instrument.number)
                if lang == "zh":
                    count[concept] += 1
                else:
                    english[concept][span.text] += 1
    rows, lonely = [], []
    for concept in sorted(where):
        if not count[concept] or not english[concept]:
            lonely.append(f"{concept} ({', '.join(sorted(where[concept]))})")
            continue
        renderings = _renderings(english[concept])
        numbers = ",".join(sorted(where[concept]))
        rows.append("\t".join([concept, renderings[0], "|".join(renderings[1:]), numbers, str(count[concept])]))
    _put(folder / "terms.tsv", "".join(row + "\n" for row in rows))
    return lonely


def _renderings(surfaces: Counter) -> list[str]:
    """The English renderings, most frequent first. Case is folded, and a plural into its singular where both occur."""
    forms: dict[str, Counter] = defaultdict(Counter)
    for surface, times in surfaces.items():
        forms[surface.casefold()][surface] += times
    for key in sorted(forms):
        singular = next((one for one in _singulars(key) if one in forms and one != key), None)
        if singular:
            forms[singular][""] += sum(forms.pop(key).values())
    ranked = sorted(forms.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return [_plainest(spellings) for _, spellings in ranked]


def _singulars(key: str) -> list[str]:
    return [key[: -len(end)] + new for end, new in (("ies", "y"), ("es", ""), ("s", "")) if key.endswith(end)]


def _plainest(spellings: Counter) -> str:
    """The spelling with the fewest capitals: the other ones stand in headings and at the start of sentences."""
    spelled = [surface for surface in spellings if surface]
    return min(spelled, key=lambda surface: (sum(c.isupper() for c in surface), -spellings[surface], surface))
