"""Weights of entropy and TOPSIS on a table of numbers with plain numpy.

usage: topsis_with_numpy.py ROWS COLUMNS; prints scores and processor seconds of one run without start-up.
"""
import json
import sys
import time

import numpy as np


def score(x):
    shares = x / x.sum(axis=0)
    weights = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(x))
    weights /= weights.sum()
    scaled = x / np.sqrt((x * x).sum(axis=0)) * weights
    best, worst = scaled.max(axis=0), scaled.min(axis=0)
    to_best = np.sqrt(((scaled - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((scaled - worst) ** 2).sum(axis=1))
    return to_worst / (to_worst + to_best)


def main():
    rows, columns = int(sys.argv[1]), int(sys.argv[2])
    at = np.arange(rows)[:, None] * 7919 + np.arange(columns)[None, :] * 104729
    x = (at % 100003) / 100 + 1
    result, runs = score(x), 0
    start = time.process_time()
    while time.process_time() - start < 1.5:
        score(x)
        runs += 1
    seconds = (time.process_time() - start) / runs
    json.dump({"cpu_seconds": seconds, "scores": [result.tolist()]}, sys.stdout)


main()
