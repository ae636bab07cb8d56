# What datamash and Miller test, as far as the tool has it, with inputs of our own. Where
# they differ, "differs" is in the name, and the man page says how.

# One column.
expect peers_sum 0 '42\n' '' '8\n3\n6\n3\n11\n2\n9\n' --sum
expect peers_several_statistics 0 '7\t42\t6\t2\t11\n' '' '8\n3\n6\n3\n11\n2\n9\n' \
    --count --sum --mean --min --max
expect peers_extremes_are_printed_as_written_differs 0 '-6e2\t0.2e2\n' '' \
    '0.5e-3\n4\n-6e2\n0.2e2\n20\n' --min --max
expect peers_signs_points_and_exponents 0 '9.75\n' '' '+4\n-.25\n6.\n1e-1\n-0.1\n' --sum
expect peers_leading_zeros_are_decimal 0 '18\n' '' '010\n08\n' --sum
expect peers_hexadecimal_differs 1 '' \
    'tally: standard input:2: column 1: "0x1f" is not a number\n' '1\n0x1f\n' --sum
expect peers_a_letter_behind_a_number 1 '' \
    'tally: standard input:3: column 2: "4b" is not a number\n' 'P 1\nP 2\nQ 4b\nQ 8\n' -g 1 -c 2
expect peers_large_integers_differs 0 '18446744073709551614\n' '' \
    '9223372036854775807\n9223372036854775807\n' --sum
expect peers_integers_and_floats 0 '7.75\n' '' '3\n4.5\n0.25\n' --sum
expect peers_small_and_large 0 '40000000000.2\n' '' '0.2\n4e10\n' --sum
expect peers_variances 0 '18.285714285714285\t16\t4\n' '' \
    '2\n3\n5\n8\n10\n10\n13\n13\n' --var --pvar --psd
expect peers_variance_of_equals 0 '0\t0\n' '' '7\n7\n7\n' --var --psd
expect peers_variance_of_one_value 0 'NA\t0\t5\n' '' '5\n' --var --pvar --mean
expect peers_mean_to_digits 0 '2.143\n' '' '1\n2\n3\n1\n2\n3\n3\n' --mean --digits 3
expect peers_sum_to_digits 0 '2.0000070\n' '' '2.000007\n' --sum --digits 7
expect peers_sum_to_no_digits 0 '3\n' '' '2.5000001\n' --sum --digits 0

# Blanks, tabs, line ends.
expect peers_blanks_and_tabs 0 '12\n' '' '1 3\t 5\n2\t7 8\n4 \t\t2   9\n' -c 2
expect peers_blanks_at_both_ends 0 '6\n' '' '\t\t1\n\t 2\t \n3 \t\n' --sum
expect peers_tabs_keep_blanks_in_a_field 0 'A 1\t40\nB 2\t20\n' '' \
    'A 1\t10\nB 2\t20\nA 1\t30\n' -d tab -g 1 -c 2
expect peers_a_line_of_blanks 0 '3\n' '' '1\n \t \n2\n' --sum
expect peers_crlf 0 '8\n' '' 'k;v\r\na;3\r\nb;5\r\n' -d ';' -H -c v
expect peers_no_line_end_at_the_end 0 '9\n' '' '4\n5' --sum
expect peers_no_input_differs 0 '0\t0\n' '' '' --sum --count

# Groups.
expect peers_one_group 0 'M\t4\t210\n' '' 'M 20\nM 40\nM 50\nM 100\n' -g 1 -c 2 --count --sum
expect peers_groups_need_no_sorting 0 'M\t7\t2\nN\t5\t1\n' '' 'M 3\nN 5\nM 4\n' \
    -g 1 -c 2 --sum --count
