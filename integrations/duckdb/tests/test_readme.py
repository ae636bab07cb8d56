"""The SQL of README.md runs as written."""

import re

from host import HERE, connect

BLOCKS = re.findall(r"```sql\n(.*?)```", (HERE / "README.md").read_text(), re.S)


def test_first_example():
    sql, results = BLOCKS[0].split("-- ")
    got = connect().execute(sql).fetchall()
    assert repr(got) == f"[({results.strip()})]", (got, results)


def test_totals_kept_in_a_table():
    c = connect()
    c.execute("CREATE TABLE sales AS SELECT i % 7 AS shop, i / 100 AS price FROM range(1000) t(i)")
    c.execute("CREATE TABLE new_sales AS SELECT i % 7 AS shop, -i / 70 AS price "
              "FROM range(500) t(i)")
    got = c.execute(BLOCKS[1]).fetchall()
    want = c.execute("SELECT shop, exact_sum(price) FROM (SELECT * FROM sales UNION ALL "
                     "SELECT * FROM new_sales) GROUP BY shop").fetchall()
    assert sorted(got) == sorted(want) and len(got) == 7, (got, want)
