#!/usr/bin/env python3
"""Compares docket's JSON parser with Python's on mutated texts.

    Tests/Differential/texts.py [--docket PROGRAM] [--seconds N] [--seed N] [--corpus DIR]

A text is accepted where `docket schema validate` can judge it by the schema `true` (status 0), and
refused where it can't read it (status 2). What is kept in Tests/Corpus/texts comes first, as it is. Python's parser, made strict, has to give the same answer,
but for what docket refuses on purpose: lone surrogates, more than 512 levels and text that is not
UTF-8 (docs/record-format.md). Exit status 1 where a difference was seen.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

SEEDS = [
    b'{"a":1,"b":[true,false,null,"\\u00e9\\ud83d\\udc69",{"c":-0.5e+10}],"":"\xc3\xa9\xf0\x9f\x91\xa9"}',
    b'[1,-1,0,-0,1e5,1E-5,0.1,12345678901234567890,"\\"\\\\\\/\\b\\f\\n\\r\\t"]',
    b' \t\r\n{ "k" : [ ] , "l" : { } } ',
    b'"plain"', b"null", b"-12.5e3", b"[[[[[[]]]]]]",
]
CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Corpus/texts")
KEPT = [open(os.path.join(CORPUS, name), "rb").read() for name in sorted(os.listdir(CORPUS))]
# What is deep would make most mutations of it deep.
SEEDS += [text for text in KEPT if 0 < len(text) < 200]
BYTES = list(b'{}[]",:\\/0129-+.eEutrfnlabsd \t\r\n') + [0, 7, 0x1F, 0x7F, 0x80, 0xBF, 0xC0, 0xC3, 0xED, 0xA0, 0xEF, 0xBB, 0xF0, 0xF4, 0x90, 0xFF]


def mutated(choose):
    text = bytearray(choose.choice(SEEDS))
    for _ in range(choose.randint(0, 3)):
        place = choose.randrange(len(text) + 1)
        match choose.randrange(5):
            case 0:
                text[place:place + 1] = bytes([choose.choice(BYTES)])
            case 1:
                text[place:place] = bytes([choose.choice(BYTES)])
            case 2:
                del text[place:place + choose.randint(1, 3)]
            case 3:
                other = choose.choice(SEEDS)
                start = choose.randrange(len(other))
                text[place:place] = other[start:start + choose.randint(1, 8)]
            case _:
                text[place:place] = choose.choice([b"\\ud800", b"\\udc00", b"\\u0000", b"NaN", b"1e400", b"\xef\xbb\xbf", b'"a":1,'])
    return bytes(text)


def refused(_):
    raise ValueError("not in RFC 8259")


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def expected(text):
    """Whether the text is strict JSON without what docket refuses on purpose."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=refused)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # lone surrogates
        return depth(value) <= 512
    except (ValueError, RecursionError):
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus")
    options = parser.parse_args()
    program = os.path.abspath(options.docket)
    corpus = options.corpus and os.path.abspath(options.corpus)
    choose = random.Random(options.seed)
    counts = dict(texts=0, accepted=0, differences=0)
    end = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        with open("true.json", "w") as file:
            file.write("true")
        kept = iter(KEPT)
        while time.monotonic() < end:
            text = next(kept, None)
            if text is None:
                text = mutated(choose)
            with open("text.json", "wb") as file:
                file.write(text)
            run = subprocess.run(
                [program, "schema", "validate", "--schema", "true.json", "text.json"],
                capture_output=True, timeout=10)
            wanted = expected(text)
            counts["texts"] += 1
            counts["accepted"] += wanted
            if run.returncode != (0 if wanted else 2):
                counts["differences"] += 1
                print(f"{run.returncode}: {text!r} {run.stderr.decode(errors='replace')}", file=sys.stderr)
                if corpus:
                    os.makedirs(corpus, exist_ok=True)
                    with open(f"{corpus}/{counts['texts']}.json", "wb") as file:
                        file.write(text)
    print(json.dumps(counts))
    return 1 if counts["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
