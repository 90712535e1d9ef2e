"""Projects: the forecast beside numpy, schedules beside OR-Tools CP-SAT, and a large register.

Answers are checked before anything is measured: both means against the closed form, every makespan against the bounds
known, both sides on the same files. Peers run in a venv below target/; without a package index they are left out.
"""
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ORACLES = Path(os.environ.get("ZHIDIAN_ORACLES", ROOT.parent / "shared/oracles")) / "projects"
PROJECTS, DRAWS = 410, 100_000
# Units of work of a schedule; about ten seconds of processor on the machine this was written on.
WORK = 160_000_000
SECONDS = 10.0


def bench(options):
    """Everything, into one result."""
    peer = None if options.no_peers else peer_python()
    cases, summary = [], []
    for part in (forecast, register, modes, schedule):
        with tempfile.TemporaryDirectory() as folder:
            case, lines = part(options, Path(folder), peer)
        if case:
            cases.append(case)
        summary += lines
        # Whoever waits sees how far it is.
        print("\n".join(lines), file=sys.stderr, flush=True)
    return {"cases": cases, "summary": summary}


def peer_python():
    """The venv with numpy and OR-Tools, made once."""
    python = ROOT / "target/bench-projects/bin/python"
    if not python.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(python.parent.parent)], check=True)
            command = [str(python), "-m", "pip", "install", "-q", "numpy", "ortools"]
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"projects: peers left out: {error}", file=sys.stderr)
            return None
    return str(python)


def portfolio():
    """410 projects of 410 different PERT shapes."""
    items = []
    for at in range(PROJECTS):
        pace = {"min": 0.5, "mode": 0.9 + 0.0004 * at, "max": 1.15, "lambda": 4.0}
        slip = {"probability": 0.15, "mean_months": 1.5}
        items.append({"code": str(at), "plan": [0.2 + 0.001 * at], "pace": pace, "slip": slip})
    return {"items": items, "common_sd": 0.03, "months": 12, "target": 143.0}


def mean_of(given):
    """The closed form of the mean: E[min(X / m, 1)] of an exponential slip is s / m (1 - exp(-m / s))."""
    import math

    total, months = 0.0, given["months"]
    for item in given["items"]:
        pace, slip = item["pace"], item["slip"]
        mean = (pace["min"] + 4 * pace["mode"] + pace["max"]) / 6
        lost = slip["mean_months"] / months * (1 - math.exp(-months / slip["mean_months"]))
        total += item["plan"][0] * mean * (1 - slip["probability"] * lost)
    return total


def forecast(options, folder, peer):
    given = portfolio()
    path = folder / "portfolio.json"
    path.write_text(json.dumps(given))
    command = [options.zhidian, "projects", "forecast", str(path), "--draws", str(DRAWS), "--json", "--quiet"]
    output, ours = measure.repeated(command, options.repetitions)
    expected, found = mean_of(given), json.loads(output)["result"]["mean"]
    if abs(found - expected) > 0.05:
        raise SystemExit(f"the mean is {found}, not {expected}")
    case = {"name": "forecast", "projects": PROJECTS, "draws": DRAWS, "mean": found, "expected": expected, "zhidian": ours}
    line = f"forecast: {ours['cpu_seconds']['median']} CPU s, {ours['peak_megabytes']['median']} MB"
    if peer:
        command = [peer, str(HERE / "peers/forecast_with_numpy.py"), str(path), str(DRAWS)]
        output, theirs = measure.repeated(command, options.repetitions)
        if abs(json.loads(output)["mean"] - expected) > 0.05:
            raise SystemExit("the peer's mean is wrong")
        case["numpy"] = theirs
        case["ratio"] = round(theirs["cpu_seconds"]["median"] / ours["cpu_seconds"]["median"], 2)
        line += f"; numpy {theirs['cpu_seconds']['median']} CPU s, {theirs['peak_megabytes']['median']} MB: {case['ratio']} times"
    return case, [line]


def unpacked(folder, name):
    archive = ORACLES / f"psplib/{name}.tar.gz"
    if not archive.exists():
        return None
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    # An archive may hold a folder that is called like its files.
    found = [path for end in ("rcp", "mm") for path in folder.rglob(f"*.{end}") if path.is_file()]
    return {path.stem: path for path in found}


