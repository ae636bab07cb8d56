"""test262's tests of Math.sumPrecise: the assertions about arrays of numbers.

An empty sum is -0 in JavaScript and +0 in Tally, so a caller has to ask for the count; this
runner does. Everything else must have the same bits.
"""

import re

from library import Refused, bits

ASSERTION = re.compile(r"assert\.(\w+)\((.*)")
OF_NUMBERS = re.compile(r"Math\.sumPrecise\(\[([^][]*)\]\), ([^ ]+)\);")
NUMBER = re.compile(r"-?(\d+(\.\d*)?(e[-+]?\d+)?|Infinity)|NaN")


def number(text):
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace("Infinity", "inf"))


def ways(library, values):
    """The same sum by each way that Tally has."""
    yield "sum", library.of_array("tally_sum_f64", values)
    whole, single = library.state("accumulator"), library.state("small_accumulator")
    whole.add(values)
    yield "accumulator", whole.double("value_f64")
    merged, part = library.state("accumulator"), library.state("accumulator")
    merged.add(values[::2])
    part.add(values[1::2])
    merged.merge(part)
    yield "merged", merged.double("value_f64")
    try:
        single.add_each(values)
    except Refused as refused:
        if refused.status != "TALLY_TOO_SMALL":
            raise
        return
    yield "small accumulator", single.double("value_f64")


def run(library, folder, report):
    within = folder / "test/built-ins/Math/sumPrecise"
    for file in sorted((within if within.is_dir() else folder).glob("*.js")):
        for row, line in enumerate(file.read_text().splitlines(), 1):
            name = f"{file.name}:{row}"
            assertion = ASSERTION.search(line)
            if assertion is None:
                if "verifyProperty(" in line:
                    report.leave_out("the property of a JavaScript object")
                continue
            case = OF_NUMBERS.fullmatch(assertion[2]) if assertion[1] == "sameValue" else None
            if case is None:
                report.leave_out("iterators, errors and counts of calls in JavaScript")
                continue
            values = [number(text.strip()) for text in case[1].split(",") if text.strip()]
            expected = number(case[2])
            for way, found in ways(library, values):
                found = found if values else -0.0
                report.check(f"{name}, {way}", bits(found), bits(expected))
