"""First-order and total indices with bootstrap intervals of SALib, for many outputs of one design.

usage: sobol_with_salib.py OUTPUTS.json; prints the indices and processor seconds without start-up.
"""
import json
import sys
import time

import numpy as np
from SALib.analyze import sobol


def main():
    job = json.load(open(sys.argv[1], encoding="utf-8"))
    factors, n = job["factors"], job["points"]
    problem = {"num_vars": factors, "names": [str(at) for at in range(factors)], "bounds": [[0, 1]] * factors}
    # SALib wants A, AB1.., B for each point in turn.
    order = [0, *range(2, factors + 2), 1]
    outputs = [np.array(y).reshape(factors + 2, n)[order].T.ravel() for y in job["outputs"]]
    start = time.process_time()
    found = [
        sobol.analyze(problem, y, calc_second_order=False, num_resamples=job["resamples"], seed=1) for y in outputs
    ]
    seconds = time.process_time() - start
    indices = [{"first": one["S1"].tolist(), "total": one["ST"].tolist()} for one in found]
    json.dump({"cpu_seconds": seconds, "indices": indices}, sys.stdout)


main()
