#!/usr/bin/env python3
"""Measures the reader of statements by itself, on texts made of the sentences under crates/claims/tests/sentences.

usage: run.py [--throughput PATH] [--read PATH] [--peer PYTHON] [--repetitions N] [--out FILE]

The programs are the examples of the crate: `cargo build --release -p zhidian-claims --examples`. PYTHON is one with
bench/peers/requirements.txt installed; without it the peer is left out. Plain numbers of a sample are compared first.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import corpus
import measure

ROOT = HERE.parent.parent
SENTENCES = ROOT / "crates/claims/tests/sentences"
SIZES = {"16 KB": 16 << 10, "256 KB": 256 << 10, "2 MB": 2 << 20, "4 MB": 4 << 20}
HOSTILE = {
    "4 MB of digits": "7" * (4 << 20),
    "4 MB of brackets": "（" * ((4 << 20) // 3),
    "4 MB of 、": "、" * ((4 << 20) // 3),
    "4 MB of quoted numerals": "“一”" * ((4 << 20) // 9),
    "4 MB of clauses without a stop": "产值增长5%，" * ((4 << 20) // 17),
    "4 MB of nested marks": "（“" * ((4 << 20) // 12) + "”）" * ((4 << 20) // 12),
}
SAMPLE = 24 << 10
AGREEMENT = 0.9


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    examples = ROOT / "target/release/examples"
    parser.add_argument("--throughput", default=str(examples / "throughput"))
    parser.add_argument("--read", default=str(examples / "read"))
    parser.add_argument("--peer")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--out", default=str(HERE.parent / "results/claims.json"))
    options = parser.parse_args()
    result = {"bench": "claims", "machine": measure.machine()}
    with tempfile.TemporaryDirectory() as folder:
        if options.peer:
            result["recognizers_text"] = beside(options, Path(folder))
        result["texts"] = {
            name: timed(options, Path(folder), paragraphs(size), options.repetitions) for name, size in SIZES.items()
        }
        result["hostile"] = {name: timed(options, Path(folder), text, 1) for name, text in HOSTILE.items()}
    if options.peer:
        ours = result["texts"]["2 MB"]["kilobytes_per_cpu_second"]
        result["recognizers_text"]["ratio"] = round(ours / result["recognizers_text"]["kilobytes_per_cpu_second"])
    result["load_1min_after"] = measure.machine()["load_1min"]
    Path(options.out).write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(options.out)
    for name, one in {**result["texts"], **result["hostile"]}.items():
        print(f"  {name}: {one['kilobytes_per_cpu_second']} KB a processor second, peak {one['peak_megabytes']} MB")


def sentences():
    """The Chinese sentences of the tests, in the order of their files."""
    files = [file for file in sorted(SENTENCES.glob("*.txt")) if "english" not in file.name]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line[2:] for line in lines if line.startswith("> ")]


def paragraphs(size):
    """Paragraphs of four sentences each, `size` bytes of them."""
    all_of_them, text, at = sentences(), [], 0
    length = 0
    while length < size:
        text.append("".join(all_of_them[(at * 7 + i) % len(all_of_them)] for i in range(4)))
        length += len(text[-1].encode()) + 1
        at += 1
    return "\n".join(text) + "\n"


def timed(options, folder, text, repetitions):
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    command = ["/usr/bin/time", "-f", "%U %S %M", options.throughput, str(path), str(repetitions)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(run.stdout)
    user, system, peak = run.stderr.split()[-3:]
    # Start-up is in these seconds too: tables and patterns are built once.
    seconds = max((float(user) + float(system)) / repetitions, 0.001)
    kilobytes = said["bytes"] / 1000
    return {
        "bytes": said["bytes"],
        "statements": said["statements"],
        "clock_seconds": said["seconds"],
        "cpu_seconds": round(seconds, 4),
        "kilobytes_per_cpu_second": round(kilobytes / seconds),
        "peak_megabytes": round(int(peak) / 1024, 1),
    }


def beside(options, folder):
    """The peer on a sample, after both have found the same plain numbers."""
    path = folder / "sample.txt"
    path.write_text(paragraphs(SAMPLE), encoding="utf-8")
    found = subprocess.run([options.read, str(path), "--dated", "2026-02"], capture_output=True, text=True, check=True)
    ours = set()
    for line in found.stdout.splitlines():
        value = json.loads(line).get("value") or {}
        # Plain numbers: percentages and amounts; the peer has no points, ranges or ratios.
        if value.get("num") and value.get("unit") in ("percent", "CNY"):
            ours.add(corpus.plain(value["num"].lstrip("-")))
    script = str(HERE.parent / "peers/read_with_recognizers.py")
    command = ["/usr/bin/time", "-f", "%M", options.peer, script, str(path), "1"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout)
    theirs = {value.lstrip("-") for values in answer["values"] for value in values}
    both = len(ours & theirs)
    if both < AGREEMENT * len(ours):
        raise SystemExit(f"failed to agree: {both} of {len(ours)} plain numbers found by both, e.g. {sorted(ours - theirs)[:5]}")
    kilobytes = path.stat().st_size / 1000
    seconds = answer["seconds"]["all"][0]
    return {
        "sample_bytes": path.stat().st_size,
        "plain_numbers": len(ours),
        "found_by_both": both,
        "cpu_seconds_without_start_up": round(seconds, 3),
        "kilobytes_per_cpu_second": round(kilobytes / seconds, 1),
        "peak_megabytes": round(int(run.stderr.split()[-1]) / 1024, 1),
    }


if __name__ == "__main__":
    main()
