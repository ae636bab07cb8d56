"""A Python that has no NumPy."""

import subprocess
import sys
import textwrap


def run(code):
    block = "import sys\nsys.modules['numpy'] = None\n"
    script = block + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_numbers_and_buffers():
    run(
        """
        import array, tally
        assert tally.sum([1e100, 1.0, -1e100]) == 1.0
        assert tally.sum(x for x in range(10)) == 45
        assert tally.sum(array.array("f", [0.5, 1.0])) == 1.5
        assert tally.var([1.0, 2.0, 4.0], ddof=1) == 7 / 3
        assert tally.Accumulator([1.0]).value() == 1.0
        assert tally.dot([1, 2], [3, 4]) == 11
        """
    )


def test_arrays_of_results_are_memoryviews():
    run(
        """
        import array, tally
        rows = memoryview(array.array("d", range(6))).cast("B").cast("d", (2, 3))
        got = tally.sum(rows, axis=0)
        assert type(got) is memoryview and got.format == "d" and got.tolist() == [3.0, 5.0, 7.0]
        assert tally.sum(rows, axis=1, keepdims=True).tolist() == [[3.0], [12.0]]
        assert tally.sum(rows, axis=(0, 1)) == 15.0
        assert tally.cumsum([1, 2, 3]).tolist() == [1, 3, 6]
        assert tally.rolling_sum([1.0, 2.0, 4.0], 2).tolist()[1:] == [3.0, 6.0]
        assert tally.group_sum([1.0, 2.0], [0, 0]).tolist() == [3.0]
        assert tally.group_sum([], []).tolist() == []
        assert tally.cov([1.0, 2.0], [2.0, 4.0]).tolist() == [[0.5, 1.0], [1.0, 2.0]]
        assert tally.cumsum(rows, axis=1).tolist() == [[0.0, 1.0, 3.0], [3.0, 7.0, 12.0]]
        """
    )


def test_what_needs_numpy_says_so():
    run(
        """
        import tally
        for values in ([[1.0], [2.0]], type("A", (), {"__array__": lambda self: None})()):
            try:
                tally.sum(values)
            except TypeError as error:
                assert "NumPy" in str(error)
            else:
                raise SystemExit("not refused")
        """
    )


def test_numpy_is_not_imported_for_numbers():
    code = """
        import sys, tally
        tally.sum([1.0]); tally.sum(iter([1.0])); tally.Accumulator([1.0])
        assert "numpy" not in sys.modules
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
