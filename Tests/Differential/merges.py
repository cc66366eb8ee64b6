#!/usr/bin/env python3
"""Compares `docket merge` with an independent merge of three versions of a record.

    Tests/Differential/merges.py [--docket PROGRAM] [--pairs N] [--seconds N] [--seed N] [--corpus DIR]
    Tests/Differential/merges.py --table [--docket PROGRAM] [--pairs N] [--seconds N] [--seed N]
    Tests/Differential/merges.py --self-test

A pair is two random edits of a random record of a shipped kind: of different places (`disjoint`), of
the end of one list (`appends`), of one place so that they conflict (`overlap`), or of anything
(`mixed`). It is doubtful where a list's edits can be read in ways that are equally short and merge
differently, or two items of a list have one name; then it has to be 0 or 1, and no more. --table prints
in Markdown how others merge the same pairs; --self-test asks only the merge here, in cases whose answer
is known. What differs is written to --corpus, and the exit status is 1; --pairs 1 with a pair's own
--seed makes it again. Without Python's `jsonschema` it says so and exits 77.
"""

import argparse
import collections
import concurrent.futures
import functools
import glob
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

try:
    import jsonschema
except ImportError as missing:
    print(f"skipped: {missing}; pip install jsonschema", file=sys.stderr)
    sys.exit(77)
try:
    from nbdime.merging import apply_decisions, decide_merge
except ImportError:
    decide_merge = None

SHIPPED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../schema")
SIDES = ("base", "ours", "theirs")
CLASSES = ("disjoint", "appends", "overlap", "mixed")
PREFIXES = ("PP", "FB", "ANS", "MIN", "DEC", "RET", "ACT", "INT", "MEA", "BRD", "MAP", "TEAM")
WORDS = ["deploys", "é", "e\u0301", "Straße", "👩‍👩‍👧", '"now"', "back\\slash", "<<<<<<<", "=======", ">>>>>>>", "{"]
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Kind = collections.namedtuple("Kind", "name schema workflow is_valid")
Slot = collections.namedtuple("Slot", "path how schema value required")
Pair = collections.namedtuple("Pair", "seed name kind versions texts right")


class ABSENT:
    """Stands for what a version doesn't have. Records have no booleans, so `==` is JSON Schema's otherwise."""


ANYTHING = [ABSENT, None, 1, 1.0, "a", [], ["a"], ["a", "b"], ["a", "c"], {}, {"k": 1}, {"k": 2, "l": ["a"]}]


def kinds(folder):
    """The kinds whose schemas a folder holds, with the shared shapes in place of references to them."""
    shared, found = collections.defaultdict(dict), []

    def load(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file, object_hook=lambda made: {
                **shared[made.pop("$ref", "").rpartition("/")[2]], **made})

    for _ in range(3):  # Shared shapes refer to others, which refer to others.
        shared.update(load(f"{folder}/common.schema.json")["$defs"])
    for path in sorted(glob.glob(f"{folder}/*.schema.json")):
        schema = load(path)
        if "x-docket" in schema:
            name, workflow = os.path.basename(path).split(".")[0], schema["x-docket"].get("workflow", {})
            found.append(Kind(name, schema, workflow, jsonschema.Draft202012Validator(schema).is_valid))
    return found


def form(schema):
    """How values of this place meet: keyed, text, set, plain (any other list), object or scalar."""
    if "x-docket-text" in schema:
        return "text"
    by = "keyed" if "by" in schema.get("x-docket-merge", {}) else "set" if schema.get("uniqueItems") else "plain"
    return by if schema.get("type") == "array" else "object" if "properties" in schema else "scalar"


def arranged(value, schema):
    """The value with its members in canonical order."""
    if isinstance(value, dict):
        members = schema.get("properties", {})
        names = [*filter(value.__contains__, members), *sorted(value.keys() - members.keys())]
        return {name: arranged(value[name], members.get(name, {})) for name in names}
    return [arranged(item, schema.get("items", {})) for item in value] if isinstance(value, list) else value


def canonical(record, kind):
    return "" if record is ABSENT else json.dumps(arranged(record, kind.schema), indent=2, ensure_ascii=False) + "\n"


