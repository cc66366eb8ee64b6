#!/usr/bin/env python3
"""Compares what `docket check` says of committed records with two validators.

    Tests/Differential/records.py [--docket PROGRAM] [--seconds N] [--seed N] [--corpus DIR]

`docket check` sees at a glance that a record is right and looks closer only at the others
(`FastRecordCheck`, `SchemaProgram`); `docket schema validate`, which schemas.py asks, doesn't. So each
round makes a repository of many kinds with random schemas and rules, commits records of each, and
wants from `docket check` what Python's `jsonschema` and `jsonschema-rs` say of the same values. Most
schemas keep to the keywords that a glance knows. Exit status as of schemas.py.
"""

import argparse
import copy
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from schemas import DIALECT, Maker, peers, strip_bare_references, strip_references  # noqa: E402

EVERYDAY = [
    "type", "types", "enum", "const", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
    "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties",
    "minProperties", "required", "allOf", "anyOf", "oneOf", "not", "if", "items", "contains",
    "properties", "additionalProperties", "$ref",
]
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FOLDER = "docket/{}/2026/04/"
KINDS, RECORDS = 40, 24


class EverydayMaker(Maker):
    keywords = EVERYDAY

    def add(self, keyword, made, depth):
        if keyword == "enum" and self.random.random() < 0.7:
            made["enum"] = sorted(set(self.random.choices(["", "a", "ab", "é", "10", "A_9"], k=3)))
        elif keyword == "const" and self.random.random() < 0.7:
            made["const"] = self.random.choice(["a", "ab", ""])
        else:
            super().add(keyword, made, depth)


