"""The tests of tally_mpi, for each MPI library that is here.

    python tests/run.py [--bench]

prints a line for each test, and fails if one does. `make check` runs it.
"""

import os
import sys
from collections import defaultdict

import datasets
import mpi
import oracle

RANKS = [1, 3] if mpi.QUICK else [1, 2, 3, 4, 7, 8]
failures = 0


def report(name, problem=""):
    global failures
    if problem:
        failures += 1
        print(f"FAILED: {name}")
        for line in str(problem).splitlines()[:40]:
            print(f"    {line}")
    else:
        print(f"ok: {name}")
    sys.stdout.flush()


def expected(rows, columns, ranks):
    """For each result of totals.c its status and bits."""
    values = [value for row in rows for value in row]
    reverse = [value for row in rows for value in reversed(row)]
    first = rows[:ranks] + [[-0.0] * columns] * (ranks - len(rows))
    results = {
        ("sum", 0): oracle.total(values),
        ("mean", 0): oracle.mean(values),
        ("variance", 0): oracle.variance(values),
        ("deviation", 0): oracle.deviation(values),
        ("norm", 0): oracle.norm(values),
        ("dot", 0): oracle.dot(values, reverse),
    }
    columns_of = [[row[k] for row in rows] for k in range(columns)]
    sums = [oracle.total(column) for column in columns_of]
    elements = [oracle.total([row[k] for row in first]) for k in range(columns)]
    for name, totals, whole in (("fields", sums, 1), ("totals", sums, 1), ("elements", elements, 1), ("states", sums, 0)):
        # A vector with one total beyond DBL_MAX says so as a whole.
        status = min([status for status, _ in totals], default=0)
        for k, (own, value) in enumerate(totals):
            results[name, k] = (status if whole else own, value)
    if columns:
        results["operator", 0] = sums[0]
    return results


def check_totals(library, program, kind, files, data):
    """Every distribution over every number of ranks gives the exact bits."""
    distinct = defaultdict(set)
    hosts = defaultdict(set)
    for ranks in RANKS:
        name = f"{library}, {kind}, np {ranks}: one total in bits, that of exact fractions"
        # MPICH's ranks wait busily: with more of them than processors a message takes
        # as long as a turn of the others.
        quick = library == "mpich" and ranks > (os.cpu_count() or 1)
        status, out, err = mpi.run(library, ranks, program, *["-q"] * quick, *files.values(), limit=600)
        wanted = {name: expected(rows, len(rows[0]) if rows else 3, ranks) for name, rows in data.items()}
        by_file = {str(file): name for name, file in files.items()}
        problem = "" if status == 0 else f"exit status {status} (None: it hung)\n{out[-500:]}{err[-2000:]}"
        seen = 0
        for line in out.splitlines() if status == 0 else ():
            file, way, seed, what, place, got, bits = line.split()
            dataset = by_file[file]
            if what == "host":
                hosts[dataset].add(bits)
                continue
            seen += 1
            if what == "sum":
                distinct[dataset].add(bits)
            right, value = wanted[dataset][what, int(place)]
            if (int(got), bits.lower()) != (right, f"{oracle.bits(value):016x}"):
                problem += (
                    f"{dataset} {way} {seed} {what}[{place}]: status {got}, bits {bits}; "
                    f"should be {right}, {oracle.bits(value):016x} ({value!r})\n"
                )
        least = (3 if quick else 7) * sum(len(results) - 1 for results in wanted.values())
        if not problem and seen < least:
            problem = f"only {seen} results of {least}"
        report(name, problem)
    several = {name: len(found) for name, found in hosts.items() if len(found) > 1}
    report(
        f"{library}, {kind}: one total each over all ranks and distributions; MPI_SUM has "
        + ", ".join(f"{count} of {name}" for name, count in several.items()),
        ""
        if several and all(len(found) == 1 for found in distinct.values())
        else f"ours: {dict(distinct)}, MPI_SUM's: {several}",
    )


def check_lines(name, status, out, err, least=1):
    """Reports the lines of a program that tests itself."""
    lines = [line for line in out.splitlines() if line.startswith(("ok: ", "FAILED: "))]
    for line in lines:
        report(f"{name}: {line.split(': ', 1)[1]}", "" if line.startswith("ok") else "see below")
    if status != 0 or len(lines) < least:
        report(f"{name}: exit status {status}, {len(lines)} of {least} tests", err[-1500:] or out[-1500:])


def main():
    if "--bench" in sys.argv:
        import bench

        return bench.main()
    folder = mpi.BUILD / "data"
    folder.mkdir(parents=True, exist_ok=True)
    data = datasets.make()
    files = {name: folder / name for name in data}
    for name, rows in data.items():
        datasets.write(rows, files[name])
    import faults

    for library in mpi.libraries():
        try:
            check_totals(library, mpi.compile(library, "totals.c"), "C", files, data)
            if mpi.has_fortran():
                check_totals(library, mpi.compile(library, "totals.f90"), "Fortran", files, data)
            else:
                print(f"skipped: {library}, Fortran: one total in bits (gfortran is not installed)")
            faults.check(library, report, check_lines)
        except RuntimeError as error:
            report(f"{library}: a program compiles without a warning", error)
    import examples

    examples.check(report)
    print(f"{failures} failed")
    return failures != 0


if __name__ == "__main__":
    sys.exit(main())
