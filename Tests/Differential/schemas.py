#!/usr/bin/env python3
"""Compares docket's validator with two others on random schemas and instances.

    Tests/Differential/schemas.py [--docket PROGRAM] [--seconds N] [--seed N] [--corpus DIR]

Each round makes a schema of draft 2020-12 and instances that are likely to be near its edge, asks
`docket schema validate`, Python's `jsonschema` and `jsonschema-rs`, and wants three equal answers.
What is kept in Tests/Corpus/schemas.json comes first, and is varied later. Where the two peers
differ from one another, docket has to agree with one of them, and the case is counted as disputed.
A difference, a crash or a run over ten seconds is written to --corpus, and the exit status is 1.
Without the two peers (`pip install jsonschema jsonschema-rs`) it says so and exits 77, which test
runners read as skipped.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

try:
    import jsonschema
    import jsonschema_rs
except ImportError as missing:
    print(f"skipped: {missing}; pip install jsonschema jsonschema-rs", file=sys.stderr)
    sys.exit(77)

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Corpus/schemas.json")
with open(CORPUS) as file:
    KEPT = json.load(file)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = ["a", "b", "c", "x-d", "é", "a/b", "~", "", "$ref", "10"]
TEXTS = ["", "a", "ab", "abc", "é", "é", "👩‍👩‍👧", "10", "x-1", "a\nb", "true", "\u0000", "A_9"]
NUMBERS = [0, -0.0, 1, 1.0, -1, 2, 3, 0.5, 1.5, 0.1, 0.3, 10, 100, 1e3, 7, 1e-7, 9007199254740993, 2**53, -(2**63), 2**64, 12345678901234567890]
PATTERNS = ["^a", "b$", "^x-", "^\\d+$", "^[a-z]*$", "^\\w+$", ".", "a|b", "^(a|b)+$", "\\S", "^.$", "[^a]", "^\\p{L}+$", "a{2,}", "^$", "(?=a)", "\\bab"]
TYPES = ["null", "boolean", "object", "array", "number", "string", "integer"]


class Maker:
    """Random schemas and instances; small, because small cases are read by people."""

    keywords = [
        "type", "types", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
        "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems",
        "uniqueItems", "maxContains", "maxProperties", "minProperties", "required",
        "dependentRequired", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas",
        "prefixItems", "items", "contains", "properties", "patternProperties",
        "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties",
        "$ref", "$dynamicRef",
    ]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def some(self, values, low=0, high=3):
        count = self.random.randint(low, min(high, len(values)))
        return self.random.sample(values, count)

    def instance(self, depth=3):
        pick = self.random.random()
        if depth <= 0 or pick < 0.45:
            return self.random.choice(
                [None, True, False, self.random.choice(NUMBERS), self.random.choice(TEXTS), [], {}]
            )
        if pick < 0.7:
            items = [self.instance(depth - 1) for _ in range(self.random.randint(0, 4))]
            if items and self.random.random() < 0.3:
                items.append(items[0])
            return items
        return {name: self.instance(depth - 1) for name in self.some(NAMES, 0, 4)}

    def schema(self, depth=3):
        if depth <= 0 or self.random.random() < 0.12:
            return self.random.choice(
                [True, False, {}, {"type": self.random.choice(TYPES)}, {"const": self.instance(1)}]
            )
        made = {}
        for keyword in self.some(self.keywords, 1, 5):
            self.add(keyword, made, depth - 1)
        return made

    def schemas(self, depth):
        return [self.schema(depth) for _ in range(self.random.randint(1, 3))]

    def add(self, keyword, made, depth):
        number = lambda: self.random.randint(0, 4)
        match keyword:
            case "type":
                made["type"] = self.random.choice(TYPES)
            case "types":
                made["type"] = self.some(TYPES, 1, 3)
            case "enum":
                # The standard only asks that values be unique; the peers refuse to load others.
                values = {json.dumps(v, sort_keys=True): v for v in (self.instance(1) for _ in range(4))}
                made["enum"] = list(values.values())
            case "const":
                made["const"] = self.instance(2)
            case "multipleOf":
                made["multipleOf"] = self.random.choice([1, 2, 0.5, 1.5, 3, 10])
            case "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum":
                made[keyword] = self.random.choice(NUMBERS)
            case "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties":
                made[keyword] = number()
            case "pattern":
                made["pattern"] = self.random.choice(PATTERNS)
            case "uniqueItems":
                made["uniqueItems"] = self.random.random() < 0.8
            case "maxContains":
                made["contains"] = self.schema(depth)
                made[self.random.choice(["maxContains", "minContains"])] = number()
            case "required":
                made["required"] = self.some(NAMES, 0, 2)
            case "dependentRequired":
                made[keyword] = {name: self.some(NAMES, 0, 2) for name in self.some(NAMES, 1, 2)}
            case "allOf" | "anyOf" | "oneOf" | "prefixItems":
                made[keyword] = self.schemas(depth)
            case "if":
                made["if"] = self.schema(depth)
                for branch in self.some(["then", "else"], 1, 2):
                    made[branch] = self.schema(depth)
            case "dependentSchemas" | "properties":
                made[keyword] = {name: self.schema(depth) for name in self.some(NAMES, 1, 3)}
            case "patternProperties":
                made[keyword] = {name: self.schema(depth) for name in self.some(PATTERNS, 1, 2)}
            case "$ref":
                made["$ref"] = self.random.choice(["#/$defs/one", "#/$defs/two", "#two", "#", "inner"])
            case "$dynamicRef":
                made["$dynamicRef"] = self.random.choice(["#node", "#two"])
            case _:
                made[keyword] = self.schema(depth)

    def root(self):
        root = self.schema(4)
        if not isinstance(root, dict):
            root = {"allOf": [root]}
        # Guarded, so that a reference to the whole goes deeper into the instance or ends.
        one = {"properties": {"a": {"$ref": "#"}}, "items": {"$ref": "#/$defs/two"}}
        two = self.schema(2)
        two = two if isinstance(two, dict) else {"not": {"not": two}}
        strip_references(two)
        strip_bare_references(root)
        inner = self.schema(2)
        inner = inner if isinstance(inner, dict) else {"allOf": [inner]}
        strip_references(inner)
        return {
            "$schema": DIALECT,
            "$id": "https://example.org/root",
            "$dynamicAnchor": "node",
            **root,
            "$defs": {
                "one": one,
                "two": {**two, "$anchor": "two"},
                "inner": {"$id": "inner", "$dynamicAnchor": "node", **inner},
            },
        }

    def near(self, schema):
        """An instance that knows some of the schema's own names and constants."""
        value = self.instance(3)
        if isinstance(schema, dict):
            pick = self.random.random()
            if "const" in schema and pick < 0.5:
                return schema["const"]
            if schema.get("enum") and pick < 0.5:
                return self.random.choice(schema["enum"])
            for applicator in ("properties", "dependentSchemas"):
                if applicator in schema and pick < 0.8:
                    value = value if isinstance(value, dict) else {}
                    for name, inner in schema[applicator].items():
                        if self.random.random() < 0.7:
                            value[name] = self.near(inner)
            if "required" in schema and isinstance(value, dict):
                for name in schema["required"]:
                    value.setdefault(name, self.instance(1))
            if "prefixItems" in schema and pick < 0.7:
                value = [self.near(inner) for inner in schema["prefixItems"]] + (
                    value if isinstance(value, list) else []
                )
            for branch in ("allOf", "anyOf", "oneOf"):
                if branch in schema and self.random.random() < 0.4:
                    return self.near(self.random.choice(schema[branch]))
        return value


