/*
 * A sweep of values that are no live handles, beside 100,000 that are: stale
 * ones, addresses, random bits, handles with a bit changed or a little added,
 * cut to 32 bits, of another kind or of a kind that there is not. None may be
 * taken for a handle, and each is refused with the status that is its due:
 * TALLY_STALE if it was given out, TALLY_BAD_HANDLE if not.
 *
 * Each sort is tried as often as the first argument or TALLY_FORGED_ROUNDS
 * says; 200,000 times if there is neither.
 */
#include "../check.h"

enum { LIVE = 100000 };
static void *live[LIVE], *stale[LIVE];
static tally_array *arrays[1000];
static uint64_t seed = 1;
static char a_static[1 << 20];
/* The first and the last handle of a slot that had all that it can have: it is
 * used for no other. */
static uintptr_t first_of_its_slot, last_of_its_slot;
/* What was given out after that, of another slot, which is in use again. */
static uintptr_t next_after_the_last;

/* On 64-bit machines, where handles begin with the number of their slot: which
 * is live in it, and which object and which array were. */
enum { SLOTS = 1 << 18 };
static uintptr_t live_in[SLOTS], stale_in[SLOTS], array_in[SLOTS];

static void note(uintptr_t in[SLOTS], const void *handle) {
    in[(uintptr_t)handle % SLOTS] = (uintptr_t)handle;
}

static bool is_live(uintptr_t value) {
    return value != 0 && live_in[value % SLOTS] == value;
}

/* A stale handle whose kind was changed to another may be TALLY_STALE. */
static bool differs_in_kind_only(uintptr_t value, uintptr_t handle) {
    return (value ^ handle) << 8 == 0;
}

static bool was_given_out(uintptr_t value) {
    return stale_in[value % SLOTS] == value || value == next_after_the_last ||
           differs_in_kind_only(value, array_in[value % SLOTS]) ||
           ((uint32_t)value == (uint32_t)last_of_its_slot &&
            value >= first_of_its_slot && value <= last_of_its_slot &&
            ((uint64_t)(value - first_of_its_slot) >> 32) % 3 == 0);
}

static uintptr_t any_live(void) {
    return (uintptr_t)live[random_word(&seed) % LIVE];
}

static uintptr_t any_word(void) {
    return (uintptr_t)random_word(&seed);
}

static uintptr_t a_stale_one(void) {
    return (uintptr_t)stale[random_word(&seed) % LIVE];
}

static uintptr_t an_address_of_data(void) {
    return (uintptr_t)&a_static[random_word(&seed) % sizeof a_static];
}

static uintptr_t an_address_on_the_stack(void) {
    char here;
    return (uintptr_t)&here - (uintptr_t)(random_word(&seed) % 4096);
}

static uintptr_t a_small_number(void) {
    return any_word() & 0xffff;
}

static uintptr_t an_array(void) {
    return (uintptr_t)arrays[random_word(&seed) % 1000];
}

static uintptr_t the_lower_half(void) {
    return any_live() & 0xffff;
}

#if UINTPTR_MAX > UINT32_MAX
static uintptr_t any_user_address(void) {
    return any_word() >> 17;
}

static uintptr_t a_number_of_32_bits(void) {
    return any_word() >> 32;
}

static uintptr_t one_bit_changed(void) {
    return any_live() ^ (uintptr_t)1 << random_word(&seed) % 64;
}

static uintptr_t one_bit_of_a_stale_one_changed(void) {
    return a_stale_one() ^ (uintptr_t)1 << random_word(&seed) % 64;
}

static uintptr_t a_little_added(void) {
    return any_live() + 1 + (uintptr_t)(random_word(&seed) % 8);
}

static uintptr_t extended_from_32_bits(void) {
    return (uintptr_t)(intptr_t)(int32_t)(uint32_t)any_live();
}

static uintptr_t another_kind(void) {
    return any_live() ^ (uintptr_t)(1 + random_word(&seed) % 255) << 56;
}

