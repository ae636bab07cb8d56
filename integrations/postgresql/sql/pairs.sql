-- Covariance, correlation and the regression line: y first, then x.
CREATE TABLE pairs (y float8, x float8);
INSERT INTO pairs SELECT 3 * i + 1, i FROM generate_series(1, 100) i;
INSERT INTO pairs VALUES (NULL, 1), (1, NULL), (NULL, NULL);
SELECT exact_covar_pop(y, x), exact_corr(y, x), exact_regr_slope(y, x), exact_regr_intercept(y, x)
FROM pairs;
SELECT exact_covar_samp(y, x) FROM pairs WHERE x <= 3;
-- Far from zero, where the server's aggregates lose digits.
SELECT exact_corr(y, x), exact_regr_slope(y, x), exact_regr_intercept(y, x)
FROM (VALUES (1e15::float8, 1e15::float8 + 1), (1e15 + 2, 1e15 + 2), (1e15 + 4, 1e15 + 3)) v(y, x);

-- Too few rows, constants, NaN: as in the server's aggregates.
SELECT exact_covar_samp(y, x), exact_covar_pop(y, x), exact_corr(y, x),
       exact_regr_slope(y, x), exact_regr_intercept(y, x)
FROM pairs WHERE false;
SELECT exact_covar_samp(y, x), exact_covar_pop(y, x), exact_corr(y, x),
       exact_regr_slope(y, x), exact_regr_intercept(y, x)
FROM pairs WHERE x = 7;
SELECT exact_corr(y, 5), exact_corr(5, x), exact_regr_slope(5, x), exact_regr_intercept(5, x),
       exact_regr_slope(y, 5), exact_regr_intercept(y, 5)
FROM pairs;
SELECT exact_covar_pop(y, x), exact_corr(y, x), exact_regr_slope(y, x), exact_regr_intercept(y, x)
FROM (VALUES (1::float8, 'NaN'::float8), (2, 3)) v(y, x);
SELECT exact_corr(y, 'Infinity'), exact_corr('NaN', 5) FROM pairs;
SELECT exact_covar_pop(x, x) FROM (VALUES (1e200::float8), (-1e200)) v(x);
SELECT exact_corr(x, x) FROM (VALUES (1e200::float8), (-1e200)) v(x);
DROP TABLE pairs;
