/*
 * A sweep of values that are no live handles, beside 100,000 that are: stale
 * ones, addresses, random bits, handles with a bit changed or a little added,
 * cut to 32 bits, or of another kind. None may be taken for a handle.
 *
 * Each sort is tried as often as the first argument or TALLY_FORGED_ROUNDS
 * says; 200,000 times if there is neither.
 */
#include "check.h"

enum { LIVE = 100000 };
static void *live[LIVE], *stale[LIVE];
static tally_array *arrays[1000];
static uint64_t seed = 1;
static char a_static[1 << 20];

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

static uintptr_t a_little_added(void) {
    return any_live() + 1 + (uintptr_t)(random_word(&seed) % 8);
}

static uintptr_t extended_from_32_bits(void) {
    return (uintptr_t)(intptr_t)(int32_t)(uint32_t)any_live();
}

static uintptr_t another_kind(void) {
    return any_live() ^ (uintptr_t)(1 + random_word(&seed) % 255) << 56;
}

static uintptr_t another_generation(void) {
    return any_live() ^ (uintptr_t)(1 + random_word(&seed) % 0xffffff) << 32;
}
#endif

static const struct sort {
    const char *name;
    uintptr_t (*forge)(void);
} sorts[] = {
    {"stale, the slot in use again", a_stale_one},
    {"address of data", an_address_of_data},
    {"address on the stack", an_address_on_the_stack},
    {"small number", a_small_number},
    {"array for an object", an_array},
    {"lower bits alone", the_lower_half},
#if UINTPTR_MAX > UINT32_MAX
    {"any address of a process", any_user_address},
    {"any number of 32 bits", a_number_of_32_bits},
    {"any 64 bits", any_word},
    {"live, one bit changed", one_bit_changed},
    {"live, a little added", a_little_added},
    {"live, extended from 32 bits", extended_from_32_bits},
    {"live, of another kind", another_kind},
    {"live, of another generation", another_generation},
#endif
};

/* On 32-bit machines a generation comes again after 256 others, so that only
 * most of what is stale can be told. */
static bool is_certain(const struct sort *sort) {
    return sizeof(void *) == 8 || sort->forge != a_stale_one;
}

int main(int argc, char **argv) {
    const char *wanted = argc > 1 ? argv[1] : getenv("TALLY_FORGED_ROUNDS");
    long rounds = wanted != NULL ? atol(wanted) : is_quick() ? 2000 : 200000;
    for (int i = 0; i < LIVE; i++) {
        stale[i] = tally_object_new();
    }
    for (int i = 0; i < LIVE; i++) {
        CHECK_OK(tally_unref(stale[i]));
    }
    for (int i = 0; i < LIVE; i++) {
        live[i] = tally_object_new();
        CHECK_OK(tally_object_set_value(live[i], i + 1));
    }
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_array_new_f64(NULL, 0, &arrays[i]));
    }
    long tried = 0;
    for (size_t s = 0; s < sizeof sorts / sizeof *sorts; s++) {
        long accepted = 0;
        for (long i = 0; i < rounds; i++) {
            void *forged = (void *)sorts[s].forge();
            int32_t value = tally_object_value(forged);
            if (tally_last_status() == TALLY_OK) {
                accepted++;
                fprintf(stderr, "%s: %p has the value %d\n", sorts[s].name,
                        forged, (int)value);
            }
        }
        tried += rounds;
        if (is_certain(&sorts[s])) {
            CHECK_INT(accepted, 0);
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
