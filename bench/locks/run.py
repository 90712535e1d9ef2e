#!/usr/bin/env python3
"""Measures `zhidian locks` beside SimPy, OpenTNSim and CP-SAT: equal answers first, then processor seconds.

usage: run.py [--zhidian PATH] [--python VENV_PYTHON] [--placement FILE] [--out FILE] [--replications N]

VENV_PYTHON is a Python that has simpy, opentnsim 2.2.1 with pandas 2.3, and ortools; what is missing is left out and said.
FILE is a placement day with known values; without it the schedules are left out.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import measure  # noqa: E402

# Loads of the bare lock that are compared; M/D/1 waits are rho / (2 (1 - rho)).
LOADS = [0.5, 0.8, 0.9]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zhidian", default=str(HERE.parents[1] / "target/release/zhidian"))
    parser.add_argument("--python", default=None)
    parser.add_argument("--placement", default=str(HERE.parents[1] / "../shared/oracles/locks/placement_instances.json"))
    parser.add_argument("--out", default=str(HERE.parent / "results/locks.json"))
    parser.add_argument("--replications", type=int, default=1000, help="of thirty years; fewer are scaled up, and said")
    options = parser.parse_args()
    result = {"bench": "locks", "machine": measure.machine(), "at": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")}
    with tempfile.TemporaryDirectory() as folder:
        result["bare"] = bare(options, Path(folder))
        result["full"] = full(options, Path(folder))
        result["single"] = single(options)
        result["memory"] = memory(options, Path(folder))
        result["thirty_years"] = thirty_years(options)
    result["schedule"] = schedules(options)
    result["load_1min_after"] = measure.machine()["load_1min"]
    Path(options.out).write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


def locks(options, *arguments):
    out, took = measure.once([options.zhidian, "--quiet", "locks", *arguments, "--json"])
    return json.loads(out)["result"], took


def bare(options, folder):
    """An M/D/1 lock: means within four standard errors of the closed form, then ships a processor second."""
    rows = []
    for load in LOADS:
        case = folder / f"bare-{load}.toml"
        case.write_text(f'[bare]\nrate = {load}\nservice = 1.0\ndistribution = "fixed"\ndiscipline = {{ single = {{ servers = 1 }} }}\n')
        vessels = 20_000_000
        found, took = locks(options, "simulate", str(case), "--vessels", str(vessels))
        expected = load / (2 * (1 - load))
        z = (found["wait"]["mean"] - expected) / found["wait"]["standard_error"]
        if abs(z) >= 4:
            raise SystemExit(f"failed to agree with the closed form at {load}: z = {z}")
        row = {"load": load, "expected": expected, "mean": found["wait"]["mean"], "z": round(z, 2),
               "vessels_per_cpu_second": round(vessels / took["cpu_seconds"])}
        row |= peer(options, "simpy_bare.py", str(load), "200000")
        rows.append(row)
    return rows


def full(options, folder):
    """The full model with two-dimensional placement on a busy lock."""
    case = HERE / "full.toml"
    found, took = locks(options, "simulate", str(case), "--days", "20000", "--warm-up", "30", "--replications", "1", "--threads", "1")
    ours = {"vessels": found["vessels"], "mean_wait_min": found["wait"]["mean"], "cpu_seconds": took["cpu_seconds"],
            "vessels_per_cpu_second": round(found["vessels"] / took["cpu_seconds"])}
    return ours


def single(options):
    """Single-ship lockages beside OpenTNSim: mean passages must agree within four of its standard errors."""
    per_day, vessels = 16, 400
    found, took = locks(options, "simulate", str(HERE / "single.toml"), "--days", "20000", "--warm-up", "30", "--replications", "4",
                        "--threads", "1")
    passage = found["wait"]["mean"] + 18.2666
    row = {"ships_per_day": per_day, "mean_passage_min": passage, "vessels_per_cpu_second": round(found["vessels"] / took["cpu_seconds"])}
    row |= peer(options, "opentnsim_lock.py", str(vessels), str(per_day))
    theirs = row["opentnsim"]
    if isinstance(theirs, dict):
        theirs["z"] = round((theirs["mean_passage_min"] - passage) / theirs["standard_error"], 2)
        theirs["agrees"] = abs(theirs["z"]) < 4
        row["ratio"] = round(row["vessels_per_cpu_second"] / theirs["vessels_per_cpu_second"])
    return row


def thirty_years(options):
    """Thirty years of 73 ships a day, a share of a thousand replications on two threads."""
    found, took = locks(options, "simulate", str(HERE / "full.toml"), "--days", "10950", "--warm-up", "30", "--replications",
                        str(options.replications), "--threads", "2")
    return {"replications": options.replications, "vessels": found["vessels"], "seconds": took["seconds"],
            "cpu_seconds": took["cpu_seconds"], "peak_megabytes": round(took["peak_megabytes"], 1),
            "cpu_minutes_on_two_cores_for_1000": round(took["cpu_seconds"] / 2 / 60 * 1000 / options.replications, 1)}


def memory(options, folder):
    """Ten million ships through the full model."""
    found, took = locks(options, "simulate", str(HERE / "full.toml"), "--days", "139000", "--warm-up", "0", "--replications", "1",
                        "--threads", "1")
    return {"vessels": found["vessels"], "peak_megabytes": round(took["peak_megabytes"], 1), "cpu_seconds": took["cpu_seconds"]}


def schedules(options):
    """Placement days beside CP-SAT at equal processor time."""
    path = Path(options.placement)
    if not path.exists():
        return "left out: no placement days at hand"
    rows = []
    for number, day in enumerate(json.loads(path.read_text()), 1):
        found, took = locks(options, "schedule", str(path), "--day", str(number))
        row = {"ships": len(day["ships"]), "value": found["value"], "lower_bound": found["lower_bound"], "gap": found["gap"],
               "proven": found["proven"], "cpu_seconds": took["cpu_seconds"], "known_value": day["best_known"],
               "known_bound": day["lower_bound"]}
        row |= peer(options, "cpsat_day.py", str(path), str(number), str(max(5.0, took["cpu_seconds"])))
        rows.append(row)
    return rows


def peer(options, script, *arguments):
    """What a peer says of itself, or why it is left out."""
    name = script.split("_")[0]
    if options.python is None:
        return {name: "left out: no --python"}
    run = subprocess.run([options.python, str(HERE / script), *arguments], capture_output=True, text=True)
    if run.returncode != 0:
        return {name: f"left out: {run.stderr.strip().splitlines()[-1] if run.stderr.strip() else run.returncode}"}
    return {name: json.loads(run.stdout.strip().splitlines()[-1])}


if __name__ == "__main__":
    main()
