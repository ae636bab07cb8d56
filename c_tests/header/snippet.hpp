/* What the snippets of the C++ header take as given: see snippet.h. */
#include <iostream>
#include <tally.hpp>
#include <vector>

#define GIVEN
void snippet(GIVEN);
