/* All rows of bad_arguments.c. */
#include "bad_arguments_sums.h"

#include "bad_arguments_states.h"

#include "bad_arguments_sealed.h"

#include "bad_arguments_handles.h"

#include "bad_arguments_others.h"