def schedule(options, folder, peer):
    """The hard instances of j60: mean gap to the best known at about ten seconds of processor each."""
    files = unpacked(folder, "j60.rcp")
    if files is None:
        return None, ["schedule: skipped: no oracles"]
    known = json.loads((ORACLES / "psplib/best_known.json").read_text())["j60"]
    hard = [row["inst"] for row in json.loads((ORACLES / "baseline.json").read_text())["cpsat_cpu10"]["results"]]
    rows = []
    for name in hard:
        command = [options.zhidian, "projects", "schedule", str(files[name]), "--work", str(WORK), "--json", "--quiet"]
        output, took = measure.once(command)
        result = json.loads(output)["result"]
        row = {"instance": name, "best": known[name]["ub_all"], "zhidian": summary_of(result, took)}
        check(name, result["makespan"], result["lower_bound"], known[name])
        if peer:
            command = [peer, str(HERE / "peers/schedule_with_cpsat.py"), str(files[name]), str(SECONDS)]
            output, took = measure.once(command)
            result = json.loads(output)
            row["cpsat"] = summary_of(result, took)
        rows.append(row)
    case, lines = {"name": "schedule", "work": WORK, "rows": rows}, []
    for who in ("zhidian", "cpsat"):
        if who in rows[0]:
            gaps = [100 * (row[who]["makespan"] / row["best"] - 1) for row in rows if row[who]["makespan"]]
            cpu = sum(row[who]["cpu_seconds"] for row in rows) / len(rows)
            case[f"{who}_gap"] = round(sum(gaps) / len(gaps), 3)
            proven = sum(row[who]["proven"] for row in rows)
            lines.append(f"schedule: {who} mean gap {case[f'{who}_gap']} %, {proven} proven, {cpu:.2f} CPU s each")
    return case, lines


def summary_of(result, took):
    kept = {name: result[name] for name in ("makespan", "lower_bound", "proven")}
    return kept | {"cpu_seconds": round(took.get("cpu_seconds", took["seconds"]), 2)}


def check(name, makespan, lower, known):
    if makespan < known["lb_all"] or lower > known["ub_all"]:
        raise SystemExit(f"{name}: {lower} … {makespan} contradicts what is known")


def modes(options, folder, peer):
    """Every tenth multi-mode instance: feasible or proven infeasible, and the same optimum as CP-SAT."""
    files = unpacked(folder, "j10.mm")
    if files is None:
        return None, []
    names = sorted(name for name in files if "opt" not in name)[::10]
    same = solved = 0
    cpu = {"zhidian": 0.0, "cpsat": 0.0}
    for name in names:
        command = [options.zhidian, "projects", "schedule", str(files[name]), "--json", "--quiet"]
        output, took = measure.once(command)
        ours = json.loads(output)["result"]
        cpu["zhidian"] += took.get("cpu_seconds", 0)
        solved += ours["proven"]
        if peer:
            command = [peer, str(HERE / "peers/schedule_with_cpsat.py"), str(files[name]), str(SECONDS)]
            output, took = measure.once(command)
            cpu["cpsat"] += took.get("cpu_seconds", 0)
            same += json.loads(output)["makespan"] == ours["makespan"]
    case = {"name": "modes", "instances": len(names), "proven": solved, "same_as_cpsat": same if peer else None, "cpu": cpu}
    return case, [f"modes: {solved} of {len(names)} proven, {same} as CP-SAT; CPU s {cpu}"]


def register(options, folder, _peer):
    """A register of 100,000 projects with 60 months: loaded, reconciled, and its S-curve."""
    path = folder / "register.csv"
    months = [f"{2021 + at // 12}-{at % 12 + 1:02}" for at in range(60)]
    with path.open("w", encoding="utf-8") as out:
        out.write("项目代码,项目名称,总投资（万元）,2025年计划投资（万元）," + ",".join(f"{m}完成投资（万元）" for m in months) + "\n")
        for at in range(100_000):
            cells = ",".join(str((at * 7 + month * 13) % 1000 / 10) for month in range(60))
            out.write(f"C{at:06},项目{at},20000,3000,{cells}\n")
    expected = sum((at * 7 + month * 13) % 1000 for at in range(100_000) for month in range(60)) * 1000
    command = [options.zhidian, "projects", "progress", str(path), "--json", "--quiet"]
    output, took = measure.repeated(command, min(options.repetitions, 3))
    last = json.loads(output)["result"]["curves"][""][-1]["earned"]
    if int(last) != expected:
        raise SystemExit(f"the curve ends at {last}, not {expected}")
    case = {"name": "register", "projects": 100_000, "months": 60, "megabytes": path.stat().st_size / 1e6, "zhidian": took}
    return case, [f"register: {took['seconds']['median']} s, {took['cpu_seconds']['median']} CPU s, {took['peak_megabytes']['median']} MB"]
