# What is printed for which numbers.

expect total_of_first_column 0 '55\n' '' '1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n'
expect sum_of_nothing_is_zero 0 '0\n' '' ''
expect decimals_print_shortest 0 '0.6\n' '' '0.1\n0.2\n0.3\n'
expect whole_total_of_decimals_has_no_point 0 '2\n' '' '0.5\n1.5\n'
expect all_forms_of_numbers 0 '1163.75\n' '' '+1\n-2\n.5\n1.\n1e3\n1.5E+2\n125e-1\n.75e0\n'
expect negative_total 0 '-3.25\n' '' '-1\n-2.25\n'

# The hard columns.
expect integers_beyond_64_bits 0 '9223372036854775808\n' '' '9223372036854775807\n1\n'
expect unsigned_integers_are_exact 0 '36893488147419103230\n' '' '18446744073709551615\n18446744073709551615\n'
expect least_integer_is_exact 0 '-9223372036854775809\n' '' '-9223372036854775808\n-1\n'
expect integers_that_no_double_holds 0 '9007199254740993\n' '' '9007199254740992\n1\n'
expect wide_integer_is_exact 0 '1000000000000000000000000000001\n' '' '1000000000000000000000000000000\n1\n'
expect negative_wide_integer_is_exact 0 '-999999999999999999999999999999\n' '' '-1000000000000000000000000000000\n1\n'
expect least_wide_integers 0 '-2\n' '' '18446744073709551616\n-9223372036854775809\n-9223372036854775809\n'
expect wide_integer_with_sign_and_zeros 0 '0\n' '' '+00018446744073709551617\n-18446744073709551617\n'
# 2^64 + 1 - 2^64 + 0.5; the double nearest to the first is 2^64.
expect wide_integer_among_decimals 0 '1.5\n' '' '18446744073709551617\n-18446744073709551616.0\n0.5\n'
printf '1%0308d\n-1\n' 0 >in # 10^308 - 1
{ printf '%0308d' 0 | tr 0 9 && echo; } >want_out
: >want_err
"$tally" <in >out 2>err
status=$?
judge integer_of_309_digits 0
printf '1%0308d\n1%0308d\n' 0 0 >in # integers need no double
printf '2%0308d\n' 0 >want_out
"$tally" <in >out 2>err
status=$?
judge total_of_integers_beyond_doubles 0
"$tally" --compare <in | awk 'NR > 2 { print $1, $NF }' >out 2>err
status=$?
printf 'exact 0\nnaive inf\nnaive inf\n' >want_out
judge comparison_of_integers_beyond_doubles 0
expect partial_total_beyond_range 0 '1e+308\n' '' '1e308\n1e308\n-1e308\n'
expect small_beside_huge 0 '1\n' '' '1e100\n1\n-1e100\n'
yes 0.1 | head -n 10000000 >in
printf '1000000\n' >want_out
: >want_err
"$tally" <in >out 2>err
status=$?
judge ten_million_tenths 0

# The form of a double: no exponent between 1e-5 and 1e16.
expect least_without_exponent 0 '0.00001\n' '' '1e-5\n'
expect negative_exponent 0 '9.5e-06\n' '' '9.5e-6\n'
expect largest_without_exponent 0 '9007199254740994\n' '' '9007199254740994.0\n'
expect round_number_below_the_exponent 0 '1000000000000000\n' '' '1e15\n'
expect positive_exponent 0 '1e+16\n' '' '1e16\n'
expect seventeen_digits_where_needed 0 '0.30000000000000004\n' '' '0.30000000000000004\n'
expect zeros_after_the_point 0 '-0.000125\n' '' '-1.25e-4\n'
expect least_double 0 '5e-324\n' '' '5e-324\n'
expect largest_double 0 '1.7976931348623157e+308\n' '' '1.7976931348623157e308\n'
expect too_small_is_zero 0 '0\n' '' '1e-400\n'

# Every power of two, where doubles below lie closer than those above, and others:
# the digits are those of Python's repr().
if command -v python3 >/dev/null 2>&1; then
    cat >shortest.py <<'P'
