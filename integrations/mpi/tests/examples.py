"""The examples: they compile, and print one result for any number of workers."""

import os
import re
import shutil
import subprocess
from fractions import Fraction

import mpi

EXAMPLES = mpi.TOP / "examples"


def openmp_total():
    values = [0.1 * (i % 1000) - 49.95 for i in range(1000)]
    return float(1000 * sum(map(Fraction, values)))


def check_openmp(report, compiler, standard, source):
    name = f"OpenMP, {source}"
    if shutil.which(compiler) is None:
        print(f"skipped: {name} ({compiler} is not installed)")
        return
    program = mpi.BUILD / source.replace(".", "_")
    rpath = [f"-Wl,-rpath,{flag[2:]}" for flag in mpi.tally("--libs") if flag.startswith("-L")]
    mpi.call([compiler, standard, "-Wall", "-Wextra", "-Werror", "-O2", "-fopenmp", EXAMPLES / source, "-o", program,
              *mpi.tally("--cflags", "--libs"), *rpath])
    ours, plain = set(), set()
    for threads in (1, 2, 3, 4, 7):
        out = subprocess.run([program], text=True, capture_output=True, check=True,
                             env={**os.environ, "OMP_NUM_THREADS": str(threads)}).stdout
        own, other = re.fullmatch(r"(\S+), by OpenMP's own sum (\S+)\n", out).groups()
        ours.add(float.fromhex(own))
        plain.add(other)
    report(f"{name}: 1 total with 1 to 7 threads, OpenMP's own has {len(plain)}",
           "" if ours == {openmp_total()} else f"{ours}, not {openmp_total()!r}")


def check_mpi(report, library, source, flags=()):
    program = mpi.compile(library, EXAMPLES / source, flags=flags)
    printed = set()
    for ranks in (1, 2, 3, 4):
        status, out, err = mpi.run(library, ranks, program)
        if status != 0 or not out.strip():
            report(f"{library}, {source}, np {ranks}", f"{status}\n{out}{err}")
            return
        printed.add(out)
    report(f"{library}, {source}: prints the same with 1 to 4 ranks", "" if len(printed) == 1 else printed)


def check_page(report):
    page = (mpi.TOP / "docs" / "mpi.md").read_text()
    missing = [name for name in ("climate.f90", "particles.c") if (EXAMPLES / name).read_text() not in page]
    report("docs/mpi.md has its programs as they are", f"not {missing}" if missing else "")


def check(report):
    check_page(report)
    for compiler, standard, source in (("CC", "-std=c11", "openmp.c"), ("CXX", "-std=c++17", "openmp.cpp")):
        try:
            check_openmp(report, os.environ.get(compiler) or {"CC": "cc", "CXX": "c++"}[compiler], standard, source)
        except (RuntimeError, subprocess.CalledProcessError, AttributeError) as error:
            report(f"OpenMP, {source}", error)
    for library in mpi.libraries():
        for source in ("total.c", "particles.c", *(("total.f90", "climate.f90") if mpi.has_fortran() else ())):
            try:
                check_mpi(report, library, source)
            except RuntimeError as error:
                report(f"{library}, {source}", error)
