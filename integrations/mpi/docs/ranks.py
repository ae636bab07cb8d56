"""Distinct totals of MPI_SUM and of Tally for the same values, against the number of ranks.

    make picture            or: python docs/ranks.py [PICTURE.svg]

runs tests/totals.c with each installed MPI library, on 1 to 8 ranks, and counts the
distinct totals of MPI_SUM and Tally so far. Needs only Python.
"""

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import datasets  # noqa: E402
import mpi  # noqa: E402

NAMES = {
    "uniform": "2,100 values, uniform from 0 to 1",
    "binades": "1,000 values over 80 binades",
    "prices": "1,000 prices and refunds in cents",
}
RANKS = range(1, 9)
COLOURS = {"openmpi": "#d55e00", "mpich": "#0072b2"}
TITLES = {"openmpi": "MPI_SUM, Open MPI", "mpich": "MPI_SUM, MPICH"}


def count():
    """For each library and data the distinct totals with at most this many ranks."""
    folder = mpi.BUILD / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in datasets.make().items():
        if name in NAMES:
            datasets.write(rows, folder / name)
    found = {}
    for library in mpi.libraries():
        program = mpi.compile(library, "totals.c")
        seen = {}
        for ranks in RANKS:
            status, out, err = mpi.run(library, ranks, program, *[folder / name for name in NAMES])
            if status != 0:
                sys.exit(f"{library}, np {ranks}: exit status {status}\n{err}")
            for line in out.splitlines():
                file, way, seed, what, _, _, bits = line.split()
                if what in ("host", "sum"):
                    seen.setdefault((Path(file).name, what), set()).add(bits)
            for (name, what), totals in seen.items():
                found.setdefault((library, name, what), []).append(len(totals))
        for name in NAMES:
            values = sorted(struct.unpack(">d", bytes.fromhex(bits))[0] for bits in seen[name, "host"])
            (ours,) = {struct.unpack(">d", bytes.fromhex(bits))[0] for bits in seen[name, "sum"]}
            print(f"{library:8} {name:8} MPI_SUM {len(values):2} distinct, {values[0]!r} to {values[-1]!r}")
            print(f"{'':8} {'':8} Tally    1, {ours!r}")
    return found


def draw(found, file):
    """Steps of distinct totals, a panel for each data."""
    width, height, left, top, gap = 300, 220, 46, 40, 24
    most = max(max(counts) for counts in found.values())
    step = 5 if most <= 30 else 10
    most = -(-most // step) * step
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + 3 * (width + gap)}" height="{top + height + 86}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for panel, (name, title) in enumerate(NAMES.items()):
        x0, y0 = left + panel * (width + gap), top + height

        def place(ranks, totals):
            return x0 + 20 + (ranks - 1) * (width - 40) / 7, y0 - totals * height / most

        lines.append(f'<text x="{x0 + width / 2}" y="{top - 16}" text-anchor="middle">{title}</text>')
        for totals in range(0, most + 1, step):
            y = place(1, totals)[1]
            lines.append(f'<path d="M{x0} {y:.1f}H{x0 + width}" stroke="#ddd"/>')
            if panel == 0:
                lines.append(f'<text x="{x0 - 8}" y="{y + 4:.1f}" text-anchor="end">{totals}</text>')
        for ranks in RANKS:
            lines.append(f'<text x="{place(ranks, 0)[0]:.1f}" y="{y0 + 18}" text-anchor="middle">{ranks}</text>')
        lines.append(f'<text x="{x0 + width / 2}" y="{y0 + 36}" text-anchor="middle">at most this many ranks</text>')
        for library in mpi.libraries():
            # The second one may lie on the first.
            dash = ' stroke-dasharray="6 6"' if library == "mpich" else ""
            for what, colour, thick in (("host", COLOURS[library], 2), ("sum", "black", 4)):
                points = [place(ranks, totals) for ranks, totals in zip(RANKS, found[library, name, what])]
                line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
                lines.append(f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="{thick}"{dash}/>')
                lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
    y = top + height + 66
    for place_, (colour, text) in enumerate(
        [*((COLOURS[library], TITLES[library]) for library in mpi.libraries()), ("black", "Tally, with either: 1")]
    ):
        x = left + 180 + place_ * 220
        dash = ' stroke-dasharray="6 6"' if text.endswith("MPICH") else ""
        lines.append(f'<path d="M{x} {y - 4}h24" stroke="{colour}" stroke-width="3"{dash}/><text x="{x + 32}" y="{y}">{text}</text>')
    y = top + height / 2
    lines.append(f'<text transform="translate(14 {y}) rotate(-90)" text-anchor="middle">distinct totals</text>')
    Path(file).write_text("\n".join([*lines, "</svg>"]) + "\n")


def main(*files):
    found = count()
    for file in files:
        draw(found, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