import decimal, random, struct, sys
random.seed(1)
doubles = [2.0**e for e in range(-1074, 1024)]
doubles += [-x for x in doubles[::7]]
doubles += [struct.unpack("d", random.randbytes(8))[0] for _ in range(3000)]
doubles = [x for x in doubles if x == x and abs(x) != float("inf")]
if sys.argv[1] == "in":
    for i, x in enumerate(doubles):
        print(i, "%.17e" % x)
else:
    found = dict(line.split() for line in sys.stdin)
    assert len(found) == len(doubles)
    for i, x in enumerate(doubles):
        if decimal.Decimal(found[str(i)]) != decimal.Decimal(repr(x)):
            print("%s is written %s" % (repr(x), found[str(i)]))
P
    python3 shortest.py in >in
    "$tally" -c 2 --group 1 <in 2>err | python3 shortest.py out >out
    status=$?
    : >want_out
    : >want_err
    judge doubles_are_written_shortest 0
else
    skip doubles_are_written_shortest 'python3 is not installed'
fi

# Not a number, infinities, and totals without a double.
expect nan_in_any_case 0 'nan\n' '' '1\nNaN\n'
expect negative_nan 0 'nan\n' '' '-nan\n'
expect infinity 0 'inf\n' '' 'inf\n1\n'
expect negative_infinity 0 '-inf\n' '' '-Infinity\n+1\n'
expect infinities_cancel_to_nan 0 'nan\n' '' 'inf\n-inf\n'
expect total_beyond_range 1 'inf\n' \
    'tally: column 1: the total is beyond the range of a double\n' '1e308\n1e308\n'
expect negative_total_beyond_range 1 '-inf\n' \
    'tally: column 1: the total is beyond the range of a double\n' '-1e308\n-1e308\n'

# Several columns and groups.
expect columns_have_a_line_each 0 '1\t9\n3\t12\n' '' '1 2 3\n8 0 9\n' -c 1 -c 3
expect columns_in_the_order_asked 0 'b\t5\na\t3\n' '' 'a b\n1 2\n2 3\n' -H -c b -c a
expect columns_of_a_header_by_number 0 'b\t5\na\t3\n' '' 'a b\n1 2\n2 3\n' -H -c 2 -c 1
expect name_in_the_header_wins_over_a_number 0 '20\n' '' '2,1\n10,20\n' -d , -H -c 1
expect group_name_wins_over_a_number 0 'x\t20\n' '' '2,1\n20,x\n' -d , -H --group 1 -c 2
expect name_zero 0 '7\n' '' 'a 0\n1 7\n' -H -c 0
expect groups_in_order_of_appearance 0 'z\t4\na\t2.5\n' '' 'z 1\na 2.5\nz 3\n' --group 1 -c 2
expect groups_and_columns 0 'z\tp\t4\nz\tq\t6\na\tp\t2\na\tq\t7\n' '' \
    'k p q\nz 1 2\na 2 7\nz 3 4\n' -H --group k -c p -c q
expect group_names_keep_to_their_line 0 'x\\x09y\t3\nx\\x0ay\t1\n' '' \
    '"x\ty",3\n"x\ny",1\n' -d , --group 1 -c 2
expect empty_group_name 0 '\t3\n' '' ',3\n' -d , --group 1 -c 2
expect group_without_values 0 'a\t1\nb\t0\n' \
    'tally: 1 missing value skipped in column x\ntally: column x: group "b" has no values; its total is 0\n' \
    'k x\na 1\nb NA\n' -H --group k -c x
expect groups_without_values 0 'a\tx\t0\na\ty\t1\nb\tx\t0\nb\ty\t2\nc\tx\t5\nc\ty\t0\n' \
    'tally: 2 missing values skipped in column x
tally: 1 missing value skipped in column y
tally: column x: 2 groups have no values, the first "a"; their totals are 0
tally: column y: group "c" has no values; its total is 0
' 'k x y\na NA 1\nb NA 2\nc 5 NA\n' -H --group k -c x -c y
awk 'BEGIN { for (i = 0; i < 30000; i++) print "g" i % 9973, i }' >in
awk 'BEGIN { for (i = 0; i < 30000; i++) t[i % 9973] += i
    for (i = 0; i < 9973; i++) printf "g%d\t%d\n", i, t[i] }' >want_out
