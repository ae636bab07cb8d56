#!/usr/bin/env python3
"""Writes inputs to begin with: seeds.py NAME FOLDER.

They come from the golden states and from words and tables that say each thing once; what
is in corpus has grown out of them.
"""

import struct
import sys
from pathlib import Path

GOLDEN = Path(__file__).resolve().parent.parent / "core/tests/golden"
QUESTIONS = struct.pack("<HBBBd", 2, 0, 0, 1, 1.0)


def golden():
    """Name and bytes of each golden state and refusal."""
    for path in sorted(GOLDEN.glob("saved_*.txt")):
        for line in path.read_text().splitlines():
            if not line.startswith("#"):
                name, _, saved = (part.strip() for part in line.split("|"))
                yield f"{path.stem[6:]}-{name}", bytes.fromhex(saved)


def load():
    other = b""
    for name, saved in golden():
        yield name, QUESTIONS + struct.pack("<H", len(saved)) + saved + other
        other = saved
    # A carry, up or down, through fourteen limbs.
    for kind in (1, 2, 4):
        for limb, one, name in ((2**63 - 1, 1, "up"), (-(2**63), -1, "down")):
            saved, other = (
                b"TALY" + bytes([1, kind, 5, len(limbs)])
                + struct.pack(f"<{5 + len(limbs)}q", 2, 0, 0, 0, 0, *limbs)
                for limbs in (14 * [limb], [one])
            )
            yield f"carry-{name}-{kind}", QUESTIONS + struct.pack("<H", len(saved)) + saved + other


def words_of(saved):
    """The words of the state of a saved form without its squares, and its kind."""
    kind, first, count = saved[5], saved[6], saved[7]
    limbs = {1: 34, 2: 67, 3: 34, 4: 38}[kind]
    state = bytearray(8 * {1: 40, 2: 73, 3: 107, 4: 44}[kind])
    state[8 * first : 8 * (first + count)] = saved[48 : 48 + 8 * count]
    state[8 * limbs : 8 * limbs + 40] = saved[8:48]
    return {1: 0, 2: 2, 3: 3, 4: 4}[kind], bytes(state)


def state():
    values = struct.pack("<4d", 1.5, -0.0, 1e300, float("inf"))
    other = {}
    for name, saved in golden():
        if saved[:4] != b"TALY" or len(saved) < 48 or saved[5] not in (1, 2, 3, 4):
            continue
        if saved[6] + saved[7] > 34:
            continue
        kind, words = words_of(saved)
        yield name, (
            bytes([kind]) + QUESTIONS + b"\x04" + values + b"\0\3\0\0" + words + other.get(kind, b"")
        )
        other[kind] = words
    for kind in range(5):
        for run in range(6):
            runs = bytes([0, 0, 1, run, 20 + run, run, 1, 1, 4, run])
            yield f"run-{kind}-{run}", bytes([kind]) + QUESTIONS + b"\x04" + values + runs
    for base in (0, 1, 16, 28, 62, 63):
        words = struct.pack("<8Q", base, 3, 1, 2**63, 5, 2**64 - 1, 0, 7)
        yield f"small-{base}", bytes([1]) + QUESTIONS + b"\x04" + values + b"\0\3\0\0" + 2 * words


def long():
    """Each type and statistic, in a few rows and many."""
    for kind in range(13):
        for what in range(6):
            for rows in (50, 120, 210, 252):
                choices = bytes([what, kind, rows, 7, 1, 1, kind % 2, what, 30 * what, 9, what])
                values = struct.pack("<4dq", 0.1 * kind, -1e10, 3.5, 2.0**-40, 2**62 + what)
                yield f"{kind}-{what}-{rows}", choices + bytes([kind % 2, 5 + kind]) + 4 * values
    # Rows far below those that follow, which cancel; a window of 3000 rows has both.
    values = struct.pack("<4d", 1e-30, 3e-31, 1.0, -1.0)
    for rows in (150, 240, 255):
        for what in range(3):
            choices = bytes([0, 0, rows, 0, 1, 0, what, 9]) + struct.pack("<H", 7 * 3000 + 2999)
            yield f"turn-{rows}-{what}", choices + bytes([0, 3]) + values


def text():
    words = """0 -0 +7 1.5 -0.0 .5 5. 1e3 1E-3 1e+05 nan -NaN inf -Infinity 1e400 1e-400 1e308
        1.7976931348623158e308 1.7976931348623159e308 4.9e-324 2.4703282292062327e-324
        9223372036854775807 9223372036854775808 18446744073709551616 -9223372036854775808
        123456789012345678901234567890 0.1 73.2 1e-342 1e-343 1e321 1e322 0.10 00.20 1_000 1e
        1,5 e5 . + - +. 1.2.3 0x10 1e5.5 9007199254740993 9007199254740992.5 infin nane""".split()
    words += ["1" + 30 * "0" + "1", "0." + 40 * "0" + "1", 25 * "9" + "." + 25 * "9"]
    words += ["0." + 655 * "0" + "123e655", "1" + 1000 * "0" + "e-1000", "1e99999999999999999999"]
    words += ["1" + 322 * "0", "9" * 322, "0." + "9" * 342, "9" * 601, "2147483647", "2147483648"]
    words += ["0.\1\xff123e765", "1\1\xffe-765", "0.\2\xff12345678901234567890e663000"]
    words += ["1\2\xffe-663000", "0.\1\x64e-1"]
    for word in words:
        yield "word", b"\0\0" + word.encode("latin-1")
    for number, separator in enumerate([" ", ",", ";", "\t", "\n", "\0", "|"]):
        for end in ["", "\n", "\r\n", "\r", " ", separator, "x"]:
            text = separator.join(["1.25", " -3", "4e2 ", "0.1"]) + "\n" + separator.join("12") + end
            yield "text", bytes([number, 2, 5, 17]) + text.encode()
    # Carries through ten limbs, by adding 1 to an accumulator and 10^-342 to a decimal.
    limbs = sum((2**63 - 1) << 64 * i for i in range(10))
    integer = (2**13 - 1) + (limbs << 14)
    for sign, way in (("", "up"), ("-", "down")):
        yield f"carry-1-{way}", b"\0\0" + f"{sign}{integer} {sign}1".encode()
        yield f"carry-2-{way}", b"\0\0" + f"{sign}0.{limbs:0342} {sign}1e-342 ".encode()
    yield "separator", b"\7\0" + b"1e2"
    yield "utf-8", b"\0\0" + "h\u00e9 \u20ac \U0001f600".encode()
    yield "bad-utf-8", b"\0\0\xc3\x28 \xed\xa0\x80"


