"""Connections in many threads, each with the extension."""

import math
import threading

from check import same, test
from data import binades


def in_threads(count, function):
    failures = []

    def run(number):
        try:
            function(number)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@test
def connections_in_16_threads_have_right_totals(host, extension):
    values = [binades(2000, 20 * (n + 1)) for n in range(16)]

    def work(number):
        for _ in range(3):
            c = host.open(extension)
            c.column(values[number])
            expected = math.fsum(values[number])
            for _ in range(5):
                same(c.value("select exact_sum(x) from t"), expected)
                same(c.value("select exact_value(exact_merge(s)) from "
                             "(select exact_state(x) as s from t group by i % 10)"), expected)
                got = c.rows("select exact_sum(x) over (order by i rows 9 preceding) from t")
                same(got[-1][0], math.fsum(values[number][-10:]))
                message = c.error("select exact_value(x'0001')")
                assert message.startswith("exact_value: "), message
            c.close()

    in_threads(16, work)


@test
def many_connections_are_open_at_once(host, extension):
    connections = [host.open(extension) for _ in range(100)]
    for c in connections:
        same(c.value("select exact_sum(column1) from (values (1e100), (1), (-1e100))"), 1.0)
    for c in connections[::2]:
        c.close()
    for c in connections[1::2]:
        same(c.value("select exact_avg(column1) from (values (1), (2))"), 1.5)
        c.close()
