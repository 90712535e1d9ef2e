"""The forecast as one writes it well in numpy: one project after another, so that memory stays small and caches warm;
numpy's fastest generator; a slip drawn only for those who slip."""
import json
import sys

import numpy as np

given, draws = json.load(open(sys.argv[1])), int(sys.argv[2])
random = np.random.Generator(np.random.SFC64(11))
total, uniform = np.zeros(draws), np.empty(draws)
for item in given["items"]:
    pace, slip = item["pace"], item["slip"]
    width, weight = pace["max"] - pace["min"], pace["lambda"]
    a = 1 + weight * (pace["mode"] - pace["min"]) / width
    b = 1 + weight * (pace["max"] - pace["mode"]) / width
    value = random.beta(a, b, draws)
    value *= width * item["plan"][0]
    value += pace["min"] * item["plan"][0]
    random.random(out=uniform)
    late = np.flatnonzero(uniform < slip["probability"])
    share = 1 - random.exponential(slip["mean_months"] / given["months"], late.size)
    value[late] *= np.maximum(share, 0, out=share)
    total += value
total *= 1 + given["common_sd"] * random.standard_normal(draws)
print(json.dumps({"mean": total.mean(), "sd": total.std(), "p_meet": float((total >= given["target"]).mean())}))