expect peers_a_name_within_a_name 0 'B\t1\nBB\t2\nBBB\t7\n' '' 'B 1\nBB 2\nBBB 3\nBBB 4\n' -g 1 -c 2
expect peers_case_matters 0 'b\t4\nB\t6\n' '' 'b 1\nB 6\nb 3\n' -g 1 -c 2
expect peers_two_keys 0 'a\tp\t4\na\tq\t2\nb\tp\t8\n' '' 'a p 1\na q 2\na p 3\nb p 8\n' \
    -g 1,2 -c 3
expect peers_sorted_groups 0 'p\tb\t8\nq\ta\t2\n' '' 'q a 2\np b 8\n' -g 1,2 -c 3 --sort
expect peers_groups_and_columns 0 'a\t2\t4\t2\na\t3\t7\t2\nb\t2\t9\t1\nb\t3\t1\t1\n' '' \
    'a 1 4\na 3 3\nb 9 1\n' -g 1 -c 2,3 --sum --count
expect peers_quotes_in_names 0 "C'1\t5\nD\"2\t4\n" '' "C'1 2\nD\"2 4\nC'1 3\n" -g 1 -c 2
expect peers_empty_names 0 '\t5\nx\t1\n' '' ':2\nx:1\n:3\n' -d : -g 1 -c 2
expect peers_count_of_text_differs 1 '' \
    'tally: standard input:1: column 1: "u" is not a number; use -H if the first line has names\n' \
    'u\nv\n' -c 1 --count
expect peers_rows_of_text 0 'u\t2\nv\t1\n' '' 'u\nv\nu\n' -g 1 --rows

# Headers.
expect peers_header_in 0 'x\t6\ny\t15\n' '' 'k:v\nx:1\nx:5\ny:7\ny:8\n' -H -d : -g k -c v
expect peers_header_in_and_out 0 'k\tsum(v)\tcount(v)\nx\t6\t2\ny\t15\t2\n' '' \
    'k:v\nx:1\nx:5\ny:7\ny:8\n' -H -d : -g k -c v --sum --count --labels
expect peers_header_alone 0 '0\n' '' 'k:v:w\n' -H -d : -c v
expect peers_header_of_nothing_differs 2 '' 'tally: standard input: no header line\n' '' \
    -H -c 1
expect peers_names_for_columns_without_a_header 0 'sum(2)\n15\n' '' '1,7\n3,8\n' -d , -c 2 --labels
expect peers_mark_of_order_and_quoted_names 0 '9\n' '' '\0357\0273\0277"p","q"\n4,1\n5,2\n' \
    -d , -H -c p
expect peers_names_with_commas 0 '3\n' '' '"p,q",r\n3,4\n' -d , -H -c 'p,q'

# Missing values.
for missing in NA ''; do
    expect "peers_missing_is_skipped_differs: '$missing'" 0 '6\t2\n' \
        'tally: 1 missing value skipped in column v\n' "k,v\na,1\nb,$missing\nc,5\n" \
        -d , -H -c v --sum --count
done
expect peers_nan_is_a_value 0 'nan\t3\n' '' '1\nnan\n5\n' --sum --count
expect peers_nan_is_skipped_if_asked 0 '6\n' 'tally: 1 missing value skipped in column 1\n' \
    '1\nnan\n5\n' --missing nan --sum
expect peers_a_word_that_begins_as_missing 1 '' \
    'tally: standard input:2: column 1: "NAP" is not a number\n' '1\nNAP\n'
expect peers_only_missing_differs 0 '0\tNA\tNA\tNA\tNA\t0\n' \
    'tally: 2 missing values skipped in column 1\n' 'NA\nNA\n' --sum --mean --min --max --sd --count
expect peers_missing_in_another_column 0 '1\t9\t2\n2\t4\t1\n3\t3\t2\n' \
    'tally: 1 missing value skipped in column 2\n' '4:NA:1\n5:4:2\n' -d : -c 1-3 --sum --count
expect peers_words_among_numbers 0 '7\t2\n' \
    'tally: 1 value that is not a number skipped in column 1, the first "abc" at standard input:2\n' \
    '3\nabc\n4\n' --skip-words --sum --count