/* A value with any top byte but those that handles have. */
static uintptr_t of_no_kind(uintptr_t value) {
    uintptr_t kind;
    do {
        kind = any_word() & 0xff;
    } while (kind == 0x41 || kind == 0x42 || kind == 0x44 || kind == 0x48);
    return (value & UINTPTR_MAX >> 8) | kind << 56;
}

static uintptr_t live_of_no_kind(void) {
    return of_no_kind(any_live());
}

static uintptr_t stale_of_no_kind(void) {
    return of_no_kind(a_stale_one());
}

static uintptr_t retired(void) {
    return last_of_its_slot;
}

static uintptr_t retired_of_no_kind(void) {
    return of_no_kind(last_of_its_slot);
}

/* One object after the other has the same slot, until it is spent. */
static void spend_a_slot(void) {
    void *first = tally_object_new(), *last = first, *next = first;
    long left = is_quick() ? 1000 : 1L << 24;
    while ((uint32_t)(uintptr_t)next == (uint32_t)(uintptr_t)last) {
        last = next;
        CHECK_OK(tally_unref(last));
        if (left-- == 0) {
            break;
        }
        next = tally_object_new();
    }
    if (next != last) {
        CHECK_OK(tally_unref(next));
        next_after_the_last = (uintptr_t)next;
    }
    first_of_its_slot = (uintptr_t)first;
    last_of_its_slot = (uintptr_t)last;
    CHECK(left > 0 || is_quick());
}

static uintptr_t another_generation(void) {
    return any_live() ^ (uintptr_t)(1 + random_word(&seed) % 0xffffff) << 32;
}
#endif

static const struct sort {
    const char *name;
    uintptr_t (*forge)(void);
    tally_status status;
} sorts[] = {
    {"stale, the slot in use again", a_stale_one, TALLY_STALE},
    {"address of data", an_address_of_data, TALLY_BAD_HANDLE},
    {"address on the stack", an_address_on_the_stack, TALLY_BAD_HANDLE},
    {"small number", a_small_number, TALLY_BAD_HANDLE},
    {"array for an object", an_array, TALLY_WRONG_KIND},
    {"lower bits alone", the_lower_half, TALLY_BAD_HANDLE},
#if UINTPTR_MAX > UINT32_MAX
    {"any address of a process", any_user_address, TALLY_BAD_HANDLE},
    {"any number of 32 bits", a_number_of_32_bits, TALLY_BAD_HANDLE},
    {"any 64 bits", any_word, TALLY_BAD_HANDLE},
    {"live, one bit changed", one_bit_changed, TALLY_BAD_HANDLE},
    {"stale, one bit changed", one_bit_of_a_stale_one_changed,
     TALLY_BAD_HANDLE},
    {"live, a little added", a_little_added, TALLY_BAD_HANDLE},
    {"live, extended from 32 bits", extended_from_32_bits, TALLY_BAD_HANDLE},
    {"live, of another kind", another_kind, TALLY_BAD_HANDLE},
    {"live, of another generation", another_generation, TALLY_BAD_HANDLE},
    {"live, of a kind that there is not", live_of_no_kind, TALLY_BAD_HANDLE},
    {"stale, of a kind that there is not", stale_of_no_kind, TALLY_BAD_HANDLE},
    {"of a slot that is spent", retired, TALLY_STALE},
    {"of that slot, of a kind that there is not", retired_of_no_kind,
     TALLY_BAD_HANDLE},
#endif
};

/* On 32-bit machines a generation comes again after 255 others, so that only
 * most of what is stale can be told. */
static bool is_certain(const struct sort *sort) {
    return sizeof(void *) == 8 || sort->forge != a_stale_one;
}

/* Whether a refusal is the right one. On 32-bit machines what was never given
 * out cannot always be told from what was. */
