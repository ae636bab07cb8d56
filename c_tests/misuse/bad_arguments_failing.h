/* Rows of bad_arguments.c: special counts, and failures left in a state. For each kind
 * of state: KIND is its name, PARAMETER that of what is read. */

ROW_NAMED(VERB(special_counts), PARAMETER_READ, "NULL", TALLY_NULL,
    VERB(special_counts)(NULL, &out.i64, NULL, NULL))
ROW_NAMED(VERB(special_counts), PARAMETER_READ, "damaged", TALLY_INVALID,
    VERB(special_counts)(&DAMAGED, &out.i64, &out.high, NULL))
ROW_NAMED(VERB(special_counts), PARAMETER_READ, "failed before", TALLY_INVALID,
    VERB(special_counts)(&FAILED, &out.i64, &out.high, NULL))
ROW_NAMED(VERB(special_counts), nan, "NULL is allowed", TALLY_OK,
    VERB(special_counts)(&GOOD, NULL, &out.i64, &out.high))
ROW_NAMED(VERB(special_counts), positive_infinity, "NULL is allowed", TALLY_OK,
    VERB(special_counts)(&GOOD, &out.i64, NULL, &out.high))
ROW_NAMED(VERB(special_counts), negative_infinity, "NULL is allowed", TALLY_OK,
    VERB(special_counts)(&GOOD, &out.i64, &out.high, NULL))

ROW_NAMED(VERB(fail), into, "NULL", TALLY_NULL,
    VERB(fail)(NULL, TALLY_CALLBACK))
ROW_NAMED(VERB(fail), into, "damaged", TALLY_INVALID,
    VERB(fail)(&OUT(damaged), TALLY_CALLBACK))
ROW_NAMED(VERB(fail), into, "failed before", TALLY_INVALID,
    VERB(fail)(&OUT(failed), TALLY_CALLBACK))
ROW_NAMED(VERB(fail), status, "success", TALLY_INVALID,
    VERB(fail)(&OUT(good), TALLY_OK))
ROW_NAMED(VERB(fail), status, "above 0", TALLY_INVALID,
    VERB(fail)(&OUT(good), 1))
