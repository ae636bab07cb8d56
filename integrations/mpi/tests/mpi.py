"""How programs are compiled and started with each MPI library."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent
BUILD = Path(os.environ.get("BUILD", "build"))
BUILD = BUILD if BUILD.is_absolute() else TOP / BUILD
PKG_CONFIG = os.environ.get("PKG_CONFIG", "pkg-config")
# Fewer numbers of ranks, and fewer rounds.
QUICK = "TALLY_TEST_QUICK" in os.environ
# More ranks than processors, in a container, perhaps as root.
ENVIRONMENT = {
    **os.environ,
    "OMPI_ALLOW_RUN_AS_ROOT": "1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
    "OMPI_MCA_mpi_yield_when_idle": "1",
    "OMPI_MCA_rmaps_base_oversubscribe": "1",
    "OMPI_MCA_btl_base_warn_component_unused": "0",
    "OMPI_MCA_btl_vader_single_copy_mechanism": "none",
    "HWLOC_COMPONENTS": "-gl",
}
EXTRA = {"openmpi": ["--oversubscribe"], "mpich": []}


def libraries():
    return os.environ.get("MPI", "openmpi mpich").split()


def compiler(library, kind="MPICC"):
    default = {"MPICC": "mpicc", "MPIFC": "mpif90", "MPIRUN": "mpirun"}[kind]
    return os.environ.get(f"{kind}_{library}", f"{default}.{library}")


def tally(*what):
    return shlex.split(subprocess.check_output([PKG_CONFIG, *what, "tally"], text=True))


def has_fortran():
    return bool(os.environ.get("FORTRAN")) and shutil.which(compiler(libraries()[0], "MPIFC")) is not None


def call(command, log=None, **options):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{shlex.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def compile(library, source, name=None, flags=(), folder=None):
    """The program of a source of the tests, in the build folder."""
    source = HERE / source
    built = BUILD / library
    folder = folder or built / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / (name or source.stem + "_" + source.suffix[1:])
    where = ["-L" + str(built), "-Wl,-rpath," + str(built)]
    tally_lib = [f"-Wl,-rpath,{flag[2:]}" for flag in tally("--libs") if flag.startswith("-L")]
    if source.suffix == ".f90":
        command = [compiler(library, "MPIFC"), "-std=f2008", "-Wall", "-O2", f"-I{built}", f"-J{folder}", source]
        libs = [f"-ltally_mpi_f08_{library}"]
    else:
        command = [compiler(library), "-std=c11", "-Wall", "-Wextra", "-O2", f"-I{TOP}", *tally("--cflags"), source]
        libs = []
    libs += [f"-ltally_mpi_{library}", *tally("--libs"), "-lm"]
    said = call([*command, *flags, "-o", program, *where, *tally_lib, *libs])
    # The wrappers of the MPI libraries are not ours to mend.
    if "warning" in said.lower():
        raise RuntimeError(said)
    return program


def run(library, ranks, program, *arguments, limit=240, environment=None):
    """The exit status and what was printed; None for the status if it hung."""
    folders = [str(BUILD / library), *(flag[2:] for flag in tally("--libs") if flag.startswith("-L"))]
    folders += filter(None, [os.environ.get("LD_LIBRARY_PATH")])
    command = [compiler(library, "MPIRUN"), *EXTRA[library], "-np", str(ranks), program, *arguments]
    process = subprocess.Popen(
        list(map(str, command)),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, "LD_LIBRARY_PATH": ":".join(folders), **(environment or {})},
    )
    try:
        out, err = process.communicate(timeout=limit)
        return process.returncode, out, err
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            out, err = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        return None, out, err


if __name__ == "__main__":
    sys.exit("this is not a program: python tests/run.py")
