"""The General Decimal Arithmetic testcases (decTest), on exact sums of decimals.

A case has operands, an operation and a context: precision, exponents and rounding. Tally has
exact totals that are rounded once, to digits after the point. So a case is one of Tally's if
its result is exact, or rounded to a place after the point in a way that Tally has. The place
is taken from the expected result; the digits are Tally's. Decimals have no negative zero and
no exponent: of a zero the sign is not compared, and of a multiple of ten its digits are.
"""

import ctypes
import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from library import Refused

ALL, AS_WRITTEN = -1, -2
AFTER, BEFORE = 342, 322
ROUNDINGS = {"half_even": 1, "half_up": 2, "down": 3, "up": 4, "ceiling": 5, "floor": 6}
TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\S+""")
SPECIAL = re.compile(r"[-+]?(inf|infinity|nan)", re.IGNORECASE)
FINITE = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?", re.IGNORECASE)
EXACT = Context(prec=1_000_000, Emax=MAX_EMAX, Emin=MIN_EMIN)


class Theirs(Exception):
    """A case that is not Tally's, with the reason."""


def unquoted(token):
    for quote in "'\"":
        if len(token) > 1 and token[0] == token[-1] == quote:
            return token[1:-1].replace(quote * 2, quote)
    return token


def number(text):
    """An operand, as a Decimal."""
    if "#" in text or "?" in text:
        raise Theirs("encodings in hexadecimal digits")
    if SPECIAL.fullmatch(text) or FINITE.fullmatch(text):
        return Decimal(text, EXACT)
    raise Theirs("signalling NaN, and NaN with digits")


def places(value):
    """The digits before and after the point that are not zeros, or would be kept."""
    if not value.is_finite() or not value:
        return 0, 0
    _, digits, exponent = value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return exponent + len(digits), -exponent - zeros


def in_range(value):
    before, after = places(value)
    return before <= BEFORE and after <= AFTER


def opposite(text):
    return text[1:] if text[0] == "-" else "-" + text.removeprefix("+")


def integer(value):
    """A factor: an integer of 64 bits, and its scale."""
    if not value.is_finite():
        raise Theirs("products of infinities and NaN")
    coefficient = int("".join(map(str, value.as_tuple().digits)))
    exponent = value.as_tuple().exponent
    if exponent > 40:
        raise Theirs("factors of more than 64 bits")
    coefficient *= 10 ** max(exponent, 0)
    if coefficient >> 63:
        raise Theirs("factors of more than 64 bits")
    return -coefficient if value.is_signed() else coefficient, max(-exponent, 0)


class Case:
    def __init__(self, library, operation, operands, result, conditions, context):
        self.library = library
        self.operation = operation
        self.operands = operands
        self.result = result
        self.conditions = conditions
        self.context = context
        self.total = library.state("decimal")

    def add(self, text):
        value = number(text)
        if not value.is_finite():
            self.total.feed(text.encode())
        else:
            encoded = text.encode()
            self.total.call("add_one_text", encoded, ctypes.c_size_t(len(encoded)))

    def add_product(self, x, y):
        (x, x_scale), (y, y_scale) = integer(number(x)), integer(number(y))
        if x_scale + y_scale > AFTER:
            raise Theirs("digits beyond a decimal's range")
        x, y = ctypes.c_int64(x), ctypes.c_int64(y)
        self.total.call(
            "add_products",
            ctypes.byref(x),
            ctypes.byref(y),
            ctypes.c_size_t(1),
            ctypes.c_int(x_scale),
            ctypes.c_int(y_scale),
        )

    def subtract(self, text):
        """What is infinite or NaN is added with the other sign: to take it out undoes it."""
        if number(text).is_finite():
            encoded = text.encode()
            self.total.call("subtract_one_text", encoded, ctypes.c_size_t(len(encoded)))
        else:
            self.add(opposite(text))

    def rounding(self):
        mode = ROUNDINGS.get(self.context["rounding"])
        if mode is None:
            raise Theirs(f"rounding {self.context['rounding']}")
        return mode

    def text(self, digits):
        """The total, rounded to digits after the point."""
        if not 0 <= digits <= AFTER:
            raise Theirs("rounding to a place before the point, or beyond the range")
        return self.total.text("value_text_rounded", digits, self.rounding())

    def total_for(self, expected):
        """The total in the form in which the result is expected."""
        digits = places_after(expected)
        if expected.is_finite() and "inexact" in self.conditions:
            return self.text(-expected.as_tuple().exponent)
        if not expected.is_finite() or self.operation == "reduce" or "clamped" in self.conditions:
            return self.total.text("value_text", ALL)
        if digits > AFTER:
            raise Theirs("zeros beyond a decimal's range")
        # Zeros may be cut to the precision, and digits may not.
        if "rounded" in self.conditions:
            return self.total.text("value_text", ALL)
        return self.total.text("value_text", AS_WRITTEN)

    # One of the following for each operation.

    def add_operands(self):
        self.add(self.operands[0])
        self.add(self.operands[1])

    def subtract_operands(self):
        self.add(self.operands[0])
        self.subtract(self.operands[1])

    def multiply(self):
        self.add_product(*self.operands)

    def fma(self):
        self.add_product(*self.operands[:2])
        self.add(self.operands[2])

    def only(self):
        self.add(self.operands[0])

    def minus(self):
        self.subtract(self.operands[0])


