/* Reported faults of sums of money and of SQL's decimals: cents held in
 * doubles, lines rounded one by one, totals that wrap in 128 bits. */
#include "reports.h"

static const char *text_of(const tally_decimal *sum, int digits) {
    static char text[100];
    CHECK_OK(tally_decimal_value_text(sum, digits, text, sizeof text, NULL));
    return text;
}

static double sum_of_decimals(const double *values, size_t count) {
    tally_decimal sum = TALLY_DECIMAL_INIT;
    double total;
    CHECK_OK(tally_decimal_add_f64(&sum, values, count));
    CHECK_OK(tally_decimal_value_f64(&sum, &total));
    return total;
}

/* sqlite.org/forum/forumpost/ce9f488a0cad338e, superuser.com/questions/890966,
 * dba.stackexchange.com/questions/76391, spiral-project/ihatemoney#116,
 * ledger123/runmyaccounts#649, BurntSushi/xsv#100, johnkerl/miller#2020:
 * amounts in doubles do not add up to cents. Rounding the exact sum of those
 * doubles does not help: they are not the amounts. */
static void cents_in_doubles(void) {
    const double account[] = {50.3, -20.1, -30.2};
    double exact;
    CHECK_OK(tally_sum_f64(account, 3, &exact));
    CHECK_DOUBLE(exact, -0x1p-48);
    CHECK_REPORT(running_sum(account, 3), -0x1p-48, sum_of_decimals(account, 3),
                 0);
    const struct {
        double price;
        size_t pieces;
        double wrong, right;
    } sales[] = {
        {1.1, 13, 14.299999999999997, 14.3},
        {4.7, 13, 61.100000000000016, 61.1},
        {1.1, 7, 7.699999999999999, 7.7},
        {2.9, 9, 26.099999999999994, 26.1},
    };
    for (size_t i = 0; i < LENGTH(sales); i++) {
        double pieces[13];
        for (size_t j = 0; j < sales[i].pieces; j++) {
            pieces[j] = sales[i].price;
        }
        CHECK_REPORT(running_sum(pieces, sales[i].pieces), sales[i].wrong,
                     sum_of_decimals(pieces, sales[i].pieces), sales[i].right);
    }
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_f64(&sum, account, 3));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.0");
    CHECK_TEXT(text_of(&sum, 2), "0.00");

    /* From a file, no double is on the way. */
    const char lines[] = "50.30\n-20.10\n-30.20\n";
    size_t consumed, values;
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_text(&sum, lines, strlen(lines), '\n', 1,
                                    &consumed, &values));
    CHECK_TEXT(text_of(&sum, TALLY_DECIMAL_AS_WRITTEN), "0.00");
}

/* ledger/ledger#1765, #3220, plaintextaccounting/hledger#1430: each price times
 * a quantity is rounded to cents, and the lines do not add up. */
static void lines_are_not_rounded_one_by_one(void) {
    /* Three times 0.007 and 0.003 at 137.85. */
    const int64_t prices[] = {13785, 13785, 13785, 13785, 13785, 13785};
    const int64_t quantities[] = {7, 3, 7, 3, 7, 3};
    int64_t cents = 0;
    for (size_t i = 0; i < 6; i++) {
        cents += (prices[i] * quantities[i] + 500) / 1000;
    }
    CHECK_INT(cents, 411);
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_products(&sum, prices, quantities, 6, 2, 3));
    CHECK_TEXT(text_of(&sum, -1), "4.1355");
    CHECK_TEXT(text_of(&sum, 2), "4.14");

    /* The same of doubles. */
    const double shares[] = {0.007, 0.003}, rates[] = {137.85, 137.85};
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(tally_decimal_add_products_f64(&sum, shares, rates, 2));
    }
    CHECK_TEXT(text_of(&sum, -1), "4.1355");

    /* 365 at 2.0845, paid with 760.84: a quarter of a cent is left. */
    const int64_t rate = 20845, days = 365, paid = -76084;
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_products(&sum, &rate, &days, 1, 4, 0));
    CHECK_OK(tally_decimal_add_scaled(&sum, &paid, 1, 2));
    CHECK_TEXT(text_of(&sum, -1), "0.0025");
    CHECK_TEXT(text_of(&sum, 2), "0.00");

    /* A product that wraps in 64 bits. */
    const int64_t large = INT64_C(30000000000), scaled = INT64_C(1000000000);
    CHECK_INT((int64_t)((uint64_t)large * (uint64_t)scaled),
              INT64_C(-6893488147419103232));
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_products(&sum, &large, &scaled, 1, 4, 4));
    CHECK_TEXT(text_of(&sum, 2), "300000000000.00");
}

static tally_int128 wrapping_add(tally_int128 a, tally_int128 b) {
    tally_int128 sum = {a.low + b.low, 0};
    uint64_t high = (uint64_t)a.high + (uint64_t)b.high + (sum.low < a.low);
    sum.high = (int64_t)high;
    return sum;
}

/* pola-rs/polars#28585, apache/datafusion#22713, apache/arrow#44184,
 * ClickHouse/ClickHouse#95730: a sum of decimal128 wraps in 128 bits, at the
 * end or on the way. */
static void decimals_do_not_wrap(void) {
    /* 11 and 9 times 10^37. */
    const tally_int128 values[] = {
        {UINT64_C(756139506540740608), INT64_C(5963111948670274387)},
        {UINT64_C(618659596260605952), INT64_C(4878909776184769953)},
    };
    /* 2 10^38 - 2^128 */
    tally_int128 wrapped = wrapping_add(values[0], values[1]);
    CHECK_INT(wrapped.high, INT64_C(-7604722348854507276));
    CHECK_SIZE(wrapped.low, UINT64_C(1374799102801346560));
    tally_decimal sum = TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, values, 2, 0));
    CHECK_TEXT(text_of(&sum, -1), "200000000000000000000000000000000000000");
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, values, 2, 38));
    CHECK_TEXT(text_of(&sum, 2), "2.00");

    /* 15, 15 and -29 times 10^37: the total fits, and its parts do not. */
    const tally_int128 back[] = {
        {UINT64_C(1031099327101009920), INT64_C(8131516293641283255)},
        {UINT64_C(1031099327101009920), INT64_C(8131516293641283255)},
    };
    const char spent[] = "-290000000000000000000000000000000000000";
    wrapped = wrapping_add(back[0], back[1]);
    CHECK(wrapped.high < 0);
    sum = (tally_decimal)TALLY_DECIMAL_INIT;
    CHECK_OK(tally_decimal_add_scaled_i128(&sum, back, 2, 0));
    CHECK_OK(tally_decimal_add_one_text(&sum, spent, strlen(spent)));
    CHECK_TEXT(text_of(&sum, -1), "10000000000000000000000000000000000000");
}

int main(void) {
    cents_in_doubles();
    lines_are_not_rounded_one_by_one();
    decimals_do_not_wrap();
    return finish();
}