: >want_err
"$tally" --group 1 -c 2 <in >out 2>err
status=$?
judge many_groups 0
{
    echo 0.5
    awk 'BEGIN { for (i = 1; i <= 100000; i++) print i % 2 ? i : i ".0" }'
} >in
printf '5000050000.5\n' >want_out
"$tally" <in >out 2>err
status=$?
judge integers_and_decimals_in_one_column 0

# The data of SOURCES.md: the table's totals, counts and naive loops.
: >rows
sed -n 's/^| `\([a-z]*\.csv\)` \([a-z_]*\) | \([0-9]*\) | \([0-9.]*\) | \([0-9.]*\) | \([0-9.]*\) |$/\1 \2 \3 \4 \5 \6/p' \
    "$data/SOURCES.md" >rows
if [ "$(wc -l <rows)" -eq 6 ]; then pass sources_has_six_columns; else fail sources_has_six_columns; fi
while read -r file column count forward backward exact; do
    printf '%s\n' "$exact" >want_out
    "$tally" -H -c "$column" "$data/$file" >out 2>err
    status=$?
    cp err want_err # the missing values; tested by name below
    judge "real_column_$column" 0

    "$tally" -H -c "$column" --compare "$data/$file" >table 2>err
    status=$?
    printf 'column %s: %s values\nexact %s\nloop %s\nbackward %s\n' \
        "$column" "$count" "$exact" "$forward" "$backward" >want_out
    awk 'NR == 1 { print }
        $1 == "exact" { print "exact", $2 }
        $2 == "loop" { print "loop", $3 }
        $3 == "backward" { print "backward", $4 }' table | sed 's/^naive //' >out
    judge "real_comparison_$column" 0
done <rows
printf 'temp\t1443069.88\nwind_speed\t274622.1392\n' >want_out
printf 'tally: 1 missing value skipped in column temp\ntally: 4 missing values skipped in column wind_speed\n' >want_err
"$tally" "$data/weather.csv" -c temp -H -c wind_speed >out 2>err
status=$?
judge missing_values_of_real_columns 0

# A comparison in full. The exact total of 1e16 + 1 + 1 is 1e16 + 2, a double;
# going forward, each 1 is a tie that rounds back to 1e16: off by one ulp, 2.
expect comparison_table 0 \
    'column x: 3 values
                        total                   off by, ulps
  exact                 1.0000000000000002e+16             0
  naive loop            1e+16                           1.00
  naive loop, backward  1.0000000000000002e+16             0
' '' 'x\n1e16\n1.0\n1.0\n' -H --compare
expect comparison_of_groups 0 \
    'column x, group b: 1 value
                        total  off by, ulps
  exact                 1                 0
  naive loop            1                 0
  naive loop, backward  1                 0

column x, group a: 2 values
                        total  off by, ulps
  exact                 5                 0
  naive loop            5                 0
  naive loop, backward  5                 0
' '' 'k x\nb 1\na 2\na 3\n' -H --compare --group k -c x
expect comparison_of_integers 0 \
    'column 1: 2 values
                        total             off by, ulps
  exact                 9007199254740993             0
  naive loop            9007199254740992          0.50
  naive loop, backward  9007199254740992          0.50
' '' '9007199254740992\n1\n' --compare
expect comparison_of_groups_without_names 0 \
    'column 2, group a: 2 values
                        total  off by, ulps
  exact                 3                 0
  naive loop            3                 0
  naive loop, backward  3                 0
' '' 'a 1\na 2\n' --compare --group 1 -c 2
# 2^64 + 1 is one value. The loop drops two units of 2^64 + 2, where an ulp is 4096.
expect comparison_of_wide_integers 0 \
    'column 1: 2 values
                        total                   off by, ulps
  exact                 18446744073709551618               0
  naive loop            1.8446744073709552e+19          0.00
  naive loop, backward  1.8446744073709552e+19          0.00
' '' '18446744073709551617\n1\n' --compare
