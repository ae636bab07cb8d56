// Calls the shared library from Go by cgo. A failure ends it with a message.
package main

/*
#include <tally.h>

int tally_go_square(void *element, int *result, void *user_data);

static tally_status map_squares(const int *elements, size_t count, int *results, size_t *done) {
    return tally_map(elements, count, sizeof *elements,
        (tally_map_callback)tally_go_square, NULL, results, done);
}
*/
import "C"

import (
	"log"
	"unsafe"
)

//export tally_go_square
func tally_go_square(element unsafe.Pointer, result *C.int, userData unsafe.Pointer) C.int {
	value := *(*C.int)(element)
	*result = value * value
	if value == 4 {
		return 9
	}
	return 0
}

func check(holds bool, what string) {
	if !holds {
		log.Fatal(what, ": ", C.GoString(C.tally_last_message()))
	}
}

func main() {
	values := []C.double{1e100, 1, -1e100}
	var total C.double
	status := C.tally_sum_f64(&values[0], C.size_t(len(values)), &total)
	check(status == C.TALLY_OK && total == 1, "sum")
	check(C.tally_sum_f64(nil, 3, &total) == C.TALLY_NULL && total == 1, "NULL")

	// An accumulator is a value of Go's own.
	var first, second C.tally_accumulator
	check(C.tally_accumulator_add_one_f64(&first, 1e300) == C.TALLY_OK, "add")
	check(C.tally_accumulator_add_one_f64(&second, 0.5) == C.TALLY_OK, "add")
	check(C.tally_accumulator_merge(&first, &second) == C.TALLY_OK, "merge")
	check(C.tally_accumulator_subtract_one_f64(&first, 1e300) == C.TALLY_OK, "subtract")
	check(C.tally_accumulator_value_f64(&first, &total) == C.TALLY_OK && total == 0.5, "value")

	// A Go function that the library calls.
	elements := []C.int{2, 3, 4, 5}
	results := make([]C.int, 4)
	var done C.size_t
	status = C.map_squares(&elements[0], 4, &results[0], &done)
	check(status == C.TALLY_CALLBACK && done == 2, "callback")
	check(results[0] == 4 && results[1] == 9, "results")
}