def readings(old, new):
    """Each shortest way to make the new list of the old one, as hunks: start and end there, new elements."""
    @functools.cache
    def alignments(i, j):
        if i == len(old) or j == len(new):
            return {()}
        found = alignments(i + 1, j) | alignments(i, j + 1)
        if old[i] == new[j]:
            found |= {((i, j), *rest) for rest in alignments(i + 1, j + 1)}
        longest = max(map(len, found))
        return {matches for matches in found if len(matches) == longest}

    for matches in alignments(0, 0):
        gaps = itertools.pairwise([(-1, -1), *matches, (len(old), len(new))])
        yield [(i + 1, x, new[j + 1:y]) for (i, j), (x, y) in gaps if (i + 1, j + 1) != (x, y)]


def woven(old, ours, theirs, is_text):
    """The old elements with the hunks of both sides; None where these conflict."""
    others = []
    for start, end, new in theirs:
        if (start, end, new) in ours:
            continue
        for first, last, elements in ours:
            if first == last == start == end:
                if start < len(old) or is_text and not old:
                    return None
                new = new[len(list(itertools.takewhile(lambda both: both[0] == both[1], zip(elements, new)))):]
            elif last > start and end > first:
                return None
        others.append((start, end, new))
    merged, place = [], 0
    for start, end, new in sorted(ours + others, key=lambda hunk: hunk[:2]):
        merged += old[place:start] + new
        place = end
    return merged + old[place:]


def orders(base, ours, theirs, kept):
    """The order of the kept keys where ours leads and where theirs does; the same one unless the two conflict."""
    def ordered(leading, following):
        order, put, before = [key for key in leading if key in kept], set(), None
        for key in (key for key in following if key in kept):
            if key not in leading:
                place = 0 if before is None else order.index(before) + 1
                while place < len(order) and (order[place] in put or order[place] not in (*base, *following)):
                    place += 1
                order.insert(place, key)
                put.add(key)
            before = key
        return order

    common, mine, other = ([key for key in keys if key in base and key in ours and key in theirs and key in kept]
                           for keys in (base, ours, theirs))
    first, second = ordered(ours, theirs), ordered(theirs, ours)
    if common == mine != other:
        return second, second
    return (first, second) if common != mine != other != common else (first, first)


def has_keys(items, by):
    keys = [item.get(by) if isinstance(item, dict) else None for item in items]
    return all(isinstance(key, str) for key in keys) and len(set(keys)) == len(keys)


def ways(workflow, state, goal, avoided=None, seen=()):
    """Whether a workflow has a way from one state to another, besides one that is avoided."""
    return state == goal or any(ways(workflow, after, goal, avoided, (*seen, state))
                                for after in workflow.get("transitions", {}).get(state, ())
                                if after != avoided and after not in seen)


def passes(workflow, start, state, end):
    """Whether each way from the start to the end leads through a state, and there is one."""
    return state not in (start, end) and ways(workflow, start, end) and not ways(workflow, start, end, state)