def strip_references(schema):
    """Takes references out, so that chains of them end."""
    if isinstance(schema, dict):
        schema.pop("$ref", None)
        schema.pop("$dynamicRef", None)
        for value in schema.values():
            strip_references(value)
    elif isinstance(schema, list):
        for value in schema:
            strip_references(value)


def strip_unknown(schema):
    """Takes out references that were made up for another schema's definitions."""
    for applicator in ("properties", "items"):
        if applicator in schema:
            strip_references(schema[applicator])


DESCENDS = {"properties", "patternProperties", "additionalProperties", "items", "prefixItems",
            "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties"}


def strip_bare_references(schema, guarded=False):
    """Takes out references that would apply the same schema to the same instance for ever."""
    if isinstance(schema, list):
        for value in schema:
            strip_bare_references(value, guarded)
    if not isinstance(schema, dict):
        return
    if not guarded:
        if schema.get("$ref") in ("#",):
            del schema["$ref"]
        schema.pop("$dynamicRef", None)
    for keyword, value in schema.items():
        if keyword in ("const", "enum", "required", "dependentRequired", "type"):
            continue
        inside = guarded or keyword in DESCENDS
        if keyword in ("properties", "patternProperties", "dependentSchemas") and isinstance(value, dict):
            for inner in value.values():
                strip_bare_references(inner, inside)
        else:
            strip_bare_references(value, inside)


