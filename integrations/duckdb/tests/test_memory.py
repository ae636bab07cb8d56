"""Out of memory, interrupted queries, and memory that is released."""

import ctypes
import os
import subprocess
import sys
import threading
import time

import duckdb
from host import BUILD, HERE, Folder, check, connect, error, one
from run import Skipped

# 2^-1000 and 2^1000 in one group: 64 bytes do not do, and the state grows.
WIDE = "CASE WHEN i % 2 = 0 THEN 1e300 ELSE 1e-300 END"


def child(code, env=(), timeout=300):
    """Runs code in a process of its own; it must print 'done' at the end."""
    environment = {**os.environ, "PYTHONPATH": str(HERE / "tests"), **dict(env)}
    result = subprocess.run([sys.executable, "-c", code], env=environment, timeout=timeout,
                            capture_output=True, text=True)
    assert result.returncode == 0 and result.stdout.rstrip().endswith("done"), \
        (result.returncode, result.stdout[-2000:], result.stderr[-2000:])
    return result.stdout


def preload():
    """The shared library that refuses memory."""
    target = BUILD / "tests" / "refuse.so"
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [*os.environ.get("CC", "cc").split(), "-O1", "-shared", "-fPIC", "-o",
               str(target), str(HERE / "tests" / "refuse.c")]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as e:
        raise Skipped(f"cannot compile tests/refuse.c: {e}") from e
    return target


def test_no_memory_for_a_state_that_grows():
    library = preload()
    grouped = "SELECT count(s) FROM (SELECT {} s FROM range(20000) t(i) GROUP BY {})".format
    queries = {
        "scattered": grouped(f"exact_sum({WIDE})", "i // 2 % 5000"),
        "one state": f"SELECT exact_sum({WIDE}) FROM range(20000) t(i)",
        "runs": grouped(f"exact_avg({WIDE})", "i // 2000"),
        "windows": f"SELECT count(s) FROM (SELECT exact_sum({WIDE}) OVER (ORDER BY i ROWS 50 "
                   "PRECEDING) s FROM range(5000) t(i))",
        "states": grouped(f"exact_state({WIDE})", "i // 2 % 5000"),
        "merging": "SELECT exact_merge(s) FROM (SELECT exact_state(x) s FROM (SELECT i, "
                   f"{WIDE} AS x FROM range(300) t(i)) GROUP BY i)",
    }
    out = child(f"""
import ctypes
from host import connect, error, one
shim = ctypes.CDLL({str(library)!r})
allowed = ctypes.c_long.in_dll(shim, "refuse_allowed")
given = ctypes.c_long.in_dll(shim, "refuse_given")
queries = {queries!r}
c = connect(threads=2)
for name, sql in queries.items():
    right = c.execute(sql).fetchall()
    refused = 0
    for limit in (0, 1, 2, 5, 50, 999, 4999):
        given.value, allowed.value = 0, limit
        try:
            got = c.execute(sql).fetchall()
            assert got == right, (name, limit, got)
        except Exception as e:
            refused += 1
            assert "out of memory" in str(e) and "exact_" in str(e), (name, limit, e)
        allowed.value = -1
        assert c.execute(sql).fetchall() == right, (name, limit)
    assert refused, name
    print(name, refused, "refused")
print("done")
""", {"LD_PRELOAD": str(library)})
    return ", ".join(out.split("\n")[:-2])


def test_address_space_runs_out():
    child(f"""
import resource, duckdb
from host import connect, one
c = connect(threads=2, memory_limit="20GB")
sql = ("SELECT count(s), count(DISTINCT s) FROM (SELECT exact_sum({WIDE}) s "
       "FROM range(ROWS) t(i) GROUP BY i // 2)")
few, many = sql.replace("ROWS", "10000"), sql.replace("ROWS", "6000000")
small = c.execute(few).fetchall()
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
failed = 0
for more in (100, 200, 400):
    resource.setrlimit(resource.RLIMIT_AS, (size + (more << 20), resource.RLIM_INFINITY))
    try:
        c.execute(many).fetchall()
    except (duckdb.Error, MemoryError) as e:
        failed += 1
        assert "memory" in str(e).lower() or "alloc" in str(e).lower(), e
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    c.close()
    c = connect(threads=2)
    assert c.execute(few).fetchall() == small
assert failed, "the limit was never reached"
print("done")
""")


