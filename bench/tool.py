#!/usr/bin/env python3
"""Times the tally tool against others that total a column of text.

    bench/tool.py PATH-TO-TALLY FOLDER [--size MEGABYTES] [--runs N]

Makes its files in FOLDER, once for each size. All programs take turns; the
figure is the median. What is not installed is named, and left out. Fails if
tally is wrong, or slower than the fastest of mawk, datamash and Miller; or if
groups take more than twice mawk's memory.
"""
import argparse
import fractions
import os
import pathlib
import platform
import random
import shutil
import statistics
import sys
import time

BLOCK_LINES = 20_000
PEERS = ("mawk", "datamash", "mlr")
# Flat: what the tool needs must not grow with the file.
MOST_MEMORY_MB = 16
# With groups, it may need this many times mawk's.
MOST_TIMES_MEMORY = 2


def plain_line(cents, row):
    return f"{cents // 100}.{cents % 100:02}\n"


def table_line(cents, row):
    return (
        f"{row},item {row % 977},{row % 89}.{row % 83:02},{cents // 100}.{cents % 100:02},"
        f"{row % 50},{row % 90}.{row * 7919 % 100000:05},2024-{row % 12 + 1:02}-17,"
        f"{row * 31 % 100000}\n"
    )


def make_file(path, header, line, size):
    """Writes blocks of lines; returns the exact total of the column in question."""
    rng = random.Random(7)
    cents = [rng.randrange(10_000_000) for _ in range(BLOCK_LINES)]
    block = "".join(line(value, row) for row, value in enumerate(cents)).encode()
    count = max(1, round(size * 1e6 / len(block)))
    wanted = len(header) + len(block) * count
    if not path.exists() or path.stat().st_size != wanted:
        with open(path, "wb") as file:
            file.write(header.encode())
            for _ in range(count):
                file.write(block)
    return fractions.Fraction(sum(cents) * count, 100)


def first_line(cents, row):
    fields = table_line(cents, row).rstrip("\n").split(",")
    return ",".join([fields.pop(3), *fields]) + "\n"


def words_line(cents, row):
    return table_line(cents, row).replace("item ", "item-").replace(",", "  ")


def group_file(path, groups):
    """Two amounts for each of many names, in no order; returns their exact total."""
    rng = random.Random(7)
    cents = [rng.randrange(100_000) for _ in range(2 * groups)]
    if not path.exists():
        with open(path, "w", encoding="ascii") as file:
            for row, value in enumerate(cents):
                file.write(f"name{row * 7919 % groups} {value // 100}.{value % 100:02}\n")
    return fractions.Fraction(sum(cents), 100)


def awk_sum(field, begin=""):
    return begin + "{ s += $%d } END { printf \"%%.17g\\n\", s }" % field


def cases(tally, folder, size, groups):
    """What is timed: a title, its file, the exact total, and for each program its command."""
    plain = folder / f"plain-{size}.txt"
    total = make_file(plain, "", plain_line, size)
    yield "one plain column", plain, total, {
        "tally": [tally, plain],
        "tally --decimal": [tally, "--decimal", plain],
        "mawk": ["mawk", awk_sum(1), plain],
        "datamash": ["datamash", "-R", "2", "sum", "1"],
        "mlr": ["mlr", "--inidx", "--onidx", "stats1", "-a", "sum", "-f", "1", plain],
    }
    yield "the same through a pipe", plain, total, {
        name: ["sh", "-c", 'cat "$0" | "$@"', plain, *command]
        for name, command in {
            "tally": [tally],
            "mawk": ["mawk", awk_sum(1)],
            "datamash": ["datamash", "-R", "2", "sum", "1"],
            "mlr": ["mlr", "--inidx", "--onidx", "stats1", "-a", "sum", "-f", "1"],
        }.items()
        if shutil.which(command[0])
    }
    table = folder / f"table-{size}.csv"
    header = "id,name,price,amount,quantity,latitude,day,code\n"
    total = make_file(table, header, table_line, size)
    yield "the fourth of eight columns of CSV", table, total, {
        "tally": [tally, "-H", "-c", "amount", table],
        "tally --decimal": [tally, "-H", "-c", "amount", "--decimal", table],
        "mawk": ["mawk", "-F,", awk_sum(4, "NR > 1 "), table],
        "datamash": ["datamash", "-t,", "--header-in", "-R", "2", "sum", "4"],
        "mlr": ["mlr", "--icsv", "--onidx", "stats1", "-a", "sum", "-f", "amount", table],
    }
    first = folder / f"first-{size}.csv"
    header = "amount,id,name,price,quantity,latitude,day,code\n"
    total = make_file(first, header, first_line, size)
    yield "the first of eight columns of CSV", first, total, {
        "tally": [tally, "-H", "-c", "amount", first],
        "mawk": ["mawk", "-F,", awk_sum(1, "NR > 1 "), first],
        "datamash": ["datamash", "-t,", "--header-in", "-R", "2", "sum", "1"],
        "mlr": ["mlr", "--icsv", "--onidx", "stats1", "-a", "sum", "-f", "amount", first],
    }
    words = folder / f"words-{size}.txt"
    total = make_file(words, "", words_line, size)
    yield "the fourth of nine words", words, total, {
        "tally": [tally, "-c", "4", words],
        "mawk": ["mawk", awk_sum(4), words],
        "datamash": ["datamash", "-W", "-R", "2", "sum", "4"],
        "mlr": ["mlr", "--inidx", "--onidx", "stats1", "-a", "sum", "-f", "4",
                words],
    }
    names = folder / f"groups-{groups}.txt"
    total = group_file(names, groups)
    yield f"{groups} groups", names, total, {
        "tally": [tally, "-g", "1", "-c", "2", names],
        "tally --decimal": [tally, "-g", "1", "-c", "2", "--decimal", names],
        "tally --to json": [tally, "-g", "1", "-c", "2", "--to", "json", names],
        "mawk": ["mawk", '{ s[$1] += $2 } END { for (k in s) printf "%s %.17g\\n", k, s[k] }',
                 names],
        "datamash": ["datamash", "-W", "-s", "-R", "2", "-g", "1", "sum", "2"],
        "mlr": ["mlr", "--inidx", "--onidx", "stats1", "-a", "sum", "-f", "2",
                "-g", "1", names],
    }


