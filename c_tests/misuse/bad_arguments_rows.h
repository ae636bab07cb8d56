/* All rows of bad_arguments.c. */
#include "bad_arguments_sums.h"

#include "bad_arguments_columns.h"

#include "bad_arguments_groups.h"

#include "bad_arguments_windows.h"

#include "bad_arguments_states.h"

#include "bad_arguments_small.h"

#include "bad_arguments_sealed.h"

#include "bad_arguments_arrow.h"

#include "bad_arguments_handles.h"

#include "bad_arguments_others.h"
