/* Ends the rows of a kind of state. */
#undef ROWS
#undef KIND
#undef PARAMETER_READ
#undef GOOD
#undef FAILED
#undef DAMAGED
#undef OUT_good
#undef OUT_failed
#undef OUT_damaged
