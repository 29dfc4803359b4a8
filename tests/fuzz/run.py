"""Fuzzes the targets one after the other, guided by what each input reaches; what is found is kept and named.

    python tests/fuzz/run.py --seconds 60 [TARGET ...]
    python tests/fuzz/run.py --replay TARGET FILE

Inputs that reached something new are kept in build/fuzz/TARGET, so that the next run goes on from there.
"""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS.parent / "build" / "fuzz"
# What of each target is watched for new ground, besides the grader itself.
TARGETS = {
    "wire": (),
    "replies": (),
    "jupyter": ("nbformat",),
    "markdown": ("markdown_it",),
    "archives": ("tarfile", "zipfile", "gzip"),
    "roster": ("csv",),
}
LONGEST = 2**16
SLOWEST = 10
MOST_MEMORY = 3072


def main() -> int:
    """Fuzz what the command line names; return 1 if anything was found."""
    # This folder's modules are called after what they test, and must not stand for libraries of that name.
    sys.path[0] = str(TESTS)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="how long to fuzz each target")
    parser.add_argument("--replay", nargs=2, metavar=("TARGET", "FILE"), help="give one input to a target")
    parser.add_argument("--alone", choices=TARGETS, help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all of them if none")
    asked = parser.parse_args()
    if unknown := [name for name in asked.targets if name not in TARGETS]:
        parser.error(f"there is no target {unknown[0]}; there are {', '.join(TARGETS)}")
    if asked.replay:
        name, file = asked.replay
        importlib.import_module(f"fuzz.{name}").check(Path(file).read_bytes())
        print("nothing is wrong with it")
        return 0
    if asked.alone:
        alone(asked.alone, asked.seconds)
    return max([fuzzed(name, asked.seconds) for name in asked.targets or TARGETS])


def fuzzed(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own and say how that went; return 1 if something was found."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    log = FOLDER / f"{name}.log"
    before = set(FOLDER.glob(f"{name}-*"))
    with log.open("wb") as file:
        command = [sys.executable, __file__, "--seconds", str(seconds), "--alone", name]
        done = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, check=False)
    told = log.read_text(encoding="utf-8", errors="replace")
    count = re.findall(r"number_of_executed_units: (\d+)", told)
    ran = f"{count[-1]} inputs" if count else "it did not get going"
    found = sorted(set(FOLDER.glob(f"{name}-*")) - before)
    if done.returncode == 0 and count:
        print(f"{name:10} {ran}, nothing found", flush=True)
        return 0
    print(f"{name:10} {ran}, exit status {done.returncode}: see {log}", flush=True)
    for path in found:
        print(f"{'':10} again with: python tests/fuzz/run.py --replay {name} {path}", flush=True)
    return 1


def alone(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which does not come back."""
    import atheris

    with atheris.instrument_imports(include=["grader", *TARGETS[name]]):
        target = importlib.import_module(f"fuzz.{name}")
        # Readers import some of their libraries late.
        for seed in target.SEEDS:
            target.check(seed)
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.SEEDS):
        (corpus / f"seed-{number:02}").write_bytes(seed)
    words = FOLDER / f"{name}.dict"
    words.write_text("".join(f'"{escaped(word)}"\n' for word in target.WORDS), encoding="ascii")
    options = {
        "dict": words,
        "max_total_time": seconds,
        "timeout": SLOWEST,
        "rss_limit_mb": MOST_MEMORY,
        "max_len": LONGEST,
        "artifact_prefix": f"{FOLDER}/{name}-",
        "print_final_stats": 1,
    }
    atheris.Setup([__file__, *(f"-{key}={value}" for key, value in options.items()), str(corpus)], target.check)
    atheris.Fuzz()


def escaped(word: bytes) -> str:
    """Return bytes as the fuzzer wants them in its list of words."""
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    sys.exit(main())
