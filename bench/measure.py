"""Measures whole commands: seconds on the clock, seconds of processor, peak memory, and the machine it happened on."""
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

# GNU time is a small program: what it reports of its child is not raised by this interpreter's own memory.
GNU_TIME = shutil.which("time") if platform.system() == "Linux" else None


def once(command, cwd=None, ok=(0,)):
    """Runs a command; gives its standard output and what it took."""
    with tempfile.NamedTemporaryFile("r", suffix=".time") as report:
        wrapped = [GNU_TIME, "-f", "%U %S %M", "-o", report.name, *command] if GNU_TIME else command
        start = time.perf_counter()
        process = subprocess.Popen(wrapped, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd)
        stdout, stderr = process.communicate()
        seconds = time.perf_counter() - start
        if process.returncode not in ok:
            raise SystemExit(f"failed to run {' '.join(command)}: exit {process.returncode}\n{stderr.decode()[-2000:]}")
        took = {"seconds": seconds}
        if GNU_TIME:
            user, system, kilobytes = report.read().splitlines()[-1].split()
            took |= {"cpu_seconds": float(user) + float(system), "peak_megabytes": int(kilobytes) / 1024}
    return stdout, took


def repeated(command, repetitions, cwd=None, ok=(0,)):
    """Median, least and most of each quantity over the repetitions, after one run that warms the caches."""
    stdout, _ = once(command, cwd, ok)
    runs = [once(command, cwd, ok)[1] for _ in range(repetitions)]
    summary = {"repetitions": repetitions}
    for name in runs[0]:
        values = [run[name] for run in runs]
        summary[name] = {
            "median": round(statistics.median(values), 4),
            "least": round(min(values), 4),
            "most": round(max(values), 4),
        }
    return stdout, summary


def machine():
    """What the figures depend on: processor, how busy it was, system, versions."""
    model = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    except OSError:
        pass
    return {
        "processor": model,
        "processors": os.cpu_count(),
        "load_1min": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
