/* tally--0.1.0.sql: exact aggregates */

\echo Use "CREATE EXTENSION tally" to load this file. \quit

CREATE FUNCTION tally_version() RETURNS text
    AS 'MODULE_PATHNAME', 'tally_pg_version'
    LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tally_version() IS 'version of the Tally library in use';

/*
 * The type exact_state: a sum that can be stored, merged and subtracted.
 */

CREATE TYPE exact_state;

CREATE FUNCTION exact_state_in(cstring) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_in'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_out(exact_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'tally_pg_state_out'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_recv(internal) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_recv'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_send(exact_state) RETURNS bytea
    AS 'byteasend'
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE exact_state (
    INPUT = exact_state_in,
    OUTPUT = exact_state_out,
    RECEIVE = exact_state_recv,
    SEND = exact_state_send,
    LIKE = bytea
);
COMMENT ON TYPE exact_state IS 'exact sum of numbers that can be merged';

CREATE FUNCTION exact_state_from_bytea(bytea) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_from_bytea'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_value(exact_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_state_value'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION exact_value(exact_state) IS 'the sum, rounded once';

CREATE FUNCTION exact_state_numeric(exact_state) RETURNS numeric
    AS 'MODULE_PATHNAME', 'tally_pg_state_numeric'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_add(exact_state, exact_state) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_add'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_subtract(exact_state, exact_state)
    RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_subtract'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

/* The operator returns NULL for NULL, as others do. For this function NULL is
 * the state of nothing: a trigger may subtract the exact_state() of no rows. */
CREATE FUNCTION exact_subtract(exact_state, exact_state) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_subtract'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION exact_subtract(exact_state, exact_state)
    IS 'the first state without the second';

/* Merges two values; the aggregate of this name merges many. */
CREATE FUNCTION exact_merge(exact_state, exact_state) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state_add'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION exact_merge(exact_state, exact_state)
    IS 'both states merged';

CREATE CAST (bytea AS exact_state)
    WITH FUNCTION exact_state_from_bytea(bytea);
CREATE CAST (exact_state AS bytea) WITHOUT FUNCTION;
CREATE CAST (exact_state AS float8) WITH FUNCTION exact_value(exact_state);
CREATE CAST (exact_state AS numeric)
    WITH FUNCTION exact_state_numeric(exact_state);

CREATE OPERATOR + (
    LEFTARG = exact_state, RIGHTARG = exact_state,
    FUNCTION = exact_state_add, COMMUTATOR = +
);
CREATE OPERATOR - (
    LEFTARG = exact_state, RIGHTARG = exact_state,
    FUNCTION = exact_state_subtract
);

/* Equal sums of equal counts have equal bytes. */

CREATE FUNCTION exact_state_eq(exact_state, exact_state) RETURNS boolean
    AS 'byteaeq'
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_ne(exact_state, exact_state) RETURNS boolean
    AS 'byteane'
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_hash(exact_state) RETURNS integer
    AS 'hashvarlena'
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION exact_state_hash_extended(exact_state, bigint) RETURNS bigint
    AS 'hashvarlenaextended'
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;