static bool is_due(const struct sort *sort, uintptr_t forged,
                   tally_status status) {
    if (status == sort->status || sizeof(void *) == 4) {
        return true;
    }
    if (forged == 0) {
        return status == TALLY_NULL;
    }
#if UINTPTR_MAX > UINT32_MAX
    /* For these there is no accident. */
    if (sort->forge == one_bit_changed ||
        sort->forge == one_bit_of_a_stale_one_changed) {
        return false;
    }
#endif
    /* By accident, it is another handle of the past. */
    return status == TALLY_STALE && was_given_out(forged);
}

/* What takes an object, a shared accumulator or a block. */
static tally_status as_object(void *forged) {
    return tally_object_value(forged) == 0 ? tally_last_status() : TALLY_OK;
}

static tally_status as_object_to_set(void *forged) {
    return tally_object_set_value(forged, 5);
}

static tally_status as_object_to_keep(void *forged) {
    c_object_ref(forged);
    return tally_last_status();
}

static tally_status as_object_to_release(void *forged) {
    tally_clear_error();
    c_object_unref(forged);
    return forged == NULL ? TALLY_NULL : tally_last_status();
}

static tally_status as_shared(void *forged) {
    tally_accumulator now;
    return tally_shared_snapshot(forged, &now);
}

static tally_status as_block(void *forged) {
    tally_clear_error();
    tally_free(forged);
    return forged == NULL ? TALLY_NULL : tally_last_status();
}

static tally_status (*const uses[])(void *) = {
    as_object, as_object_to_set, as_object_to_keep, as_object_to_release,
    as_shared, as_block};
#define USES (sizeof uses / sizeof *uses)

/* How often forged values were taken for handles, or refused wrongly. */
static long sweep(const struct sort *sort, long rounds) {
    long wrong = 0;
    for (long i = 0; i < rounds; i++) {
        uintptr_t forged = sort->forge();
        if (is_live(forged)) {
            continue; /* By accident. */
        }
        /* If it may be taken for one after all, only what does no harm. */
        size_t use = is_certain(sort) ? (size_t)i % USES : 0;
        tally_status status = uses[use]((void *)forged);
        if (status == TALLY_OK || !is_due(sort, forged, status)) {
            wrong++;
            fprintf(stderr, "%s: %p, use %zu: %s\n", sort->name, (void *)forged,
                    use, tally_status_name(status));
        }
    }
    return wrong;
}

int main(int argc, char **argv) {
    const char *wanted = argc > 1 ? argv[1] : getenv("TALLY_FORGED_ROUNDS");
    long rounds = wanted != NULL ? atol(wanted) : is_quick() ? 2000 : 200000;
#if UINTPTR_MAX > UINT32_MAX
    spend_a_slot();
#endif
    /* The slots were of another kind before. */
    for (int i = 0; i < LIVE; i++) {
        CHECK_OK(tally_array_new_f64(NULL, 0, (tally_array **)&stale[i]));
        note(array_in, stale[i]);
    }
    for (int i = 0; i < LIVE; i++) {
        CHECK_OK(tally_unref(stale[i]));
    }
    for (int i = 0; i < LIVE; i++) {
        stale[i] = tally_object_new();
        note(stale_in, stale[i]);
    }
    for (int i = 0; i < LIVE; i++) {
        CHECK_OK(tally_unref(stale[i]));
    }
    for (int i = 0; i < LIVE; i++) {
        live[i] = tally_object_new();
        note(live_in, live[i]);
        CHECK_OK(tally_object_set_value(live[i], i + 1));
    }
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_array_new_f64(NULL, 0, &arrays[i]));
    }
    long tried = 0;
    for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++) {
        long wrong = sweep(&sorts[s], rounds);
        tried += rounds;
        if (is_certain(&sorts[s])) {
            CHECK_INT(wrong, 0);
        }
    }
    tally_clear_error();
    /* And those that were there are as they were. */
    for (int i = 0; i < LIVE; i++) {
        CHECK_INT(tally_object_value(live[i]), i + 1);
        CHECK_OK(tally_unref(live[i]));
    }
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_unref(arrays[i]));
    }
    printf("%ld forged values\n", tried);
    return finish();
}