# Lines that are longer or shorter; comments.
expect peers_short_line 1 '' \
    'tally: standard input:3: the line has 2 fields, but the header has 3\n' 'a,b,c\n1,2,3\n4,5\n' \
    -d , -H -c c
expect peers_short_line_allowed 0 '3\n' 'tally: 1 missing value skipped in column c\n' \
    'a,b,c\n1,2,3\n4,5\n' -d , -H -c c --pad
expect peers_long_line 1 '' \
    'tally: standard input:3: the line has 4 fields, but the header has 3\n' \
    'a,b,c\n1,2,3\n4,5,6,7\n' -d , -H -c c
expect peers_long_line_allowed 0 '9\n' '' 'a,b,c\n1,2,3\n4,5,6,7\n' -d , -H -c c --ragged
expect peers_comments 0 '5\n' '' '# made by hand\na,b\n1,2\n# 7,7\n3,3\n' -d , -H -c b --comment '#'
expect peers_comments_are_data 1 '' \
    'tally: standard input:3: the line has 1 field, but the header has 2\n' 'a,b\n1,2\n# 7\n' \
    -d , -H -c b
expect peers_quoted_line_ends 0 'one\\x0atwo\t3\n' '' '"one\ntwo",1\n"one\ntwo",2\n' -d , -g 1 -c 2
expect peers_quotes_within_quotes 0 'a"b\t5\n' '' '"a""b",5\n' -d , -g 1 -c 2

# Side by side, on inputs that are made up here.
awk 'BEGIN {
    seed = 42
    for (i = 0; i < 20000; i++) {
        seed = (seed * 69069 + 1) % 4294967296
        printf "g%d,%d.%02d,%d\n", seed % 97, seed / 4096 % 100000, seed / 7 % 100, i % 50 + 1
    }
}' >made.csv
# agrees NAME: whether the numbers in `peer` are those in `ours`, but for the last digits, which
# a loop of floating-point additions gets wrong.
agrees() {
    paste ours peer | awk -F'\t' '
        { for (i = 1; i <= NF / 2; i++) {
            a = $i; b = $(i + NF / 2); off = a - b
            if (i == 1 ? a != b : off > 1e-9 * (a < 0 ? -a : a) || -off > 1e-9 * (a < 0 ? -a : a)) {
                print "# line " NR ": " a ", " b; bad = 1 } } }
        END { exit bad || NR < 90 }' && pass "$1" || fail "$1"
}
"$tally" made.csv -g 1 -c 2 --sort --count --sum --mean --var --psd --min --max >ours
if command -v datamash >/dev/null; then
    LC_ALL=C datamash -t, -s --format %.17g -g 1 count 2 sum 2 mean 2 svar 2 pstdev 2 min 2 max 2 \
        <made.csv | tr , '\t' >peer
    agrees peers_groups_beside_datamash
else
    skip peers_groups_beside_datamash "datamash is not installed"
fi
"$tally" made.csv -g 1 -c 2 --sort --count --sum --mean --var --sd --min --max >ours
if command -v mlr >/dev/null; then
    mlr --icsv --implicit-csv-header --onidx --ofs tab --ofmt %.17g \
        stats1 -a count,sum,mean,var,stddev,min,max -f 2 -g 1 then sort -f 1 made.csv >peer
    agrees peers_groups_beside_miller
    "$tally" made.csv -g 1 -c 2 --times 3 --sort --sum --count >ours
    mlr --icsv --implicit-csv-header --onidx --ofs tab --ofmt %.17g \
        put -q '@s[$1] += $2 * $3; @n[$1] += 1; end { emit (@s, @n), "1" }' \
        then sort -f 1 made.csv >peer
    agrees peers_products_beside_miller
else
    skip peers_groups_beside_miller "Miller is not installed"
    skip peers_products_beside_miller "Miller is not installed"
fi