def test_memory_limit_of_duckdb():
    sql = ("SELECT count(*), sum(a), max(b) FROM (SELECT exact_sum(i / 3) a, exact_var_pop(i) b "
           "FROM range(300000) t(i) GROUP BY i // 2)")
    notes = []
    with Folder() as folder:
        c = connect(folder / "t.duckdb", threads=2, temp_directory=str(folder / "spill"))
        want = c.execute(sql).fetchall()
        for limit in (20, 60, 200, 400):
            c.execute(f"SET memory_limit = '{limit}MB'")
            try:
                got = c.execute(sql).fetchall()
                assert got == want, (limit, got, want)
                notes.append(f"{limit} MB: finished")
            except duckdb.OutOfMemoryException:
                notes.append(f"{limit} MB: an error")
            check(one(c, "SELECT exact_sum(i) FROM range(1000) t(i)"), 499500)
        c.close()
    assert "error" in str(notes), "no limit was low enough"
    return ", ".join(notes)


class Mallinfo2(ctypes.Structure):
    """What glibc's allocator has, in bytes. The extension takes its memory from it, and
    DuckDB nearly all of its own from another one."""
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost")]


def in_use():
    """The bytes that are allocated now, in all threads: not what is kept for later."""
    try:
        mallinfo2 = ctypes.CDLL(None).mallinfo2
    except AttributeError as e:
        raise Skipped("the C library has no mallinfo2()") from e
    mallinfo2.restype = Mallinfo2
    info = mallinfo2()
    return info.uordblks + info.hblkhd


def flat(work, runs):
    """Checks that work leaves nothing in use; half of the runs are there to warm up."""
    for _ in range(runs // 2):
        work()
    before = in_use()
    for _ in range(runs // 2):
        work()
    grown = (in_use() - before) // 1024
    assert grown < 1000, f"{grown} KiB more after {runs // 2} runs"
    return f"{grown} KiB more after {runs // 2} runs"


def test_grown_states_are_released():
    c = connect(threads=2)

    def work():
        # 20,000 grown states of 336 bytes: 6.7 MB that a leak would leave.
        rows = c.execute(f"SELECT count(s), max(a) FROM (SELECT exact_sum({WIDE}) s, "
                         f"exact_avg({WIDE}) a FROM range(40000) t(i) GROUP BY i // 2)").fetchall()
        assert rows[0][0] == 20000
    return flat(work, 40)


def test_states_of_windows_and_merges_are_released():
    c = connect(threads=2)

    def work():
        c.execute(f"SELECT count(s) FROM (SELECT exact_sum({WIDE}) OVER (ORDER BY i ROWS 50 "
                  "PRECEDING) s FROM range(20000) t(i))").fetchall()
        c.execute(f"SELECT count(exact_value(s)) FROM (SELECT exact_merge(s) s FROM (SELECT i, "
                  f"exact_state(x) s FROM (SELECT i, {WIDE} AS x FROM range(10000) t(i)) "
                  "GROUP BY i) GROUP BY i // 2)").fetchall()
    return flat(work, 30)


def test_states_of_failed_queries_are_released():
    c = connect(threads=2)

    def work():
        message = error(c, f"SELECT exact_sum(x), exact_merge(s) FROM (SELECT i, {WIDE} AS x, "
                           "CASE WHEN i = 39999 THEN '\\x01'::BLOB END s FROM range(40000) t(i)) "
                           "GROUP BY i // 2")
        assert "sealed" in message, message
    return flat(work, 30)


def test_interrupted_queries():
    c = connect(threads=2)
    queries = {
        "groups": f"SELECT count(s) FROM (SELECT exact_sum({WIDE}) s FROM range(400000000) t(i) "
                  "GROUP BY i // 2 % 50000)",
        "ungrouped": "SELECT exact_var_samp(i) FROM range(4000000000) t(i)",
        "window": "SELECT count(s) FROM (SELECT exact_sum(i / 3) OVER (ORDER BY i ROWS 99 "
                  "PRECEDING) s FROM range(40000000) t(i))",
    }
    done = 0

    def interrupt_until(ended):
        # Not once: on a busy machine the query may not have begun.
        while not ended.wait(0.15):
            c.interrupt()

    def interrupt_all():
        nonlocal done
        for name, sql in queries.items():
            ended = threading.Event()
            thread = threading.Thread(target=interrupt_until, args=(ended,))
            start = time.monotonic()
            thread.start()
            try:
                message = error(c, sql)
            finally:
                ended.set()
                thread.join()
            assert "INTERRUPT" in message.upper(), (name, message)
            assert time.monotonic() - start < 20, name
            check(one(c, "SELECT exact_sum(i) FROM range(1000) t(i)"), 499500, name)
            done += 1
    note = flat(interrupt_all, 12)
    return f"{done} queries, {note}"