def peers(schema, instances):
    """Both peers' answers; None where a peer can't load the schema or gives up on an instance."""
    def each(judge):
        answers = []
        for instance in instances:
            try:
                answers.append(judge(instance))
            except Exception:  # a peer's own failure is its own business
                answers.append(None)
        return answers

    try:
        python = jsonschema.Draft202012Validator(schema)
        first = each(python.is_valid)
    except Exception:
        first = [None] * len(instances)
    try:
        rust = jsonschema_rs.Draft202012Validator(schema)
        second = each(rust.is_valid)
    except Exception:
        second = [None] * len(instances)
    return first, second


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", default=None)
    options = parser.parse_args()

    program = os.path.abspath(options.docket)
    corpus = options.corpus and os.path.abspath(options.corpus)
    counts = dict(schemas=0, instances=0, valid=0, disputed=0, differences=0, unusable=0)
    end = time.monotonic() + options.seconds
    seed = options.seed
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for case in KEPT:
            # What a peer can't hold, a number beyond a double, docket's own tests judge.
            values = [value for value in case["valid"] + case["invalid"] if "Infinity" not in json.dumps(value)]
            judge(program, case["schema"], values, 0, corpus, counts)
        while time.monotonic() < end:
            seed += 1
            maker = Maker(seed)
            schema = maker.root()
            if maker.random.random() < 0.2:
                # What made trouble once, with something more.
                schema = json.loads(json.dumps(maker.random.choice(KEPT)["schema"]))
                maker.add(maker.random.choice(["properties", "maxLength", "pattern", "items"]), schema, 1)
                strip_unknown(schema)
            instances = [maker.near(schema) if n % 2 else maker.instance() for n in range(24)]
            judge(program, schema, instances, seed, corpus, counts)
    print(json.dumps(counts))
    return 1 if counts["differences"] else 0


def judge(program, schema, instances, seed, corpus, counts):
    text = json.dumps(schema)
    with open("schema.json", "w") as file:
        file.write(text)
    names = []
    for number, instance in enumerate(instances):
        names.append(f"{number}.json")
        with open(names[-1], "w") as file:
            json.dump(instance, file)

    def keep(what, number=None, **more):
        counts["differences"] += 1
        case = {"seed": seed, "what": what, "schema": json.loads(text), **more}
        if number is not None:
            case["instance"] = instances[number]
        print(json.dumps(case), file=sys.stderr)
        if corpus:
            os.makedirs(corpus, exist_ok=True)
            with open(f"{corpus}/{seed}-{number}.json", "w") as file:
                json.dump(case, file, indent=2)

    # What is read back from text is what docket sees: -0.0 and 1.0 included.
    first, second = peers(json.loads(text), [json.loads(json.dumps(i)) for i in instances])
    try:
        run = subprocess.run(
            [program, "schema", "validate", "--schema", "schema.json", "--format", "json",
             "--output", "flag", *names],
            capture_output=True, timeout=10)
    except subprocess.TimeoutExpired:
        return keep("more than ten seconds")
    if run.returncode not in (0, 1) and not run.stdout:
        if run.returncode == 2 and all(a is None for a in first) and all(a is None for a in second):
            counts["unusable"] += 1
            return None
        return keep("exit status", status=run.returncode, said=run.stderr.decode())
    answers = json.loads(run.stdout)
    answers = answers if isinstance(answers, list) else [answers]
    if len(answers) != len(instances):
        return keep("number of answers", answers=len(answers))
    counts["schemas"] += 1
    for number, answer in enumerate(answers):
        if "error" in answer:
            # Not found out: no answer to compare.
            counts["unfinished"] = counts.get("unfinished", 0) + 1
            continue
        ours, known = answer["valid"], {a for a in (first[number], second[number]) if a is not None}
        counts["instances"] += 1
        counts["valid"] += ours
        if len(known) == 2:
            counts["disputed"] += 1
        elif known and ours not in known:
            keep("answer", number, docket=ours, jsonschema=first[number], jsonschema_rs=second[number])


if __name__ == "__main__":
    sys.exit(main())
