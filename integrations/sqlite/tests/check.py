"""Runs tests in each SQLite that this Python has, and prints a line for each."""

import random
import traceback

from hosts import hosts

TESTS = []


def test(function):
    """A test: a function of a host and the path of the extension. Its name says what holds."""
    TESTS.append(function)
    return function


def connected(function):
    """A test of one connection in memory."""

    def run(host, extension):
        connection = host.open(extension)
        try:
            function(connection)
        finally:
            connection.close()

    run.__name__ = function.__name__
    return test(run)


def same(got, expected, *context):
    """Fails unless they are equal in type and value, -0.0 and 0.0 apart."""
    if type(got) is not type(expected) or got != expected or repr(got) != repr(expected):
        details = "".join(f"\n  {c!r}" for c in context)
        raise AssertionError(f"got {got!r}, expected {expected!r}{details}")


def run_all(extension):
    failed = 0
    for host in hosts():
        for function in TESTS:
            random.seed(14)
            name = f"{function.__name__.replace('_', ' ')} ({host.name})"
            try:
                function(host, extension)
                print(f"ok: {name}", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED: {name}")
                print("".join(f"    {line}\n" for line in traceback.format_exc(limit=-4).splitlines()),
                      end="", flush=True)
    return failed