class Merge:
    """One merge; each method answers with what comes of it if ours, and if theirs, is taken in every conflict."""

    def __init__(self, kind, versions):
        self.workflow, self.conflicts, self.doubtful = kind.workflow, [], False
        self.lines = []  # The conflicts of which a part may be merged.
        self.variants = self.value(*versions, kind.schema)
        self.valid = bool(self.conflicts) or kind.is_valid(self.variants[0])

    def conflict(self, path, ours, theirs):
        self.conflicts.append(".".join(path))
        return ours, theirs

    def value(self, base, ours, theirs, schema, path=()):
        if ours == theirs or base == theirs:
            return ours, ours
        if base == ours:
            return theirs, theirs
        if isinstance(ours, dict) and isinstance(theirs, dict) and (base is ABSENT or isinstance(base, dict)):
            return self.members({} if base is ABSENT else base, ours, theirs, schema, path)
        how, rule, left_out = form(schema), schema.get("x-docket-merge", {}), ABSENT in (ours, theirs)
        if all(value is ABSENT or isinstance(value, list) for value in (base, ours, theirs)):
            versions = [[] if value is ABSENT else value for value in (base, ours, theirs)]
            if how == "set" or how == "keyed" and all(has_keys(items, rule["by"]) for items in versions):
                merged = self.items(*versions, schema, path, rule.get("by"))
                return tuple(ABSENT if left_out and not items else items for items in merged)
            # docket refuses two items of one name, which the schema alone doesn't.
            self.doubtful |= how == "keyed"
            if not left_out:
                return self.elements(*versions, how == "text", path)
        if path == (self.workflow.get("property"),) and rule.get("order") == "workflow" and isinstance(base, str):
            if isinstance(ours, str) and isinstance(theirs, str):
                if passes(self.workflow, base, ours, theirs):
                    return theirs, theirs
                if passes(self.workflow, base, theirs, ours):
                    return ours, ours
        return self.conflict(path, ours, theirs)

    def members(self, base, ours, theirs, schema, path):
        merged = {}
        for name in {**ours, **theirs}:
            versions = [value.get(name, ABSENT) for value in (base, ours, theirs)]
            merged[name] = self.value(*versions, schema.get("properties", {}).get(name, {}), (*path, name))
        return tuple({name: values[side] for name, values in merged.items() if values[side] is not ABSENT}
                     for side in (0, 1))

    def items(self, base, ours, theirs, schema, path, by):
        """A keyed list; or a set, where `by` is None and an element is its own key."""
        base, ours, theirs = ({item[by] if by else item: item for item in items} for items in (base, ours, theirs))
        merged = {}
        for key in {**ours, **theirs}:
            versions = [items.get(key, ABSENT) for items in (base, ours, theirs)]
            added_twice = versions[0] is ABSENT and ABSENT not in versions[1:] and ours[key] != theirs[key]
            merged[key] = (self.conflict((*path, key), ours[key], theirs[key]) if added_twice
                           else self.value(*versions, schema.get("items", {}), (*path, key)))
        both = orders(base, ours, theirs, {key for key, values in merged.items() if values != (ABSENT, ABSENT)})
        if by and both[0] is not both[1]:
            self.conflict(path, *both)
        return tuple([merged[key][side] for key in both[side if by else 0] if merged[key][side] is not ABSENT]
                     for side in (0, 1))

    def elements(self, base, ours, theirs, is_text, path):
        right = []
        for hunks in itertools.product(readings(base, ours), readings(base, theirs)):
            merged = woven(base, *hunks, is_text)
            if merged not in right:
                right.append(merged)
        self.doubtful |= len(right) > 1
        if right[0] is not None:
            return right[0], right[0]
        self.lines.append(path)
        return self.conflict(path, ours, theirs)


def slots(value, schema, path=()):
    """The places that an edit can change: members at any depth, there or not, and items of keyed lists."""
    for name, member in schema["properties"].items():
        if name not in ("$schema", "id"):
            place, how, inner = (*path, name), form(member), value.get(name, ABSENT)
            yield Slot(place, how, member, inner, name in schema.get("required", ()))
            if how == "object" and (inner is not ABSENT or "required" not in member):
                yield from slots({} if inner is ABSENT else inner, member, place)
            for item in {item["id"]: item for item in inner}.values() if how == "keyed" and inner is not ABSENT else ():
                yield Slot((*place, item["id"]), "item", member["items"], item, False)
                yield from slots(item, member["items"], (*place, item["id"]))


def stored(value, path, new):
    """The value with a new one in a place, or without that place."""
    if not path:
        return new
    if isinstance(value, list):
        place = max(number for number, item in enumerate(value) if item["id"] == path[0])
        item = stored(value[place], path[1:], new)
        return value[:place] + [item] * (item is not ABSENT) + value[place + 1:]
    value = {} if value is ABSENT else value
    changed = {**value, path[0]: stored(value.get(path[0], ABSENT), path[1:], new)}
    return {name: member for name, member in changed.items() if member is not ABSENT}


