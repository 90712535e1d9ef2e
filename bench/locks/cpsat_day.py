"""A placement day in CP-SAT: usage cpsat_day.py FILE NUMBER CPU_SECONDS. One worker. Prints one JSON object.

Lockages are slots in order; sides alternate; a ship goes in one slot of its side; ships of a slot fit by two-dimensional
no-overlap on optional intervals.
"""
import json
import sys

from ortools.sat.python import cp_model
import ortools


def main(path, number, seconds):
    day = json.load(open(path, encoding="utf-8"))[number - 1]
    ships, fixed, per = day["ships"], day["fixed_min"], day["per_ship_min"]
    length, width = day["chamber_L_m"], day["chamber_W_dm"]
    slots = len(ships) // 2 + 4
    horizon = max(s["r"] for s in ships) + slots * (fixed + 8 * per)
    model = cp_model.CpModel()
    first = model.new_bool_var("first side")
    start = [model.new_int_var(0, horizon, f"S{k}") for k in range(slots)]
    aboard = [[model.new_bool_var(f"x{i},{k}") for k in range(slots)] for i in range(len(ships))]
    waits = []
    for i, ship in enumerate(ships):
        model.add_exactly_one(aboard[i])
        wait = model.new_int_var(0, horizon, f"w{i}")
        waits.append(wait)
        for k in range(slots):
            # Slot k goes to side (k + first) mod 2.
            side = first if k % 2 == 0 else first.negated()
            model.add_implication(aboard[i][k], side if ship["dir"] == 1 else side.negated())
            model.add(start[k] >= ship["r"]).only_enforce_if(aboard[i][k])
            model.add(wait >= start[k] - ship["r"]).only_enforce_if(aboard[i][k])
    for k in range(slots):
        if k + 1 < slots:
            model.add(start[k + 1] >= start[k] + fixed + per * sum(aboard[i][k] for i in range(len(ships))))
        xs, ys = [], []
        for i, ship in enumerate(ships):
            x = model.new_int_var(0, length - ship["L"], f"px{i},{k}")
            y = model.new_int_var(0, width - ship["W"], f"py{i},{k}")
            xs.append(model.new_optional_fixed_size_interval_var(x, ship["L"], aboard[i][k], f"ix{i},{k}"))
            ys.append(model.new_optional_fixed_size_interval_var(y, ship["W"], aboard[i][k], f"iy{i},{k}"))
        model.add_no_overlap_2d(xs, ys)
    model.minimize(sum(waits))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    print(json.dumps({"version": ortools.__version__, "value": solver.objective_value if found else None,
                      "lower_bound": solver.best_objective_bound, "status": solver.status_name(status), "seconds": solver.wall_time}))


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
