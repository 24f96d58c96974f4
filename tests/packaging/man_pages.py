#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""man_pages.py BIN PAGES
Asks every program for --help, subcommand by subcommand, and demands that its manual page tells about each subcommand and
each of its options, in that subcommand's own section, and about none that does not exist. groff must have nothing to complain of.
"""
import pathlib
import re
import shutil
import subprocess
import sys

PROGRAMS = {"sportelloctl": "1", "sportello": "1", "sportello-sender": "8", "sportello-sandbox": "8"}
bin_folder, pages = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
problems = []


def help_of(program, words):
    done = subprocess.run([bin_folder / program, *words, "--help"], capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        sys.exit(f"{program} {' '.join(words)} --help ends with {done.returncode}: {done.stderr}")
    return done.stdout


def listed(text, title, pattern):
    """What is listed below `Options:` or `Subcommands:`; what follows after an empty line is something else."""
    found, inside = [], False
    for line in text.splitlines():
        if line.strip() == title:
            inside = True
        elif inside and not line.strip():
            break
        elif inside and (match := re.match(pattern, line)):
            found.append(match[1])
    return found


def options_of(text):
    return {name for name in listed(text, "Options:", r" +(?:-\w,)?(--[a-z][a-z-]*)")} - {"--help"}


def plain(page):
    text = re.sub(r'^\.\\".*$', "", page.read_text(encoding="utf-8"), flags=re.M)
    return text.replace("\\-", "-")


def sections(text):
    """The words of every .SS by its title; those before the first one by ''."""
    parts = re.split(r"^\.SS +(.*)$", text, flags=re.M)
    found = {"": parts[0]}
    for title, body in zip(parts[1::2], parts[2::2]):
        name = " ".join(word for word in title.split() if word == word.lower() and not word.startswith("["))
        found[name] = re.split(r"^\.SH ", body, flags=re.M)[0]
    return found


def options_in(text):
    return set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", text)) - {"--help"}


def look_at(program, page, words, told):
    text = help_of(program, words)
    subcommands = listed(text, "Subcommands:", r"  ([a-z][a-z-]*)")
    for subcommand in subcommands:
        look_at(program, page, [*words, subcommand], told)
    if subcommands:
        return
    name = " ".join(words)
    if name not in told:
        problems.append(f"{page.name} has no section '.SS {name}'")
        return
    known, said = options_of(text), options_in(told.pop(name))
    problems.extend(f"{page.name}: {program} {name} {option} is not told" for option in sorted(known - said))
    problems.extend(f"{page.name}: {program} {name} has no {option}" for option in sorted(said - known))


for program, section in PROGRAMS.items():
    page = pages / f"{program}.{section}"
    told_text = plain(page)
    told = sections(told_text)
    has_commands = any(told.keys() - {""})
    if has_commands:
        told.pop("")
    look_at(program, page, [], told)
    problems.extend(f"{page.name}: there is no '{program} {name}'" for name in told)
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True, timeout=60)
        problems.extend(f"{page.name}: {line}" for line in done.stderr.splitlines())

print("\n".join(problems) if problems else f"{len(PROGRAMS)} manual pages tell what the programs say")
sys.exit(1 if problems else 0)
