-- exact_state: its forms, functions and operators.
SELECT exact_state(x) FROM (VALUES (1e100::float8), (1), (-1e100)) v(x);
SELECT exact_state(x) FROM (VALUES (0.5::float4), (0.25)) v(x);

CREATE TABLE sales (day int, amount float8);
INSERT INTO sales SELECT i % 10, (i * 7919 % 1000) / 100.0 FROM generate_series(1, 1000) i;
CREATE TABLE totals AS SELECT day, exact_state(amount) AS state FROM sales GROUP BY day;
SELECT exact_value(exact_merge(state)) = (SELECT exact_sum(amount) FROM sales) AS same FROM totals;
SELECT exact_merge(state) = (SELECT exact_state(amount) FROM sales) AS same FROM totals;

-- Changes: one part is added, another subtracted.
UPDATE totals SET state = state + (SELECT exact_state(x) FROM (VALUES (1e100::float8), (0.5)) v(x))
WHERE day = 3;
UPDATE totals SET state = exact_subtract(state, (SELECT exact_state(1e100::float8))) WHERE day = 3;
SELECT exact_value(state) - (SELECT exact_sum(amount) FROM sales WHERE day = 3) AS more
FROM totals WHERE day = 3;
SELECT exact_value(a.state - b.state + b.state) = exact_value(a.state) AS same
FROM totals a, totals b WHERE a.day = 1 AND b.day = 2;

-- NULL, nothing left, more subtracted than added.
SELECT exact_value(NULL) IS NULL AS v, exact_subtract(NULL, NULL) IS NULL AS s,
       state + NULL IS NULL AS p, state - NULL IS NULL AS m,
       exact_value(state - state) IS NULL AS nothing
FROM totals WHERE day = 1;
-- For exact_subtract(), NULL is the state of nothing.
SELECT exact_subtract(state, NULL) = state AS same,
       exact_subtract(NULL, state) + state = state - state AS nothing,
       exact_merge(state, NULL) = state AND exact_merge(NULL, state) = state AS merged,
       exact_merge(state, state) = state + state AS both
FROM totals WHERE day = 1;
SELECT exact_merge(s) FROM (VALUES (NULL::exact_state), (NULL)) v(s);
SELECT exact_value(a - b) FROM (SELECT exact_state(1::float8) AS a, exact_state(3::float8) AS b) q;
SELECT exact_value(a - b) FROM (SELECT exact_state(1::float8) AS a, exact_state('NaN'::float8) AS b) q;

-- The exact decimal value, and the forms of a state.
SELECT exact_state(x)::numeric FROM (VALUES (0.1::float8), (0.2)) v(x);
SELECT exact_state(x)::numeric FROM (VALUES (1e22::float8), (1), (0.5)) v(x);
SELECT exact_state(x)::float8 FROM (VALUES (1e22::float8), (1), (0.5)) v(x);
SELECT exact_state('NaN'::float8)::numeric;
SELECT state::text::exact_state = state AND state::bytea::exact_state = state AS same
FROM totals WHERE day = 1;
SET bytea_output = escape;
SELECT exact_state(1::float8);
RESET bytea_output;
SELECT length(exact_state(1::float8)::bytea);

-- Grouping, joins and uniqueness by the bytes of a state.
SELECT count(*) FROM (SELECT DISTINCT state FROM totals UNION SELECT state FROM totals) q;
SELECT count(*) FROM totals a JOIN totals b ON a.state = b.state WHERE a.day <> b.day;
SELECT a.state <> b.state AS differ FROM totals a, totals b WHERE a.day = 1 AND b.day = 2;

-- Damage is an error.
SELECT ''::exact_state;
SELECT '\x'::exact_state;
SELECT '\x0'::exact_state;
SELECT '\xzz'::exact_state;
SELECT 'deadbeef'::exact_state;
SELECT '\xdeadbeef'::exact_state;
SELECT ('\x' || repeat('00', 1000))::exact_state;
SELECT '\x0123456789abcdef'::bytea::exact_state;
SELECT overlay(exact_state(1::float8)::bytea PLACING '\xff' FROM 40)::exact_state;
SELECT substr(exact_state(1::float8)::bytea, 1, 20)::exact_state;
CREATE FUNCTION unchecked(bytea, bytea) RETURNS exact_state
    LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
SELECT exact_value(unchecked('\x01', '\x02'));
SELECT exact_merge(unchecked('\x01', '\x02'));
SELECT unchecked('\x01', '\x02') + state FROM totals WHERE day = 1;
SELECT unchecked('\x01', '\x02');
DROP FUNCTION unchecked(bytea, bytea);
DROP TABLE sales, totals;
