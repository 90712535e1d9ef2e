#!/usr/bin/env python3
"""Measures Zhidian's commands, beside the peers that can be installed. Needs only Python's own library.

usage: run.py [NAME...] [--zhidian PATH] [--repetitions N] [--out FOLDER] [--no-peers]

NAME is `read` or `assess`; without a name both run. Every bench checks answers before it measures: what was planted in
the text must have been read, and two runs must give the same bytes. Results go to FOLDER/NAME.json.
"""
import argparse
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import corpus
import indicators as composite
import measure
import projects

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DOSSIERS = ["dossiers/quzhou", "dossiers/laibin", "dossiers/xinxiang"]
# The share of planted figures that must be read before a speed means anything.
AGREEMENT = 0.9


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="read, assess, indicators, projects")
    parser.add_argument("--zhidian", default=str(ROOT / "target/release/zhidian"))
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--out", default=str(HERE / "results"))
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    options = parser.parse_args()
    benches = {"read": read, "assess": assess, "indicators": indicators, "projects": projects.bench}
    unknown = [name for name in options.names if name not in benches]
    if unknown:
        raise SystemExit(f"failed to find the bench {unknown[0]!r}: there are {', '.join(benches)}")
    if not Path(options.zhidian).exists():
        raise SystemExit(f"failed to find {options.zhidian}: build it with cargo build --release, or give --zhidian")
    for name in options.names or benches:
        before = measure.machine()
        result = {"bench": name, "zhidian": version(options.zhidian), "machine": before, **benches[name](options)}
        result["load_1min_after"] = measure.machine()["load_1min"]
        result["at"] = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
        path = Path(options.out) / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"{path}")
        for line in result["summary"]:
            print(f"  {line}")


