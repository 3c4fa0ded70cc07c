"""Reads a file of citations with public libraries, and prints what is in it as JSON.

usage: read_citations.py bibtex|ris FILE
"""

import json
import sys


def bibtex(path):
    import bibtexparser

    library = bibtexparser.parse_file(path)
    if library.failed_blocks:
        sys.exit(f"not BibTeX: {library.failed_blocks[0].raw}")
    return [[entry.entry_type, entry.key, entry["title"], entry.get("year").value if entry.get("year") else None]
            for entry in library.entries]


def ris(path):
    import rispy

    with open(path, encoding="utf-8") as file:
        records = rispy.load(file)
    return [[record["type_of_reference"], record["id"], record["title"], record.get("year")] for record in records]


kind, path = sys.argv[1:]
json.dump({"bibtex": bibtex, "ris": ris}[kind](path), sys.stdout, ensure_ascii=False)
