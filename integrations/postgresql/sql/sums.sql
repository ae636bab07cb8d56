-- The aggregates of one column of floats, and their edge cases.
SET client_min_messages = warning;
CREATE EXTENSION tally;
RESET client_min_messages;
SELECT tally_version() ~ '^[0-9]+\.[0-9]+\.[0-9]+$' AS version;

CREATE TABLE hard (i int, x float8);
INSERT INTO hard VALUES (1, 1e100), (2, 1), (3, -1e100), (4, 0.25), (5, NULL);
SELECT exact_sum(x), exact_avg(x) FROM hard;
SELECT exact_sum(x ORDER BY i DESC), exact_sum(x) FILTER (WHERE i <> 2) FROM hard;
SELECT i % 2 AS odd, exact_sum(x) FROM hard GROUP BY 1 ORDER BY 1;

-- The same total in any order; sum() gives several.
SELECT count(DISTINCT e) AS exact, count(DISTINCT s) > 1 AS others
FROM (SELECT exact_sum(x) AS e, sum(x ORDER BY md5((i * k)::text)) AS s
      FROM generate_series(1, 1000) i, generate_series(1, 20) k,
           LATERAL (SELECT (i % 77) / 7.0::float8 * 10.0::float8 ^ (i % 20) AS x) v
      GROUP BY k) t;

-- No rows, no values, NULL.
SELECT exact_sum(x), exact_avg(x), exact_var_samp(x), exact_var_pop(x),
       exact_stddev_samp(x), exact_stddev_pop(x), exact_state(x)
FROM hard WHERE false;
SELECT exact_sum(x), exact_avg(x), exact_var_pop(x), exact_state(x)
FROM hard WHERE x IS NULL;
SELECT exact_var_samp(x), exact_var_pop(x), exact_stddev_samp(x), exact_stddev_pop(x)
FROM hard WHERE i = 2;

-- NaN, infinities, zeros.
SELECT exact_sum(x), exact_avg(x), exact_var_samp(x)
FROM (VALUES ('NaN'::float8), (1)) v(x);
SELECT exact_sum(x), exact_avg(x), exact_var_samp(x)
FROM (VALUES ('Infinity'::float8), (1), (1e308), (1e308)) v(x);
SELECT exact_sum(x) FROM (VALUES ('Infinity'::float8), ('-Infinity')) v(x);
SELECT exact_sum(x) FROM (VALUES ('-0'::float8), ('-0')) v(x);
SELECT exact_sum(x) FROM (VALUES ('-0'::float8), ('0')) v(x);

-- Overflow is an error only if the result itself is out of range.
SELECT exact_sum(x) FROM (VALUES (1e308::float8), (1e308), (-1e308)) v(x);
SELECT exact_sum(x) FROM (VALUES (1e308::float8), (1e308)) v(x);
SELECT exact_avg(x) FROM (VALUES (1e308::float8), (1e308)) v(x);
SELECT exact_var_pop(x) FROM (VALUES (1e200::float8), (-1e200)) v(x);
SELECT exact_stddev_pop(x) FROM (VALUES (1e200::float8), (-1e200)) v(x);

-- float4 is added as it is, and the result is float8.
SELECT exact_sum(x), pg_typeof(exact_sum(x)), exact_avg(x), exact_var_pop(x)
FROM (VALUES (1e38::float4), (1), (-1e38), (2)) v(x);
SELECT exact_sum(x), exact_avg(x) FROM (VALUES (3e38::float4), (3e38)) v(x);
DROP TABLE hard;