def kind(number, maker, seed):
    """A kind's prefix and schema: its records have a value of a random schema, and rules too."""
    root = maker.root()
    # A folder of its own: the relative name inside would mean one document for all kinds.
    root["$id"] = f"https://example.org/{seed}/root"
    strip_bare_references(root)
    prefix = "K" + chr(65 + number // 26) + chr(65 + number % 26)
    extra = {}
    for name in ("when", "then", "each"):
        schema = maker.schema(2)
        strip_references(schema)
        extra[name] = schema
    name = f"k{number}"

    def value(definition):
        return {"properties": {"value": {"$ref": f"#/$defs/{definition}"}}}

    return prefix, {
        "$schema": DIALECT,
        "$id": f"urn:docket:{name}:1",
        "title": name.upper(),
        "description": "Made at random.",
        "x-docket": {
            "prefix": prefix,
            "directory": name,
            "rules": [
                {"id": f"{name}.whole", "when": value("when"), "then": value("then")},
                {"id": f"{name}.each", "each": "/list/*", "then": {"$ref": "#/$defs/each"}},
            ],
        },
        "type": "object",
        "properties": {"value": {"$ref": "#/$defs/root"}, "list": {"type": "array"}},
        "$defs": {"root": root, **extra},
    }


def expected(schema, records):
    """For each record what both peers say that `docket check` has to find; None where they can't."""
    def alone(rule):
        schema_alone = copy.deepcopy(schema)
        del schema_alone["type"], schema_alone["properties"]
        return {**schema_alone, **rule}

    whole = peers(schema, records)
    values = [record["value"] for record in records]
    when = peers(alone({"$ref": "#/$defs/when"}), values)
    then = peers(alone({"$ref": "#/$defs/then"}), values)
    each = peers(alone({"items": {"$ref": "#/$defs/each"}}), [record["list"] for record in records])
    answers = []
    for peer in (0, 1):
        answers.append([
            None if None in (a, b, c, d) else (not a, b and not c, not d)
            for a, b, c, d in zip(whole[peer], when[peer], then[peer], each[peer])
        ])
    return zip(*answers)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", default=None)
    options = parser.parse_args()
    program = os.path.abspath(options.docket)
    corpus = options.corpus and os.path.abspath(options.corpus)
    counts = dict(schemas=0, records=0, right=0, disputed=0, differences=0, unusable=0)
    end = time.monotonic() + options.seconds
    seed = options.seed * 1_000_000
    for name in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{name}_NAME"], os.environ[f"GIT_{name}_EMAIL"] = "Mira", "mira@kestrel.example"
    os.environ["GIT_CONFIG_GLOBAL"] = "/dev/null"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([program, "init", "."], check=True, capture_output=True)
        while time.monotonic() < end:
            seed = round_of_kinds(program, seed, corpus, counts)
    print(json.dumps(counts))
    return 1 if counts["differences"] else 0


def git(*words):
    subprocess.run(["git", "-c", "core.fsync=none", "-c", "gc.auto=0", *words], check=True, capture_output=True)


def round_of_kinds(program, seed, corpus, counts):
    shutil.rmtree("docket", ignore_errors=True)
    made = []
    for number in range(KINDS):
        seed += 1
        everyday = random.Random(seed).random() < 0.8
        maker = (EverydayMaker if everyday else Maker)(seed)
        prefix, schema = kind(number, maker, seed)
        with open(f".docket/schema/k{number}.schema.json", "w") as file:
            json.dump(schema, file)
        folder = FOLDER.format(f"k{number}")
        os.makedirs(folder)
        records = []
        for place in range(RECORDS):
            code = prefix + "-00000000" + DIGITS[place // 32] + DIGITS[place % 32]
            root = schema["$defs"]["root"]
            record = {
                "$schema": f"../../../../.docket/schema/k{number}.schema.json",
                "id": code,
                "value": maker.near(root) if place % 3 else maker.instance(),
                "list": [maker.near(schema["$defs"]["each"]) for _ in range(maker.random.randint(0, 2))],
            }
            with open(f"{folder}{code}.json", "w") as file:
                # What is not ASCII stands as itself mostly, so that a glance sees no escapes.
                json.dump(record, file, indent=2, ensure_ascii=place % 4 == 0)
            records.append(record)
        made.append((seed, number, schema, folder, records))
    git("add", "-A")
    git("commit", "-q", "--no-verify", "-m", "Random kinds")
    run = subprocess.run(
        [program, "check", "--rev", "HEAD", "--format", "json"], capture_output=True, timeout=120)

    def keep(seed, what, **more):
        counts["differences"] += 1
        case = {"seed": seed, "what": what, **more}
        print(json.dumps(case), file=sys.stderr)
        if corpus:
            os.makedirs(corpus, exist_ok=True)
            with open(f"{corpus}/{seed}.json", "w") as file:
                json.dump(case, file, indent=2)

    if run.returncode not in (0, 1):
        keep(seed, "exit status", status=run.returncode, said=run.stderr.decode())
        return seed
    rules, unusable = {}, set()
    for finding in json.loads(run.stdout)["findings"]:
        rules.setdefault(finding["path"], set()).add(finding["rule"])
        if finding["path"].startswith(".docket/schema/k") and finding["severity"] == "error":
            unusable.add(finding["path"])
    for seed_of_kind, number, schema, folder, records in made:
        if f".docket/schema/k{number}.schema.json" in unusable:
            counts["unusable"] += 1
            continue
        counts["schemas"] += 1
        # What is read back from text is what docket sees: -0.0 and 1.0 included.
        read = [json.loads(json.dumps(record)) for record in records]
        for record, answers in zip(records, expected(json.loads(json.dumps(schema)), read)):
            said = rules.get(folder + record["id"] + ".json", set())
            ours = ("record.schema" in said, f"k{number}.whole" in said, f"k{number}.each" in said)
            known = {answer for answer in answers if answer is not None}
            counts["records"] += 1
            counts["right"] += ours == (False, False, False)
            if len(known) == 2:
                counts["disputed"] += 1
            elif known and ours not in known:
                keep(seed_of_kind, "answer", docket=ours, peers=answers, record=record, schema=schema)
    return seed


if __name__ == "__main__":
    sys.exit(main())
