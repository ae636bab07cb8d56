"""Failures, damage and misuse: errors that name what is wrong."""

import os
import re
import shlex
import shutil
import subprocess

import mpi

SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-g", "-O1"]


def check_ranks(library, report, lines):
    program = mpi.compile(library, "faults.c", flags=["-pthread"])
    for ranks in (3,) if mpi.QUICK else (2, 3, 4, 8):
        status, out, err = mpi.run(library, ranks, program)
        lines(f"{library}, np {ranks}", status, out, err, least=50)
    if mpi.has_fortran():
        program = mpi.compile(library, "outside.f90")
        for ranks in (1, 2):
            status, out, err = mpi.run(library, ranks, program)
            lines(f"{library}, Fortran, np {ranks}", status, out, err, least=10)


def check_damage(library, report, lines):
    program = mpi.compile(library, "damage.c")
    # MPICH's ranks wait busily: with more of them than processors each message is slow.
    few = 300 if library == "openmpi" else 60
    for ranks, plans in ((2, few if mpi.QUICK else 3000), (3, few)):
        status, out, err = mpi.run(library, ranks, program, str(plans))
        lines(f"{library}, np {ranks}", status, out, err, least=3)
    status, out, err = mpi.run(library, 3, program, "cut", limit=60)
    said = re.search(r"tally_mpi: rank \d: TALLY_FORMAT: a message to rank 0 was damaged or cut", err + out)
    report(
        f"{library}: a message of which nothing is left ends the program, and is named",
        "" if status not in (0, None) and said and "FAILED" not in out else f"{status}\n{out}{err}",
    )


def check_ends(library, report):
    program = mpi.compile(library, "rounds.c")
    status, out, err = mpi.run(library, 3, program, "kill", limit=60)
    report(
        f"{library}: a killed rank ends the program as the engine does, without a total (exit status {status})",
        "" if status not in (0, None) and "WRONG" not in out and "left" not in out else f"{status}\n{out}{err}",
    )
    status, out, err = mpi.run(library, 3, program, "version", environment={"PRETEND": "1"})
    line = "-2 7 0 rank 0 has Tally 0.1.0, rank 1 has 2.3.4: all ranks need the same version"
    wanted = sorted([f"rank {rank}: {line}" for rank in (0, 1, 2)] * 2 + ["part 0: 0 2"] * 2 + ["part 1: 0 1"])
    report(
        f"{library}: another version on one rank: all say which, and none has a total",
        "" if status == 0 and sorted(out.splitlines()) == wanted else f"{status}\n{out}{err}",
    )


def check_sanitizers(library, report, lines):
    """The library and the tests, compiled anew with both sanitizers of GCC."""
    if library == "openmpi" and shutil.which(mpi.compiler("mpich")):
        return  # Open MPI's own start-up is reported; once is enough.
    folder = mpi.BUILD / library / "sanitized"
    sources = sorted((mpi.TOP / "src").glob("*.c"))
    try:
        for name, arguments, least in (("faults.c", [], 50), ("damage.c", ["300"], 3), ("totals.c", None, 0)):
            program = mpi.compile(
                library,
                name,
                flags=[*SANITIZERS, "-pthread", *map(str, sources), *(["-DNO_MALLOC"] if name == "faults.c" else [])],
                folder=folder,
            )
            if arguments is None:
                arguments = [str(file) for file in sorted((mpi.BUILD / "data").iterdir())]
            status, out, err = mpi.run(
                library,
                2,
                program,
                *arguments,
                environment={"ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1"},
            )
            report(
                f"{library}: {name} under the address and undefined behaviour sanitizers",
                "" if status == 0 and "runtime error" not in err else f"{status}\n{err[-3000:]}",
            )
    except RuntimeError as error:
        if "asan" in str(error) or "ubsan" in str(error):
            print(f"skipped: {library}: sanitizers (GCC has none here)")
        else:
            raise


