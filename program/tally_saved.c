#define _POSIX_C_SOURCE 200809L

#include "tally_saved.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_bits.h"
#include "tally_console.h"
#include "tally_system.h"

static const char magic[] = "tally totals 1";

/* How many bytes of groups a block has, at least, if others follow. */
#define BLOCK_SIZE ((size_t)1 << 20)
/* No block is larger than one group, whose names are lines of a file. */
#define MOST_SIZE ((uint64_t)1 << 27)

static void write_block(FILE *file, const struct text *block,
                        const char *path) {
    struct text size = {0}, sealed = {0};
    size_t needed;
    char *to = text_room(&sealed, block->size + TALLY_SEAL_SIZE);
    must(tally_saved_seal(block->at, block->size, to,
                          block->size + TALLY_SEAL_SIZE, &needed));
    put_number(&size, needed);
    if (fwrite(size.at, 1, size.size, file) != size.size ||
        fwrite(to, 1, needed, file) != needed)
        fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
    text_free(&size);
    text_free(&sealed);
}

static void put_header(struct text *block, const struct work *work) {
    const struct columns *columns = &work->columns;
    const struct options *options = &work->options;
    put_bytes(block, magic, strlen(magic));
    put_number(block, parts_of(&work->groups.parts.wanted));
    put_number(block, options->statistic_count);
    for (size_t i = 0; i < options->statistic_count; i++) {
        const char *name = statistic_name(options->statistics[i]);
        put_bytes(block, name, strlen(name));
    }
    put_number(block, columns->values);
    put_number(block, columns->keys);
    put_number(block, columns->factors);
    put_number(block, columns->weights);
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->list[i];
        put_bytes(block, column->label.text, column->label.size);
        put_bytes(block, column->currency, strlen(column->currency));
    }
    put_number(block, work->groups.count);
}

static void put_group(struct text *block, const struct work *work,
                      const struct group *group) {
    put_bytes(block, group_key(&work->groups, group), group->key_size);
    put_number(block, group->rows);
    for (size_t i = 0; i < work->columns.values; i++)
        put_sum(block, group_sum(&work->groups, group, i));
}

void save_totals(const struct work *work, const char *to) {
    char *path = shown_name(to);
    struct text block = {0};
    uint64_t number = 0;
    struct place place = open_place(to);
    if (place.file == NULL)
        fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
    remove_on_failure(place.name.at);
    put_header(&block, work);
    write_block(place.file, &block, path);
    text_clear(&block);
    for (size_t i = 0; i < work->groups.count; i++) {
        if (block.size == 0)
            put_number(&block, ++number);
        put_group(&block, work, work->groups.list[i]);
        if (block.size >= BLOCK_SIZE || i + 1 == work->groups.count) {
            write_block(place.file, &block, path);
            text_clear(&block);
        }
    }
    if (!close_place(&place))
        fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
    remove_on_failure(NULL);
    free(path);
    free(place.target);
    text_free(&place.name);
    text_free(&block);
}

static _Noreturn void damaged(const char *path, const char *why) {
    fail(EXIT_USAGE, "%s: not saved totals, or damaged: %s", path, why);
}

/* Reads `size` bytes; fewer only at the end of the file. */
static size_t read_bytes(FILE *file, struct text *to, size_t size,
                         const char *path) {
    to->size = 0;
    size_t got = fread(text_room(to, size), 1, size, file);
    if (ferror(file))
        fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
    to->size = got;
    return got;
}

/* Reads a block and opens it. False at the end of the file. */
static bool read_block(FILE *file, struct text *sealed, struct saved *block,
                       const char *path) {
    const void *opened;
    size_t got = read_bytes(file, sealed, 8, path);
    if (got == 0)
        return false;
    struct saved head = {sealed->at, got, false};
    uint64_t size = take_number(&head);
    if (head.ended || size > MOST_SIZE)
        damaged(path, "no block");
    if (read_bytes(file, sealed, (size_t)size, path) < size)
        damaged(path, "a block is cut off");
    if (tally_saved_open(sealed->at, sealed->size, &opened, &block->size) !=
        TALLY_OK)
        damaged(path, tally_last_message());
    block->at = opened;
    block->ended = false;
    return true;
}

/* The statistics and columns of the first file that is merged. */
static void adopt(struct work *work, struct saved block) {
    struct columns *columns = &work->columns;
    struct options *options = &work->options;
    const char *text;
    size_t size, *counts[] = {&columns->values, &columns->keys,
                              &columns->factors, &columns->weights};
    bool ask = options->statistic_count == 0;
    take_number(&block);
    uint64_t statistics = take_number(&block);
    for (uint64_t i = 0; i < statistics && !block.ended; i++) {
        text = take_bytes(&block, &size);
        if (ask)
            ask_by_name(options, text, size);
    }
    for (int i = 0; i < 4; i++) {
        *counts[i] = (size_t)take_number(&block);
        /* A column takes 8 bytes at least. */
        if (*counts[i] > block.size / 8)
            *counts[i] = 0;
        columns->count += *counts[i];
    }
    columns->list = resize(NULL, columns->count + 1, sizeof *columns->list);
    memset(columns->list, 0, (columns->count + 1) * sizeof *columns->list);
    for (size_t i = 0; i < columns->count; i++) {
        text = take_bytes(&block, &size);
        columns->list[i].label = copy_label(text, size);
        take_bytes(&block, &size); /* check_currency() reads it */
    }
    columns->found = true;
    prepare_groups(work);
}

