/*
 * tally - prints exact totals of columns of numbers.
 *
 * A program like any other that uses the library: it includes <tally.h> and
 * links with -ltally. The parts, each a file tally_*.c beside this one:
 *
 *     options, words, combinations, help   the command line
 *     stream            bytes, decompressed
 *     input, split, bytes   records and fields
 *     columns           which fields are read
 *     values            from fields to sums
 *     groups, sums, narrow   what is kept of them; where the library is called
 *     saved, bits       totals kept in a file
 *     digits, product   numbers as they are written
 *     money             numbers as people write them
 *     report, cells, number, compare, output   from sums to text
 *     console, progress, text   messages and memory
 *     system            what differs by system
 */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tally.h>

#include "tally_columns.h"
#include "tally_console.h"
#include "tally_groups.h"
#include "tally_input.h"
#include "tally_options.h"
#include "tally_report.h"
#include "tally_saved.h"
#include "tally_system.h"
#include "tally_values.h"

/* After this many runs of lines that are values, each shorter than what makes
 * up for looking for it, a file is read field by field. */
#define MOST_SHORT_RUNS 8
#define SHORT_RUN 32

/* Lines need no splitting: each is a value of the only column. */
static bool can_read_lines(const struct work *work) {
    return work->columns.values == 1 && work->columns.list[0].index == 0 &&
           work->columns.keys == 0 && takes_lines(&work->groups.parts.wanted) &&
           work->is_plain && !work->missing_is_number &&
           !is_asked(&work->options, ROWS);
}

/*
 * Reads lines that are values, many at a time, up to one that is not, which is
 * left to next_record(). False once there are few between those that are not.
 */
static bool read_lines(struct work *work, struct input *input,
                       int *short_runs) {
    struct column *column = &work->columns.list[0];
    struct lines lines;
    size_t done, values;
    while (next_lines(input, &lines)) {
        if (lines.empty_is_value && !work->missing_is_empty)
            return false;
        tally_status status =
            add_lines(group_sum(&work->groups, work->groups.list[0], 0),
                      lines.text, lines.size, lines.last, &done, &values);
        if (status != TALLY_OK) {
            struct field field = field_of_line(input, done);
            bad_value(work, input, column, &field, status);
        }
        work->values += values;
        uint64_t passed = skip_lines(input, done);
        if (lines.empty_is_value)
            column->missing += passed - values;
        show_progress(input->name, input->bytes, input->size, work->values);
        if (values >= SHORT_RUN)
            *short_runs = 0;
        else if (done < lines.size)
            ++*short_runs;
        if (done == 0 ||
            memchr(lines.text + done, '\n', lines.size - done) != NULL)
            return *short_runs < MOST_SHORT_RUNS;
    }
    return true;
}

/* Finds the columns and reads the first record. False if there is none. */
static bool begin_file(struct work *work, struct input *input) {
    const struct options *options = &work->options;
    bool is_first = !work->columns.found, got = false;
    bool record_first = needs_record(&work->columns, options);
    if (options->header && !read_header(input))
        fail(EXIT_USAGE, "%s: no header line", input->name);
    if (record_first)
        got = next_record(input, SIZE_MAX);
    find_columns(&work->columns, options, input);
    if (!record_first)
        got = next_record(input, options->all ? SIZE_MAX
                                              : fields_needed(&work->columns));
    if (options->all && is_first && got)
        keep_numbers(&work->columns, input, is_value, work);
    if (is_first) {
        prepare_groups(work);
        for (size_t i = 0; i < options->loads.count; i++)
            load_totals(work, options->loads.list[i]);
    }
    return got;
}

static void read_file(struct work *work, struct input *input,
                      const char *path) {
    uint64_t shown = 0;
    int short_runs = 0;
    struct layout layout = layout_for(&work->options, path);
    open_input(input, path, &layout);
    show_progress(input->name, 0, input->size, work->values);
    bool got = begin_file(work, input);
    size_t needed = fields_needed(&work->columns);
    bool by_lines = got && can_read_lines(work) && has_value_lines(input);
    for (; got; got = next_record(input, needed)) {
        add_record(work, input);
        if (by_lines)
            by_lines = read_lines(work, input, &short_runs);
        if (input->bytes != shown) {
            shown = input->bytes;
            show_progress(input->name, shown, input->size, work->values);
        }
    }
    close_input(input);
}

/* Prints the names in the header of the first file. */
static void print_names(const struct options *options, struct input *input) {
    const char *path = options->files.list[0];
    struct output output = {0};
    struct layout layout = layout_for(options, path);
    open_input(input, path, &layout);
    if (!read_header(input))
        fail(EXIT_USAGE, "%s: no header line", input->name);
    for (size_t i = 0; i < input->field_count; i++) {
        output_name(&output, NULL, input->fields[i].text,
                    input->fields[i].size);
        output_line(&output);
    }
    close_input(input);
    output_end(&output);
}

/* Returns the exit status. */
static int print_totals(struct work *work) {
    struct report report = {&work->groups, &work->columns, &work->options};
    if (work->columns.keys > 0)
        report_empty_groups(&report);
    return print_report(&report) ? EXIT_SUCCESS : EXIT_DATA;
}

int main(int argc, char **argv) {
    struct work work = {0};
    struct input input = {0};

    prepare_streams();
    work.options = read_options(argc, argv);
    prepare_values(&work);
    if (work.options.names) {
        print_names(&work.options, &input);
        free_input(&input);
        free_options(&work.options);
        return EXIT_SUCCESS;
    }
    for (size_t i = 0; i < work.options.files.count; i++)
        if (work.options.merge)
            load_totals(&work, work.options.files.list[i]);
        else
            read_file(&work, &input, work.options.files.list[i]);
    erase_progress();
    report_skipped(&work);
    int status = print_totals(&work);
    /* Last, so that what failed can be done again. */
    if (work.options.save != NULL && status == EXIT_SUCCESS)
        save_totals(&work, work.options.save);

    free_groups(&work.groups);
    free_columns(&work.columns);
    text_free(&work.key);
    text_free(&work.value);
    text_free(&work.factor);
    text_free(&work.product);
    free_input(&input);
    free_options(&work.options);
    return status;
}
