#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""The saved forms, version 1, on plain Python integers.

A second implementation of saved-format.md, short enough to check by eye:

    saved_format.py --check FILE   check every line of a file of golden states
    saved_format.py --write FILE   write that file
    saved_format.py --show HEX     read one saved accumulator and print it
    saved_format.py --check-decimals FILE, --write-decimals FILE, --show-decimal HEX
                                   the same for decimals; for product accumulators
                                   and moments with -products and -moments, for sealed
                                   accumulators with -sealed

A line is `name | operations | hex`. An operation is a sign (add or
subtract), a type, a value (floats by their bits in hex) and perhaps `*times`.
Bytes that must be refused have the operation `refused`. Product accumulators have
one type: `product`, two doubles with a comma between. Decimals have two types:
`word`, and `scaled`, an integer and `@scale`.
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


def place(total, most):
    """The first limb that is stored of `most`, and the bytes of those that are."""
    limbs = []
    while total:
        digit = (total + HALF) % RADIX - HALF
        limbs.append(digit)
        total = (total - digit) >> 64
    assert len(limbs) <= most
    first = next((i for i, limb in enumerate(limbs) if limb), 0)
    return first, b"".join(struct.pack("<q", limb) for limb in limbs[first:])


def placed(data, first, count, most):
    """The integer whose `count` limbs, from `first` on, `data` begins with."""
    if first + count > most or len(data) < 8 * count:
        raise ValueError("wrong limbs or length")
    limbs = struct.unpack_from(f"<{count}q", data)
    if (first if count == 0 else limbs[0] == 0 or limbs[-1] == 0):
        raise ValueError("not the shortest form")
    return sum(limb << (64 * (first + i)) for i, limb in enumerate(limbs))