/* Refuses totals of another currency. */
static void load_currency(struct column *column, struct saved *block,
                          const char *path) {
    char name[PRINTABLE_MAX];
    size_t size;
    const char *text = take_bytes(block, &size);
    if (size >= CURRENCY_MAX)
        damaged(path, "a currency is too long");
    if (*column->currency == '\0') {
        memcpy(column->currency, text, size);
        column->currency[size] = '\0';
    } else if (size > 0 && (strlen(column->currency) != size ||
                            memcmp(column->currency, text, size) != 0)) {
        fail(EXIT_USAGE,
             "%s: column %s: the saved totals are in %.*s, not in %s", path,
             printable(name, column->label.text, column->label.size), (int)size,
             text, column->currency);
    }
}

/* Checks the first block. Returns how many groups there are. */
static uint64_t check_header(struct work *work, struct saved *block,
                             uint64_t *parts, const char *path) {
    struct columns *columns = &work->columns;
    char here[PRINTABLE_MAX], there[PRINTABLE_MAX];
    struct text statistics = {0};
    const char *text;
    size_t size;
    text = take_bytes(block, &size);
    if (size != strlen(magic) || memcmp(text, magic, size) != 0)
        damaged(path, "the beginning differs");
    if (!columns->found)
        adopt(work, *block);
    *parts = take_number(block);
    for (uint64_t i = take_number(block); i > 0 && !block->ended; i--) {
        text = take_bytes(block, &size);
        text_puts(&statistics, " --");
        text_put(&statistics, text, size);
    }
    if ((parts_of(&work->groups.parts.wanted) & ~*parts) != 0)
        fail(EXIT_USAGE,
             "%s: the saved totals lack what these statistics need; they are "
             "of%s",
             path, statistics.at != NULL ? statistics.at : " none");
    text_free(&statistics);
    const size_t counts[] = {columns->values, columns->keys, columns->factors,
                             columns->weights};
    static const char *const kinds[] = {"columns", "group columns", "factors",
                                        "weights"};
    for (int i = 0; i < 4; i++) {
        if (take_number(block) != counts[i])
            fail(EXIT_USAGE, "%s: the saved totals have other %s", path,
                 kinds[i]);
    }
    for (size_t i = 0; i < columns->count; i++) {
        const struct label *label = &columns->list[i].label;
        text = take_bytes(block, &size);
        if (size != label->size || memcmp(text, label->text, size) != 0)
            fail(EXIT_USAGE,
                 "%s: the saved totals are of column \"%s\", not of \"%s\"",
                 path, printable(there, text, size),
                 printable(here, label->text, label->size));
        load_currency(&columns->list[i], block, path);
    }
    uint64_t groups = take_number(block);
    if (work->options.statistic_count == 0)
        damaged(path, "no statistics");
    if (block->ended || block->size > 0)
        damaged(path, "the first block has the wrong length");
    return groups;
}

static void load_group(struct work *work, struct saved *block, uint64_t parts,
                       const char *path) {
    size_t size;
    const char *key = take_bytes(block, &size);
    if (block->ended || !is_key(&work->groups, key, size))
        damaged(path, "a group has a bad name");
    struct group *group = find_group(&work->groups, key, size);
    group->rows += take_number(block);
    for (size_t i = 0; i < work->columns.values; i++)
        if (!take_sum(block, parts, group_sum(&work->groups, group, i)))
            damaged(path, tally_last_message());
}

void load_totals(struct work *work, const char *from) {
    bool is_input = strcmp(from, "-") == 0;
    char *path = shown_name(is_input ? "standard input" : from);
    struct text sealed = {0};
    struct saved block;
    uint64_t parts, number = 0, groups = 0;
    FILE *file = is_input ? stdin : fopen(from, "rb");
    if (file == NULL)
        fail(EXIT_USAGE, "%s: %s", path, strerror(errno));
    if (!read_block(file, &sealed, &block, path))
        damaged(path, "the file is empty");
    uint64_t expected = check_header(work, &block, &parts, path);
    while (read_block(file, &sealed, &block, path)) {
        if (take_number(&block) != ++number)
            damaged(path, "a block is missing");
        for (; block.size > 0 && !block.ended; groups++)
            load_group(work, &block, parts, path);
        if (block.ended)
            damaged(path, "a block has the wrong length");
    }
    if (groups != expected)
        damaged(path, "groups are missing");
    if (!is_input)
        fclose(file);
    text_free(&sealed);
    free(path);
}
