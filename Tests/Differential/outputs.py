#!/usr/bin/env python3
"""Holds docket's JSON answers to their published schemas, by another validator than docket's own.

    Tests/Differential/outputs.py [--docket PROGRAM]

Builds the demonstration and asks it with every verb that answers in JSON. A schema's objects are
closed first, so that a key which no schema names is a difference too. Exit status 1 where an answer
doesn't fit; 77 without Python's `jsonschema`.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError as missing:
    print(f"skipped: {missing}; pip install jsonschema", file=sys.stderr)
    sys.exit(77)

SHAPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/json/*.schema.json")


def closed(shape):
    if isinstance(shape, list):
        return [closed(item) for item in shape]
    if not isinstance(shape, dict):
        return shape
    made = {key: value if key in ("examples", "const", "enum") else closed(value) for key, value in shape.items()}
    if shape.get("type") == "object" and "properties" in shape:
        made.setdefault("additionalProperties", False)
    return made


def questions(run):
    """The words of each question to the demonstration."""
    items = [json.loads(line) for line in run("list", "--format", "jsonl").stdout.splitlines()]
    for item in {item["kind"]: item for item in items}.values():
        yield ["show", item["id"]]
        yield ["blame", item["id"]]
    for item in items:
        if item["kind"] in ("pain-point", "decision"):
            yield ["rank", "--explain", item["id"]]
    yield from ([], ["list"], ["list", "created:2026"], ["log"], ["diff", "HEAD~40"], ["rank"])
    yield from (["review", "HEAD~40...HEAD"], ["sql", "SELECT * FROM record"], ["check"], ["schema", "check"])
    yield from (["check", "--explain", "action.overdue"], ["report", "audit"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--seconds", help="as the other comparisons have it; this one is short")
    parser.add_argument("--corpus", help="likewise")
    options = parser.parse_args()
    program = os.path.abspath(options.docket)
    validators = {}
    for path in glob.glob(SHAPES):
        with open(path) as file:
            shape = json.load(file)
        jsonschema.Draft202012Validator.check_schema(shape)
        validators[shape["properties"]["format"]["const"]] = jsonschema.Draft202012Validator(closed(shape))
    counts = dict(answers=0, differences=0)
    with tempfile.TemporaryDirectory() as folder:
        def run(*words):
            return subprocess.run([program, *words], cwd=f"{folder}/demo", capture_output=True, text=True, timeout=60)

        subprocess.run([program, "demo", "demo"], cwd=folder, capture_output=True, check=True, timeout=300)
        for words in questions(run):
            answer = json.loads(run(*words, "--format", "json").stdout)
            counts["answers"] += 1
            for error in validators[answer["format"]].iter_errors(answer):
                counts["differences"] += 1
                print(f"{words}: {error.json_path}: {error.message}", file=sys.stderr)
    print(json.dumps(counts))
    return 1 if counts["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