def run(command, path, folder):
    """Runs a program on a file, which is also its standard input.

    Returns its output, seconds, and peak memory in MB (0 if that is not known);
    None if it failed."""
    # What wait4() says of memory begins with our own; GNU time is small.
    report = folder / "peak"
    timer = shutil.which("time")
    if timer:
        command = [timer, "-f", "%M", "-o", str(report), *command]
    reader, writer = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, path, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writer, 1),
    ]
    start = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        output = pipe.read().decode().strip()
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - start
    peak = int(report.read_text().split()[-1]) / 1024 if timer else 0
    return (output, seconds, peak) if status == 0 else None


def verdict(output, exact):
    """Right is the exact decimal, or the double nearest to it; of groups, each total must be
    one to the last cent, and their sum exact."""
    try:
        if "\n" in output:
            last = [line.split()[-1].rstrip("}],") for line in output.split("\n")]
            cents = sum(round(float(word) * 100) for word in last if word not in ("[", ""))
            return "right" if fractions.Fraction(cents, 100) == exact else "WRONG"
        right = fractions.Fraction(output) == exact or float(output) == float(exact)
    except ValueError:
        right = False
    return "right" if right else f"WRONG: {output}"


def measure(title, path, exact, commands, runs):
    """Prints a table; returns what is to be said against tally."""
    print(f"\n{title}: {path.stat().st_size / 1e6:.0f} MB, total {float(exact):.2f}\n")
    there = {name: command for name, command in commands.items() if shutil.which(command[0])}
    for name in commands.keys() - there.keys():
        print(f"  {name}: not installed, left out")
    with open(path, "rb") as file:
        while file.read(1 << 24):
            pass  # into the page cache, for everyone
    seconds = {name: [] for name in there}
    outputs, memory = {}, {}
    for _ in range(runs):
        for name, command in there.items():
            result = run([str(word) for word in command], str(path), path.parent)
            if result is None:
                return [f"{title}: {name} failed"]
            outputs[name], taken, memory[name] = result
            seconds[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    ours = medians["tally"]
    print(f"  {'':16} {'seconds':>8} {'MB/s':>7} {'x tally':>8} {'peak MB':>8}  total")
    for name, median in medians.items():
        rate = path.stat().st_size / 1e6 / median
        print(
            f"  {name:16} {median:8.3f} {rate:7.0f} {median / ours:8.2f} "
            f"{memory[name]:8.1f}  {verdict(outputs[name], exact)}"
        )
    faults = [
        f"{title}: {name} is wrong"
        for name in there
        if name.startswith("tally") and verdict(outputs[name], exact) != "right"
    ]
    most = MOST_MEMORY_MB
    if "groups" in title:
        most = MOST_TIMES_MEMORY * memory.get("mawk", 0) or memory["tally"]
    if memory["tally"] > most:
        faults.append(f"{title}: tally needs {memory['tally']:.0f} MB of {most:.0f}")
    # datamash has sort work on all processors, and keeps no groups.
    peers = [
        medians[name]
        for name in PEERS
        if name in medians and not ("groups" in title and name == "datamash")
    ]
    if not peers:
        print("  none of the peers is installed: nothing to compare with")
    elif ours > min(peers):
        faults.append(f"{title}: the fastest peer needs {min(peers) / ours:.2f} of tally's time")
    else:
        print(f"  the goal is met: the fastest peer needs {min(peers) / ours:.2f} times tally's time")
    return faults


def machine():
    """The processor's name, how many there are, and how busy they are."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        name = names[0] if names else name
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.2f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("tally")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", type=int, default=100, help="megabytes of each file")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--groups", type=int, default=1_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(machine())
    if not shutil.which("time"):
        print("GNU time is not installed: peak memory is left out")
    faults = []
    for title, path, exact, commands in cases(
        options.tally, options.folder, options.size, options.groups
    ):
        faults += measure(title, path, exact, commands, options.runs)
    for fault in faults:
        print(f"NOT MET: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
