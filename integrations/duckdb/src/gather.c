/* Rows of few states, gathered by state. */
#include <string.h>

#include "rows.h"

/* The most states for which rows are gathered, and the fewest rows of a state
 * that are worth a call of add_all. */
enum { STATES = 64, SLOTS = 4 * STATES, WORTH = 24 };

typedef struct gathering {
    void *states[STATES];
    size_t counts[STATES];
    int number; /* of states */
    /* A table of states by hash: the number of one, and 1; or 0. */
    unsigned char slots[SLOTS];
    /* The state of each row; STATES for one that is NULL. */
    unsigned char which[MOST_ROWS];
} gathering;

/* The number of a state, or STATES if there are too many. */
static int number_of(gathering *g, void *state) {
    size_t slot = (uintptr_t)state * 0x9E3779B97F4A7C15u >> 56;
    for (; g->slots[slot] != 0; slot = (slot + 1) % SLOTS)
        if (g->states[g->slots[slot] - 1] == state)
            return g->slots[slot] - 1;
    if (g->number == STATES)
        return STATES;
    g->states[g->number] = state;
    g->counts[g->number] = 0;
    g->slots[slot] = (unsigned char)(g->number + 1);
    return g->number++;
}

/* False if there are too many states. */
static bool number_rows(gathering *g, void *const *states,
                        const tally_column *column) {
    g->number = 0;
    memset(g->slots, 0, sizeof g->slots);
    for (size_t i = 0; i < column->count; i++) {
        int number = STATES;
        if (is_valid(column, i)) {
            number = number_of(g, states[i]);
            if (number == STATES)
                return false;
            g->counts[number]++;
        }
        g->which[i] = (unsigned char)number;
    }
    return true;
}

/* Copies a column's elements, state after state, to 'buffer'. */
static void gather_column(const gathering *g, tally_column *column,
                          char *buffer) {
    const size_t size = (size_t)column->stride;
    char *next[STATES], *end = buffer;
    for (int i = 0; i < g->number; i++) {
        next[i] = end;
        end += g->counts[i] * size;
    }
    const char *from = column->values;
    for (size_t i = 0; i < column->count; i++, from += size) {
        if (g->which[i] == STATES)
            continue;
        char **to = &next[g->which[i]];
        if (size == sizeof(double))
            memcpy(*to, from, sizeof(double));
        else
            memcpy(*to, from, size);
        *to += size;
    }
    column->values = buffer;
    column->validity = NULL;
    column->offset = 0;
}

tally_status add_gathered(const adder *how, void *const *states,
                          const rows *r) {
    /* Elements of 16 bytes come in one column, those of a pair have 8. */
    _Alignas(16) char buffer[MOST_ROWS * 16];
    gathering g;
    if (r->columns[0].count < WORTH || !number_rows(&g, states, r->columns))
        return how->add_each(states, r);
    rows gathered = *r;
    for (int i = 0; i < r->width; i++)
        gather_column(&g, &gathered.columns[i],
                      buffer + (size_t)i * sizeof buffer / 2);
    tally_status status = TALLY_OK;
    size_t first = 0;
    for (int i = 0; i < g.number && status == TALLY_OK; i++) {
        const rows part = slice(&gathered, first, g.counts[i]);
        if (g.counts[i] >= WORTH) {
            status = how->add_all(g.states[i], &part);
        } else {
            void *same[WORTH];
            for (size_t k = 0; k < g.counts[i]; k++)
                same[k] = g.states[i];
            status = how->add_each(same, &part);
        }
        first += g.counts[i];
    }
    return status;
}
