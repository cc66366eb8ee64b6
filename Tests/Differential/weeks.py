#!/usr/bin/env python3
"""Plays random weeks of four people who share records through a hub, with real git.

    Tests/Differential/weeks.py [--docket PROGRAM] [--weeks N] [--steps N] [--seed N] [--seconds N]

Each has a clone; one clone lacks docket's merge driver, one rebases. They write notes, minutes, decisions
and edits, add items, undo, and sync in any order; a conflict is ended by `docket resolve`. Nobody types a
git command. In the end all sync until nothing is new, and then every clone has to be where the hub is,
sound and without findings of its own, and nothing that docket acknowledged may be lost: each record is
there, each item and tag that was added, and each field has the value that somebody gave it last on some
branch. A week that fails is kept, and named with its seed; the exit status is 1.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

PEOPLE = ("ada", "bea", "cem", "dot")
FIELDS = {
    "severity": ["1", "2", "3", "4", "5"], "frequency": ["daily", "weekly", "monthly"],
    "reach": [str(number) for number in range(10, 60)], "area": ["ci", "deploy", "docs", "local"],
}


class Week:
    def __init__(self, program, folder, seed):
        self.random, self.folder, self.seed = random.Random(seed), folder, seed
        self.records, self.items, self.tags = set(), {}, {}
        self.values = {}  # By record and field: all that anybody set.
        self.log, self.conflicts = [], 0
        programs = os.path.join(folder, "programs")
        os.makedirs(programs)
        os.symlink(program, os.path.join(programs, "docket"))
        self.environment = {
            "PATH": programs + ":" + os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "CI": "true"}
        self.git(folder, "config", "--global", "init.defaultBranch", "main")
        self.git(folder, "init", "-q", "--bare", "hub.git")
        for number, name in enumerate(PEOPLE):
            self.git(folder, "clone", "-q", "hub.git", name)
            for setting in (("user.name", name), ("user.email", f"{name}@kestrel.example"), ("docket.handle", name)):
                self.git(self.clone(name), "config", *setting)
            if number == 0:
                self.docket(name, "init", "--name", "Week")
                self.pain = self.docket(name, "new", "pain-point", "title=Slow builds", "severity=1").strip()
                self.decision = self.docket(name, "new", "decision", "title=Cache", f"addresses+={self.pain}").strip()
                self.records |= {self.pain, self.decision}
                self.docket(name, "sync")
            else:
                self.docket(name, "sync")
                self.docket(name, "init")
        for section in ("merge.docket", "diff.docket"):
            self.git(self.clone(PEOPLE[2]), "config", "--remove-section", section)
        self.git(self.clone(PEOPLE[3]), "config", "pull.rebase", "true")

    def clone(self, name):
        return os.path.join(self.folder, name)

    def git(self, folder, *words):
        return subprocess.run(["git", *words], cwd=folder, env=self.environment, check=True,
                              capture_output=True, text=True).stdout

    def docket(self, name, *words, expected=(0,)):
        """What docket prints; None where it refuses and that is expected."""
        done = subprocess.run(["docket", *words], cwd=self.clone(name), env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.log.append(f"{name}$ docket {' '.join(words)}\n{done.stdout}{done.stderr}= {done.returncode}")
        if done.returncode not in expected:
            raise AssertionError(f"{name}: docket {' '.join(words)} ended with {done.returncode}")
        self.said = done.stdout + done.stderr
        return done.stdout if done.returncode == 0 else None

    # What people do

    def note(self, name):
        made = self.docket(name, "note", f"It took me {self.random.randrange(900)} minutes", f"about={self.pain}")
        self.records.add(made.strip())

    def minutes(self, name):
        made = self.docket(name, "new", "minutes", "title=Board", "type=other", "body=Board", "heldOn=2026-03-04")
        self.records.add(made.strip())

    def edit(self, name):
        field = self.random.choice([*FIELDS])
        value = self.random.choice(FIELDS[field])
        self.docket(name, "edit", self.pain, f"{field}={value}")
        self.values.setdefault((self.pain, field), set()).add(value)

    def tag(self, name):
        tag = f"tag{self.random.randrange(10_000)}"
        self.docket(name, "edit", self.pain, f"tags+={tag}")
        self.tags.setdefault(self.pain, set()).add(tag)

    def option(self, name):
        title = f"Option {self.random.randrange(100_000)}"
        self.docket(name, "add", self.decision, "options", f"title={title}")
        self.items.setdefault(self.decision, set()).add(title)

    def batch(self, name):
        self.docket(name, "edit", self.decision, f"context=Heard by {name} {self.random.randrange(99)}", "--no-commit")
        made = self.docket(name, "note", "And so on", f"about={self.pain}", "--no-commit")
        self.docket(name, "commit", "-m", "One thought")
        self.records.add(made.strip())

    def mistake(self, name):
        """A note that is taken back at once."""
        self.docket(name, "note", "Wrong", f"about={self.pain}")
        self.docket(name, "undo")

    def sync(self, name):
        for _ in range(40):
            if self.docket(name, "sync", expected=(0, 1)) is not None:
                return
            waiting = re.findall(r"docket resolve ([A-Z]+-[0-9A-Z]{10})", self.said)
            if not waiting:
                raise AssertionError(f"{name}: sync neither ends nor says what it waits for")
            for record in dict.fromkeys(waiting):
                self.conflicts += 1
                # Lines and items of both are kept; of one value, one of the two.
                if self.docket(name, "resolve", record, "--both", expected=(0, 1)) is None:
                    keys = re.findall(r": ([\w.]+): .* has ", self.said)
                    sides = self.random.choice(["--ours", "--theirs"])
                    self.end(name, record, keys, sides)
        raise AssertionError(f"{name}: forty conflicts in one sync")

    def end(self, name, record, keys, side):
        """Ends a conflict of single values, keeping the lines and items of both."""
        values = []
        for key in keys:
            if key in FIELDS:
                value = self.random.choice(sorted(self.values[(record, key)]))
                values.append(f"{key}={value}")
        self.docket(name, "resolve", record, *(values or [side]), *(["--both"] if values else []))

    def play(self, steps):
        doings = [self.note] * 4 + [self.edit] * 4 + [self.tag, self.option, self.minutes, self.batch, self.mistake]
        for _ in range(steps):
            name = self.random.choice(PEOPLE)
            if self.random.random() < 0.25:
                self.sync(name)
            else:
                self.random.choice(doings)(name)
        for _ in range(3):
            for name in PEOPLE:
                self.sync(name)
        self.judge()

    def judge(self):
        tip = self.git(os.path.join(self.folder, "hub.git"), "rev-parse", "main")
        for name in PEOPLE:
            folder = self.clone(name)
            assert self.git(folder, "rev-parse", "HEAD") == tip, f"{name} isn't where the hub is"
            assert self.git(folder, "status", "--porcelain") == "", f"{name} has left something"
            self.docket(name, "check")
            self.git(folder, "fsck", "--strict", "--no-dangling")
        found = {}
        for line in self.docket(PEOPLE[0], "list", "--format", "jsonl").splitlines():
            item = json.loads(line)
            found[item["id"]] = item["record"]
        assert self.records <= found.keys(), f"lost: {self.records - found.keys()}"
        for record, titles in self.items.items():
            present = [option["title"] for option in found[record].get("options", [])]
            assert sorted(present) == sorted(titles), f"options of {record}: {present}, not {titles}"
        for record, tags in self.tags.items():
            assert set(found[record].get("tags", [])) == tags, f"tags of {record}"
        for (record, field), values in self.values.items():
            assert str(found[record].get(field)) in values, f"{field} of {record}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--docket", default=".build/debug/docket")
    parser.add_argument("--weeks", type=int, default=10)
    parser.add_argument("--steps", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600)
    options = parser.parse_args()
    end, played, conflicts = time.monotonic() + options.seconds, 0, 0
    for seed in range(options.seed, options.seed + options.weeks):
        if time.monotonic() > end:
            break
        folder = tempfile.mkdtemp(prefix=f"week-{seed}-")
        week = None
        try:
            week = Week(os.path.abspath(options.docket), folder, seed)
            week.play(options.steps)
        except (AssertionError, subprocess.CalledProcessError) as problem:
            print(f"--seed {seed}: {problem}\n" + "\n".join(week.log[-8:] if week else []))
            print(f"kept in {folder}")
            return 1
        played, conflicts = played + 1, conflicts + week.conflicts
        shutil.rmtree(folder)
    print(f"{played} weeks of {options.steps} steps, {conflicts} conflicts ended; nothing lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