CREATE OPERATOR = (
    LEFTARG = exact_state, RIGHTARG = exact_state,
    FUNCTION = exact_state_eq, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
CREATE OPERATOR <> (
    LEFTARG = exact_state, RIGHTARG = exact_state,
    FUNCTION = exact_state_ne, COMMUTATOR = <>, NEGATOR = =,
    RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR CLASS exact_state_ops DEFAULT FOR TYPE exact_state USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 exact_state_hash(exact_state),
    FUNCTION 2 exact_state_hash_extended(exact_state, bigint);

/*
 * The functions of the aggregates.
 */

CREATE FUNCTION tally_add(internal, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_add_float8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_subtract(internal, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_subtract_float8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_add(internal, float4) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_add_float4'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_subtract(internal, float4) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_subtract_float4'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_add(internal, int8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_add_int8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_subtract(internal, int8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_subtract_int8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_add(internal, exact_state) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_add_state'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_subtract(internal, exact_state) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_subtract_state'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_combine(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_combine'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_serialize(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'tally_pg_serialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_deserialize(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_deserialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_moments_add(internal, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_add_float8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_moments_subtract(internal, float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_subtract_float8'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_moments_add(internal, float4) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_add_float4'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_moments_subtract(internal, float4) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_subtract_float4'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_moments_combine(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_combine'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_moments_serialize(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'tally_pg_moments_serialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_moments_deserialize(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_moments_deserialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_pairs_add(internal, y float8, x float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_pairs_add'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_pairs_subtract(internal, y float8, x float8) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_pairs_subtract'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_pairs_combine(internal, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_pairs_combine'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_pairs_serialize(internal) RETURNS bytea
    AS 'MODULE_PATHNAME', 'tally_pg_pairs_serialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_pairs_deserialize(bytea, internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'tally_pg_pairs_deserialize'
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE FUNCTION tally_sum(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_sum'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_avg(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_avg'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_state(internal) RETURNS exact_state
    AS 'MODULE_PATHNAME', 'tally_pg_state'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_var_samp(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_var_samp'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_var_pop(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_var_pop'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_stddev_samp(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_stddev_samp'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_stddev_pop(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_stddev_pop'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_covar_samp(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_covar_samp'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_covar_pop(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_covar_pop'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_corr(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_corr'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_regr_slope(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_regr_slope'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

CREATE FUNCTION tally_regr_intercept(internal) RETURNS float8
    AS 'MODULE_PATHNAME', 'tally_pg_regr_intercept'
    LANGUAGE C IMMUTABLE PARALLEL SAFE;

/*
 * Floats. SSPACE is the size of a state of about ten ordinary values.
 */

CREATE AGGREGATE exact_sum(float8) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_sum, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(float8)
    IS 'exact sum, rounded once';

CREATE AGGREGATE exact_sum(float4) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_sum, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(float4)
    IS 'exact sum, rounded once';

CREATE AGGREGATE exact_avg(float8) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_avg, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(float8)
    IS 'exact average, rounded once';

CREATE AGGREGATE exact_avg(float4) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_avg, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(float4)
    IS 'exact average, rounded once';

CREATE AGGREGATE exact_state(float8) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_state, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_state,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_state(float8)
    IS 'exact sum as a value that can be stored and merged';

CREATE AGGREGATE exact_state(float4) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_state, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_state,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_state(float4)
    IS 'exact sum as a value that can be stored and merged';

CREATE AGGREGATE exact_state(int8) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_state, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_state,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_state(int8)
    IS 'exact sum as a value that can be stored and merged';

CREATE AGGREGATE exact_merge(exact_state) (
    SFUNC = tally_add, STYPE = internal, SSPACE = 64,
    FINALFUNC = tally_state, COMBINEFUNC = tally_combine,
    SERIALFUNC = tally_serialize, DESERIALFUNC = tally_deserialize,
    MSFUNC = tally_add, MINVFUNC = tally_subtract,
    MSTYPE = internal, MSSPACE = 64, MFINALFUNC = tally_state,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_merge(exact_state)
    IS 'exact sum of stored states';

CREATE AGGREGATE exact_var_samp(float8) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_var_samp, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(float8)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_samp(float4) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_var_samp, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(float4)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_pop(float8) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_var_pop, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(float8)
    IS 'exact population variance';

CREATE AGGREGATE exact_var_pop(float4) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_var_pop, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(float4)
    IS 'exact population variance';

CREATE AGGREGATE exact_stddev_samp(float8) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_stddev_samp, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(float8)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_samp(float4) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_stddev_samp, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(float4)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_pop(float8) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_stddev_pop, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(float8)
    IS 'exact population standard deviation';

CREATE AGGREGATE exact_stddev_pop(float4) (
    SFUNC = tally_moments_add, STYPE = internal, SSPACE = 128,
    FINALFUNC = tally_stddev_pop, COMBINEFUNC = tally_moments_combine,
    SERIALFUNC = tally_moments_serialize, DESERIALFUNC = tally_moments_deserialize,
    MSFUNC = tally_moments_add, MINVFUNC = tally_moments_subtract,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = tally_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(float4)
    IS 'exact population standard deviation';

CREATE AGGREGATE exact_covar_samp(y float8, x float8) (
    SFUNC = tally_pairs_add, STYPE = internal, SSPACE = 256,
    FINALFUNC = tally_covar_samp, COMBINEFUNC = tally_pairs_combine,
    SERIALFUNC = tally_pairs_serialize, DESERIALFUNC = tally_pairs_deserialize,
    MSFUNC = tally_pairs_add, MINVFUNC = tally_pairs_subtract,
    MSTYPE = internal, MSSPACE = 256, MFINALFUNC = tally_covar_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_covar_samp(y float8, x float8)
    IS 'exact sample covariance';

CREATE AGGREGATE exact_covar_pop(y float8, x float8) (
    SFUNC = tally_pairs_add, STYPE = internal, SSPACE = 256,
    FINALFUNC = tally_covar_pop, COMBINEFUNC = tally_pairs_combine,
    SERIALFUNC = tally_pairs_serialize, DESERIALFUNC = tally_pairs_deserialize,
    MSFUNC = tally_pairs_add, MINVFUNC = tally_pairs_subtract,
    MSTYPE = internal, MSSPACE = 256, MFINALFUNC = tally_covar_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_covar_pop(y float8, x float8)
    IS 'exact population covariance';

CREATE AGGREGATE exact_corr(y float8, x float8) (
    SFUNC = tally_pairs_add, STYPE = internal, SSPACE = 256,
    FINALFUNC = tally_corr, COMBINEFUNC = tally_pairs_combine,
    SERIALFUNC = tally_pairs_serialize, DESERIALFUNC = tally_pairs_deserialize,
    MSFUNC = tally_pairs_add, MINVFUNC = tally_pairs_subtract,
    MSTYPE = internal, MSSPACE = 256, MFINALFUNC = tally_corr,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_corr(y float8, x float8)
    IS 'exact correlation coefficient';

CREATE AGGREGATE exact_regr_slope(y float8, x float8) (
    SFUNC = tally_pairs_add, STYPE = internal, SSPACE = 256,
    FINALFUNC = tally_regr_slope, COMBINEFUNC = tally_pairs_combine,
    SERIALFUNC = tally_pairs_serialize, DESERIALFUNC = tally_pairs_deserialize,
    MSFUNC = tally_pairs_add, MINVFUNC = tally_pairs_subtract,
    MSTYPE = internal, MSSPACE = 256, MFINALFUNC = tally_regr_slope,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_regr_slope(y float8, x float8)
    IS 'slope of the exact least-squares line';

CREATE AGGREGATE exact_regr_intercept(y float8, x float8) (
    SFUNC = tally_pairs_add, STYPE = internal, SSPACE = 256,
    FINALFUNC = tally_regr_intercept, COMBINEFUNC = tally_pairs_combine,
    SERIALFUNC = tally_pairs_serialize, DESERIALFUNC = tally_pairs_deserialize,
    MSFUNC = tally_pairs_add, MINVFUNC = tally_pairs_subtract,
    MSTYPE = internal, MSSPACE = 256, MFINALFUNC = tally_regr_intercept,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_regr_intercept(y float8, x float8)
    IS 'intercept of the exact least-squares line';

/*
 * Integers and numeric. The server's aggregates of these are exact already. They
 * are defined here with the server's own functions, so that every column has the
 * same aggregates.
 */

CREATE AGGREGATE exact_sum(int8) (
    SFUNC = int8_avg_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_sum, COMBINEFUNC = int8_avg_combine,
    SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize,
    MSFUNC = int8_avg_accum, MINVFUNC = int8_avg_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(int8)
    IS 'exact sum';

CREATE AGGREGATE exact_sum(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_sum, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(int4)
    IS 'exact sum';

CREATE AGGREGATE exact_sum(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_sum, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(int2)
    IS 'exact sum';

CREATE AGGREGATE exact_sum(numeric) (
    SFUNC = numeric_avg_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_sum, COMBINEFUNC = numeric_avg_combine,
    SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize,
    MSFUNC = numeric_avg_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_sum,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_sum(numeric)
    IS 'exact sum';

CREATE AGGREGATE exact_avg(int8) (
    SFUNC = int8_avg_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_avg, COMBINEFUNC = int8_avg_combine,
    SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize,
    MSFUNC = int8_avg_accum, MINVFUNC = int8_avg_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(int8)
    IS 'exact average';

CREATE AGGREGATE exact_avg(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_avg, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(int4)
    IS 'exact average';

CREATE AGGREGATE exact_avg(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_avg, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(int2)
    IS 'exact average';

CREATE AGGREGATE exact_avg(numeric) (
    SFUNC = numeric_avg_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine,
    SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize,
    MSFUNC = numeric_avg_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_avg,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_avg(numeric)
    IS 'exact average';

CREATE AGGREGATE exact_var_samp(int8) (
    SFUNC = int8_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_var_samp, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = int8_accum, MINVFUNC = int8_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(int8)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_samp(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_var_samp, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(int4)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_samp(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_var_samp, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(int2)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_samp(numeric) (
    SFUNC = numeric_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_var_samp, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_var_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_samp(numeric)
    IS 'exact sample variance';

CREATE AGGREGATE exact_var_pop(int8) (
    SFUNC = int8_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_var_pop, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = int8_accum, MINVFUNC = int8_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(int8)
    IS 'exact population variance';

CREATE AGGREGATE exact_var_pop(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_var_pop, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(int4)
    IS 'exact population variance';

CREATE AGGREGATE exact_var_pop(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_var_pop, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(int2)
    IS 'exact population variance';

CREATE AGGREGATE exact_var_pop(numeric) (
    SFUNC = numeric_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_var_pop, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_var_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_var_pop(numeric)
    IS 'exact population variance';

CREATE AGGREGATE exact_stddev_samp(int8) (
    SFUNC = int8_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_stddev_samp, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = int8_accum, MINVFUNC = int8_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(int8)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_samp(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_stddev_samp, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(int4)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_samp(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_stddev_samp, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(int2)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_samp(numeric) (
    SFUNC = numeric_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_stddev_samp, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_stddev_samp,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_samp(numeric)
    IS 'exact sample standard deviation';

CREATE AGGREGATE exact_stddev_pop(int8) (
    SFUNC = int8_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_stddev_pop, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = int8_accum, MINVFUNC = int8_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(int8)
    IS 'exact population standard deviation';

CREATE AGGREGATE exact_stddev_pop(int4) (
    SFUNC = int4_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_stddev_pop, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int4_accum, MINVFUNC = int4_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(int4)
    IS 'exact population standard deviation';

CREATE AGGREGATE exact_stddev_pop(int2) (
    SFUNC = int2_accum, STYPE = internal, SSPACE = 48,
    FINALFUNC = numeric_poly_stddev_pop, COMBINEFUNC = numeric_poly_combine,
    SERIALFUNC = numeric_poly_serialize, DESERIALFUNC = numeric_poly_deserialize,
    MSFUNC = int2_accum, MINVFUNC = int2_accum_inv,
    MSTYPE = internal, MSSPACE = 48, MFINALFUNC = numeric_poly_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(int2)
    IS 'exact population standard deviation';

CREATE AGGREGATE exact_stddev_pop(numeric) (
    SFUNC = numeric_accum, STYPE = internal, SSPACE = 128,
    FINALFUNC = numeric_stddev_pop, COMBINEFUNC = numeric_combine,
    SERIALFUNC = numeric_serialize, DESERIALFUNC = numeric_deserialize,
    MSFUNC = numeric_accum, MINVFUNC = numeric_accum_inv,
    MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_stddev_pop,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE exact_stddev_pop(numeric)
    IS 'exact population standard deviation';
