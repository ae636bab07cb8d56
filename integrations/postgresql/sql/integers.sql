-- Integers and numeric: exact, with the result types of the server's aggregates.
SELECT exact_sum(x), pg_typeof(exact_sum(x)), exact_avg(x) = avg(x) AS avg
FROM (VALUES (9223372036854775807), (9223372036854775807), (-5)) v(x);
SELECT exact_sum(x), pg_typeof(exact_sum(x)), pg_typeof(exact_avg(x)), exact_avg(x)
FROM (VALUES (2147483647), (2147483647), (NULL)) v(x);
SELECT exact_sum(x::int2), exact_var_pop(x::int2) = var_pop(x::int2) AS var,
       exact_stddev_samp(x::int4) = stddev_samp(x::int4) AS sd,
       exact_var_samp(x::int8) = var_samp(x::int8) AS var8
FROM generate_series(1, 100) x;
SELECT exact_sum(x), exact_avg(x), exact_var_pop(x), pg_typeof(exact_sum(x))
FROM (VALUES (0.1::numeric), (0.2), (1e30), (-1e30)) v(x);
SELECT exact_sum(x), exact_avg(x), exact_var_samp(x) FROM (SELECT 1::int8 AS x WHERE false) v;

-- A state keeps integers beyond 2^53 exactly.
SELECT exact_state(x)::numeric, exact_value(exact_state(x))
FROM (VALUES (9223372036854775807), (9223372036854775807), (-9223372036854775808), (9007199254740993)) v(x);
SELECT exact_value(a - b), (a - b)::numeric
FROM (SELECT exact_state(x) AS a FROM (VALUES (9223372036854775807), (1)) v(x)) p,
     (SELECT exact_state(9223372036854775806) AS b) q;
