"""The cases of xsum's own check, xsum-check.c: its tables of numbers, read as text.

The tables have terms and results; where they have no result, it is one rounded operation. What
is done with them is what the program does, on other numbers where it has no table: sums, sums of
many copies, merged and negated sums, squared norms, dot products and quotients. Like the program,
this does not look at the sign of a zero.
"""

import ast
import ctypes
import math
import operator
import re
import struct

from library import Refused

# How often one term, and ten terms or a dot product, are repeated: powers of two.
MANY, SOME = 1 << 23, 1 << 13
TABLE = re.compile(r"(?:xsum_flt|float) (\w+)\[\] = \{(.*?)\};", re.DOTALL)
DEFINITION = re.compile(r"#define (\w+) \(?(.+?)\)?$", re.MULTILINE)
FACTORS = [sign * 2.0**power for sign in (1, -1) for power in range(-6, 14)]
# What is added before and taken out after.
EXTRAS = [7.5e250, -3e-250]
DIVISORS = [*range(1, 20), 127, 255, 256, 257, 1000, 4095, 32767, 32768, 32769]


class Tables:
    """The program's tables, as lists of doubles."""

    def __init__(self, source):
        source = re.sub(r"/\*.*?\*/", " ", source, flags=re.DOTALL)
        self.definitions = dict(DEFINITION.findall(source))
        self.values = {}
        for name, text in TABLE.findall(source):
            single = f"float {name}[" in source
            found = [self.number(entry) for entry in text.split(",") if entry.strip()]
            if single:
                found = [struct.unpack("f", struct.pack("f", value))[0] for value in found]
            self.values[name] = found

    def rows(self, name, width):
        values = self.values.get(name, [])
        if not values or len(values) % width:
            raise ValueError(f"xsum-check.c has {len(values)} numbers in {name}")
        return [values[at : at + width] for at in range(0, len(values), width)]

    def number(self, text):
        """The value of an expression of C: of doubles, and of integers where it shifts."""
        text = re.sub(r"\((?:double|long)\)", "", text)
        text = re.sub(r"([0-9.])[fFL]\b", r"\1", text)
        return float(self.evaluate(ast.parse(text.strip(), mode="eval").body))

    def evaluate(self, node):
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
            return node.value
        if isinstance(node, ast.Name):
            return self.number(self.definitions[node.id])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self.evaluate(node.operand)
            return -value
        if isinstance(node, ast.BinOp):
            a, b = self.evaluate(node.left), self.evaluate(node.right)
            match node.op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.LShift():
                    return a << b
                case ast.Div():
                    return quotient(a, b)
        raise ValueError(f"not an expression that is understood: {ast.unparse(node)}")


def quotient(a, b):
    """As C divides doubles."""
    if b == 0:
        return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a)
    return float(a) / b


def shown(value):
    return "nan" if math.isnan(value) else repr(value + 0.0)


