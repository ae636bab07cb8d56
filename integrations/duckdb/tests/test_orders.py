"""The table of orders.py, with fewer rows."""

import orders


def test_one_total_in_every_order_on_any_threads():
    notes = []
    for name, seen, right in orders.measure(40_000):
        assert set(seen["exact_sum"]) == {right}, (name, set(seen["exact_sum"]), right)
        notes.append(f"{name}: sum {len(set(seen['sum']))}, fsum {len(set(seen['fsum']))}")
    return f"{orders.RUNS} runs; others' distinct totals: " + "; ".join(notes)
