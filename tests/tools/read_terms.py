"""Reads a file of terms with public libraries, and prints what is in it as JSON.

usage: read_terms.py tbx|tmx|skos FILE
"""

import json
import sys


def tbx(path):
    from translate.storage import tbx

    store = tbx.tbxfile.parsefile(path)
    store.setsourcelanguage("zh")
    store.settargetlanguage("en")
    found = []
    for unit in store.units:
        for language, terms in (("zh", unit.get_source_terms()), ("en", unit.get_target_terms())):
            found += [[unit.getid(), language, term.text, term.deprecated] for term in terms]
    return found


def tmx(path):
    from translate.storage import tmx

    store = tmx.tmxfile.parsefile(path)
    return [[unit.source, unit.target] for unit in store.units]


def skos(path):
    import rdflib
    from rdflib.namespace import RDF, SKOS

    graph = rdflib.Graph().parse(path, format="turtle")
    found = []
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in graph.objects(concept, kind):
                found.append([concept.fragment, kind.fragment, label.language, str(label)])
    return found


json.dump({"tbx": tbx, "tmx": tmx, "skos": skos}[sys.argv[1]](sys.argv[2]), sys.stdout)
