# What else is printed of a column, and sums of what is written.

# The four telling columns, by digits.
yes 0.1 | head -n 10000000 >in
printf '1000000.0\n' >want_out
: >want_err
"$tally" --decimal <in >out 2>err
status=$?
judge ten_million_tenths_by_digits 0
expect integers_beyond_64_bits_by_digits 0 '9223372036854775808\n' '' '9223372036854775807\n1\n' --decimal
printf '1%0308d\n' 0 >want_out
printf '1e308\n1e308\n-1e308\n' | "$tally" --decimal >out 2>err
status=$?
judge partial_total_beyond_range_by_digits 0
expect small_beside_huge_by_digits 0 '1\n' '' '1e100\n1\n-1e100\n' --decimal
expect large_and_small_digits_are_all_kept 0 '10000000000000000000000000000000.0000000000000000000000000000001\n' '' \
    '1e31\n1e-31\n' --decimal

expect money_is_written_as_it_came 0 '30.10\n' '' '10.05\n20.05\n' --decimal
expect cents_that_cancel_keep_their_places 0 '0.00\n' '' '1.25\n-1.25\n' --decimal
expect as_many_places_as_the_longest 0 '3.750\n' '' '1\n2.5\n0.250\n' --decimal
expect integers_by_digits_have_no_point 0 '6\n' '' '1\n2\n3\n' --decimal
expect digits_that_no_double_holds 0 '0.3000000000000000000000000000001\n' '' \
    '0.1000000000000000000000000000001\n0.2\n' --decimal
expect bad_value_by_digits 1 '' \
    'tally: standard input:2: column 1: "1,5" is not a number; use --decimal-point , if the comma is one\n' '1\n1,5\n' --decimal
expect out_of_range_by_digits 1 '' \
    'tally: standard input:2: column 1: "1e-400" is out of range\n' '1\n1e-400\n' --decimal
expect missing_by_digits 0 '3\n' 'tally: 1 missing value skipped in column 1\n' '1\nNA\n2\n' --decimal
expect infinity_by_digits 0 'inf\n' '' 'inf\n1\n' --decimal
expect mean_of_what_is_written 0 '0.30\t0.15\n' '' '0.10\n0.20\n' --decimal --mean
expect mean_of_what_is_written_is_rounded_once 0 '5\t1.666667\n' '' '1\n2\n2\n' --decimal --mean
expect digits_of_the_total_and_the_mean 0 '0.3\t0.2\n' '' '0.10\n0.20\n' --decimal --mean --digits 1
expect digits_are_rounded_half_to_even 0 '2\n' '' '1.0\n1.5\n' --decimal --digits 0
expect more_digits_than_are_written 0 '0.1000\n' '' '0.1\n' --decimal --digits 4
expect digits_that_are_none 2 '' \
    "tally: invalid number of digits \"343\": use 0 to 342\nTry 'tally --help'.\n" '1\n' --digits 343
expect nothing_by_digits 0 '0\n' '' '' --decimal

expect mean_of_integers 0 '2.5\n' '' '1\n2\n3\n4\n' --mean
expect mean_is_rounded_once 0 '1e+308\n' '' '1e308\n1e308\n' --mean
expect mean_of_a_third 0 '0.3333333333333333\n' '' '0\n0\n1\n' --mean
# Distances 1.5, 0.5, 0.5, 1.5: the root of 5/3, in 17 digits by bc.
expect standard_deviation_of_a_sample 0 '1.2909944487358056\n' '' '1\n2\n3\n4\n' --sd
# The classic disaster: three values around 1e9, of which squares keep nothing.
expect standard_deviation_of_nearly_equal_values 0 '1\n' '' '1000000000.0\n1000000001.0\n1000000002.0\n' --sd
expect standard_deviation_of_equal_values 0 '0\n' '' '0.1\n0.1\n0.1\n' --sd
expect standard_deviation_beyond_range 1 'inf\n' \
    'tally: column 1: the result is beyond the range of a double\n' '1.7e308\n-1.7e308\n' --sd
expect the_total_is_within_the_range_and_the_variance_is_not 1 '0\tinf\n' \
    'tally: column 1: the result is beyond the range of a double\n' '1.7e308\n-1.7e308\n' --sum --var
# 2^64 and -2^64: the root of 2^129.
expect standard_deviation_of_wide_integers 0 '2.6087635650665566e+19\n' '' \
    '18446744073709551616\n-18446744073709551616\n' --sd

expect extremes_as_written 0 '-1.50\t2e0\n' '' '1\n-1.50\n2e0\n+2\n' --min --max
expect extremes_beyond_the_digits_of_a_double 0 '9007199254740992\t9007199254740993\n' '' \
    '9007199254740992\n9007199254740993\n' --min --max
expect extremes_by_the_last_digit 0 '0.10000000000000000001\t0.10000000000000000002\n' '' \
    '0.10000000000000000001\n0.10000000000000000002\n' --min --max
expect decimals_beyond_64_bits 0 '19999999999999999980\n' '' \
    "$(printf '999999999999999999\\n%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)" --decimal
expect decimals_of_many_zeros 0 '1000000000000000000001\n' '' '1000000000000000000000\n1\n' --decimal
expect extremes_that_are_one_double_and_have_other_lengths 0 '9999999999999999.9\t10000000000000000\n' '' \
    '10000000000000000\n9999999999999999.9\n' --min --max
