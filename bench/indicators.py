"""Composite indices: replays of the ASEM index beside numpy, Sobol indices beside SALib, large files.

The ASEM files are read where they are at hand (ZHIDIAN_ORACLES, default ../shared/oracles) and are not part of the
repository; without them the bench says so and measures the large files alone.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import measure

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
POINTS = 1024
FACTORS = ["points", "normalise", "weight_sets", "aggregate"]
SCALES = ['{ method = "min_max", range = [1, 100] }', '{ method = "z_score", mean = 10, deviation = 2 }']


def indicators(options, peer):
    """What run.py calls: cases and the lines of a summary."""
    cases, summary = [], []
    folder = Path(os.environ.get("ZHIDIAN_ORACLES", ROOT / "../shared/oracles")) / "indicators/coinr"
    with tempfile.TemporaryDirectory() as scratch:
        if folder.is_dir():
            for bench in (replays, sobol, topsis):
                case, line = bench(options, peer, folder, Path(scratch))
                cases.append(case)
                summary.append(line)
        else:
            summary.append("skipped: no oracles, so the ASEM index is left out")
        for layout, bench in (("wide", wide), ("long", long)):
            case, line = large(options, layout, bench, Path(scratch))
            cases.append(case)
            summary.append(line)
    return {"cases": cases, "summary": summary}


def asem(folder, scratch, sets):
    """The declaration of the ASEM index with its four factors."""
    rows = list(csv.DictReader(open(folder / "ASEM_iMeta.csv", encoding="utf-8")))
    lines = ['title = "ASEM"', "[impute]", 'method = "group_mean"', 'group = "EurAsia_group"', "[screen]", 'by = "missing"', "share = 0.9", "[treat]"]
    for row in rows:
        if not row["Level"]:
            continue
        lines += ["[[indicator]]" if row["Level"] == "1" else "[[node]]", f'id = "{row["iCode"]}"']
        if row["Parent"]:
            lines.append(f'parent = "{row["Parent"]}"')
        if row["Level"] == "1":
            lines.append(f"direction = {row['Direction']}")
            if row["Denominator"]:
                lines.append(f'denominator = "{row["Denominator"]}"')
    weights = ", ".join("{ " + ", ".join(f"{node} = {weight}" for node, weight in one.items()) + " }" for one in sets)
    lines += ["[[uncertain]]", 'factor = "points"', "choices = [1, 2, 3, 4, 5]"]
    lines += ["[[uncertain]]", 'factor = "normalise"', f"choices = [{', '.join(SCALES)}]"]
    lines += ["[[uncertain]]", 'factor = "weight_sets"', f"sets = [{weights}]"]
    lines += ["[[uncertain]]", 'factor = "aggregate"', 'choices = [{ method = "arithmetic" }, { method = "geometric" }]']
    path = scratch / "index.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, rows


def noise(folder):
    """The noisy weights that another program drew, one set a replication."""
    sets = {}
    for row in csv.DictReader(open(folder / "asem_sa_noisy_weights.csv", encoding="utf-8")):
        sets.setdefault(int(row["weights_rep"]), {})[row["iCode"]] = float(row["Weight"])
    return [sets[key] for key in sorted(sets)]


def timed(options, *arguments):
    """Runs a method of the library alone (bench/indicators/timed.rs): processor seconds without reading and printing."""
    target = Path(options.zhidian).resolve().parent
    program = Path(os.environ.get("ZHIDIAN_TIMED", target / "examples/timed"))
    if not program.exists():
        command = ["cargo", "build", "--release", "-p", "zhidian-indicators", "--example", "timed", "--target-dir", str(target.parent)]
        if subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode:
            raise SystemExit("failed to build bench/indicators/timed.rs")
    return json.loads(measure.once([str(program), *map(str, arguments)])[0])


def replays(options, peer, folder, scratch):
    """Processor microseconds of one replication: choices in, scores of all units out, everything that can be is cached."""
    sets = noise(folder)
    recipe, rows = asem(folder, scratch, sets)
    data = folder / "ASEM_iData.csv"
    random.seed(7)
    runs = POINTS * (len(FACTORS) + 2)
    settings = [[random.randrange(5), random.randrange(2), random.randrange(len(sets)), random.randrange(2)] for _ in range(runs)]
    choices = scratch / "choices.csv"
    lines = [",".join(FACTORS)] + [",".join(str(choice + 1) for choice in one) for one in settings]
    choices.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # The command's scores are those that are timed; they come in the order of the units' names, the library's in the file's.
    command = [options.zhidian, "indicators", "sensitivity", str(data), "--recipe", str(recipe), "--unit-column", "uCode",
               "--period-column", "Time", "--replay", str(choices), "--threads", "1", "--json", "--quiet"]
    stdout, whole = measure.repeated(command, options.repetitions)
    named = [run["scores"] for run in json.loads(stdout)["result"]["replications"]]
    ours = [list(run.values()) for run in named]
    found = timed(options, "replay", recipe, data, "uCode", "Time", choices)
    order = [row["uCode"] for row in csv.DictReader(open(data, encoding="utf-8-sig"))]
    if any(abs(run[unit] - score) > 1e-10 for run, scores in zip(named, found["scores"]) for unit, score in zip(order, scores)):
        raise SystemExit("failed to agree: the command and the library score differently")
    each = found["cpu_seconds"] / runs * 1e6
    case = {"bench": "replications", "runs": runs, "factors": FACTORS, "zhidian_microseconds": round(each, 3),
            "command_cpu_seconds": whole["cpu_seconds"]["median"]}
    line = f"ASEM, {runs} replications: zhidian {each:.2f} µs each ({whole['cpu_seconds']['median']} s for the whole command, scores printed)"
    if peer:
        theirs, seconds, prepared = numpy_replay(peer, options, recipe, data, rows, sets, settings, scratch, ours)
        case["numpy_microseconds"] = round(seconds / runs * 1e6, 2)
        case["numpy_microseconds_with_weights"] = round((seconds + prepared) / runs * 1e6, 2)
        case["greatest_difference"] = theirs
        case["ratio"] = round(case["numpy_microseconds"] / each, 1)
        line += f"; numpy {case['numpy_microseconds']} µs, ratio {case['ratio']}"
    case["over_coinr"] = round(0.144e6 / each)
    return case, line + f"; COINr measured at 0.144 s each, factor {case['over_coinr']}"


def topsis(options, peer, _folder, _scratch):
    """Weights of entropy and TOPSIS on 3,000 × 100."""
    found = timed(options, "topsis", 3000, 100)
    case = {"bench": "entropy and TOPSIS", "rows": 3000, "columns": 100, "zhidian_milliseconds": round(found["cpu_seconds"] * 1e3, 3)}
    line = f"entropy and TOPSIS, 3000 × 100: zhidian {case['zhidian_milliseconds']} ms"
    if peer:
        theirs = json.loads(measure.once([peer, str(HERE / "peers/topsis_with_numpy.py"), "3000", "100"])[0])
        apart = max(abs(a - b) for a, b in zip(found["scores"][0], theirs["scores"][0]))
        if apart > 1e-12:
            raise SystemExit(f"failed to agree with numpy: TOPSIS differs by {apart}")
        case |= {"numpy_milliseconds": round(theirs["cpu_seconds"] * 1e3, 3), "greatest_difference": apart,
                 "ratio": round(theirs["cpu_seconds"] / found["cpu_seconds"], 2)}
        line += f", numpy {case['numpy_milliseconds']} ms, ratio {case['ratio']}"
    return case, line


def numpy_replay(peer, options, recipe, data, rows, sets, settings, scratch, ours):
    indicators = [row["iCode"] for row in rows if row["Level"] == "1"]
    tiers = [[row for row in rows if row["Level"] == level] for level in ("1", "2", "3", "4")]
    levels = [[[1.0 if child["Parent"] == parent["iCode"] else 0.0 for parent in upper] for child in lower]
              for lower, upper in zip(tiers, tiers[1:])]
    weights = [[[one.get(child["iCode"], float(child["Weight"])) for child in lower] for lower in tiers[:-1]] for one in sets]
    scaled = []
    plain = Path(recipe).read_text(encoding="utf-8").split("[[uncertain]]")[0]
    for points in range(5):
        for scale, how in enumerate(SCALES):
            fixed = scratch / "fixed.toml"
            head, rest = plain.split("[impute]", 1)
            fixed.write_text(f"{head}normalise = {how}\n[impute]{rest.replace('[treat]', f'[treat]{chr(10)}points = {points + 1}')}", encoding="utf-8")
            stdout, _ = measure.once([options.zhidian, "indicators", "index", str(data), "--recipe", str(fixed), "--unit-column",
                                      "uCode", "--period-column", "Time", "--steps", "--json", "--quiet"])
            table = json.loads(stdout)["result"]["steps"]["normalise"]
            order = [table["columns"].index(name) for name in indicators]
            # Scores of ours come in the order of the units' names.
            by_name = sorted(table["rows"], key=lambda row: row[0])
            scaled.append([[points, scale], [[row[at] for at in order] for row in by_name]])
    job = scratch / "job.json"
    job.write_text(json.dumps({"scaled": scaled, "levels": levels, "sets": weights, "settings": settings}), encoding="utf-8")
    stdout, _ = measure.once([peer, str(HERE / "peers/index_with_numpy.py"), str(job)])
    answer = json.loads(stdout)
    apart = max(abs(a - b) for mine, theirs in zip(ours, answer["scores"]) for a, b in zip(mine, theirs))
    if apart > 1e-9:
        raise SystemExit(f"failed to agree with numpy: scores differ by {apart}")
    return apart, answer["cpu_seconds"], answer["cpu_seconds_of_weights"]


def sobol(options, peer, folder, scratch):
    """Indices of every unit's place and score with a bootstrap: the difference between resamples and none."""
    recipe, _ = asem(folder, scratch, noise(folder))
    resamples = 100

    def command(times):
        return [options.zhidian, "indicators", "sensitivity", str(folder / "ASEM_iData.csv"), "--recipe", str(recipe),
                "--unit-column", "uCode", "--period-column", "Time", "--points", str(POINTS), "--resamples", str(times),
                "--threads", "1", "--json", "--quiet"]

    stdout, _ = measure.once(command(resamples))
    result = json.loads(stdout)["result"]
    none = measure.repeated(command(1), options.repetitions)[1]["cpu_seconds"]["median"]
    some = measure.repeated(command(resamples + 1), options.repetitions)[1]["cpu_seconds"]["median"]
    # Scores, places and the mean change: 51 + 51 + 1 outputs; the peer is asked for the places alone.
    outputs = sum(1 for index in result["sobol"]) / len(FACTORS)
    ours = (some - none) / outputs * 51
    case = {"bench": "sobol", "points": POINTS, "resamples": resamples, "outputs": 51, "zhidian_cpu_seconds": round(ours, 4)}
    line = f"Sobol indices of 51 places, {resamples} resamples: zhidian {ours:.3f} s"
    if peer:
        runs = result["replications"]
        scores = [list(run["scores"].values()) for run in runs]
        units = list(runs[0]["scores"])
        places = [[1 + sum(other > score for other in run) for score in run] for run in scores]
        job = scratch / "outputs.json"
        outputs = [[run[at] for run in places] for at in range(len(units))]
        job.write_text(json.dumps({"factors": len(FACTORS), "points": POINTS, "resamples": resamples, "outputs": outputs}), encoding="utf-8")
        stdout, _ = measure.once([peer, str(HERE / "peers/sobol_with_salib.py"), str(job)])
        answer = json.loads(stdout)
        mine = {(index["unit"], index["factor"]): index["sti"] for index in result["sobol"] if index["of"] == "place"}
        # SALib scales outputs first, and takes the variance of A alone: totals agree to that.
        apart = max(abs(mine[unit, factor] - one["total"][at]) for unit, one in zip(units, answer["indices"])
                    for at, factor in enumerate(FACTORS) if one["total"][at] == one["total"][at])
        if apart > 0.1:
            raise SystemExit(f"failed to agree with SALib: total indices differ by {apart}")
        case |= {"salib_cpu_seconds": round(answer["cpu_seconds"], 3), "greatest_difference": round(apart, 4)}
        case["ratio"] = round(answer["cpu_seconds"] / ours, 1)
        line += f"; SALib {case['salib_cpu_seconds']} s, ratio {case['ratio']}"
    return case, line