def version(zhidian):
    return subprocess.run([zhidian, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def read(options):
    """Statements out of a text: kilobytes a second, beside Microsoft Recognizers-Text."""
    texts = {"synthetic-20": corpus.paragraphs(20), "synthetic-200": corpus.paragraphs(200)}
    peer = None if options.no_peers else peer_python()
    cases, summary = [], []
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, paragraphs in texts.items():
            path = Path(folder) / f"{name}.txt"
            paragraphs = list(paragraphs)
            path.write_text("\n".join(text for text, _ in paragraphs), encoding="utf-8")
            files[name] = (path, [values for _, values in paragraphs])
        page = ROOT / "../shared/seed/page.txt"
        if page.exists():
            files["page"] = (page, None)
        for name, (path, planted) in files.items():
            case, lines = read_one(options, name, path, planted, peer)
            cases.append(case)
            summary += lines
    return {"cases": cases, "summary": summary}


def read_one(options, name, path, planted, peer):
    kilobytes = path.stat().st_size / 1000
    command = [options.zhidian, "read", str(path), "--json"]
    stdout, took = measure.repeated(command, options.repetitions)
    again, _ = measure.once(command)
    if stdout != again:
        raise SystemExit(f"failed to compare {name}: two runs of zhidian read differ")
    claims = [json.loads(line) for line in stdout.decode().splitlines()]
    ours = values_by_line(path, claims)
    case = {
        "text": name,
        "kilobytes": round(kilobytes, 1),
        "claims": len(claims),
        "zhidian": took,
        "kilobytes_per_second": round(kilobytes / took["seconds"]["median"]),
    }
    speed = f"{case['kilobytes_per_second']} KB/s"
    if "cpu_seconds" in took:
        # A command of under a hundredth of a second is below what the system counts.
        case["kilobytes_per_cpu_second"] = round(kilobytes / max(took["cpu_seconds"]["median"], 0.01))
        speed = f"{case['kilobytes_per_cpu_second']} KB a processor second"
    lines = [f"{name}: zhidian {speed} with start-up, {len(claims)} statements"]
    if planted is not None:
        case["planted"] = agreement(name, "zhidian", planted, ours)
        lines.append(f"{name}: zhidian read {case['planted']['read']} of {case['planted']['planted']} planted figures")
    if peer and (planted is not None or kilobytes < 50):
        case["recognizers_text"], peer_lines = read_peer(options, name, path, planted, peer, ours, kilobytes)
        lines += peer_lines
    return case, lines


def read_peer(options, name, path, planted, peer, ours, kilobytes):
    script = str(HERE / "peers/read_with_recognizers.py")
    repetitions = min(3, options.repetitions)
    stdout, took = measure.once([peer, script, str(path), str(repetitions)])
    answer = json.loads(stdout)
    theirs = [set(values) for values in answer["values"]]
    seconds = {models: sorted(times)[len(times) // 2] for models, times in answer["seconds"].items()}
    result = {
        "models": ["number", "ordinal", "percentage", "currency", "dimension"],
        "repetitions": repetitions,
        "cpu_seconds_without_start_up": {models: round(median, 4) for models, median in seconds.items()},
        "kilobytes_per_cpu_second": {models: round(kilobytes / median) for models, median in seconds.items()},
        "peak_megabytes": took.get("peak_megabytes"),
    }
    speed = result["kilobytes_per_cpu_second"]
    lines = [f"{name}: Recognizers-Text {speed['all']} KB a processor second without start-up, {speed['number']} for numbers alone"]
    if planted is not None:
        result["planted"] = agreement(name, "Recognizers-Text", planted, theirs)
    both = sum(len(mine & other) for mine, other in zip(ours, theirs))
    result["found_by_both"] = both
    result["found_by_zhidian"] = sum(map(len, ours))
    lines.append(f"{name}: figures found by both {both} of {result['found_by_zhidian']} that zhidian found")
    return result, lines


def values_by_line(path, claims):
    """The figures of the statements, by the line of the file that the statement begins in."""
    text = path.read_text(encoding="utf-8")
    found = [set() for _ in text.split("\n")]
    ends, at = [], 0
    for line in text.split("\n"):
        at += len(line) + 1
        ends.append(at)
    for claim in claims:
        start = (claim.get("raw_span") or claim["span"])[0]
        line = next(number for number, end in enumerate(ends) if start < end)
        value = claim.get("value") or {}
        numbers = [value.get(field) for field in ("num", "low", "high")]
        found[line] |= {corpus.plain(number) for number in numbers if number is not None}
    return found


def agreement(text, who, planted, found):
    """How many planted figures were read; too few is an error, since the speed of a wrong answer is no speed."""
    missed = [
        {"line": number + 1, "value": value}
        for number, (values, there) in enumerate(zip(planted, found))
        for value in values
        if value not in there
    ]
    total = sum(map(len, planted))
    read = total - len(missed)
    if read < AGREEMENT * total:
        raise SystemExit(f"failed to agree on {text}: {who} read {read} of {total} planted figures, e.g. not {missed[:5]}")
    return {"planted": total, "read": read, "missed": missed[:10]}


def assess(options):
    """The main job on the three dossiers: documents, tables, join."""
    present = [dossier for dossier in DOSSIERS if (ROOT / dossier).is_dir()]
    if not present:
        raise SystemExit("failed to find the dossiers: run in the repository")
    command = [options.zhidian, "assess", *present, "--json"]
    # Exit 1 says that an answer passed a threshold: the job was done.
    stdout, took = measure.repeated(command, options.repetitions, cwd=ROOT, ok=(0, 1))
    again, _ = measure.once(command, cwd=ROOT, ok=(0, 1))
    if stdout != again:
        raise SystemExit("failed to compare: two runs of zhidian assess differ")
    assessment = json.loads(stdout)
    outcomes = {}
    for answer in assessment["answers"]:
        outcomes[answer["outcome"]] = outcomes.get(answer["outcome"], 0) + 1
    summary = [
        f"{len(present)} dossiers, {len(assessment['answers'])} statements: "
        f"{took['seconds']['median']} s, peak {took.get('peak_megabytes', {}).get('median', '?')} MB",
        ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items())),
    ]
    return {"dossiers": present, "answers": len(assessment["answers"]), "outcomes": outcomes, "zhidian_run": took, "summary": summary}


def indicators(options):
    """Composite indices beside numpy and SALib, and large files."""
    return composite.indicators(options, None if options.no_peers else peer_python())


def peer_python():
    """The interpreter that has the peers; installs them below the target folder. None where that is not possible."""
    venv = ROOT / "target/peers"
    python = venv / "bin/python"
    done = venv / "installed"
    wanted = (HERE / "peers/requirements.txt").read_text(encoding="utf-8")
    if done.exists() and done.read_text(encoding="utf-8") == wanted:
        return str(python)
    steps = [
        [sys.executable, "-m", "venv", str(venv)],
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(HERE / "peers/requirements.txt")],
    ]
    for step in steps:
        try:
            outcome = subprocess.run(step, capture_output=True, text=True)
        except OSError as error:
            outcome = subprocess.CompletedProcess(step, 1, "", str(error))
        if outcome.returncode:
            print(f"skipped: the peers could not be installed: {outcome.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            return None
    done.write_text(wanted, encoding="utf-8")
    return str(python)


main()
