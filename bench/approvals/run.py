#!/usr/bin/env python3
"""Measures `crates/approvals` beside process_mining (Rust) and Polars: equal answers first, then processor seconds.

usage: run.py [--events N] [--long N] [--repetitions N] [--python VENV_PYTHON] [--oracles FOLDER] [--folder FOLDER] [--out FILE]

Builds the example `measure` and, below the target folder, the small project `peer`. VENV_PYTHON has polars; without it that part is
left out and said. The logs are generated (seed 1, ten events a case, six attributes an event); `--long` is the log of the streaming
pass, 2.9 GB for ten million events, written to FOLDER (default: the system's). FOLDER of oracles gives logs for alignments.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))
import measure  # noqa: E402

# Logs that are aligned with the net of the inductive miner, with and without noise.
ALIGNED = ["running-example.xes", "reviewing.xes", "roadtraffic100traces.xes", "receipt.csv.gz",
           "bpic2020-DomesticDeclarations.xes.gz", "bpic2020-RequestForPayment.xes.gz"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--long", type=int, default=10_000_000)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--python", default=None)
    parser.add_argument("--oracles", default=str(ROOT / "../shared/oracles/approvals"))
    parser.add_argument("--folder", default=None)
    parser.add_argument("--out", default=str(HERE.parent / "results/approvals.json"))
    options = parser.parse_args()
    options.ours, options.peer = build()
    result = {"bench": "approvals", "machine": measure.machine(), "at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%MZ"),
              "peers": ["process_mining 0.6.2", "Polars"]}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        options.folder = Path(folder)
        result["import"] = importing(options)
        result["rows"] = rows(options)
        result["handover"] = ours(options, "handover", options.folder / "log.xes")
        result["stream"] = streaming(options)
        result["linear"] = {"events": [options.events, options.long],
                            "import_cpu_seconds_a_million": [per_million(result["import"], "zhidian", options.events)],
                            "stream_cpu_seconds_a_million": stream_by_size(options, result)}
        result["alignments"] = alignments(options)
    result["intervals"] = ours(options, "intervals", 20_000_000)
    result["simulation"] = ours(options, "simulate", 400_000)
    result["load_1min_after"] = measure.machine()["load_1min"]
    Path(options.out).write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for line in summary(result):
        print(line)


def build():
    """Both programs; where cargo puts them is cargo's to say."""
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "zhidian-approvals", "--example", "measure"], cwd=ROOT, check=True)
    target = Path(subprocess.run([ROOT / "tools/target-dir"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip())
    environment = os.environ | {"CARGO_TARGET_DIR": str(target / "peer")}
    subprocess.run(["cargo", "build", "--quiet", "--release", "--locked"], cwd=HERE / "peer", env=environment, check=True)
    return str(target / "release/examples/measure"), str(target / "peer/release/approvals-peer")


def run(*command):
    out, took = measure.once([str(word) for word in command])
    return json.loads(out), took


def median(options, *command):
    """The answer, and medians of processor seconds and peak memory."""
    command = [str(word) for word in command]
    out, took = measure.repeated(command, options.repetitions)
    return json.loads(out), {name: took[name]["median"] for name in ("cpu_seconds", "peak_megabytes")}


def ours(options, *words):
    return run(options.ours, *words)[0]


def same(what, mine, theirs):
    if mine != theirs:
        raise SystemExit(f"failed to agree on {what}: {str(mine)[:300]} beside {str(theirs)[:300]}")


def ratio(theirs, mine):
    return round(theirs / max(mine, 1e-9), 2)


def importing(options):
    """The whole log with every attribute."""
    log = options.folder / "log.xes"
    written = ours(options, "generate", options.events // 10, 1, log)
    mine, took = median(options, options.ours, "import", log)
    theirs, peer = median(options, options.peer, "import", log)
    same("the log", mine, theirs)
    return {"log": written, "zhidian": took, "process_mining": peer, "ratio": ratio(peer["cpu_seconds"], took["cpu_seconds"])}


def streaming(options):
    """Directly-follows counts and seconds, variants and durations in one pass; the peer with all attributes and with the needed ones."""
    log = options.folder / "long.xes"
    written = ours(options, "generate", options.long // 10, 1, log)
    mine, took = run(options.ours, "stream", log)
    result = {"log": written, "zhidian": took}
    for name, word in [("process_mining", "stream"), ("process_mining_needed_attributes", "stream-few")]:
        theirs, peer = run(options.peer, word, log)
        same("the stream", mine, theirs)
        result[name] = peer
        result[f"ratio_{name}"] = ratio(peer["cpu_seconds"], took["cpu_seconds"])
    log.unlink()
    return result


def per_million(result, name, events):
    return round(result[name]["cpu_seconds"] / events * 1e6, 3)


def stream_by_size(options, result):
    _, took = run(options.ours, "stream", options.folder / "log.xes")
    return [round(took["cpu_seconds"] / options.events * 1e6, 3), per_million(result["stream"], "zhidian", options.long)]


def rows(options):
    """Load, sort, performance graph: seconds of the work without start-up, which favours Python."""
    table = options.folder / "log.csv"
    ours(options, "generate", options.events // 10, 1, table)
    if not options.python:
        return {"skipped": "no Python with polars"}
    result = {}
    for name, words in [("needed_columns", []), ("all_columns", ["all"])]:
        mine, took = run(options.ours, "follow", table, *words)
        theirs, peer = run(options.python, HERE / "follow_with_polars.py", table, *words)
        same("pairs", sorted(mine["dfg"]), sorted(theirs["dfg"]))
        for pair, (freq, *seconds) in mine["dfg"].items():
            same(pair, freq, theirs["dfg"][pair][0])
            if any(abs(a - b) > 1e-6 * max(1.0, b) for a, b in zip(seconds, theirs["dfg"][pair][1:])):
                raise SystemExit(f"failed to agree on {pair}: {seconds} beside {theirs['dfg'][pair][1:]}")
        result[name] = {"zhidian_cpu_seconds": mine["cpu_seconds"], "polars_cpu_seconds": theirs["cpu_seconds"],
                        "ratio": ratio(theirs["cpu_seconds"], mine["cpu_seconds"]), "pairs": len(mine["dfg"]),
                        "zhidian_peak_megabytes": took["peak_megabytes"], "polars_peak_megabytes": peer["peak_megabytes"],
                        "polars_threads": theirs["threads"]}
    return result


def alignments(options):
    """Every log against the net mined from it (noise 0 and 0.2), and the receipt log against the reference's net."""
    logs = Path(options.oracles) / "logs"
    if not logs.is_dir():
        return {"skipped": "no oracles"}
    result = {}
    for name in ALIGNED:
        log, variants = logs / name, options.folder / "variants.json"
        counted = ours(options, "variants", log, variants)
        nets = {}
        for noise in ("0", "0.2"):
            nets[f"noise {noise}"] = options.folder / f"{noise}.pnml"
            ours(options, "discover", log, nets[f"noise {noise}"], noise)
        if name.startswith("receipt"):
            nets["reference"] = Path(options.oracles) / "json/receipt.im02.pnml"
        for which, net in nets.items():
            times = max(5, 5000 // counted["variants"])
            mine = ours(options, "align", log, net, times)
            theirs, _ = run(options.peer, "align", variants, net, times)
            same(f"the cost of {name} with {which}", mine["cost"], theirs["cost"])
            result[f"{name}, {which}"] = {"variants": counted["variants"], "cost": mine["cost"], "log_fitness": mine["log_fitness"],
                                          "zhidian_cpu_seconds": mine["cpu_seconds"],
                                          "process_mining_cpu_seconds": theirs["cpu_seconds"],
                                          "ratio": ratio(theirs["cpu_seconds"], mine["cpu_seconds"])}
    return result


def summary(result):
    yield f"import: {result['import']['ratio']} times process_mining, {result['import']['zhidian']['peak_megabytes']} MB"
    stream = result["stream"]
    yield (f"stream: {stream['ratio_process_mining']} times process_mining, {stream['ratio_process_mining_needed_attributes']} with only "
           f"the needed attributes, {stream['zhidian']['peak_megabytes']} MB")
    for name, row in result["rows"].items():
        if isinstance(row, dict):
            yield f"rows, {name}: {row['ratio']} times Polars"
    yield f"hand-over: {result['handover']['cpu_seconds']} s"
    yield f"intervals: {result['intervals']['per_second'] / 1e6:.1f} M a second"
    yield f"simulation: {result['simulation']['tasks_per_second'] / 1e6:.1f} M tasks a second"
    for name, row in result["alignments"].items():
        if isinstance(row, dict):
            yield f"alignments, {name}: {row['ratio']} times process_mining ({row['zhidian_cpu_seconds']:.4f} s)"


main()