expect extremes_of_exponents_beyond_64_bits 0 '1e-10000000000000000000\t1e-400\n' '' \
    '1e-10000000000000000000\n1e-400\n' --min --max
expect extremes_beside_what_no_double_holds 0 '0\t1e-400\n' '' '0\n1e-400\n' --min --max
expect extremes_that_no_double_holds 0 '-2e-400\t11e-401\n' '' '1e-400\n-2e-400\n11e-401\n-1.99e-400\n' --min --max
expect extremes_in_any_form 0 '1e-999999999999999999999\t3\n' '' \
    '3\n2.9999999999999999999\n0.30e1\n1e-999999999999999999999\n3.000000000000000000e0\n' --min --max
expect first_of_equal_extremes 0 '1.0\t1.0\n' '' '1.0\n1\n1.00\n' --min --max
expect extremes_of_infinities 0 '-inf\tInfinity\n' '' '1\n-inf\nInfinity\n' --min --max
expect extremes_with_nan 0 'NaN\tNaN\n' '' '1\nNaN\n3\n' --min --max
expect extremes_check_values 1 '' \
    'tally: standard input:2: column 1: "0x1" is not a number\n' '1\n0x1\n' --max

expect count_of_values 0 '2\n' 'tally: 1 missing value skipped in column 1\n' '1\nNA\n3\n' --count
expect count_checks_values 1 '' \
    'tally: standard input:2: column 1: "x" is not a number\n' '1\nx\n' --count
expect statistics_in_the_order_asked 0 '3\t6\t2\n' '' '1\n2\n3\n' --count --sum --mean
expect statistics_only_once_each 0 '6\t3\n' '' '1\n2\n3\n' --sum --count --sum
expect statistics_of_groups_and_columns 0 'a\tx\t3.0\t2\t1.5\na\ty\t7.5\t2\t3.75\nb\tx\t5\t1\t5\nb\ty\t-1\t1\t-1\n' '' \
    'k,x,y\na,1.0,2.5\nb,5,-1\na,2,5\n' -d , -H --group k -c x -c y --decimal --count --mean
expect statistics_of_nothing 0 '0\t0\tNA\tNA\tNA\tNA\t0\n' '' '' \
    --sum --decimal --mean --sd --min --max --count
expect statistics_of_one_value 0 '2.50\t2.50\tNA\t2.50\t2.50\t1\n' '' '2.50\n' \
    --decimal --mean --sd --min --max --count
expect statistics_of_a_group_without_values 0 'a\t1\t1\nb\tNA\t0\n' \
    'tally: 1 missing value skipped in column x\ntally: column x: group "b" has no values\n' \
    'k x\na 1\nb NA\n' -H --group k -c x --mean --count
expect comparison_stands_alone 2 '' \
    "tally: --compare cannot be combined with other statistics\nTry 'tally --help'.\n" \
    '1\n' --compare --mean
expect missing_number_is_skipped_by_all 0 '4\t4.0\t2\n' 'tally: 1 missing value skipped in column 1\n' \
    '1\n-999\n3.0\n' --missing -999 --sum --decimal --count

# A real column; the figures are those of Python's fractions and decimal.
printf '10.5174883842058896384474\t8.539252932057346\t0\t1048.36058\t26111\t274622.1391999999843495\n' >want_out
printf 'tally: 4 missing values skipped in column wind_speed\n' >want_err
"$tally" "$data/weather.csv" -H -c wind_speed --mean --sd --min --max --count --decimal >out 2>err
status=$?
judge statistics_of_a_real_column 0

# Lines are read many at a time where they can be, and singly where not: the same.
awk 'BEGIN { srand(4); for (i = 0; i < 50000; i++) {
    if (i % 1000 == 7) print "NA"
    else if (i % 977 == 5) print ""
    else if (i % 991 == 3) print "  " i ".5\r"
    else if (i % 997 == 2) print "\"" i "\""
    else print i / 8 } }' >in
for separator in , ';'; do
    "$tally" -d $separator --sum --decimal --sd --count <in >out 2>err
    lines=$?
    # A second column takes the other way.
    sed "s/\(\r*\)$/${separator}1/" in | "$tally" -d $separator --sum --decimal --sd --count \
        >want_out 2>want_err
    status=$?
    judge "lines_and_fields_make_the_same_totals_$separator" "$lines"
done
grep -v '"' in >plain
"$tally" --sum --decimal --sd --count <plain >out 2>err
lines=$?
sed 's/^[[:space:]]*$//; s/\r//; /./s/$/ 1/' plain | "$tally" --sum --decimal --sd --count >want_out 2>want_err
status=$?
judge lines_and_words_make_the_same_totals "$lines"
awk 'NR == 40000 { print "12x"; next } { print }' in >bad
printf 'tally: standard input:40000: column 1: "12x" is not a number\n' >want_err
: >want_out
"$tally" -d , <bad >out 2>err
status=$?
judge line_of_a_bad_value_among_many 1
awk 'NR == 30000 { print "1e-400"; next } { print NR }' in >bad
printf 'tally: standard input:30000: column 1: "1e-400" is out of range\n' >want_err
"$tally" --sum --decimal <bad >out 2>err
status=$?
judge line_of_a_value_that_one_of_two_sums_refuses 1
