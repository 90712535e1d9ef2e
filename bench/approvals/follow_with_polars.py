"""A table of rows loaded, put in order, and its directly-follows graph with mean and median seconds, with Polars.

usage: follow_with_polars.py FILE.csv [all]    `all` loads every column, otherwise the three that are needed
"""
import json
import sys
import time

import polars as pl


def main():
    path, every = sys.argv[1], sys.argv[2:] == ["all"]
    before = time.process_time()
    columns = ["case_id", "activity", "timestamp"]
    rows = pl.read_csv(path, try_parse_dates=True) if every else pl.scan_csv(path, try_parse_dates=True).select(columns)
    pairs = (
        rows.lazy()
        .sort("case_id", "timestamp", maintain_order=True)
        .select(
            "activity",
            following=pl.col("activity").shift(-1),
            stays=pl.col("case_id") == pl.col("case_id").shift(-1),
            took=(pl.col("timestamp").shift(-1) - pl.col("timestamp")).dt.total_milliseconds(),
        )
        .filter("stays")
        .group_by("activity", "following")
        .agg(pl.len().alias("freq"), pl.col("took").mean().alias("mean"), pl.col("took").median().alias("median"))
        .collect()
    )
    took = time.process_time() - before
    dfg = {f"{a}>{b}": [freq, mean / 1000, median / 1000] for a, b, freq, mean, median in pairs.iter_rows()}
    print(json.dumps({"cpu_seconds": took, "threads": pl.thread_pool_size(), "dfg": dfg}))


main()