UNITS, MEASURES = 58_000, 300


def wide(file):
    file.write("unit," + ",".join(f"m{at}" for at in range(MEASURES)) + "\n")
    for unit in range(UNITS):
        # A linear congruence, so that the same values come back and no two columns are alike.
        file.write(f"u{unit}," + ",".join(f"{(unit * 7919 + at * 104729) % 100003 / 100}" for at in range(MEASURES)) + "\n")


def long(file):
    file.write("subject,measure,period,value\n")
    for unit in range(UNITS):
        file.write("".join(f"u{unit},m{at},2020,{(unit * 7919 + at * 104729) % 100003 / 100}\n" for at in range(MEASURES)))


def large(options, layout, write, scratch):
    """Loads 17.4 million values and ranks the units in one measure."""
    path = scratch / f"{layout}.csv"
    with open(path, "w", encoding="utf-8") as file:
        write(file)
    command = [options.zhidian, "indicators", "rank", str(path), "--measure", "m7", "--json", "--quiet"]
    stdout, took = measure.repeated(command, min(3, options.repetitions))
    rows = json.loads(stdout)["result"]["rows"]
    best = max((unit * 7919 + 7 * 104729) % 100003 / 100 for unit in range(UNITS))
    if len(rows) != UNITS or rows[0]["value"] != best:
        raise SystemExit(f"failed to rank the {layout} file: {rows[0]} of {len(rows)}")
    megabytes = path.stat().st_size / 1e6
    path.unlink()
    case = {"bench": layout, "values": UNITS * MEASURES, "file_megabytes": round(megabytes), "zhidian": took}
    peak = took.get("peak_megabytes", {}).get("median")
    return case, f"{layout} file of {UNITS * MEASURES / 1e6} million values: {took['cpu_seconds']['median']} CPU s, peak {peak} MB"
