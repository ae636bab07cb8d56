-- Variances and standard deviations: no cancellation, however large the mean.
SELECT exact_var_samp(x), exact_var_pop(x), exact_stddev_samp(x), exact_stddev_pop(x)
FROM (VALUES (1e15::float8 + 1), (1e15 + 2), (1e15 + 3)) v(x);
SELECT exact_var_samp(x), exact_stddev_pop(x) FROM (VALUES (0.1::float4), (0.2), (0.4)) v(x);
SELECT exact_var_pop(i::float8), exact_stddev_pop(i::float4) FROM generate_series(1, 1000) i;
SELECT exact_var_samp(x), exact_var_pop(x), exact_stddev_samp(x), exact_stddev_pop(x)
FROM (VALUES (3::float8), (NULL)) v(x);
SELECT exact_var_samp(x), exact_var_pop(x) FROM (VALUES ('Infinity'::float8), (1)) v(x);
SELECT exact_var_pop(x), exact_stddev_samp(x) FROM (VALUES ('NaN'::float8), (1)) v(x);

-- Groups of all sizes: in the first buffer, in larger buffers, in sums.
SELECT g, exact_var_pop(x) = (g * g - 1) / 12.0::float8 AS right
FROM generate_series(1, 101, 5) g, LATERAL generate_series(1, g) s, LATERAL (SELECT s::float8 + 1e9) v(x)
GROUP BY g ORDER BY g;
