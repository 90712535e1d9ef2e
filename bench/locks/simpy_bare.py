"""An M/D/1 lock in SimPy: usage simpy_bare.py LOAD VESSELS. Prints one JSON object."""
import json
import random
import sys
import time

import simpy


def main(load, vessels):
    random.seed(1)
    env = simpy.Environment()
    lock = simpy.Resource(env, capacity=1)
    waits = []

    def ship():
        came = env.now
        with lock.request() as request:
            yield request
            waits.append(env.now - came)
            yield env.timeout(1.0)

    def traffic():
        for _ in range(vessels):
            yield env.timeout(random.expovariate(load))
            env.process(ship())

    env.process(traffic())
    start = time.process_time()
    env.run()
    took = time.process_time() - start
    print(json.dumps({"version": simpy.__version__, "vessels": vessels, "mean": sum(waits) / len(waits),
                      "vessels_per_cpu_second": round(vessels / took)}))


main(float(sys.argv[1]), int(sys.argv[2]))
