"""Data that are hard to add, as lists of rows."""

import math
import random
import struct

MAX = 1.7976931348623157e308
TINY = 5e-324


def make():
    rng = random.Random(15)
    uniform = [[rng.random() for _ in range(7)] for _ in range(300)]
    binades = [[math.ldexp(rng.random() - 0.5, rng.randrange(-40, 40)) for _ in range(5)] for _ in range(200)]
    wide = [[math.ldexp(rng.random() - 0.5, rng.randrange(-1073, 1020)) for _ in range(5)] for _ in range(60)]
    cancelling = [[math.ldexp(rng.random() - 0.5, rng.randrange(-200, 200)) for _ in range(4)] for _ in range(60)]
    cancelling += [[-v for v in row] for row in cancelling]
    cancelling += [[TINY, 1e-300, 1.0, 0.0], [0.0, 1.0, 2.0**-53, 0.0], [0.0, 2.0**-53, 0.0, -0.0]]
    # Sums half-way between two doubles, and a little above and below.
    ties = [[1.0, 1.0, 1.0, -1.0, 2.0**52, 2.0**53 - 1]]
    ties += [[2.0**-53, 2.0**-53, 2.0**-53, -(2.0**-53), 0.5, 0.5]]
    ties += [[0.0, 2.0**-200, -(2.0**-200), -TINY, TINY, -TINY]]
    subnormal = [[TINY, -TINY, 2.2250738585072014e-308, 3 * TINY], [TINY, TINY, -TINY, -(2.0**-1050)]]
    subnormal += [[TINY * rng.randrange(1 << 40) * rng.choice([1, -1]) for _ in range(4)] for _ in range(20)]
    # Beyond DBL_MAX on the way, and at the end; to the last bit below it.
    half = math.ldexp(1.0, 970)
    huge = [[MAX, MAX, -MAX, MAX, MAX, MAX], [MAX, MAX, -MAX, -MAX, half, math.nextafter(half, 0)]]
    huge += [[-MAX, MAX, -MAX, 0.0, 0.0, 0.0], [-MAX, -MAX, -MAX, 1.0, -TINY, 0.0]]
    special = [
        [math.nan, math.inf, -math.inf, math.inf, 1.0, -0.0, 0.0],
        [1.0, 1.0, -math.inf, -math.inf, math.nan, -0.0, -0.0],
        [2.0, 3.0, 4.0, 5.0, math.inf, -0.0, -0.0],
        [0.5, MAX, MAX, 0.0, -math.inf, -0.0, -0.0],
    ]
    zeros = [[0.0, -0.0, -0.0, 1.0], [0.0, -0.0, 0.0, -1.0], [-0.0, -0.0, -0.0, 0.0]]
    # From 17 values a rank on, fields are added up before they travel.
    long = [[math.ldexp(rng.random(), rng.randrange(-5, 5)), rng.gauss(0, 1)] for _ in range(3000)]
    prices = [[rng.randrange(10**6) / 100, -rng.randrange(10**6) / 100] for _ in range(500)]
    return {
        "uniform": uniform,
        "binades": binades,
        "wide": wide,
        "cancelling": cancelling,
        "ties": ties,
        "subnormal": subnormal,
        "huge": huge,
        "special": special,
        "zeros": zeros,
        "long": long,
        "prices": prices,
        "one": [[math.pi]],
        "empty": [],
    }


def write(rows, file):
    columns = len(rows[0]) if rows else 3
    with open(file, "wb") as out:
        out.write(struct.pack("<qq", len(rows), columns))
        for row in rows:
            out.write(struct.pack(f"<{columns}d", *row))