class Check:
    def __init__(self, library, report, tables):
        self.library = library
        self.report = report
        self.tables = tables

    def equal(self, name, found, expected):
        self.report.check(name, shown(found), shown(expected))

    def state(self, kind="accumulator"):
        return self.library.state(kind)

    def value(self, name, state, expected):
        self.equal(name, state.double("value_f64"), expected)

    def sums(self, name, values, expected):
        """A sum, by each way that Tally has."""
        self.equal(f"{name}, array", self.library.of_array("tally_sum_f64", values), expected)
        at_once, each = self.state(), self.state()
        at_once.add(values)
        self.value(f"{name}, accumulator", at_once, expected)
        each.add_each(values)
        self.value(f"{name}, one by one", each, expected)
        moments = self.state("moments")
        moments.add(values)
        self.equal(f"{name}, moments", moments.double("sum_f64"), expected)
        small = self.state("small_accumulator")
        try:
            small.add_each(values)
        except Refused as refused:
            if refused.status != "TALLY_TOO_SMALL":
                raise
            self.report.leave_out("sums that are too wide for a small accumulator")
        else:
            self.value(f"{name}, small accumulator", small, expected)

    def of_rows(self, name, width):
        """The terms and the result of each row, and both with the other sign."""
        for row, (*terms, result) in enumerate(self.tables.rows(name, width)):
            yield f"{name} {row}", terms, result
            yield f"{name} {row} negated", [-term for term in terms], -result

    def zeros(self):
        for values in ([], [0.0], [-0.0]):
            self.sums(f"zeros {values}", values, 0.0)

    def one_term(self):
        for row, (term,) in enumerate(self.tables.rows("one_term", 1)):
            for value in (term, -term):
                self.sums(f"one_term {row}: {value!r}", [value], value)
                many = self.state()
                many.add_repeated(value, MANY)
                self.value(f"one_term {row}: {value!r} many times", many, value * MANY)

    def two_terms(self):
        for row, terms in enumerate(self.tables.rows("two_term", 2)):
            for factor in FACTORS:
                a, b = (factor * term for term in terms)
                self.sums(f"two_term {row} times {factor}", [a, b], a + b)
                among = self.state()
                among.add_each([*EXTRAS, a, b, *(-extra for extra in EXTRAS)])
                self.value(f"two_term {row} times {factor} among extras", among, a + b)

    def more_terms(self):
        for name, terms, result in self.of_rows("three_term", 4):
            self.sums(name, terms, result)
        for name, terms, result in self.of_rows("ten_term", 11):
            self.sums(name, terms, result)
            expected = result * SOME
            often, apart, rest = self.state(), self.state(), self.state()
            for _ in range(SOME):
                often.add(terms)
            self.value(f"{name} many times", often, expected)
            repeated = terms * SOME
            self.sums(f"{name} in a long array", repeated, expected)
            apart.add(repeated[:9])
            rest.add(repeated[9:])
            rest.merge(apart)
            self.value(f"{name} merged", rest, expected)
            # xsum negates a sum; here it is taken out of an empty one.
            self.negated(name, terms, -result)

    def negated(self, name, terms, expected):
        there, back = self.state(), self.state()
        there.add(terms)
        if any(math.isinf(term) for term in terms):
            self.report.leave_out("negated sums with infinities in them")
            return
        back.unmerge(there)
        self.value(f"{name}, taken out", back, expected)
        back.add([99999.5])
        back.add(terms)
        self.value(f"{name}, taken out and added again", back, 99999.5)

    def merged(self):
        first, second = self.state(), self.state()
        first.add([2.5e30, 0.1, 1e-30])
        second.add([-2.5e30, 0.75, -0.1, -1e-30])
        first.merge(second)
        self.value("merged", first, 0.75)

        total, part = self.state(), self.state()
        part.add([0.1, 1e20, -3.0])
        for _ in range(1000):
            total.merge(part)
        total.add([0.75])
        # Now the part is the negative of what it was.
        part.add([-0.1, -1e20, 3.0] * 2)
        for _ in range(1000):
            total.merge(part)
        self.value("merged a thousand times", total, 0.75)

        itself = self.state()
        itself.add([2.5e30, 0.1, 0.75])
        itself.merge(itself)
        itself.add([-5e30, -0.2, -0.75])
        self.value("merged with itself", itself, 0.75)
        self.report.leave_out("sums doubled a thousand times: more than 2^63 values", 6)

    def special(self):
        for zero in (0.0, -0.0):
            self.sums(f"a value and {zero}", [6.25, zero], 6.25)
        self.sums("a value between", [777.0, 6.25, -777.0], 6.25)
        pairs = [3.0, 1000.0] * 4000
        self.sums("pairs", [*pairs, *(-value for value in pairs), 6.25], 6.25)
        # Runs of values of one exponent, of the lengths at which counters may be full.
        for size in (10, 11, 12, 16):
            same, back = [777.0] * (1 << size), [-777.0] * ((1 << size) + 1)
            self.sums(f"2^{size} of one value", [*same, 777.0, 6.25, *back], 6.25)
            self.sums(f"2^{size} of one value, reversed", [*same, 6.25, 777.0, *back], 6.25)

    def dot(self, name, x, y, expected, times=1):
        products = self.state("product_accumulator")
        for _ in range(times):
            products.add_pairs(x, y)
        self.value(name, products, expected)
        if times == 1:
            self.equal(f"{name}, arrays", self.library.of_pairs("tally_dot_f64", x, y), expected)

    def dots(self):
        rows = self.tables.rows("dot_term", 2)
        signed = [[sign * value for value in row] for row in rows for sign in (1, -1)]
        for x in signed:
            for y in signed:
                expected = x[0] * y[0] + x[1] * y[1]
                name = f"dot of {x} and {y}"
                self.dot(name, x, y, expected)
                self.dot(f"{name} and zeros", [0.0, *x], [0.0, *y], expected)
                self.dot(f"{name} many times", x, y, SOME * expected, SOME)
        x, y = [1, -2, 3, 5, -8, 13], [100, 40, -7, 6, 2, 9]
        for count in range(len(x) + 1):
            of_x, of_y = list(map(float, x[:count])), list(map(float, y[:count]))
            square = sum(value * value for value in x[:count])
            product = sum(map(operator.mul, x[:count], y[:count]))
            self.dot(f"square of {count}", of_x, of_x, float(square))
            self.dot(f"dot of {count}", of_x, of_y, float(product))
            self.dot(f"dot of {count}, twice", of_x, of_y, 2.0 * product, 2)

    def quotients(self):
        """A sum divided by n is the mean of its terms and of zeros, n values together."""
        for row, (term,) in enumerate(self.tables.rows("one_term", 1)):
            for divisor in DIVISORS:
                for value in (term, -term):
                    self.quotient(f"one_term {row}", [value], divisor, value / divisor)
        for row, terms in enumerate(self.tables.rows("two_term", 2)):
            for divisor in (1, 2, 4, 8, 256, 32768):
                scaled = [divisor * term for term in terms]
                self.quotient(f"two_term {row}", scaled, divisor, sum(scaled) / divisor)
        for row, (*terms, divisor, result) in enumerate(self.tables.rows("three_term_div", 5)):
            for sign in (1, -1):
                signed = [sign * term for term in terms]
                self.quotient(f"three_term_div {row}", signed, int(divisor), sign * result)
        self.report.leave_out("divisors that are no count: zero, and negative ones")

    def quotient(self, name, terms, divisor, expected):
        total = self.state()
        total.add(terms)
        count = divisor - len(terms)
        if count < 0:
            # The count is lowered by taking zeros out.
            total.call("subtract_f64", (ctypes.c_double * -count)(), ctypes.c_size_t(-count))
        else:
            total.add_repeated(0.0, count)
        self.equal(f"{name} / {divisor}", total.double("mean_f64"), expected)


def run(library, folder, report):
    tables = Tables((folder / "xsum-check.c").read_text())
    check = Check(library, report, tables)
    check.zeros()
    check.one_term()
    check.two_terms()
    check.more_terms()
    check.merged()
    check.special()
    check.dots()
    check.quotients()