def calls():
    """Each call after some that make things."""
    made = b"".join(bytes([0, kind]) + bytes(range(8)) for kind in range(6))
    for call in range(16):
        for argument in range(8):
            yield f"{call}-{argument}", made + 3 * bytes([call, argument, argument, call])


def columns():
    """Each verb with each type; what follows is the elements' bytes, or the next choice."""
    patterns = [
        bytes(range(1, 250)),
        struct.pack("<20d", *(0.1 * i for i in range(20))),
        struct.pack("<20q", *(2**62 + i for i in range(20))),
        bytes(200),
        b"\xff" * 200,
    ]
    for verb in range(8):
        for kind in range(13):
            pattern = patterns[(verb + kind) % len(patterns)]
            yield f"{verb}-{kind}", bytes([verb, kind, kind, 5 + kind, kind, kind]) + pattern


def arrow():
    """Each function with each kind of field, alone and in a struct; what follows is the names
    and the elements, or the next choice."""
    patterns = [bytes(range(40)), b"a.[0]\\" + bytes(range(250, 255)), b"B" * 60, bytes(60)]
    for function in range(5):
        for kind in range(12):
            for number, pattern in enumerate(patterns):
                head = bytes([function, number % 2, kind % 9, kind])
                yield f"{function}-{kind}-{number}", head + pattern
                yield f"{function}-{kind}-{number}-in", bytes([function, number % 2, 0, 9, 2, kind, kind]) + pattern


def arrays():
    """Each verb with each pattern of bytes."""
    doubles = struct.pack("<20d", *(0.1 * i for i in range(20)))
    patterns = [bytes(range(1, 250)), doubles, b"\xff" * 200]
    for verb in range(10):
        for number, pattern in enumerate(patterns):
            yield f"{verb}-{number}", bytes([verb, number, 7 + verb, verb]) + pattern


def tool():
    """Each option with a file, each question, and files that have once been wrong."""
    def seed(options, sizes, content, asked=bytes(8), kept=b""):
        """Counts stand in front, as in the harness."""
        return b"".join([bytes([len(options), *options, len(sizes), *sizes]), asked,
                         bytes([len(kept)]), kept, content])

    table = b"a,b\n1.5,2\n-3,4.25\nNA,1\n"
    words = b"1.5 2 x\n-3 4.25 x\n7 8 y"
    money = b'$1,200.00;EUR 3\n"(3.50)";"4"\n'
    for option in range(54):
        yield f"option-{option}", seed([0, 7, option], [0, 3], table)
        yield f"words-{option}", seed([option, 1], [], words)
        yield f"money-{option}", seed([8, 41, option], [1], money)
    rows = b"a 0.5\nb 2500\na -17\n"
    numbers = b"1234.5 2\n-0.055 -3\n7000000 1e3\nNA 4\n2.5 0.5\n"
    for question in range(12):
        for way in range(3):
            asked = bytes([way, 1, question, 2, question + way, 200, 10, 5])
            yield f"question-{question}-{way}", seed([], [7], numbers, asked)
            yield f"names-{question}-{way}", seed([], [], rows, asked)
    files = [
        b"", b"\n\n", b"\r\n1\r\n", b"1\r2\r", b"\xef\xbb\xbf1\n", b"\xff\xfe1\0", b"1 2\n3\n",
        b"nan\n1\n", b"inf\n-inf\n", b"1e400\n", b"1e-400\n", b"0.10\n0.20\n", b"1,\n2,\n",
        b'"1\n', b'"1"2\n', b'"1","2\n3"\n4,5\n', b"# c\n1\n", b"1 \t2\n", b"NA\n\n3\n",
    ]
    for number, content in enumerate(files):
        yield f"file-{number}", seed([], [0], content)
        yield f"csv-{number}", seed([7], [1], content)
    header = b"tally totals 1"
    for load in (248, 250):
        block = struct.pack("<Q", len(header)) + header + struct.pack("<4Q", 1, 1, 3, 0)
        yield f"totals-{load}", seed([load], [], b"1\n2\n", kept=b"\1" + bytes([len(block)]) + block)


WRITERS = {"arrays": arrays, "arrow": arrow, "calls": calls, "columns": columns, "load": load, "long": long, "state": state, "text": text, "tool": tool}

if __name__ == "__main__":
    name, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, (seed, content) in enumerate(WRITERS[name]()):
        (folder / f"{number:03}-{seed}").write_bytes(content)
