"""Timings against MPI_SUM: `make bench`. They depend on the load of the machine."""

import os

import mpi


def main():
    for library in mpi.libraries():
        program = mpi.compile(library, "bench.c")
        for ranks in (2, 4):
            load = os.getloadavg()[0]
            print(f"{library}, np {ranks}, {os.cpu_count()} processors, load {load:.1f}")
            status, out, err = mpi.run(library, ranks, program, os.environ.get("RUNS", "25"), limit=600)
            print(out if status == 0 else f"exit status {status}\n{err}", flush=True)
    print("ratio: the median of interleaved runs; fastest: the ratio of the fastest runs")
    return 0
