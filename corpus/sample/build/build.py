"""Build the sample corpus from `source/`: PDFs, gold and manifest. See README.md beside this file.

python3 corpus/sample/build/build.py [--only 07] [--gold]
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path

import gold
from markup import Instrument, MarkupError, read

SAMPLE = Path(__file__).resolve().parent.parent


def main() -> int:
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description="Build the sample corpus from its markup.")
    parser.add_argument("--only", metavar="NN", help="the PDFs and the gold of this instrument only")
    parser.add_argument("--gold", action="store_true", help="the gold only, no PDFs")
    wish = parser.parse_args()

    every, faults = _read_all()
    chosen = [one for one in every if wish.only in (None, one.number)]
    for instrument in chosen:
        gold.write(instrument, SAMPLE / "gold")
    for concept in gold.write_terms(every, SAMPLE / "gold"):
        _say(f"note: the term {concept} is marked in one language only and is not in terms.tsv")
    if not wish.gold:
        faults += _pdfs(chosen)
    for fault in faults:
        _say(f"error: {fault}")
    return 1 if faults else 0


def _read_all() -> tuple[list[Instrument], list[str]]:
    instruments, faults = [], []
    for path in sorted((SAMPLE / "source").glob("*.xml")):
        try:
            instruments.append(read(path))
        except MarkupError as error:
            faults.extend(str(error).splitlines())
    return instruments, faults


def _pdfs(instruments: list[Instrument]) -> list[str]:
    """Make, check and list the PDFs; one that fails does not keep the others from being made."""
    import checks
    import manifest
    from catalogue import PLANS
    from producers import ProducerError

    entries, faults = {}, []
    folder = SAMPLE / "pdf"
    folder.mkdir(exist_ok=True)
    for plan in PLANS:
        for instrument in (one for one in instruments if one.number == plan.number):
            path = folder / f"{instrument.id}.{plan.lang}.pdf"
            document = instrument.documents[plan.lang]
            try:
                with tempfile.TemporaryDirectory() as work:
                    made = plan.make(document, plan.page, path, Path(work))
                    for rewrite in plan.then:
                        made = rewrite(made, path, Path(work))
                entry = manifest.entry(path, plan, instrument, made)
                entries[entry["file"]] = entry
                checks.pages(path, entry["pages"])
                found = ""
                if plan.reader:
                    found = (
                        f", {plan.reader} finds {checks.text(path, gold.text(document), plan.lang, plan.reader):.1%}"
                    )
                _say(f"{path.name}: {entry['pages']} pages, {entry['bytes']} bytes{found}")
            except (ProducerError, checks.CheckError, manifest.LicenceError) as error:
                faults.append(str(error))
    manifest.write(SAMPLE / "manifest.json", entries)
    return faults


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
