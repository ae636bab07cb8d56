/*
 * Lines of cells on standard output: as TSV, CSV or JSON.
 */
#ifndef TALLY_OUTPUT_H
#define TALLY_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

enum output_form { OUTPUT_TSV, OUTPUT_CSV, OUTPUT_JSON };

struct output {
    enum output_form form;
    size_t lines, cells; /* written; cells of the latest line */
};

/*
 * Each cell has a label, which JSON writes; NULL for none. A name may be any
 * text; NULL is none at all. A number is in decimal, or nan, inf, -inf or NA.
 */
void output_name(struct output *output, const char *label, const char *name,
                 size_t size);
void output_number(struct output *output, const char *label,
                   const char *number);

/* Ends a line. Ends the program if it cannot be written. */
void output_line(struct output *output);

/* Ends the output, and closes it. Ends the program if that fails. */
void output_end(struct output *output);

/* Writes a name as TSV has it: on one line, and harmless to a terminal. */
void print_name(const char *name, size_t size);

/* Ends the program if standard output could not be written. */
void check_output(void);

#endif
