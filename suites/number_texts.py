"""Number texts with the bits that they stand for, a line each:

    3C00 3F800000 3FF0000000000000 1

in half, single and double precision. Each text is read as a double, negated, in two pieces,
and as a decimal that is then rounded; integers also as singles. (Other numbers become doubles
first, so their singles are rounded twice.)
"""

import decimal
import math
import re
import struct

from library import Refused, bits

# What a decimal holds: tally.h, "Decimals".
AFTER, BEFORE = 342, 322
INTEGER = re.compile(rb"[-+]?[0-9]+")
NUMBER = re.compile(rb"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
EXACT = decimal.Context(prec=1_000_000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)


def out_of_range(text):
    """Whether a decimal has no room for the digits."""
    try:
        digits = decimal.Decimal(text.decode(), EXACT)
    except decimal.DecimalException:
        return True
    if not digits:
        return False
    _, digits, exponent = digits.as_tuple()
    written = "".join(map(str, digits)).rstrip("0")
    return exponent + len(digits) > BEFORE or -(exponent + len(digits) - len(written)) > AFTER


def negated(text):
    return text[1:] if text[:1] == b"-" else b"-" + text.removeprefix(b"+")


class Reader:
    def __init__(self, library):
        self.sum = library.state("accumulator")
        self.decimal = library.state("decimal")

    def value(self, *pieces):
        """The double that the pieces of a text are, or the status that refuses it."""
        state, rest = self.sum, b""
        state.clear()
        try:
            for piece in pieces[:-1]:
                rest += piece
                rest = rest[state.feed(rest, final=False) :]
            state.feed(rest + pieces[-1])
        except Refused as refused:
            return refused.status
        return bits(state.double("value_f64"))

    def single(self):
        """The last value as a single."""
        try:
            return struct.pack(">f", self.sum.float("value_f32")).hex()
        except Refused as refused:
            return refused.status

    def decimal_value(self, text):
        self.decimal.clear()
        try:
            self.decimal.feed(text)
            return bits(self.decimal.double("value_f64"))
        except Refused as refused:
            return refused.status


def check_line(reader, report, name, number, line):
    _, single, double, text = line.split(b" ")
    if not NUMBER.fullmatch(text):
        report.leave_out("texts that are not decimal numbers")
        return
    name = f"{name}: {text[:60].decode()}"
    value = struct.unpack(">d", bytes.fromhex(double.decode()))[0]
    # A number beyond all doubles is refused.
    expected = "TALLY_OVERFLOW" if math.isinf(value) else bits(value)
    opposite = expected if math.isinf(value) else bits(-value)
    report.check(name, reader.value(text), expected)
    if INTEGER.fullmatch(text) and not math.isinf(value):
        wanted = single.decode().lower()
        wanted = "TALLY_OVERFLOW" if wanted in ("7f800000", "ff800000") else wanted
        report.check(f"{name}, single", reader.single(), wanted)
    if value == 0 and INTEGER.fullmatch(text):
        report.leave_out("an integer has no negative zero")
    else:
        report.check(f"{name}, negated", reader.value(negated(text)), opposite)
    cut = number % (len(text) + 1)
    report.check(f"{name}, cut at {cut}", reader.value(text[:cut], text[cut:]), expected)

    found = reader.decimal_value(text)
    if found == "TALLY_OVERFLOW" and out_of_range(text):
        report.leave_out("more digits than a decimal holds")
        return
    if math.isinf(value):
        expected = bits(value)
    # A decimal has no negative zero, but an underflow keeps its sign.
    if value == 0 and not text.strip(b"-+0.").split(b"e")[0].split(b"E")[0]:
        expected = bits(0.0)
    report.check(f"{name}, as a decimal", found, expected)


def run(library, folder, report):
    reader = Reader(library)
    for file in sorted(folder.rglob("*.txt")):
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                line = line.rstrip(b"\n")
                if re.match(rb"[0-9A-F]{4} [0-9A-F]{8} [0-9A-F]{16} [^ ]+$", line):
                    check_line(reader, report, f"{file.name}:{number}", number, line)
                elif line.strip() and not line.startswith(b"#"):
                    report.leave_out("lines of another form")
