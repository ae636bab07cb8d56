/* All rows of bad_arguments.c, each list with a name of its own. */

#define ROWS sums_
#include "bad_arguments_sums.h"
#undef ROWS

#define ROWS statistics_
#include "bad_arguments_statistics.h"
#undef ROWS

#define ROWS parallel_
#include "bad_arguments_parallel.h"
#undef ROWS

#define ROWS accumulator_
#include "bad_arguments_accumulator.h"
#undef ROWS

#define ROWS text_
#include "bad_arguments_text.h"
#undef ROWS

#define ROWS values_
#include "bad_arguments_values.h"
#undef ROWS

#define ROWS products_
#include "bad_arguments_products.h"
#undef ROWS

#define ROWS moments_
#include "bad_arguments_moments.h"
#undef ROWS

#define ROWS moments_value_
#include "bad_arguments_moments_value.h"
#undef ROWS

#define ROWS decimal_
#include "bad_arguments_decimal.h"
#undef ROWS

#define ROWS handles_
#include "bad_arguments_handles.h"
#undef ROWS

#define ROWS arrays_
#include "bad_arguments_arrays.h"
#undef ROWS

#define ROWS array_of_f64_
#define TYPE f64
#define VALUES doubles
#define TOTAL f64
#define ARRAY_OF_OTHERS array_f32
#include "bad_arguments_array_of.h"
#undef ROWS
#undef TYPE
#undef VALUES
#undef TOTAL
#undef ARRAY_OF_OTHERS

#define ROWS array_of_f32_
#define TYPE f32
#define VALUES floats
#define TOTAL f32
#define ARRAY_OF_OTHERS array_f64
#include "bad_arguments_array_of.h"
#undef ROWS
#undef TYPE
#undef VALUES
#undef TOTAL
#undef ARRAY_OF_OTHERS

#define ROWS array_of_i32_
#define TYPE i32
#define VALUES int32s
#define TOTAL i64
#define ARRAY_OF_OTHERS array_f32
#include "bad_arguments_array_of.h"
#undef ROWS
#undef TYPE
#undef VALUES
#undef TOTAL
#undef ARRAY_OF_OTHERS

#define ROWS array_of_i64_
#define TYPE i64
#define VALUES int64s
#define TOTAL i64
#define ARRAY_OF_OTHERS array_f32
#include "bad_arguments_array_of.h"
#undef ROWS
#undef TYPE
#undef VALUES
#undef TOTAL
#undef ARRAY_OF_OTHERS

#define ROWS array_of_u64_
#define TYPE u64
#define VALUES uint64s
#define TOTAL u64
#define ARRAY_OF_OTHERS array_f32
#include "bad_arguments_array_of.h"
#undef ROWS
#undef TYPE
#undef VALUES
#undef TOTAL
#undef ARRAY_OF_OTHERS

#define ROWS others_
#include "bad_arguments_others.h"
#undef ROWS

#define ROWS sealed_
#include "bad_arguments_sealed.h"
#undef ROWS

#define VERB(verb) NAME(KIND, verb)
#define OUT(which) NAME(OUT_, which)

#define ROWS failing_accumulator_
#define KIND tally_accumulator_
#define PARAMETER_READ acc
#define GOOD good
#define FAILED failed
#define DAMAGED damaged
#define OUT_good out.acc
#define OUT_failed out.failed
#define OUT_damaged out.damaged
#include "bad_arguments_failing.h"
#include "bad_arguments_no_kind.h"

#define ROWS failing_products_
#define KIND tally_product_accumulator_
#define PARAMETER_READ acc
#define GOOD good_products
#define FAILED failed_products
#define DAMAGED damaged_products
#define OUT_good out.products
#define OUT_failed out.failed_products
#define OUT_damaged out.damaged_products
#include "bad_arguments_failing.h"
#include "bad_arguments_no_kind.h"

#define ROWS failing_moments_
#define KIND tally_moments_
#define PARAMETER_READ moments
#define GOOD good_moments
#define FAILED failed_moments
#define DAMAGED damaged_moments
#define OUT_good out.moments
#define OUT_failed out.failed_moments
#define OUT_damaged out.damaged_moments
#include "bad_arguments_failing.h"
#include "bad_arguments_no_kind.h"

#define ROWS failing_decimal_
#define KIND tally_decimal_
#define PARAMETER_READ dec
#define GOOD good_decimal
#define FAILED failed_decimal
#define DAMAGED damaged_decimal
#define OUT_good out.dec
#define OUT_failed out.failed_decimal
#define OUT_damaged out.damaged_decimal
#include "bad_arguments_failing.h"
#include "bad_arguments_no_kind.h"
#undef VERB
#undef OUT
