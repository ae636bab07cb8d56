-- Moving frames: a row that leaves the frame leaves no trace.
CREATE TABLE w (i int, x float8, n int8);
INSERT INTO w VALUES (1, 1, 1), (2, 1e100, 9223372036854775807), (3, 2, 2), (4, 3, 3),
    (5, 'NaN', NULL), (6, 4, 4), (7, 'Infinity', 5), (8, 5, 6), (9, NULL, 7), (10, NULL, 8),
    (11, NULL, 9), (12, 1e-100, 10);
SELECT i, exact_sum(x) OVER w AS sum, exact_avg(x) OVER w AS avg, exact_sum(n) OVER w AS ints
FROM w WINDOW w AS (ORDER BY i ROWS 1 PRECEDING) ORDER BY i;
SELECT i, exact_var_samp(x) OVER w AS var, exact_stddev_pop(x) OVER w AS sd,
       exact_corr(x, n) OVER w AS corr, exact_regr_slope(n, x) OVER w AS slope
FROM w WHERE i <> 2 WINDOW w AS (ORDER BY i ROWS 2 PRECEDING) ORDER BY i;
-- Recomputing the sum for each frame would take minutes here.
SELECT count(DISTINCT s), min(s), max(s)
FROM (SELECT exact_sum(x) OVER (ORDER BY i ROWS BETWEEN 20000 PRECEDING AND 20000 FOLLOWING) AS s
      FROM (SELECT i, CASE WHEN i % 2 = 0 THEN 0.1 ELSE -0.1 END::float8 AS x
            FROM generate_series(1, 60000) i) q) r;
SELECT i, exact_value(exact_merge(s) OVER w), exact_state(x) OVER w IS NULL AS empty
FROM (SELECT i, x, exact_state(x) AS s FROM w WHERE i BETWEEN 6 AND 11 GROUP BY i, x) q
WINDOW w AS (ORDER BY i ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) ORDER BY i;
DROP TABLE w;