OF_THE_TOTAL = {
    "add": Case.add_operands,
    "subtract": Case.subtract_operands,
    "multiply": Case.multiply,
    "fma": Case.fma,
    "plus": Case.only,
    "minus": Case.minus,
    "apply": Case.only,
    "tosci": Case.only,
    "toeng": Case.only,
    "copy": Case.only,
    "reduce": Case.only,
    "copynegate": Case.minus,
}
TO_A_PLACE = ("quantize", "rescale", "tointegral", "tointegralx")


def of_the_total(case, report, name):
    expected = number(case.result)
    if "conversion_syntax" in case.conditions:
        text = case.operands[0].encode()
        try:
            case.total.call("add_one_text", text, ctypes.c_size_t(len(text)))
            found = "a number"
        except Refused as refused:
            found = refused.status
        report.check(name, found, "TALLY_PARSE")
        return
    if "overflow" in case.conditions:
        raise Theirs("results beyond the context's exponents")
    OF_THE_TOTAL[case.operation](case)
    found = case.total_for(expected)
    exact = expected.is_finite() and "inexact" not in case.conditions
    if exact and (case.operation == "toeng" or {"rounded", "clamped"} & case.conditions):
        check_value(report, name, found, expected)
    else:
        check_text(report, name, found, expected)


def places_after(value):
    return max(-value.as_tuple().exponent, 0) if value.is_finite() else 0


def without_sign(value):
    return value if value or not value.is_finite() else abs(value)


def check_text(report, name, found, expected):
    """The same digits; a multiple of ten has none after the point."""
    if expected.is_finite():
        if expected.as_tuple().exponent > 0:
            check_value(report, name, found, expected)
        else:
            report.check(name, found, f"{without_sign(expected):f}")
    else:
        report.check(name, found, "nan" if expected.is_nan() else str(expected).lower()[:-5])


def check_value(report, name, found, expected):
    """The same number."""
    if Decimal(found) != expected:
        report.fail(name, f"{found}, expected {expected}")
    else:
        report.passed += 1


def compare(case, report, name):
    a = case
    b = Case(case.library, case.operation, case.operands, None, (), case.context)
    a.add(case.operands[0])
    b.add(case.operands[1])
    order = ctypes.c_int()
    try:
        case.library.call(
            "tally_decimal_compare", a.total.memory, b.total.memory, ctypes.byref(order)
        )
        found = str(order.value)
    except Refused as refused:
        found = refused.status
    expected = number(case.result)
    report.check(name, found, "TALLY_INVALID" if expected.is_nan() else str(int(expected)))


def to_a_place(case, report, name):
    expected = number(case.result)
    values = [number(text) for text in case.operands]
    if not expected.is_finite() or not all(value.is_finite() for value in values):
        raise Theirs("places of infinities and NaN, and results beyond the precision")
    if case.operation == "rescale":
        digits = -int(values[1])
    elif case.operation == "quantize":
        digits = -values[1].as_tuple().exponent
    else:
        digits = 0
    case.add(case.operands[0])
    check_text(report, name, case.text(digits), expected)


def divide(case, report, name):
    """A mean: the dividend and zeros."""
    dividend, divisor = (number(text) for text in case.operands)
    expected = number(case.result)
    if not dividend.is_finite() or not divisor.is_finite() or not expected.is_finite():
        raise Theirs("quotients of infinities, NaN and zeros")
    if divisor != divisor.to_integral_value() or not 1 <= divisor <= 100_000:
        raise Theirs("divisors that are no count")
    if "subnormal" in case.conditions or "clamped" in case.conditions:
        raise Theirs("results beyond the context's exponents")
    case.add(case.operands[0])
    case.total.feed(b"0\n" * (int(divisor) - 1))
    digits = places_after(expected)
    if digits > AFTER or (expected.as_tuple().exponent > 0 and "inexact" in case.conditions):
        raise Theirs("rounding to a place before the point, or beyond the range")
    check_text(
        report, name, case.total.text("mean_text_rounded", digits, case.rounding()), expected
    )


OPERATIONS = {
    **dict.fromkeys(OF_THE_TOTAL, of_the_total),
    **dict.fromkeys(TO_A_PLACE, to_a_place),
    "compare": compare,
    "divide": divide,
}


def run_case(library, report, name, tokens, context):
    arrow = tokens.index("->")
    operation, *operands = (unquoted(token) for token in tokens[:arrow])
    operation = operation.lower()
    result = unquoted(tokens[arrow + 1])
    conditions = {token.lower() for token in tokens[arrow + 2 :]}
    if operation not in OPERATIONS:
        report.leave_out("operations that Tally does not have")
        return
    case = Case(library, operation, operands, result, conditions, context)
    try:
        OPERATIONS[operation](case, report, name)
    except Theirs as reason:
        report.leave_out(str(reason))
    except Refused as refused:
        if refused.status == "TALLY_OVERFLOW" and not all(map(in_range, map(number, operands))):
            report.leave_out("digits beyond a decimal's range")
        else:
            report.fail(name, f"{' '.join(tokens)}: {refused}")


def run(library, folder, report):
    for file in sorted(folder.rglob("*.decTest")):
        context = {"rounding": "half_even"}
        for line in file.read_text(encoding="utf-8").splitlines():
            line = line.strip()
            directive = re.match(r"(\w+):\s*(\S+)$", line.split("--")[0].strip())
            if line.startswith("--") or not line:
                continue
            if directive:
                context[directive[1].lower()] = directive[2].lower()
                continue
            tokens = TOKEN.findall(line)
            if "--" in tokens:
                tokens = tokens[: tokens.index("--")]
            if "->" in tokens:
                run_case(library, report, f"{file.stem} {tokens[0]}", tokens[1:], context)
