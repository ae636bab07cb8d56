"""Runs some of CPython's own tests with Tally's functions in the place of its own.

    python run_cpython.py RESULTS TEST... [--deselect=TEST]...

TEST is the name of a test, or how the names of several begin: test_math.MathTests.testFsum.
RESULTS becomes a line of JSON for each test, as by run_numpy.py. Any CPython that has its
`test` package can run this; what it lacks of the tests is left out.

A call is Tally's if all that it gives are ints and floats. Its result is made a float where
CPython's is one. Errors are CPython's where these are narrower: StatisticsError is a
ValueError, and where Tally has NaN for what is not defined, CPython's function raises one.
"""

import collections
import collections.abc
import functools
import inspect
import json
import math
import random
import statistics
import sys
import unittest

import tally

answered = collections.Counter()
passed_on = collections.Counter()


class Theirs(Exception):
    """A call that Tally does not take, with the reason."""


class Once(list):
    """What an iterator gave, kept for CPython if the call is not Tally's."""


def numbers(data):
    """The data, as Tally is to get it."""
    for value in data:
        if type(value) not in (int, float, bool):
            raise Theirs(f"values of type {type(value).__name__}")
    return iter(data) if isinstance(data, Once) else data


def defined(result, *data):
    """A result that is no NaN, unless there is one in the data."""
    if math.isnan(result) and not any(math.isnan(value) for values in data for value in values):
        raise ValueError("not defined")
    return result


def fsum(seq):
    """math.fsum takes whatever has __float__, and so does Tally."""
    return defined(float(tally.sum(iter(seq) if isinstance(seq, Once) else seq)), seq)


def sumprod(p, q):
    for values in (p, q):
        for value in numbers(values):
            if isinstance(value, int) and abs(value) >> 63:
                raise Theirs("integers beyond 64 bits")
    result = tally.dot(list(p), list(q))
    # The sum of nothing is an int here.
    return result if p or q else int(result)


def mean(data):
    return tally.mean(numbers(data))


def fmean(data, weights=None):
    if weights is None:
        return defined(tally.mean(numbers(data)), data)
    return tally.average(numbers(data), weights=numbers(weights))


def of_one(ours, ddof):
    def call(data, xbar=None, mu=None):
        if xbar is not None or mu is not None:
            raise Theirs("a mean that is given")
        return ours(numbers(data), ddof=ddof)

    return call


def covariance(x, y):
    return defined(float(tally.cov(numbers(x), numbers(y))[0, 1]), x, y)


def correlation(x, y, method="linear"):
    if method != "linear":
        raise Theirs("ranks")
    return defined(float(tally.corrcoef(numbers(x), numbers(y))[0, 1]), x, y)


def linear_regression(x, y, proportional=False):
    if proportional:
        raise Theirs("a line through the origin")
    fit = tally.linear_fit(numbers(x), numbers(y))
    return statistics.LinearRegression(fit.slope, fit.intercept)


STAND_INS = {
    math: {"fsum": fsum, "sumprod": sumprod},
    statistics: {
        "mean": mean,
        "fmean": fmean,
        "variance": of_one(tally.var, 1),
        "pvariance": of_one(tally.var, 0),
        "stdev": of_one(tally.std, 1),
        "pstdev": of_one(tally.std, 0),
        "covariance": covariance,
        "correlation": correlation,
        "linear_regression": linear_regression,
    },
}


def stand_in(module, theirs, ours):
    signature = inspect.signature(ours)

    @functools.wraps(theirs)
    def call(*args, **kwargs):
        args = [Once(a) if isinstance(a, collections.abc.Iterator) else a for a in args]
        answered[theirs.__name__] += 1
        try:
            try:
                signature.bind(*args, **kwargs)
            except TypeError:
                raise Theirs("wrong arguments") from None
            return ours(*args, **kwargs)
        except Theirs as reason:
            answered[theirs.__name__] -= 1
            passed_on[str(reason)] += 1
        except ValueError as error:
            if module is statistics:
                raise statistics.StatisticsError(str(error)) from None
            raise
        return theirs(*args, **kwargs)

    return call


def install():
    for module, functions in STAND_INS.items():
        for name, ours in functions.items():
            if hasattr(module, name):
                setattr(module, name, stand_in(module, getattr(module, name), ours))


def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


class Recorder(unittest.TestResult):
    def __init__(self, file):
        super().__init__()
        self.file = file

    def startTest(self, test):
        super().startTest(test)
        answered.clear()
        passed_on.clear()
        random.seed(13)
        self.outcome = "passed"
        self.note = ""

    def addSubTest(self, test, subtest, outcome):
        super().addSubTest(test, subtest, outcome)
        if outcome is not None:
            self.failed(outcome)

    def failed(self, error):
        self.outcome = "failed"
        self.note = f"{error[0].__name__}: {error[1]}"

    def addError(self, test, error):
        self.failed(error)

    def addFailure(self, test, error):
        self.failed(error)

    def addSkip(self, test, reason):
        self.outcome = "skipped"

    def stopTest(self, test):
        record = {
            "test": test.id().removeprefix("test."),
            "outcome": self.outcome,
            "note": self.note,
            "answered": answered.total(),
            "passed_on": dict(passed_on),
        }
        self.file.write(json.dumps(record) + "\n")


def main(results, *arguments):
    install()
    names = [name for name in arguments if not name.startswith("-")]
    left_out = {name.replace("--deselect=", "test.") for name in arguments if name not in names}
    modules = sorted({name.split(".")[0] for name in names})
    loaded = unittest.defaultTestLoader.loadTestsFromNames([f"test.{name}" for name in modules])
    begins = tuple(f"test.{name}" for name in names)
    chosen = [t for t in flat(loaded) if t.id().startswith(begins) and t.id() not in left_out]
    with open(results, "w") as file:
        unittest.TestSuite(chosen).run(Recorder(file))


if __name__ == "__main__":
    main(*sys.argv[1:])
