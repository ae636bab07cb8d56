"""Moving frames, against exact arithmetic frame by frame."""

import math

from common import (DATA, ONE, TWO, Exact, calls, equal, fresh, one, rows, table)

DATABASE = "windows"


def test_frames_of_sums_are_right():
    wrong = count = 0
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            values = data(5000)
            table(connection, "t", "i int4, x float8", enumerate(values))
            got = rows(connection,
                       "SELECT exact_sum(x) OVER w, exact_avg(x) OVER w, sum(x) OVER w, "
                       "exact_state(x) OVER w::numeric FROM t WINDOW w AS "
                       "(ORDER BY i ROWS BETWEEN 99 PRECEDING AND CURRENT ROW) ORDER BY i")
            for i, (total, average, own, _) in enumerate(got):
                frame = values[max(0, i - 99):i + 1]
                equal(total, math.fsum(frame), f"frame {i} of {name}")
                wrong += own != total
                count += 1
                if i % 50 == 0:
                    equal(average, Exact(frame).avg(), f"avg of frame {i} of {name}")
            assert one(connection, "SELECT count(*) FROM t") == len(got)
    return f"{count} frames; of sum(float8) {wrong} are wrong"


def test_frames_of_variances_and_pairs_are_right():
    count = 0
    with fresh(DATABASE) as connection:
        for name, data in DATA.items():
            x = data(600)
            y = [a + b for a, b in zip(x, data(600, seed=77))]
            table(connection, "t", "i int4, x float8, y float8",
                  zip(range(600), x, y))
            for width in (2, 10, 50):
                got = rows(connection,
                           f"SELECT {calls(ONE, 'x', over=' OVER w')}, "
                           f"{calls(TWO, 'y, x', over=' OVER w')} FROM t WINDOW w AS "
                           f"(ORDER BY i ROWS {width - 1} PRECEDING) ORDER BY i")
                for i, results in enumerate(got):
                    first = max(0, i - width + 1)
                    exact = Exact(x[first:i + 1], y[first:i + 1])
                    expected = exact.of_one() | exact.of_two()
                    for function, result in zip(ONE + TWO, results):
                        equal(result, expected[function],
                              f"{function} of frame {i} of {width}, {name}")
                        count += 1
    return f"{count} results"


def test_specials_leave_a_frame():
    nan, inf = math.nan, math.inf
    values = [1.0, nan, 2.0, None, None, None, inf, 3.0, -inf, 4.0, 5.0, 1e150, 1e150,
              -1e150, -0.0, -0.0, -0.0, None, 7.0]
    with fresh(DATABASE) as connection:
        table(connection, "t", "i int4, x float8", enumerate(values))
        window = "WINDOW w AS (ORDER BY i ROWS 1 PRECEDING) ORDER BY i"
        narrow = [x for x in values if x is None or abs(x) != 1e150]
        got = rows(connection, "SELECT exact_sum(x) OVER w, sum(x) OVER w, "
                               f"exact_avg(x) OVER w, avg(x) OVER w FROM t {window}")
        for i, (total, own, average, own_average) in enumerate(got):
            equal(total, own, f"sum of frame {i} of {values}")
            if average is not None:
                average += 0.0  # avg() of -0.0 alone is 0
            equal(average, own_average, f"avg of frame {i} of {values}")
        table(connection, "t", "i int4, x float8", enumerate(narrow))
        names = ONE[2:]
        got = rows(connection, f"SELECT {calls(names, 'x', over=' OVER w')} FROM t {window}")
        own = rows(connection,
                   f"SELECT {calls(names, 'x', '', over=' OVER w')} FROM t {window}")
        for i, (a, b) in enumerate(zip(got, own)):
            for function, left, right in zip(names, a, b):
                equal(left, right, f"{function} of frame {i} of {narrow}")


def test_frames_by_groups_range_and_exclusion():
    values = DATA["cancelling"](400)
    frames = ("ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING",
              "ROWS BETWEEN 3 FOLLOWING AND 9 FOLLOWING",
              "RANGE BETWEEN 4 PRECEDING AND 1 PRECEDING",
              "GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
              "ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW",
              "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
              "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING")
    with fresh(DATABASE) as connection:
        table(connection, "t", "i int4, x float8", enumerate(values))
        for frame in frames:
            got = rows(connection,
                       "SELECT i, exact_sum(x) OVER w, array_agg(x) OVER w, "
                       "exact_value(exact_merge(s) OVER w) FROM "
                       "(SELECT i, x, exact_state(x) s FROM t GROUP BY i, x) q "
                       f"WINDOW w AS (PARTITION BY i % 3 ORDER BY i / 6 {frame})")
            for i, total, members, merged in got:
                expected = math.fsum(members) if members else None
                equal(total, expected, f"row {i}, {frame}")
                equal(merged, expected, f"merged, row {i}, {frame}")
