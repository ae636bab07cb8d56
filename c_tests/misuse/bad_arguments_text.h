/* Rows of bad_arguments.c: adding text. */

ROW(tally_accumulator_add_text, into, "NULL", TALLY_NULL,
    tally_accumulator_add_text(NULL, "1 2", 3, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, into, "damaged", TALLY_INVALID,
    tally_accumulator_add_text(&out.damaged, "1 2", 3, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, into, "damaged, for one value", TALLY_INVALID,
    tally_accumulator_add_text(&out.damaged, "1", 1, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, into, "damaged, for none", TALLY_INVALID,
    tally_accumulator_add_text(&out.damaged, "", 0, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, into, "failed before", TALLY_INVALID,
    tally_accumulator_add_text(&out.failed, "1 2", 3, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, text, "NULL", TALLY_NULL,
    tally_accumulator_add_text(&out.acc, NULL, 3, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, text, "NULL of nothing", TALLY_OK,
    tally_accumulator_add_text(&out.acc, NULL, 0, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, size, "negative", TALLY_INVALID,
    tally_accumulator_add_text(&out.acc, "1 2", SIZE_MAX, ' ', 1, &out.size,
                               &out.other_size))
ROW(tally_accumulator_add_text, consumed, "NULL", TALLY_NULL,
    tally_accumulator_add_text(&out.acc, "1 2", 3, ' ', 1, NULL,
                               &out.other_size))
ROW(tally_accumulator_add_text, values, "NULL", TALLY_NULL,
    tally_accumulator_add_text(&out.acc, "1 2", 3, ' ', 1, &out.size, NULL))

ROW(tally_moments_add_text, into, "NULL", TALLY_NULL,
    tally_moments_add_text(NULL, "1 2", 3, ' ', 1, &out.size, &out.other_size))
ROW(tally_moments_add_text, into, "damaged", TALLY_INVALID,
    tally_moments_add_text(&out.damaged_moments, "1 2", 3, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_moments_add_text, into, "damaged, for one value", TALLY_INVALID,
    tally_moments_add_text(&out.damaged_moments, "1", 1, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_moments_add_text, into, "failed before", TALLY_INVALID,
    tally_moments_add_text(&out.failed_moments, "1", 1, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_moments_add_text, text, "NULL", TALLY_NULL,
    tally_moments_add_text(&out.moments, NULL, 3, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_moments_add_text, size, "negative", TALLY_INVALID,
    tally_moments_add_text(&out.moments, "1 2", SIZE_MAX, ' ', 1, &out.size,
                           &out.other_size))
ROW(tally_moments_add_text, consumed, "NULL", TALLY_NULL,
    tally_moments_add_text(&out.moments, "1 2", 3, ' ', 1, NULL,
                           &out.other_size))
ROW(tally_moments_add_text, values, "NULL", TALLY_NULL,
    tally_moments_add_text(&out.moments, "1 2", 3, ' ', 1, &out.size, NULL))
