/* The same with tally.h before the C++ face. */
#define TALLY_H_FIRST
#include "tally_hpp_classic.cpp"
