"""Replays choices of a composite index with numpy, as well as it can be written: the common scale is cached for every
combination of choices that leads to it, and the tree is put together by three products of matrices.

usage: index_with_numpy.py JOB.json; prints scores and processor seconds of the replay without start-up.
"""
import json
import sys
import time

import numpy as np


def main():
    job = json.load(open(sys.argv[1], encoding="utf-8"))
    scaled = {tuple(key): np.array(rows) for key, rows in job["scaled"]}
    logs = {key: np.log(x) for key, x in scaled.items()}
    levels = [np.array(level) for level in job["levels"]]
    sets = [[np.array(level) for level in levels_of] for levels_of in job["sets"]]
    settings = job["settings"]
    start = time.process_time()
    shares = [[weights / weights.sum(axis=0) for weights in spread(levels, one)] for one in sets]
    prepared = time.process_time() - start
    start = time.process_time()
    scores = np.empty((len(settings), next(iter(scaled.values())).shape[0]))
    for run, (points, scale, weights, geometric) in enumerate(settings):
        first, second, third = shares[weights]
        if geometric:
            scores[run] = np.exp(logs[points, scale] @ first @ second @ third)[:, 0]
        else:
            scores[run] = (scaled[points, scale] @ first @ second @ third)[:, 0]
    seconds = time.process_time() - start
    json.dump({"cpu_seconds": seconds, "cpu_seconds_of_weights": prepared, "scores": scores.tolist()}, sys.stdout)


def spread(levels, weights):
    """One matrix a level: children down, parents across, the weights where a child belongs to a parent."""
    return [level * own[:, None] for level, own in zip(levels, weights)]


main()