def save(total, counters, kind=1, most=LIMBS):
    """The bytes of a total and five counters."""
    assert all(-HALF < c < HALF for c in counters)
    first, limbs = place(total, most)
    return HEADER.pack(b"TALY", 1, kind, first, len(limbs) // 8, *counters) + limbs


def begin(data, expected, most):
    """Total and counters that a saved form begins with, and the bytes that follow."""
    if len(data) < HEADER.size:
        raise ValueError("too short")
    magic, version, kind, first, count, *counters = HEADER.unpack_from(data)
    if magic != b"TALY" or version != 1 or kind != expected:
        raise ValueError(f"not a saved form of version 1, kind {expected}")
    if -HALF in counters:
        raise ValueError("counter out of range")
    total = placed(data[HEADER.size:], first, count, most)
    return total, counters, data[HEADER.size + 8 * count:]


def load(data, kind=1, most=LIMBS):
    """The total and the counters; ValueError for anything but a saved form."""
    total, counters, rest = begin(data, kind, most)
    if rest:
        raise ValueError("wrong length")
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


def steps(operations):
    """What each operation adds, as float_parts(), and how often."""
    for operation in operations.split():
        kind, value = operation[1:].split(":")
        value, _, times = value.partition("*")
        times = int(times or 1) * (-1 if operation[0] == "-" else 1)
        if kind == "product":
            yield *product_parts(*(int(bits, 16) for bits in value.split(","))), times
        elif kind in FLOATS:
            yield *float_parts(int(value, 16), kind), times
        else:
            yield int(value) << UNIT, None, times


def run(operations):
    """The total and the counters after some operations."""
    total, counters = 0, [0] * 5
    for units, counter, times in steps(operations):
        total += units * times
        counters[0] += times
        if counter is not None:
            counters[counter] += times
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


PRODUCT_LIMBS = 67  # of 2**-(2 * UNIT)


def product_parts(x, y):
    """What a product of two doubles adds: (units, index of a counter or None)."""
    negative = (x ^ y) >> 63
    parts = [float_parts(bits, "f64") for bits in (x, y)]
    counters = [counter for _, counter in parts]
    zero = any(counter in (None, 1) and units == 0 for units, counter in parts)
    infinite = any(counter in (PLUS_INFINITY, MINUS_INFINITY) for counter in counters)
    if NAN in counters or (infinite and zero):
        return 0, NAN
    if infinite:
        return 0, MINUS_INFINITY if negative else PLUS_INFINITY
    return parts[0][0] * parts[1][0], 1 if zero and negative else None


def save_products(total, counters):
    return save(total, counters, 2, PRODUCT_LIMBS)


def load_products(data):
    return load(data, 2, PRODUCT_LIMBS)


def product(x, y):
    return f"product:{f64(x)},{f64(y)}"


def golden_products():
    """Name and operations of every golden product accumulator."""
    yield "nothing", ""
    inf, nan, largest, least = float("inf"), float("nan"), 1.7976931348623157e308, 5e-324
    named = [("one", 1.0, 1.0), ("minus_one", 0.5, -2.0), ("zero", 0.0, 1e300),
             ("negative_zero", 0.0, -1.0), ("negative_zeros", -0.0, -0.0),
             ("tenths", 0.1, 0.1), ("largest", largest, largest),
             ("largest_negative", -largest, largest), ("least", least, least),
             ("least_negative", least, -least), ("largest_by_least", largest, least),
             ("nan", nan, 0.0), ("infinity_by_zero", inf, -0.0), ("infinity", -inf, -1e-300),
             ("minus_infinity", inf, -inf)]
    for name, x, y in named:
        yield name, f"+{product(x, y)}"
        yield f"{name}_subtracted", f"-{product(y, x)}"
        yield f"{name}_most_times", f"+{product(x, y)}*{HALF - 1}"
        yield f"{name}_and_back", f"+{product(x, y)}*7 -{product(x, y)}*7"
    yield "cancels_to_one", f"+{product(1e100, 1e100)} +{product(1, 1)} -{product(1e100, 1e100)}"
    yield "rests", f"+{product(1 + 2**-52, 1 - 2**-52)} -{product(1.0, 1.0)}"
    # Each side of every border between two limbs, where balanced digits carry.
    for limb in range(65):
        power = 64 * limb + 63 - 2 * UNIT
        half = product(2.0 ** (power // 2), 2.0 ** (power - power // 2))
        yield f"limb_{limb}_half", f"+{half}"
        yield f"limb_{limb}_half_less_one", f"+{half} -{product(5e-324, 5e-324)}"
        yield f"limb_{limb}_half_negative", f"-{half}"
        yield f"limb_{limb}_half_negative_less_one", f"-{half} -{product(5e-324, 5e-324)}"
    source = random.Random(2148)
    for index in range(60):
        picks = []
        for _ in range(source.randrange(1, 9)):
            x, y = (f"{source.getrandbits(64):016x}" for _ in range(2))
            times = source.choice(["", "", f"*{source.randrange(1, 99)}"])
            picks.append(f"{source.choice('++-')}product:{x},{y}{times}")
        yield f"random_{index}", " ".join(picks)


def refused_sums(good, kind, most):
    """Name and bytes of what is refused of any form that begins as an accumulator."""
    yield "no_bytes", b""
    yield "header_cut", good[:47]
    yield "limbs_cut", good[:-1]
    yield "a_byte_more", good + b"\0"
    for at, name, byte in [(0, "magic", 0), (4, "version_2", 2), (5, "kind_1", 1),
                           (5, "kind_5", 5), (6, f"first_{most}", most), (7, "no_limbs", 0),
                           (7, "more_limbs", 9)]:
        yield name, good[:at] + bytes([byte]) + good[at + 1:]
    for at in range(8, 48, 8):
        yield f"counter_at_{at}", good[:at] + struct.pack("<q", -HALF) + good[at + 8:]
    tail = good[48 + 8 * good[7]:]
    header = HEADER.pack(b"TALY", 1, kind, 3, 0, *[0] * 5)
    yield "first_limb_of_none", header + tail
    for name, limbs in [("zero_limb", b"\0"), ("zero_below", b"\0\1"), ("zero_above", b"\1\0")]:
        data = b"".join(bytes([limb]).ljust(8, b"\0") for limb in limbs)
        yield name, header[:7] + bytes([len(limbs)]) + header[8:] + data + tail


def refused_products():
    """Name and bytes of forms of product accumulators that no reader may accept."""
    return refused_sums(save_products(*run("+" + product(0.1, 0.1))), 2, PRODUCT_LIMBS)


PLACE = struct.Struct("<2B6s")


def save_moments(total, counters, squares):
    """The bytes of a total, five counters and a total of squares."""
    first, limbs = place(squares, PRODUCT_LIMBS)
    return save(total, counters, 3) + PLACE.pack(first, len(limbs) // 8, b"") + limbs


def load_moments(data):
    """Total, counters and total of squares; ValueError for anything but a saved form."""
    total, counters, rest = begin(data, 3, LIMBS)
    if len(rest) < PLACE.size:
        raise ValueError("too short")
    first, count, zeros = PLACE.unpack_from(rest)
    if any(zeros) or len(rest) != PLACE.size + 8 * count:
        raise ValueError("wrong zeros or length")
    return total, counters, placed(rest[PLACE.size:], first, count, PRODUCT_LIMBS)


def run_moments(operations):
    """Total, counters and total of squares after some operations."""
    return *run(operations), sum(units * units * times for units, _, times in steps(operations))


def golden_moments():
    """Name and operations of every golden state of moments: those of accumulators, and
    each side of every border between two limbs of the squares."""
    yield from golden()
    for limb in range(65):
        value = 2.0 ** (32 * limb + 31 - UNIT)
        # The sum is zero, and the squares twice a power of four.
        half = f"+f64:{f64(value)} +f64:{f64(-value)}"
        yield f"squares_limb_{limb}_half", half
        yield f"squares_limb_{limb}_half_less_one", f"{half} -f64:{f64(5e-324)}"
        yield f"squares_limb_{limb}_half_negative", half.replace("+", "-")


def refused_moments():
    """Name and bytes of forms of moments that no reader may accept."""
    good = save_moments(*run_moments("+f64:" + f64(0.1)))
    yield from refused_sums(good, 3, LIMBS)
    at = 48 + 8 * good[7]
    yield "no_place", good[:at]
    yield "place_cut", good[:at + 7]
    yield "squares_cut", good[:-8]
    for offset in range(2, 8):
        yield f"place_byte_{offset}", good[:at + offset] + b"\1" + good[at + offset + 1:]
    for name, offset, byte in [("first_67", 0, 67), ("none", 1, 0), ("more", 1, 9)]:
        yield f"squares_{name}", good[:at + offset] + bytes([byte]) + good[at + offset + 1:]
    yield "squares_first_limb_of_none", good[:at] + PLACE.pack(3, 0, b"")
    for name, limbs in [("zero_limb", b"\0"), ("zero_below", b"\0\1"), ("zero_above", b"\1\0")]:
        data = b"".join(bytes([limb]).ljust(8, b"\0") for limb in limbs)
        yield f"squares_{name}", good[:at] + PLACE.pack(3, len(limbs), b"") + data


DECIMAL_UNIT = 342  # a decimal's total is counted in units of 10**-DECIMAL_UNIT
DECIMAL_LIMBS, DECIMAL_RADIX = 38, 10**18
DECIMAL_HALF = DECIMAL_RADIX // 2
# Counters: values, NaN, +inf, -inf; then the scale.
DECIMAL_HEADER = struct.Struct("<4s4B5q")
DECIMAL_COUNTERS = {"nan": 1, "inf": 2, "-inf": 3}


def save_decimal(total, counters, scale):
    """The bytes of a total, four counters and a scale."""
    limbs = []
    while total:
        digit = (total + DECIMAL_HALF) % DECIMAL_RADIX - DECIMAL_HALF
        limbs.append(digit)
        total = (total - digit) // DECIMAL_RADIX
    assert len(limbs) <= DECIMAL_LIMBS and all(-HALF < c < HALF for c in counters)
    first = next((i for i, limb in enumerate(limbs) if limb), 0)
    stored = limbs[first:]
    header = DECIMAL_HEADER.pack(b"TALY", 1, 4, first, len(stored), *counters, scale)
    return header + b"".join(struct.pack("<q", limb) for limb in stored)


def load_decimal(data):
    """The total, counters and scale; ValueError for anything but a saved form."""
    if len(data) < DECIMAL_HEADER.size:
        raise ValueError("too short")
    magic, version, kind, first, count, *counters, scale = DECIMAL_HEADER.unpack_from(data)
    if magic != b"TALY" or version != 1 or kind != 4:
        raise ValueError("not a saved decimal of version 1")
    if first + count > DECIMAL_LIMBS or len(data) != DECIMAL_HEADER.size + 8 * count:
        raise ValueError("wrong limbs or length")
    if -HALF in counters or not 0 <= scale <= DECIMAL_UNIT:
        raise ValueError("counter or scale out of range")
    limbs = struct.unpack_from(f"<{count}q", data, DECIMAL_HEADER.size)
    if not all(-DECIMAL_HALF <= limb < DECIMAL_HALF for limb in limbs):
        raise ValueError("limb out of range")
    if (first if count == 0 else limbs[0] == 0 or limbs[-1] == 0):
        raise ValueError("not the shortest form")
    total = sum(limb * DECIMAL_RADIX ** (first + i) for i, limb in enumerate(limbs))
    return total, counters, scale


def word_parts(word):
    """A finite word's units, and its digits after the point."""
    number, _, exponent = word.lower().partition("e")
    integer, _, fraction = number.partition(".")
    written = len(fraction) - int(exponent or 0)
    units, rest = divmod(int(integer + fraction) * 10 ** (DECIMAL_UNIT + 400 - written), 10**400)
    assert rest == 0
    return units, min(max(written, 0), DECIMAL_UNIT)


def run_decimal(operations):
    """The total, the counters and the scale after some operations."""
    total, counters, scale = 0, [0] * 4, 0
    for operation in operations.split():
        kind, value = operation[1:].split(":")
        value, _, times = value.partition("*")
        times = int(times or 1) * (-1 if operation[0] == "-" else 1)
        counters[0] += times
        if value in DECIMAL_COUNTERS:
            counters[DECIMAL_COUNTERS[value]] += times
        else:
            units, written = word_parts(value.replace("@", "e-"))
            total += units * times
            scale = max(scale, written)
    return total, counters, scale


def golden_decimals():
    """Name and operations of every golden state of a decimal."""
    yield "nothing", ""
    named = [("zero", "0"), ("negative_zero", "-0.00"), ("one", "1"), ("minus_one", "-1"),
             ("tenth", "0.1"), ("money", "1234.56"), ("least", "1e-342"),
             ("largest", "9" * 322 + "." + "9" * 342), ("nan", "nan"), ("plus_infinity", "inf"),
             ("minus_infinity", "-inf"), ("exponent", "-1.50e-3"), ("no_fraction", "15e2")]
    for name, word in named:
        yield name, f"+word:{word}"
        yield f"{name}_subtracted", f"-word:{word}"
        yield f"{name}_most_times", f"+word:{word}*{HALF - 1}"
        yield f"{name}_and_back", f"+word:{word}*7 -word:{word}*7"
    yield "ten_million_tenths", "+word:0.1*10000000"
    yield "cents", "+scaled:199@2 -scaled:5@2 +scaled:-1234@3"
    for value in -HALF, HALF - 1:
        for scale in 0, 9, 342:
            yield f"scaled_{value}_{scale}", f"+scaled:{value}@{scale}"
    yield "cancels_to_one", "+word:1e100 +word:1 -word:1e100"
    yield "both_infinities", "+word:inf +word:-inf*2"
    # Each side of every border between two limbs, where balanced digits carry.
    for limb in range(36):
        power = 18 * limb + 17 - DECIMAL_UNIT
        word = f"+word:5e{power}"
        yield f"limb_{limb}_half", word
        yield f"limb_{limb}_half_less_one", f"{word} -word:1e-342"
        yield f"limb_{limb}_half_negative", f"-word:5e{power}"
        yield f"limb_{limb}_half_negative_less_one", f"-word:5e{power} -word:1e-342"
    source = random.Random(342)
    for index in range(60):
        picks = []
        for _ in range(source.randrange(1, 9)):
            digits = str(source.getrandbits(source.choice([5, 20, 60, 200])))
            word = f"{digits}e{source.randrange(-342, 250)}"
            if source.random() < 0.5:
                at = source.randrange(len(digits) + 1)
                word = f"{digits[:at] or 0}.{digits[at:]}"
            times = source.choice(["", "", f"*{source.randrange(1, 99)}"])
            picks.append(f"{source.choice('++-')}word:{source.choice(['', '-'])}{word}{times}")
        yield f"random_{index}", " ".join(picks)


def refused_decimals():
    """Name and bytes of forms of decimals that no reader may accept."""
    good = save_decimal(*run_decimal("+word:-1234.56"))
    yield "no_bytes", b""
    yield "header_cut", good[:47]
    yield "limbs_cut", good[:-1]
    yield "a_byte_more", good + b"\0"
    for at, name, byte in [(0, "magic", 0), (4, "version_2", 2), (5, "kind_1", 1),
                           (6, "first_38", 38), (7, "no_limbs", 0), (7, "more_limbs", 9)]:
        yield name, good[:at] + bytes([byte]) + good[at + 1:]
    for at in range(8, 40, 8):
        yield f"counter_at_{at}", good[:at] + struct.pack("<q", -HALF) + good[at + 8:]
    for scale in -1, 343, HALF - 1, -HALF:
        yield f"scale_{scale}", good[:40] + struct.pack("<q", scale) + good[48:]
    for at in 48, 56:
        for limb in DECIMAL_HALF, -DECIMAL_HALF - 1, HALF - 1, -HALF:
            yield f"limb_at_{at}_{limb}", good[:at] + struct.pack("<q", limb) + good[at + 8:]
    header = DECIMAL_HEADER.pack(b"TALY", 1, 4, 3, 0, *[0] * 5)
    yield "first_limb_of_none", header
    for name, limbs in [("zero_limb", b"\0"), ("zero_below", b"\0\1"), ("zero_above", b"\1\0")]:
        data = b"".join(bytes([limb]).ljust(8, b"\0") for limb in limbs)
        yield name, header[:7] + bytes([len(limbs)]) + header[8:] + data


SEAL = struct.Struct("<4sB3xI")


def crc32c(data):
    """CRC-32C bit by bit: the polynomial 0x1EDC6F41, bits reversed."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def seal(saved):
    """Saved bytes in their envelope."""
    covered = SEAL.pack(b"TALS", 1, len(saved)) + saved
    return covered + struct.pack("<I", crc32c(covered))


def open_sealed(data):
    """The saved bytes within an envelope."""
    if len(data) < 16 or data != seal(data[12:-4]):
        raise ValueError("not sealed, or damaged")
    return data[12:-4]


def save_sealed(total, counters):
    return seal(save(total, counters))


def load_sealed(data):
    return load(open_sealed(data))


def golden_sealed():
    """A few of the golden states."""
    yield from list(golden())[::20]


def refused_sealed():
    """Name and bytes of envelopes that must be refused."""
    good = save_sealed(*run("+f64:3ff0000000000000"))
    yield "empty", b""
    yield "short", good[:15]
    yield "cut", good[:-1]
    yield "longer", good + b"\0"
    yield "not_sealed", good[12:-4]
    for at in (0, 3, 4, 5, 7, 8, 11, 12, 40, len(good) - 5, len(good) - 4, len(good) - 1):
        changed = bytearray(good)
        changed[at] ^= 1
        yield f"byte_{at}", bytes(changed)


KINDS = {
    "sealed": (save_sealed, load_sealed, run, golden_sealed, refused_sealed),
    "": (save, load, run, golden, refused),
    "products": (save_products, load_products, run, golden_products, refused_products),
    "moments": (save_moments, load_moments, run_moments, golden_moments, refused_moments),
    "decimals": (save_decimal, load_decimal, run_decimal, golden_decimals, refused_decimals),
}


def check(line, kind):
    name, operations, data = (part.strip() for part in line.split("|"))
    save_one, load_one, run_one, _, _ = kind
    data = bytes.fromhex(data)
    if operations == "refused":
        try:
            sys.exit(f"{name}: accepted as {load_one(data)}")
        except ValueError:
            return
    expected = run_one(operations)
    if save_one(*expected) != data or load_one(data) != expected:
        sys.exit(f"{name}: differs")


def main(mode, argument):
    what = mode.removeprefix("--").partition("-")[2]
    kind = KINDS.get(what)
    mode = mode.removesuffix("-" + what) if kind else mode
    if mode == "--write":
        save_one, _, run_one, golden_all, refused_all = kind
        with open(argument, "w", encoding="ascii", newline="\n") as file:
            file.write("# Written by docs/saved_format.py, which explains the form of a line.\n")
            lines = [(name, does, save_one(*run_one(does))) for name, does in golden_all()]
            lines += [(f"refused_{name}", "refused", data) for name, data in refused_all()]
            file.writelines(f"{name} | {does} | {data.hex()}\n" for name, does, data in lines)
    elif mode == "--check":
        with open(argument, encoding="ascii") as file:
            checked = [check(line, kind) for line in file if not line.startswith("#")]
        print(f"{len(checked)} states agree")
    elif mode == "--show-decimal":
        total, counters, scale = load_decimal(bytes.fromhex(argument))
        print("total", total, f"/ 10**{DECIMAL_UNIT}")
        print("values, NaN, +inf, -inf:", *counters, "scale:", scale)
    elif mode == "--show":
        total, counters, *squares = kind[1](bytes.fromhex(argument))
        print("total", total, f"/ 2**{2 * UNIT if what == 'products' else UNIT}")
        for total in squares:
            print("total of squares", total, f"/ 2**{2 * UNIT}")
        print("values, negative zeros, NaN, +inf, -inf:", *counters)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*(sys.argv[1:] if len(sys.argv) == 3 else ["", ""]))
