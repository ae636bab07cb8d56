/* Rows of bad_arguments.c: sealed states. */

ROW(tally_saved_seal, saved, "NULL", TALLY_NULL,
    tally_saved_seal(NULL, 1, out.sealed, sizeof out.sealed, &out.size))
ROW(tally_saved_seal, saved_size, "too many", TALLY_INVALID,
    tally_saved_seal(saved_accumulator, TOO_MANY * 3, out.sealed,
                     sizeof out.sealed, &out.size))
ROW(tally_saved_seal, buffer, "NULL with a size", TALLY_NULL,
    tally_saved_seal(saved_accumulator, saved_accumulator_size, NULL, 1,
                     &out.size))
ROW(tally_saved_seal, size, "too small", TALLY_TOO_SMALL,
    with_needed_size(
        tally_saved_seal(saved_accumulator, saved_accumulator_size, out.sealed,
                         saved_accumulator_size + TALLY_SEAL_SIZE - 1,
                         &out.size),
        saved_accumulator_size + TALLY_SEAL_SIZE))
ROW(tally_saved_seal, size, "above PTRDIFF_MAX", TALLY_INVALID,
    tally_saved_seal(saved_accumulator, saved_accumulator_size, out.sealed,
                     TOO_MANY * 3, &out.size))
ROW(tally_saved_seal, needed, "NULL", TALLY_NULL,
    tally_saved_seal(saved_accumulator, saved_accumulator_size, out.sealed,
                     sizeof out.sealed, NULL))

ROW(tally_saved_open, sealed, "NULL", TALLY_NULL,
    tally_saved_open(NULL, 1, &out.opened, &out.size))
ROW(tally_saved_open, sealed, "NULL of nothing", TALLY_FORMAT,
    tally_saved_open(NULL, 0, &out.opened, &out.size))
ROW(tally_saved_open, sealed, "not sealed", TALLY_FORMAT,
    tally_saved_open(saved_accumulator, saved_accumulator_size, &out.opened,
                     &out.size))
ROW(tally_saved_open, size, "one less", TALLY_FORMAT,
    tally_saved_open(sealed, sealed_size - 1, &out.opened, &out.size))
ROW(tally_saved_open, size, "too many", TALLY_INVALID,
    tally_saved_open(sealed, TOO_MANY * 3, &out.opened, &out.size))
ROW(tally_saved_open, saved, "NULL", TALLY_NULL,
    tally_saved_open(sealed, sealed_size, NULL, &out.size))
ROW(tally_saved_open, saved_size, "NULL", TALLY_NULL,
    tally_saved_open(sealed, sealed_size, &out.opened, NULL))