class Maker(random.Random):
    """Random records and pairs of edits."""

    ids = 100_000  # so many for items; few where both sides may add items of one id

    def string(self, pattern):
        """A string of the first sort that a pattern lets through."""
        number, name = self.randrange(1000), "".join(self.choices(LETTERS, k=10))
        sorts = [" ".join([*self.choices(WORDS, k=2), str(number)]), f"mira-{number}",
                 f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", f"20{number % 90 + 10}-Q{number % 4 + 1}",
                 f"{self.randrange(self.ids):05}", f"{number:064x}"]
        sorts += [f"{prefix}-{name}" for prefix in self.sample(PREFIXES, len(PREFIXES))]
        return next(made for made in sorts if re.search(pattern, made))

    def made(self, schema, fill=0.5):
        if "enum" in schema:
            return self.choice(schema["enum"])
        if "properties" in schema:
            needed = [*schema.get("required", ()), *self.choice(schema.get("anyOf", [{"required": ()}]))["required"]]
            return {name: self.made(member, fill) for name, member in schema["properties"].items()
                    if name in needed or self.random() < fill}
        if "items" in schema:
            return self.longer([], schema, schema.get("minItems", 0), schema.get("maxItems", 4))
        if schema["type"] == "string":
            return self.string(schema.get("pattern", ""))
        low = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        return self.randint(low, schema.get("maximum", low + 20)) + (0.5 if schema["type"] == "number" else 0)

    def longer(self, items, schema, least, most):
        for _ in range(self.randint(least, most)):
            items = [*items, self.element(items, schema)]
        return items

    def element(self, items, schema):
        """One more element of a list, seldom one that it has already, be that right or not."""
        if form(schema) == "text" and self.random() < 0.15:
            return ""
        if form(schema) != "set" and items and self.random() < 0.02:
            return self.choice(items)
        return self.another(schema["items"], *items)

    def another(self, schema, *others):
        """A value that is none of the others, where one is found soon."""
        tries = (self.made(schema) for _ in range(20))
        return next((value for value in tries if value not in others), self.made(schema))

    def edit(self, version, slot):
        value = slot.value
        if value is not ABSENT and not slot.required and self.random() < (0.5 if slot.how == "item" else 0.2):
            value = ABSENT
        elif slot.how == "item":
            value = {**self.made(slot.schema), "id": value["id"]}
        elif isinstance(value, list):
            value, new = list(value), self.element(value, slot.schema)
            place, count = self.randrange(len(value) + 1), self.randrange(2)
            cut, value[place:place + count] = value[place:place + count], []
            place = self.choice([place, len(value), self.randrange(len(value) + 1)])
            value[place:place] = self.choice([cut, [], [new], [new]])
        else:
            value = self.another(slot.schema, value)
        return stored(version, slot.path, value)

    def pick(self, free, *forms):
        """Takes a place from the free ones, with what holds it and what it holds, the shallower the likelier."""
        fitting = [slot for slot in free if not forms or slot.how in forms]
        picked = min(fitting, key=lambda slot: self.random() * 3 ** len(slot.path))
        free[:] = [slot for slot in free if any(a != b for a, b in zip(slot.path, picked.path))]
        return picked

    def elsewhere(self, versions, free, least=0):
        """The versions with more edits, of places that are still free."""
        for side in (1, 2):
            for _ in range(self.randint(least, 2)):
                versions[side] = self.edit(versions[side], self.pick(free)) if free else versions[side]
        return versions

    def disjoint(self, _kind, base, free):
        return self.elsewhere([base] * 3, free, least=1)

    def appends(self, _kind, base, free):
        slot = self.pick(free, "keyed", "set", "text", "plain")
        items = [] if slot.value is ABSENT else slot.value
        if slot.how == "text" and not items:
            items = [self.string("")]
            base = stored(base, slot.path, items)
        start = self.longer(items, slot.schema, 0, 1)
        sides = (stored(base, slot.path, self.longer(start, slot.schema, 1, 3)) for _ in range(2))
        return self.elsewhere([base, *sides], free)

    def overlap(self, kind, base, free):
        while True:
            slot = self.pick(free)
            for _ in range(8):
                versions = [base, self.edit(base, slot), self.edit(base, slot)]
                if Merge(kind, versions).conflicts:
                    return self.elsewhere(versions, free)

    def mixed(self, kind, base, free):
        versions, hot = [base] * 3, [slot.path[0] for slot in self.choices(free, k=3)]
        for side in self.choices((1, 2), k=5):
            near = [slot for slot in slots(versions[side], kind.schema) if slot.path[0] in hot]
            versions[side] = self.edit(versions[side], self.choice(near))
        if self.random() < 0.1:
            versions = [stored(version, ("x-own",), self.choice(ANYTHING)) for version in versions]
        return [ABSENT if self.random() < 0.1 else versions[0], *versions[1:]]

    def pair(self, seed, known):
        """The pair of a seed; None where no valid record is found soon."""
        self.seed(seed)
        name, kind, self.ids = CLASSES[seed % len(CLASSES)], self.choice(known), Maker.ids
        tries = (self.made(kind.schema, self.choice([0.2, 0.4, 0.6])) for _ in range(20))
        base = next(filter(kind.is_valid, tries), None)
        if base is None:
            return None
        base["$schema"], self.ids = f"../../../../.docket/schema/{kind.name}.schema.json", 3 if seed & 2 else Maker.ids
        versions = getattr(self, name)(kind, base, list(slots(base, kind.schema)))
        texts = [canonical(version, kind) for version in versions]
        if name == "mixed" and self.random() < 0.1:  # 1.0 is 1.
            texts[2] = re.sub(r"(: |^ +)(\d+)(,?)$", r"\1\2.0\3", texts[2], flags=re.MULTILINE)
        return Pair(seed, name, kind, versions, texts, Merge(kind, versions))


