#!/usr/bin/env python3
"""The saved form of an accumulator, version 1, on plain Python integers.

A second implementation of saved-format.md, short enough to check by eye:

    saved_format.py --check FILE   check every line of a file of golden states
    saved_format.py --write FILE   write that file
    saved_format.py --show HEX     read one saved accumulator and print it

A line is `name | operations | hex`. An operation is a sign (add or
subtract), a type, a value (floats by their bits in hex) and perhaps `*times`.
Bytes that must be refused have the operation `refused`.
"""

import random
import struct
import sys

UNIT = 1074  # the total is counted in units of 2**-UNIT
LIMBS = 34
HALF, RADIX = 1 << 63, 1 << 64
HEADER = struct.Struct("<4s4B5q")
# Counters: values, negative zeros, NaN, +inf, -inf.
NAN, PLUS_INFINITY, MINUS_INFINITY = 2, 3, 4
FLOATS = {"f64": (64, 52, 0), "f32": (32, 23, UNIT - 149)}


def save(total, counters):
    """The bytes of a total and five counters."""
    limbs = []
    while total:
        digit = (total + HALF) % RADIX - HALF
        limbs.append(digit)
        total = (total - digit) >> 64
    assert len(limbs) <= LIMBS and all(-HALF < c < HALF for c in counters)
    first = next((i for i, limb in enumerate(limbs) if limb), 0)
    stored = limbs[first:]
    header = HEADER.pack(b"TALY", 1, 1, first, len(stored), *counters)
    return header + b"".join(struct.pack("<q", limb) for limb in stored)


def load(data):
    """The total and the counters; ValueError for anything but a saved form."""
    if len(data) < HEADER.size:
        raise ValueError("too short")
    magic, version, kind, first, count, *counters = HEADER.unpack_from(data)
    if magic != b"TALY" or version != 1 or kind != 1:
        raise ValueError("not a saved accumulator of version 1")
    if first + count > LIMBS or len(data) != HEADER.size + 8 * count:
        raise ValueError("wrong limbs or length")
    if -HALF in counters:
        raise ValueError("counter out of range")
    limbs = struct.unpack_from(f"<{count}q", data, HEADER.size)
    if (first if count == 0 else limbs[0] == 0 or limbs[-1] == 0):
        raise ValueError("not the shortest form")
    total = sum(limb << (64 * (first + i)) for i, limb in enumerate(limbs))
    return total, counters


def float_parts(bits, kind):
    """What a float adds: (units, index of a counter or None)."""
    width, fraction_bits, least = FLOATS[kind]
    negative = bits >> (width - 1)
    special = (1 << (width - 1 - fraction_bits)) - 1
    exponent = bits >> fraction_bits & special
    fraction = bits & ((1 << fraction_bits) - 1)
    if exponent == special:
        return 0, NAN if fraction else MINUS_INFINITY if negative else PLUS_INFINITY
    if exponent:
        fraction += 1 << fraction_bits
    units = fraction << (max(exponent, 1) - 1 + least)
    return (-units, None if units else 1) if negative else (units, None)


def run(operations):
    """The total and the counters after some operations."""
    total, counters = 0, [0] * 5
    for operation in operations.split():
        kind, value = operation[1:].split(":")
        value, _, times = value.partition("*")
        times = int(times or 1) * (-1 if operation[0] == "-" else 1)
        counters[0] += times
        if kind in FLOATS:
            units, counter = float_parts(int(value, 16), kind)
            if counter is not None:
                counters[counter] += times
        else:
            units = int(value) << UNIT
        total += units * times
    return total, counters


def f64(value):
    return struct.pack(">d", value).hex()


