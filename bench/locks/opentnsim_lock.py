"""One chamber in OpenTNSim, operated as early as possible: usage opentnsim_lock.py VESSELS SHIPS_A_DAY. Prints one JSON object.

A network of one edge with the lock in its middle. Ships come both ways in exponential intervals and pass one by one; doors
take 3 minutes each, levelling 12. Sailing is made so short that a ship's time in the lock is doors and levelling alone; what
is compared is the mean of the whole passage.
"""
import datetime
import json
import random
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import networkx as nx  # noqa: E402
import opentnsim  # noqa: E402
import pandas as pd  # noqa: E402
import pyproj  # noqa: E402
import simpy  # noqa: E402
from opentnsim.lock import lock as locks  # noqa: E402
from opentnsim.vessel_traffic_service import vessel_traffic_service as service  # noqa: E402
from shapely.geometry import LineString, Point  # noqa: E402
from shapely.ops import transform  # noqa: E402

BEGIN = datetime.datetime(2025, 1, 1)
HALF = 400.0  # metres from each end of the edge to the middle of the lock


def network():
    to_degrees = pyproj.Transformer.from_crs("4087", "4326", always_xy=True).transform
    graph = nx.DiGraph()
    for node, x in [("0", -HALF), ("1", HALF)]:
        graph.add_node(node, geometry=transform(to_degrees, Point(x, 0)))
    graph.add_edge("0", "1", geometry=transform(to_degrees, LineString([(-HALF, 0), (HALF, 0)])), weight=1)
    graph.add_edge("1", "0", weight=1)
    return graph


def main(vessels, per_day):
    env = simpy.Environment(initial_time=BEGIN.timestamp())
    env.epoch = BEGIN
    env.graph = network()
    env.vessel_traffic_service = service.VesselTrafficService(graph=env.graph, crs_m="4087")
    ends = HALF - 140.0
    lock = locks.IsLockComplex(
        env=env, name="lock", node_open="0", node_A="0", node_B="1",
        distance_lock_doors_A_to_waiting_area_A=ends, distance_lock_doors_B_to_waiting_area_B=ends,
        distance_from_start_node_to_lock_doors_A=ends, distance_from_end_node_to_lock_doors_B=ends,
        lock_length=280.0, lock_width=34.0, lock_depth=5.8, levelling_time=720.0,
        doors_opening_time=180.0, doors_closing_time=180.0, max_vessels_in_operation=1, clustering_time=0.0,
        sailing_distance_to_crossing_point=0.0, sailing_time_before_opening_lock_doors=0.0,
        sailing_time_before_closing_lock_doors=0.0, sailing_in_time_gap_through_doors=0.0,
        sailing_out_time_gap_through_doors=0.0, passage_time_door=0.0, speed_reduction_factor_lock_chamber=1.0,
        sailing_in_speed_A=50.0, sailing_in_speed_B=50.0, sailing_out_speed_A=50.0, sailing_out_speed_B=50.0,
    )
    assert lock is not None
    kind = type("Vessel", (locks.PassesLockComplex, opentnsim.core.Identifiable, opentnsim.core.Movable,
                           opentnsim.core.VesselProperties, opentnsim.core.ExtraMetadata,
                           opentnsim.mixins.HasMultiDiGraph, opentnsim.output.HasOutput), {})
    chance = random.Random(1)
    passages, at = [], BEGIN.timestamp()

    def voyage(vessel, begins):
        yield env.timeout(begins - env.now)
        yield from vessel.move()
        passages.append(env.now - begins)

    for number in range(vessels):
        at += chance.expovariate(per_day / 86_400.0)
        ends_at = ["0", "1"] if chance.random() < 0.5 else ["1", "0"]
        vessel = kind(env=env, name=str(number), geometry=env.graph.nodes[ends_at[0]]["geometry"], route=ends_at, v=50.0,
                      L=90.0, B=16.0, T=3.0, type="cargo", arrival_time=pd.Timestamp.fromtimestamp(at))
        env.process(voyage(vessel, at))
    begun = time.process_time()
    env.run()
    took = time.process_time() - begun
    # Passages follow one another and are alike: batches of twenty are nearly independent.
    means = [sum(passages[k:k + 20]) / 20 / 60.0 for k in range(0, len(passages) - 19, 20)]
    middle = sum(means) / len(means)
    error = (sum((m - middle) ** 2 for m in means) / max(1, len(means) - 1) / len(means)) ** 0.5
    print(json.dumps({"version": opentnsim.__version__, "pandas": pd.__version__, "vessels": len(passages),
                      "ships_per_day": per_day, "mean_passage_min": sum(passages) / len(passages) / 60.0,
                      "standard_error": error, "least_passage_min": min(passages) / 60.0, "cpu_seconds": took,
                      "vessels_per_cpu_second": round(len(passages) / took, 1)}))


main(int(sys.argv[1]), float(sys.argv[2]))