MARKED = re.compile(r"^<{7} .*\n((?:.*\n)*?)={7}\n((?:.*\n)*?)>{7} .*\n", re.MULTILINE)


class Docket:
    """`docket merge` in a repository of its own, in which every kind is in use."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        home = os.path.join(folder, "home")
        os.makedirs(home)
        self.environment = {"PATH": os.environ["PATH"], "HOME": home, "GIT_CONFIG_NOSYSTEM": "1"}
        for setting in ("user.name=Mira", "user.email=mira@kestrel.example", "init.defaultBranch=main"):
            self.run(["git", "config", "--global", *setting.split("=", 1)])
        self.run([program, "init", "."])
        self.run([program, "schema", "add", "--all"])

    def run(self, words, expected=(0,)):
        done = subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, check=False)
        if done.returncode not in expected:
            raise SystemExit(f"{words} ended with {done.returncode}: {done.stderr.decode()}")
        return done

    def files(self, pair, by):
        names = [os.path.join(self.folder, f"{by}-{pair.seed}-{side}") for side in SIDES]
        for name, text in zip(names, pair.texts):
            with open(name, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        return names

    def merge(self, pair, words=None, by="docket"):
        """The exit status, the text that came of it, what was said, and the milliseconds it took."""
        names = self.files(pair, by)
        began = time.monotonic()
        done = subprocess.run([*(words or [self.program, "merge"]), *names] if words is None
                              else [*words, names[1], names[0], names[2]],
                              cwd=self.folder, env=self.environment, capture_output=True, check=False)
        spent = (time.monotonic() - began) * 1000
        with open(names[1], encoding="utf-8") as file:
            text = file.read()
        for name in names:
            os.remove(name)
        return done.returncode, text, done.stderr.decode(), spent


def without(value, paths):
    for path in paths:
        value = stored(value, path, ABSENT)
    return value


def place(value, path):
    for name in path:
        value = next((item for item in value if item["id"] == name), ABSENT) if isinstance(value, list) \
            else value.get(name, ABSENT)
    return value


def wrong(pair, answer):
    """What is wrong with an answer of docket's; None if nothing is."""
    status, text, said, _ = answer
    right = pair.right
    if status not in (0, 1):
        return f"exit status {status}"
    if right.doubtful:
        return None
    if (status == 0) != (not right.conflicts and right.valid):
        return f"exit status {status}, and conflicts are {right.conflicts}, valid {right.valid}"
    if status == 0:
        merged = json.loads(text)
        return None if merged == right.variants[0] else f"merged {merged}, not {right.variants[0]}"
    if not right.conflicts:
        return None
    for key in right.conflicts:
        if f": {key}: " not in said and f"the order of {key}: " not in said:
            return f"{key} isn't named"
    for side in (0, 1):
        half = json.loads(MARKED.sub(lambda marked: marked.group(side + 1), text))
        if without(half, right.lines) != without(right.variants[side], right.lines):
            return f"{SIDES[side + 1]} have {half}, not {right.variants[side]}"
        for path in right.lines:
            kept = place(half, path)
            old = [] if pair.versions[0] is ABSENT else place(pair.versions[0], path)
            if any(line not in kept for line in place(pair.versions[side + 1], path)
                   if old is ABSENT or line not in old):
                return f"{path} of {SIDES[side + 1]} lost a line"
    return None


