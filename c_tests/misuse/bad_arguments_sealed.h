/* Rows of bad_arguments.c: sealed states, and integers in two halves. */

ROW(tally_saved_seal, saved, "NULL", TALLY_NULL,
    tally_saved_seal(NULL, 1, out.sealed, sizeof out.sealed, &out.size))
ROW(tally_saved_seal, saved_size, "too many", TALLY_INVALID,
    tally_saved_seal(saved, TOO_MANY * 3, out.sealed, sizeof out.sealed, &out.size))
ROW(tally_saved_seal, buffer, "NULL with a size", TALLY_NULL,
    tally_saved_seal(saved, saved_size, NULL, 1, &out.size))
ROW(tally_saved_seal, size, "too small", TALLY_TOO_SMALL,
    with_needed_size(tally_saved_seal(saved, saved_size, out.sealed,
                                      saved_size + TALLY_SEAL_SIZE - 1, &out.size),
                     saved_size + TALLY_SEAL_SIZE))
ROW(tally_saved_seal, size, "above PTRDIFF_MAX", TALLY_INVALID,
    tally_saved_seal(saved, saved_size, out.sealed, TOO_MANY * 3, &out.size))
ROW(tally_saved_seal, needed, "NULL", TALLY_NULL,
    tally_saved_seal(saved, saved_size, out.sealed, sizeof out.sealed, NULL))

ROW(tally_saved_open, sealed, "NULL", TALLY_NULL,
    tally_saved_open(NULL, 1, &out.opened, &out.size))
ROW(tally_saved_open, sealed, "NULL of nothing", TALLY_FORMAT,
    tally_saved_open(NULL, 0, &out.opened, &out.size))
ROW(tally_saved_open, sealed, "not sealed", TALLY_FORMAT,
    tally_saved_open(saved, saved_size, &out.opened, &out.size))
ROW(tally_saved_open, size, "one less", TALLY_FORMAT,
    tally_saved_open(sealed, sealed_size - 1, &out.opened, &out.size))
ROW(tally_saved_open, size, "too many", TALLY_INVALID,
    tally_saved_open(sealed, TOO_MANY * 3, &out.opened, &out.size))
ROW(tally_saved_open, saved, "NULL", TALLY_NULL,
    tally_saved_open(sealed, sealed_size, NULL, &out.size))
ROW(tally_saved_open, saved_size, "NULL", TALLY_NULL,
    tally_saved_open(sealed, sealed_size, &out.opened, NULL))

ROW(tally_accumulator_value_i128, acc, "NULL", TALLY_NULL,
    tally_accumulator_value_i128(NULL, &out.i64, &out.u64))
ROW(tally_accumulator_value_i128, acc, "damaged", TALLY_INVALID,
    tally_accumulator_value_i128(&damaged, &out.i64, &out.u64))
ROW(tally_accumulator_value_i128, acc, "failed before", TALLY_INVALID,
    tally_accumulator_value_i128(&failed, &out.i64, &out.u64))
ROW(tally_accumulator_value_i128, acc, "no integer", TALLY_INVALID,
    tally_accumulator_value_i128(&good, &out.i64, &out.u64))
ROW(tally_accumulator_value_i128, high, "NULL", TALLY_NULL,
    tally_accumulator_value_i128(&empty, NULL, &out.u64))
ROW(tally_accumulator_value_i128, low, "NULL", TALLY_NULL,
    tally_accumulator_value_i128(&empty, &out.i64, NULL))