def check_valgrind(library, report):
    """Errors whose stack has a function of ours."""
    if shutil.which("valgrind") is None:
        print(f"skipped: {library}: valgrind (it is not installed)")
        return
    program = mpi.compile(library, "faults.c", name="faults_valgrind", flags=["-pthread", "-g", "-DNO_MALLOC"])
    command = ["valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite", "--log-file=%s" % (mpi.BUILD / "valgrind.%p")]
    for old in mpi.BUILD.glob("valgrind.*"):
        old.unlink()
    done = subprocess.run(
        [mpi.compiler(library, "MPIRUN"), *mpi.EXTRA[library], "-np", "2", *command, str(program)],
        text=True,
        capture_output=True,
        env={**mpi.ENVIRONMENT, "UCX_TLS": "self,sm,tcp"},
    )
    ours = []
    for log in mpi.BUILD.glob("valgrind.*"):
        for block in re.split(r"\n==\d+== \n", log.read_text()):
            frames = re.findall(r"(?:at|by) 0x[0-9A-F]+: (\S+) \((?:in )?([^)]*)", block)
            # What an MPI function leaves behind inside is its own.
            first = next((place for _, place in frames if "vg_replace" not in place and "libc" not in place), "")
            if re.search(r"libtally_mpi|(errors|fields|fixed|frames|kinds|start|states|sums)\.c:", first):
                ours.append(block)
    report(
        f"{library}: valgrind finds nothing in the library",
        "" if done.returncode == 0 and not ours else "\n".join(ours) or f"{done.returncode}\n{done.stdout[-800:]}{done.stderr[-800:]}",
    )


def check_install(library, report):
    """What is installed is found by pkg-config, shared and static.

    It was built with another PREFIX, that of the whole build.
    """
    prefix = mpi.BUILD / library / "installed"
    shutil.rmtree(prefix, ignore_errors=True)
    fortran = f"FORTRAN={os.environ.get('FORTRAN', '')}"
    try:
        mpi.call(
            ["make", "-s", f"install-{library}", f"PREFIX={prefix}", f"LIBDIR={prefix}/lib", f"INCLUDEDIR={prefix}/include",
             "DESTDIR=", f"MPI={library}", fortran, f"BUILD={mpi.BUILD}"],
            cwd=mpi.TOP,
        )
        where = {**os.environ, "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig:{os.environ.get('PKG_CONFIG_PATH', '')}"}

        def flags(package, *more):
            return shlex.split(subprocess.check_output([mpi.PKG_CONFIG, *more, "--cflags", "--libs", package], text=True, env=where))

        source = mpi.TOP / "examples" / "total.c"
        libraries = [flag[2:] for flag in flags(f"tally_mpi-{library}") if flag.startswith("-L")]
        path = ":".join([f"{prefix}/lib", *libraries, os.environ.get("LD_LIBRARY_PATH", "")])
        ways = {"shared": [str(source), *flags(f"tally_mpi-{library}")]}
        static = [flag for flag in flags(f"tally_mpi-{library}", "--static")]
        static = [f"{prefix}/lib/libtally_mpi_{library}.a" if flag == f"-ltally_mpi_{library}" else flag for flag in static]
        ways["static"] = [str(source), *static]
        outputs = {}
        for way, arguments in ways.items():
            program = prefix / way
            mpi.call([mpi.compiler(library), "-o", program, *arguments])
            outputs[way] = mpi.run(library, 2, program, environment={"LD_LIBRARY_PATH": path})
        if mpi.has_fortran():
            program = prefix / "fortran"
            mpi.call([mpi.compiler(library, "MPIFC"), "-o", program, mpi.TOP / "examples" / "total.f90", *flags(f"tally_mpi_f08-{library}")])
            outputs["Fortran"] = mpi.run(library, 2, program, environment={"LD_LIBRARY_PATH": path})
        wrong = {way: output for way, output in outputs.items() if output[0] != 0 or "1.5" not in output[1]}
        report(f"{library}: installed, found by pkg-config: {', '.join(outputs)}", wrong or "")
    except (RuntimeError, subprocess.CalledProcessError) as error:
        report(f"{library}: installed, found by pkg-config", error)


def check(library, report, lines):
    check_ranks(library, report, lines)
    check_damage(library, report, lines)
    check_ends(library, report)
    check_sanitizers(library, report, lines)
    check_valgrind(library, report)
    check_install(library, report)
