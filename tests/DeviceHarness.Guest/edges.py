"""Reads from an orchestrator's store what an input saw of a supply in a case: edges.py <store> <case>. Each change has the number that the
kernel gave it on its line and its moment on the kernel's clock, in microseconds since that input was first looked at; a step that waits for
a state begins anew, so moments of two steps are not held against each other."""
import json
import sqlite3
import sys


def seen(node):
    """Every change below a node, with how long its input was looked at."""
    if isinstance(node, dict):
        yield from ((change, node["observedMicroseconds"]) for change in node.get("edges") or [])
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from seen(below)


store, case = sys.argv[1:]
rows = sqlite3.connect(f"file:{store}?mode=ro", uri=True).execute("SELECT content FROM evidence_blob").fetchall()
documents = [json.loads(content) for (content,) in rows if f'"{case}"'.encode() in bytes(content)]
changes = {change["sequence"]: (change, observed) for document in documents for change, observed in seen(document)}
edges = [changes[number] for number in sorted(changes)]
if [(change["sequence"], change["present"]) for change, _ in edges] != [(1, False), (2, True)]:
    sys.exit(f"the edges in {len(documents)} pieces of evidence are {edges}")
if not all(0 < change["offsetMicroseconds"] < observed for change, observed in edges):
    sys.exit(f"the moments are {edges}")
print("away and back as changes 1 and 2")
