"""The functions in schemas: views, indexes, generated columns, triggers."""

import math
import random

from check import connected, same, test
from hosts import HostError

# Of sqlite3.h.
DETERMINISTIC, INNOCUOUS = 0x800, 0x200000


@connected
def views_and_subqueries_use_the_aggregates(c):
    c.column([0.1] * 10 + [1e100, -1e100])
    c.rows("pragma trusted_schema = off")
    c.rows("create view v as select exact_sum(x) as s, exact_state(x) as state from t")
    same(c.value("select s from v"), math.fsum([0.1] * 10))
    same(c.value("select exact_value(state) from v"), math.fsum([0.1] * 10))
    same(c.value("select exact_sum(x) from t having exact_sum(x) > 0.9"), math.fsum([0.1] * 10))
    same(c.rows("select i % 2 from t group by 1 order by exact_sum(x), 1"), [(0,), (1,)])
    same(c.value("with recursive n(k) as (values (1) union all select k + 1 from n where k < 1000) "
                 "select exact_sum(k) from n"), 500500)


@connected
def scalar_functions_are_deterministic_so_indexes_and_checks_may_use_them(c):
    c.rows("create table s (k integer primary key, state blob check (state is null or exact_value(state) < 1e6), "
           "total generated always as (exact_value(state)) stored)")
    c.rows("create index by_value on s (exact_value(state))")
    for k in range(200):
        c.rows("insert into s (k, state) select ?1, exact_state(?2)", (k, k * 0.5))
    plan = c.row("explain query plan select k from s where exact_value(state) = 50.0")[3]
    assert "by_value" in plan, plan
    same(c.rows("select k, total from s where exact_value(state) = 50.0"), [(100, 50.0)])
    message = c.error("insert into s (k, state) select 1000, exact_state(1e7)")
    assert isinstance(message, str) and "CHECK" in message.upper(), message
    message = c.error("insert into s (k, state) values (1000, x'00')")
    assert isinstance(message, str) and "exact_value" in message, message
    # An upgrade of the library would change what the index has.
    message = c.error("create index bad on s (k || tally_version())")
    assert isinstance(message, str) and "non-deterministic" in message, message
    same(c.rows("pragma integrity_check"), [("ok",)])


@connected
def the_functions_are_innocuous_and_may_be_used_by_a_schema_that_is_not_trusted(c):
    c.rows("pragma trusted_schema = off")
    c.rows("create view v as select tally_version() as a, exact_value(exact_state(1.5)) as b")
    same(c.value("select b from v"), 1.5)
    flags = c.rows("select name, flags from pragma_function_list where name glob 'exact_*' "
                   "or name = 'tally_version'")
    same(len(flags), 17)
    for name, f in flags:
        assert f & INNOCUOUS, name
        same(bool(f & DETERMINISTIC), name != "tally_version", name)


@test
def loading_it_within_a_statement_is_refused_with_a_reason(host, extension):
    c = host.open(extension)
    c.raw.enable_load_extension(True)
    message = c.error("select load_extension(?)", (str(extension),))
    assert isinstance(message, str) and "unable to delete/modify" in message, message
    same(c.value("select exact_sum(1)"), 1)
    c.close()


TRIGGERS = """
create table sales (id integer primary key, shop, amount);
create table totals (shop primary key, state blob, count integer not null default 0) without rowid;
create trigger added after insert on sales begin
    insert into totals values (new.shop, (select exact_state(new.amount)), 1)
        on conflict do update set count = count + 1, state = exact_merge(state, excluded.state);
end;
create trigger removed after delete on sales begin
    update totals set count = count - 1, state = exact_subtract(state, (select exact_state(old.amount)))
        where shop = old.shop;
end;
create trigger changed after update on sales begin
    update totals set count = count - 1, state = exact_subtract(state, (select exact_state(old.amount)))
        where shop = old.shop;
    insert into totals values (new.shop, (select exact_state(new.amount)), 1)
        on conflict do update set count = count + 1, state = exact_merge(state, excluded.state);
end
"""


def amount():
    return random.choice([None, random.randrange(-1000, 1000), round(random.uniform(-99, 99), 2),
                          random.uniform(-1, 1) * 2.0 ** random.randint(-300, 300), float("inf"), -0.0])


def compare_totals(c):
    wrong = c.rows("""
        select t.shop, exact_value(t.state), s.total, t.state, s.state from totals as t left join
            (select shop, exact_value(exact_state(amount)) as total, exact_state(amount) as state
                from sales group by shop) as s on s.shop = t.shop
            where exact_value(t.state) is not s.total
                or (s.state is not null and t.state is not s.state)""")
    same(wrong, [])


@connected
def triggers_keep_totals_that_never_drift(c):
    for statement in TRIGGERS.strip().split(";\ncreate"):
        c.rows(statement if statement.startswith("create") else "create" + statement)
    # Or REPLACE removes rows without a trigger.
    c.rows("pragma recursive_triggers = on")
    for step in range(3000):
        action = random.random()
        shop = random.randrange(6)
        if action < 0.4:
            c.rows("insert into sales (shop, amount) values (?, ?)", (shop, amount()))
        elif action < 0.5:
            c.rows("replace into sales values (?, ?, ?)", (random.randrange(1, 100), shop, amount()))
        elif action < 0.75:
            c.rows("delete from sales where id = (select id from sales order by random() limit 1)")
        else:
            c.rows("update sales set amount = ?, shop = ? where id = (select id from sales order by random() limit 1)",
                   (amount(), shop))
        if step % 300 == 0:
            compare_totals(c)
    compare_totals(c)
    c.rows("delete from sales")
    same(c.rows("select exact_value(state), count from totals where exact_value(state) is not null or count"), [])


@connected
def a_total_that_was_rolled_back_is_as_it_was(c):
    for statement in TRIGGERS.strip().split(";\ncreate"):
        c.rows(statement if statement.startswith("create") else "create" + statement)
    c.rows("insert into sales (shop, amount) values (1, 0.1), (1, 1e300)")
    before = c.rows("select * from totals")
    c.rows("begin")
    c.rows("insert into sales (shop, amount) values (1, 0.2), (2, 5)")
    c.rows("rollback")
    same(c.rows("select * from totals"), before)


@connected
def aggregates_work_in_upserts_returning_and_correlated_queries(c):
    c.column([(g, v) for g in range(5) for v in (0.1, 0.2, 0.3)], columns=("g", "x"))
    c.rows("create table r (g primary key, state)")
    upsert = ("insert into r select g, exact_state(x) from t where true group by g "
              "on conflict do update set state = exact_merge(state, excluded.state)")
    c.rows(upsert)
    c.rows(upsert)
    same(c.rows("select exact_value(state) from r"), [(math.fsum([0.1, 0.2, 0.3] * 2),)] * 5)
    same(c.rows("select exact_value((select exact_state(x) from t where t.g = r.g)) from r"),
         [(math.fsum([0.1, 0.2, 0.3]),)] * 5)


@test
def a_file_is_read_again_by_another_connection(host, extension):
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "totals.db")
        c = host.open(extension, path)
        c.rows("create table s as select exact_state(column1) as state from (values (0.1), (1e300), (-1e300))")
        c.close()
        c = host.open(extension, path)
        same(c.value("select exact_value(state) from s"), 0.1)
        c.close()
        c = host.open(None, path)
        try:
            c.rows("select exact_value(state) from s")
        except HostError as error:
            assert "no such function" in str(error), error
        else:
            raise AssertionError("the functions are there without the extension")
        c.close()