def self_test(known):
    """Cases whose answer is known, of the merge here."""
    kind = next(kind for kind in known if kind.name == "decision")
    item = [{"id": name, "title": name} for name in ("00000", "11111", "22222", "33333")]

    def merged(*versions):
        merge = Merge(kind, versions)
        return merge.conflicts or merge.variants[0]

    tags = [{"tags": list(words)} for words in ("ab", "bc", "abd")]
    cases = [
        (merged({"title": "a"}, {"title": "b"}, {"title": "a", "horizon": "now"}), {"title": "b", "horizon": "now"}),
        (merged({"title": "a"}, {"title": "b"}, {"title": "c"}), ["title"]),
        (merged({"title": "a"}, {}, {"title": "c"}), ["title"]),
        (merged(*tags), {"tags": ["b", "c", "d"]}),
        (merged({"options": item[:1]}, {"options": item[:2]}, {"options": [item[0], item[2]]}), {"options": item[:3]}),
        (merged({"options": item[:2]}, {"options": item[1:2]}, {"options": item[:3]}), {"options": item[1:3]}),
        (merged({"options": item[:1]}, {}, {"options": [{"id": "00000", "title": "x"}]}), ["options.00000"]),
        (merged({}, {"options": item[:1]}, {"options": [{"id": "00000", "title": "x"}]}), ["options.00000"]),
        (merged({"options": item[:3]}, {"options": item[2::-1]}, {"options": [*item[1:3], item[0]]}), ["options"]),
        (merged({"context": ["a"]}, {"context": ["a", "b"]}, {"context": ["a", "c"]}), {"context": ["a", "b", "c"]}),
        (merged({"context": ["a"]}, {"context": ["a", ""]}, {"context": ["a", "", ""]}), {"context": ["a", "", ""]}),
        (merged({}, {"context": ["b"]}, {"context": ["c"]}), ["context"]),
        (merged({"status": "proposed"}, {"status": "accepted"}, {"status": "shipped"}), {"status": "shipped"}),
        (merged({"status": "proposed"}, {"status": "rejected"}, {"status": "accepted"}), ["status"]),
    ]
    for number, (found, right) in enumerate(cases):
        if found != right:
            raise SystemExit(f"case {number}: {found}, not {right}")
    print(f"{len(cases)} cases right")


def table(docket, pairs):
    """Prints how others merge the same pairs."""
    others = [("docket", None), ("git merge-file", ["git", "merge-file", "-q"])]
    print("| pairs | | right | conflict though none is | wrong without a word | ms each |\n|---|---|---|---|---|---|")
    for name in CLASSES:
        chosen = [pair for pair in pairs if pair.name == name and not pair.right.doubtful]
        for other, words in others + ([("nbdime", "nbdime")] if decide_merge else []):
            counts, spent = collections.Counter(), 0.0
            for pair in chosen:
                if words == "nbdime":
                    began = time.monotonic()
                    versions = [{} if version is ABSENT else version for version in pair.versions]
                    decisions = decide_merge(*versions)
                    status = any(decision.conflict for decision in decisions)
                    value, took = apply_decisions(versions[0], decisions), (time.monotonic() - began) * 1000
                else:
                    status, text, _, took = docket.merge(pair, words, by="table")
                    try:
                        value = json.loads(text) if status == 0 else None
                    except ValueError:
                        value = ABSENT
                spent += took
                mergeable = not pair.right.conflicts and pair.right.valid
                if status:
                    counts["right" if not mergeable else "conflict"] += 1
                else:
                    counts["right" if mergeable and value == pair.right.variants[0] else "silent"] += 1
            print(f"| {len(chosen)} {name} | {other} | {counts['right']} | {counts['conflict']} | {counts['silent']} "
                  f"| {spent / max(1, len(chosen)):.1f} |")
        if not decide_merge:
            print(f"| {len(chosen)} {name} | nbdime | not installed here | | | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", default=None)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    known = kinds(SHIPPED)
    self_test(known)
    if options.self_test:
        return 0
    program, end = os.path.abspath(options.docket), time.monotonic() + options.seconds
    corpus = options.corpus and os.path.abspath(options.corpus)
    counts, differences = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        docket, maker = Docket(program, folder), Maker()
        seeds = range(options.seed, options.seed + options.pairs)
        if options.table:
            table(docket, [pair for pair in (maker.pair(seed, known) for seed in seeds) if pair])
            return 0

        def judged(pair):
            return pair, wrong(pair, docket.merge(pair))

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for start in range(0, len(seeds), 200):
                if time.monotonic() > end:
                    break
                pairs = [maker.pair(seed, known) for seed in seeds[start:start + 200]]
                counts["unusable"] += pairs.count(None)
                for pair, problem in pool.map(judged, [pair for pair in pairs if pair]):
                    counts[pair.name] += 1
                    counts["doubtful"] += pair.right.doubtful
                    counts["conflicts"] += bool(pair.right.conflicts)
                    if problem:
                        differences.append((pair, problem))
    for pair, problem in differences[:3]:
        print(f"--seed {pair.seed} ({pair.name}, {pair.kind.name}): {problem}")
        for side, text in zip(SIDES, pair.texts):
            if corpus:
                os.makedirs(corpus, exist_ok=True)
                with open(f"{corpus}/merge-{pair.seed}-{side}.json", "w", encoding="utf-8") as file:
                    file.write(text)
            else:
                print(f"{side}: {text}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()) + f"; {len(differences)} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
