-- Parallel plans: the workers compute partial aggregates.
CREATE TABLE p AS
SELECT i, i % 100 AS g, (i % 1000) * 2.0::float8 ^ (i % 61 - 30) AS x, sin(i) AS y
FROM generate_series(1, 20000) i;
ANALYZE p;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE serial AS
SELECT exact_sum(x), exact_avg(x), exact_var_samp(x), exact_stddev_pop(x), exact_corr(y, x),
       exact_regr_slope(y, x), exact_state(x)
FROM p;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT exact_sum(x), exact_corr(y, x) FROM p;
SELECT s = serial AS same
FROM serial, (SELECT exact_sum(x), exact_avg(x), exact_var_samp(x), exact_stddev_pop(x),
                     exact_corr(y, x), exact_regr_slope(y, x), exact_state(x) FROM p) s;
CREATE TABLE parts AS SELECT g, exact_state(x) AS s FROM p GROUP BY g;
ANALYZE parts;
EXPLAIN (COSTS OFF) SELECT exact_merge(s) FROM parts;
SELECT exact_merge(s) = exact_state FROM parts, serial GROUP BY exact_state;
-- Groups in the workers, hashed and sorted.
SET enable_sort = off;
SELECT count(*), exact_merge(t) = max(exact_state::text)::exact_state AS states
FROM (SELECT g, exact_sum(x) AS s, exact_state(x) AS t FROM p GROUP BY g) q, serial;
SET enable_sort = on;
SET enable_hashagg = off;
SELECT count(*), exact_merge(t) = max(exact_state::text)::exact_state AS states
FROM (SELECT g, exact_state(x) AS t FROM p GROUP BY g) q, serial;
DROP TABLE p, serial, parts;