def golden():
    """Name and operations of every golden state."""
    yield "nothing", ""
    named = [("one", 1.0), ("minus_one", -1.0), ("zero", 0.0), ("negative_zero", -0.0),
             ("tenth", 0.1), ("largest", 1.7976931348623157e308), ("least_normal", 2.0**-1022),
             ("least_subnormal", 5e-324), ("plus_infinity", float("inf")),
             ("minus_infinity", float("-inf")), ("large", 1e100)]
    for name, value in named:
        bits = f64(value)
        yield name, f"+f64:{bits}"
        yield f"{name}_subtracted", f"-f64:{bits}"
        yield f"{name}_most_times", f"+f64:{bits}*{HALF - 1}"
        yield f"{name}_and_back", f"+f64:{bits}*7 -f64:{bits}*7"
    for name, bits in [("quiet", "7ff8000000000000"), ("signalling", "7ff0000000000001"),
                       ("payload", "7ff80000deadbeef"), ("negative", "fff8000000000000")]:
        yield f"{name}_nan", f"+f64:{bits} -f64:{bits}*2"
    for name, bits in [("tenth", "3dcccccd"), ("largest", "7f7fffff"), ("least", "00000001"),
                       ("negative_zero", "80000000"), ("nan", "7fc00000")]:
        yield f"f32_{name}", f"+f32:{bits}"
    for kind, least, most in [("i32", -(1 << 31), (1 << 31) - 1), ("i64", -HALF, HALF - 1),
                              ("u64", 0, RADIX - 1)]:
        for name, value in [("least", least), ("most", most)]:
            yield f"{kind}_{name}", f"+{kind}:{value}"
            yield f"{kind}_{name}_twice", f"+{kind}:{value}*2"
    yield "cancels_to_one", f"+f64:{f64(1e100)} +f64:{f64(1.0)} -f64:{f64(1e100)}"
    yield "both_infinities", f"+f64:{f64(float('inf'))} +f64:{f64(float('-inf'))}"
    yield "zeros_of_both_signs", f"+f64:{f64(0.0)} +f64:{f64(-0.0)}*2"
    yield "every_type", f"+f64:{f64(0.5)} +f32:3f000000 +i32:-7 +i64:5 +u64:9 -i64:4"
    # Each side of every border between two limbs, where balanced digits carry.
    for limb in range(33):
        for name, offset in [("below", -1), ("at", 0), ("above", 1)]:
            power = 64 * limb + 63 + offset
            if power <= 2097:
                value = f64(2.0 ** (power - UNIT))
                yield f"limb_{limb}_{name}_half", f"+f64:{value}"
                yield f"limb_{limb}_{name}_half_less_one", f"+f64:{value} -f64:{f64(5e-324)}"
                yield f"limb_{limb}_{name}_half_negative", f"-f64:{value}*2"
    source = random.Random(1074)
    for index in range(60):
        picks = []
        for _ in range(source.randrange(1, 9)):
            kind = source.choice(["f64", "f64", "f64", "f32", "i64", "u64"])
            bits = source.getrandbits(32 if kind == "f32" else 64)
            value = {"f64": f"{bits:016x}", "f32": f"{bits:08x}", "u64": bits}
            times = source.choice(["", "", f"*{source.randrange(1, 99)}"])
            sign = source.choice("++-")
            picks.append(f"{sign}{kind}:{value.get(kind, bits - HALF)}{times}")
        yield f"random_{index}", " ".join(picks)


def refused():
    """Name and bytes of forms that no reader may accept."""
    good = save(*run("+f64:" + f64(0.1)))
    yield "no_bytes", b""
    yield "header_cut", good[:47]
    yield "limbs_cut", good[:-1]
    yield "a_byte_more", good + b"\0"
    for at, name, byte in [(0, "magic", 0), (3, "magic_end", 0x79), (4, "version_0", 0),
                           (4, "version_2", 2), (5, "kind_0", 0), (5, "kind_2", 2),
                           (6, "first_34", 34), (7, "no_limbs", 0), (7, "more_limbs", 9)]:
        yield name, good[:at] + bytes([byte]) + good[at + 1:]
    for at in range(8, 48, 8):
        yield f"counter_at_{at}", good[:at] + struct.pack("<q", -HALF) + good[at + 8:]
    header = HEADER.pack(b"TALY", 1, 1, 3, 0, *[0] * 5)
    yield "first_limb_of_none", header
    for name, limbs in [("zero_limb", b"\0"), ("zero_below", b"\0\1"), ("zero_above", b"\1\0")]:
        data = b"".join(bytes([limb]).ljust(8, b"\0") for limb in limbs)
        yield name, header[:7] + bytes([len(limbs)]) + header[8:] + data


def check(line):
    name, operations, data = (part.strip() for part in line.split("|"))
    data = bytes.fromhex(data)
    if operations == "refused":
        try:
            sys.exit(f"{name}: accepted as {load(data)}")
        except ValueError:
            return
    expected = run(operations)
    if save(*expected) != data or load(data) != expected:
        sys.exit(f"{name}: differs")


def main(mode, argument):
    if mode == "--write":
        with open(argument, "w", encoding="ascii", newline="\n") as file:
            file.write("# Written by docs/saved_format.py, which explains the form of a line.\n")
            lines = [(name, does, save(*run(does))) for name, does in golden()]
            lines += [(f"refused_{name}", "refused", data) for name, data in refused()]
            file.writelines(f"{name} | {does} | {data.hex()}\n" for name, does, data in lines)
    elif mode == "--check":
        with open(argument, encoding="ascii") as file:
            checked = [check(line) for line in file if not line.startswith("#")]
        print(f"{len(checked)} states agree")
    elif mode == "--show":
        total, counters = load(bytes.fromhex(argument))
        print("total", total, f"/ 2**{UNIT}")
        print("values, negative zeros, NaN, +inf, -inf:", *counters)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*(sys.argv[1:] if len(sys.argv) == 3 else ["", ""]))
