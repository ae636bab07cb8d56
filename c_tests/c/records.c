/* Records: made, copied, changed and freed; the caller's own are added up. */
#include <limits.h>

#include "../check.h"

static tally_record *new_record(int id, const char *name, int value) {
    tally_record *record = NULL;
    CHECK_OK(tally_record_new(id, name, value, &record));
    CHECK(record != NULL);
    return record;
}

static void a_record_has_its_own_name(void) {
    char name[] = "caf\xc3\xa9";
    tally_record *record = new_record(INT_MIN, name, INT_MAX);
    CHECK_INT(record->id, INT_MIN);
    CHECK_INT(record->value, INT_MAX);
    CHECK_TEXT(record->name, name);
    CHECK(record->name != name);
    /* One allocation holds both. */
    CHECK_LIVE(0, 1, sizeof *record + sizeof name);
    memset(name, '#', sizeof name - 1);
    CHECK_TEXT(record->name, "caf\xc3\xa9");
    tally_record_free(record);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_LIVE(0, 0, 0);
}

static void a_record_may_have_no_name(void) {
    tally_record *record = new_record(1, NULL, 2), *copy = NULL;
    CHECK(record->name == NULL);
    CHECK_OK(tally_record_copy(record, &copy));
    CHECK(copy->name == NULL);
    tally_record_free(copy);
    tally_record_free(record);
    record = new_record(1, "", 2);
    CHECK_TEXT(record->name, "");
    tally_record_free(record);
}

static void any_record_can_be_copied(void) {
    const tally_record own = {5, "own", -5};
    tally_record *first = NULL, *second = NULL;
    CHECK_OK(tally_record_copy(&own, &first));
    CHECK_OK(tally_record_copy(first, &second));
    tally_record_free(first);
    CHECK_INT(second->id, 5);
    CHECK_TEXT(second->name, "own");
    CHECK_INT(second->value, -5);
    tally_record_free(second);
}

/* The library never trusts a field when it frees. */
static void freeing_does_not_look_at_the_fields(void) {
    static char not_ours[] = "not ours";
    tally_record *record = new_record(1, "name", 2);
    record->name = not_ours;
    tally_record_free(record);
    CHECK_RECORD(TALLY_OK, "");
    record = new_record(1, "name", 2);
    record->name = (const char *)1;
    record->id = -1;
    tally_record_free(record);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_TEXT(not_ours, "not ours");
    CHECK_LIVE(0, 0, 0);
}

static void freeing_twice_or_what_is_not_ours_is_refused(void) {
    tally_record own = {1, "own", 2};
    tally_record *record = new_record(1, "name", 2);
    tally_record_free(record);
    tally_record_free(record);
    CHECK_RECORD(TALLY_STALE, "tally_record_free");
    tally_record_free(&own);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_record_free");
    CHECK_INT(own.value, 2);
}

static void values_are_added_by_name(void) {
    static const tally_record records[] = {
        {1, "a", 10}, {2, "b", 200},  {3, NULL, 3000},
        {4, "a", -4}, {5, "aa", 500}, {6, "", 60000},
    };
    int64_t total = 0;
    CHECK_OK(tally_records_total(records, 6, NULL, &total));
    CHECK_INT(total, 63706);
    CHECK_OK(tally_records_total(records, 6, "a", &total));
    CHECK_INT(total, 6);
    CHECK_OK(tally_records_total(records, 6, "", &total));
    CHECK_INT(total, 60000);
    CHECK_OK(tally_records_total(records, 6, "c", &total));
    CHECK_INT(total, 0);
    CHECK_OK(tally_records_total(records, 0, "a", &total));
    CHECK_INT(total, 0);
    /* A name of the records' that is not UTF-8 is only another name. */
    static const tally_record odd[] = {{1, "\xff", 1}, {2, "a", 20}};
    CHECK_OK(tally_records_total(odd, 2, "a", &total));
    CHECK_INT(total, 20);
}

static void totals_do_not_wrap(void) {
    enum { COUNT = 10000 };
    static tally_record records[COUNT];
    for (int i = 0; i < COUNT; i++) {
        records[i].value = INT_MAX;
    }
    int64_t total = 0;
    CHECK_OK(tally_records_total(records, COUNT, NULL, &total));
    CHECK_INT(total, COUNT * (int64_t)INT_MAX);
}

static void any_alignment_will_do(void) {
    static const tally_record records[] = {{1, "a", 10}, {2, "b", 200}};
    unsigned char bytes[sizeof records + 8];
    for (size_t offset = 0; offset < 8; offset++) {
        memcpy(bytes + offset, records, sizeof records);
        const tally_record *moved = (const void *)(bytes + offset);
        int64_t total = 0;
        CHECK_OK(tally_records_total(moved, 2, "b", &total));
        CHECK_INT(total, 200);
        tally_record *copy = NULL;
        CHECK_OK(tally_record_copy(moved, &copy));
        CHECK_TEXT(copy->name, "a");
        tally_record_free(copy);
    }
}

int main(void) {
    a_record_has_its_own_name();
    a_record_may_have_no_name();
    any_record_can_be_copied();
    freeing_does_not_look_at_the_fields();
    freeing_twice_or_what_is_not_ours_is_refused();
    tally_clear_error();
    values_are_added_by_name();
    totals_do_not_wrap();
    any_alignment_will_do();
    return finish();
}
