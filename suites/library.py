"""An installed libtally by ctypes: only what the suites call."""

import ctypes
import struct


class Refused(Exception):
    """A call that failed: the name of its status, and its message."""

    def __init__(self, status, message):
        super().__init__(f"{status}: {message}")
        self.status = status


def bits(value):
    """The bits of a double; all NaN are one."""
    return "nan" if value != value else struct.pack(">d", value).hex()


class State:
    """An accumulator of one of the library's kinds: `tally_KIND_...` are its methods."""

    def __init__(self, library, kind):
        self.library = library
        self.kind = kind
        size = library.call_plain(f"tally_{kind}_size", ctypes.c_size_t)
        self.memory = ctypes.create_string_buffer(size)

    def clear(self):
        ctypes.memset(self.memory, 0, len(self.memory))

    def copy(self):
        other = State(self.library, self.kind)
        other.memory.raw = self.memory.raw
        return other

    def call(self, name, *arguments):
        self.library.call(f"tally_{self.kind}_{name}", self.memory, *arguments)

    def add(self, values):
        self.call("add_f64", array(values), ctypes.c_size_t(len(values)))

    def add_each(self, values):
        for value in values:
            self.call("add_one_f64", ctypes.c_double(value))

    def add_repeated(self, value, count):
        """One value `count` times: an array with a stride of 0."""
        self.call(
            "add_f64_strided", array([value]), ctypes.c_size_t(count), ctypes.c_ssize_t(0)
        )

    def add_pairs(self, x, y):
        self.call("add_f64", array(x), array(y), ctypes.c_size_t(len(x)))

    def merge(self, other):
        self.call("merge", other.memory)

    def unmerge(self, other):
        self.call("unmerge", other.memory)

    def double(self, name):
        """What a function gives through a pointer to a double, the infinity of one that
        overflows too."""
        return self.library.double(f"tally_{self.kind}_{name}", self.memory)

    def float(self, name):
        result = ctypes.c_float()
        self.call(name, ctypes.byref(result))
        return result.value

    def feed(self, text, final=True, name="add_text"):
        """The bytes of text that were taken; each line is one number."""
        consumed, values = ctypes.c_size_t(), ctypes.c_size_t()
        self.call(
            name,
            text,
            ctypes.c_size_t(len(text)),
            ctypes.c_char(b"\n"),
            ctypes.c_int(final),
            ctypes.byref(consumed),
            ctypes.byref(values),
        )
        return consumed.value

    def text(self, name, *how):
        """A value as text."""
        buffer = ctypes.create_string_buffer(4096)
        how = [ctypes.c_int(number) for number in how]
        self.call(name, *how, buffer, ctypes.c_size_t(len(buffer)), None)
        return buffer.value.decode()


def array(values):
    return (ctypes.c_double * len(values))(*values)


class Library:
    def __init__(self, path):
        self.c = ctypes.CDLL(path)
        self.c.tally_last_message.restype = ctypes.c_char_p
        self.c.tally_status_name.restype = ctypes.c_char_p

    def call_plain(self, name, result):
        function = getattr(self.c, name)
        function.restype = result
        return function()

    def call(self, name, *arguments):
        status = getattr(self.c, name)(*arguments)
        if status != 0:
            raise Refused(
                self.c.tally_status_name(status).decode(), self.c.tally_last_message().decode()
            )

    def double(self, name, *arguments):
        result = ctypes.c_double()
        try:
            self.call(name, *arguments, ctypes.byref(result))
        except Refused as refused:
            if refused.status != "TALLY_OVERFLOW" or result.value not in (
                float("inf"),
                float("-inf"),
            ):
                raise
        return result.value

    def of_array(self, name, values, *more):
        """A statistic of one array of doubles."""
        return self.double(name, array(values), ctypes.c_size_t(len(values)), *more)

    def of_pairs(self, name, x, y):
        return self.double(name, array(x), array(y), ctypes.c_size_t(len(x)))

    def state(self, kind):
        return State(self, kind)
