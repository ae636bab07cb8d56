# Lines that do not line up are refused; quotes, and blanks inside them.

# misfit NAME PLACE FIELDS FIRST INPUT ARGUMENT...: refused at that line, with counts.
misfit() {
    name=$1 place=$2 fields=$3 first=$4 input=$5
    shift 5
    expect "$name" 1 '' "tally: standard input:$place: the line has $fields, but $first\n" "$input" "$@"
}
misfit decimal_comma_is_a_field_too_many 2 '2 fields' 'the header has 1' 'amount\n1,5\n2,25\n' -d , -H -c amount
misfit thousands_are_a_field_too_many 2 '3 fields' 'the header has 2' 'k,v\nx,1,200\ny,3\n' -d , -H -c v
misfit a_name_of_two_words_is_a_field_too_many 3 '4 fields' 'the header has 3; use --ragged to accept such lines' \
    'name y x\nJo 5 1\nAnn 2 9 1\n' -H -c y
misfit longer_than_the_first_line 3 '3 fields' 'line 1 has 2' '1,2\n3,4\n5,6,7\n' -d ,
misfit shorter_than_the_first_line 2 '1 field' 'line 1 has 2' '1,2\n3\n' -d ,
misfit longer_words_than_the_first_line 2 '3 fields' 'line 1 has 2; use --ragged to accept such lines' '1 2\n3 4 5\n'
misfit shorter_words_than_the_first_line 2 '1 field' 'line 1 has 2; use --ragged to accept such lines' '1 2\n3\n'
misfit words_behind_a_column_of_numbers 3 '2 fields' 'line 1 has 1; use --ragged to accept such lines' '1\n2\n3 x\n'
misfit fields_behind_a_column_of_numbers 3 '2 fields' 'line 1 has 1' '1\n2\n3,x\n' -d ,
misfit the_first_line_need_not_be_line_1 5 '1 field' 'line 3 has 2; use --ragged to accept such lines' '\n\n1 2\n\n3\n'
misfit longer_line_with_quotes 2 '3 fields' 'line 1 has 2' '1,2\n"3","4",5\n' -d ,
misfit shorter_line_with_quotes 2 '1 field' 'line 1 has 2' '1,2\n"3,4"\n' -d ,
misfit two_empty_fields_at_the_end 2 '4 fields' 'the header has 2' 'a,b\n1,2,,\n' -d , -H -c a
misfit field_at_the_end_that_is_not_empty 2 '3 fields' 'the header has 2' 'a,b\n1,2, x \n' -d , -H -c a
misfit empty_field_that_is_not_at_the_end 2 '3 fields' 'the header has 2' 'a,b\n1,,2\n' -d , -H -c a
misfit longer_line_of_tabs 2 '3 fields' 'the header has 2' 'a\tb\n1\t2\t3\n' -d tab -H -c a
expect separator_at_the_end_of_lines 0 '4\n' '' 'a,b\n1,2,\n3,4, \n' -d , -H -c a
expect separator_at_the_end_of_quoted_lines 0 '4\n' '' 'a,b\n1,2,""\n"3",4,\n' -d , -H -c a
expect separator_at_the_end_of_the_last_column 0 '6\n' '' 'a,b\n1,2,\n3,4,\n' -d , -H -c b
expect separator_at_the_end_of_the_header 0 '4\n' '' 'a,b,\n1,2\n3,4,\n' -d , -H -c a
expect separator_at_the_end_of_one_column 0 '4\n' '' '1\n3,\n' -d ,
expect tabs_at_the_end_of_lines 0 '4\n' '' 'a\tb\n1\t2\t\n3\t4\n' -d tab -H -c a
expect blanks_at_the_end_of_words 0 '6\n' '' 'a b\n1 2  \n\t3\t4\t\n' -H -c b

expect ragged_lines 0 '7\n' '' 'name y x\nJo 5 1\nAnn 2 9 1\nBo 0\n' -H -c y --ragged
expect ragged_lines_must_have_what_is_needed 1 '' \
    'tally: standard input:4: column x: the line has only 2 fields\n' \
    'name y x\nJo 5 1\nAnn 2 9 1\nBo 0\n' -H -c x --ragged
expect padded_lines 0 '5\n' 'tally: 1 missing value skipped in column c\n' 'a,b,c\n1,2\n3,4,5\n' -d , -H -c c --pad
expect padded_values_are_missing_whatever_the_words 0 '5\n' 'tally: 1 missing value skipped in column c\n' \
    'a,b,c\n1,2\n3,4,5\n' -d , -H -c c --pad --missing -
expect padded_words 0 '9\n' 'tally: 2 missing values skipped in column 3\n' '1 2 9\n1 2\n1\n' -c 3 --pad
expect padded_groups_have_no_name 0 'x\t1\n\t3\n' '' 'v,k\n1,x\n3\n' -d , -H -c v --group k --pad
misfit padding_adds_no_column 2 '4 fields' 'the header has 3' 'a,b,c\n1,2,3,4\n' -d , -H -c c --pad
expect padding_makes_no_column_that_no_line_has 1 '' \
    'tally: standard input:1: column 5: the line has only 2 fields\n' '1,2\n3\n' -d , -c 5 --pad
expect ragged_and_padded 0 '2\n' 'tally: 1 missing value skipped in column 2\n' '1,2\n3\n4,0,5\n' -d , -c 2 --ragged --pad

printf 'a,b\n1,2\n' >first.csv
printf 'b,a\n10,20\n' >second.csv
printf 'x,b,y\n0,5,0\n' >third.csv
expect a_name_is_found_wherever_it_stands 0 '17\n' '' '' -H -c b first.csv second.csv third.csv
expect a_number_must_mean_the_same_name 2 '' \
    'tally: second.csv: column 2 is "a", but "b" in first.csv\n' '' -H -c 2 first.csv second.csv
expect the_first_column_must_have_the_same_name 2 '' \
    'tally: second.csv: column 1 is "b", but "a" in first.csv\n' '' -H first.csv second.csv
printf 'a,c\n10,20\n' >fourth.csv
expect a_name_must_be_in_each_file 2 '' \
    'tally: fourth.csv: no column "b"; the columns are a, c\n' '' -H -c b first.csv fourth.csv
expect a_number_of_the_same_name 0 '7\n' '' '' -H -c 2 first.csv third.csv
printf '1\n' >narrow.csv
printf '10,x\n' >wide.csv
expect each_file_has_its_own_width 0 '11\n' '' '' narrow.csv wide.csv

# Quotes.
expect blanks_inside_quotes_tell_groups_apart 0 ' a\t1\na\t2\n' '' 'k,v\n" a",1\na,2\n' -d , -H --group k -c v
expect blanks_inside_quotes_of_a_number 0 '6\n' '' '" 1 "\n"\t5"\n' -d ,
expect blanks_inside_quotes_of_a_missing_word 0 '1\n' 'tally: 2 missing values skipped in column 1\n' \
    '1,x\n" NA ",x\n" ",x\n' -d ,
expect blanks_inside_quotes_of_a_name 0 '1\n' '' '" a",a\n1,2\n' -d , -H -c ' a'
expect extremes_have_no_blanks 0 '1.0\n' '' '" 1.0 "\n"2"\n' -d , --min
expect quotes_that_are_ordinary 0 '12\n' '' 'k\tv\n"a\t5\nb"\t7\n' -d tab -H -c v --no-quotes
expect groups_of_ordinary_quotes 0 '"a\t5\nb"\t7\n' '' '"a\t5\nb"\t7\n' -d tab --group 1 -c 2 --no-quotes
misfit separators_inside_ordinary_quotes 2 '3 fields' 'line 1 has 2' '1,2\n"3,4",5\n' -d , --no-quotes

# Fields are counted several bytes at once: lines of every length, behind a field that is
# read and one that is not. awk counts them too.
awk 'BEGIN {
    srand(5)
    for (length_ = 2; length_ <= 45; length_++)
        for (i = 0; i < 3; i++) {
            line = "7"
            while (length(line) < length_)
                line = line (rand() < 0.4 ? "," : rand() < 0.1 ? "+" : "z")
            print line
        }
}' >lines
for separator in , blanks; do
    : >want_out
    : >out
    while read -r line; do
        [ "$separator" = , ] || line=$(echo "$line" | tr , ' ')
        set -- -c 1
        [ "$separator" = blanks ] || set -- -c 1 -d ,
        printf '1\n%s\n' "$line" | "$tally" "$@" 2>&1 | sed -n 's/.*: the line has \([0-9]*\) .*/\1/p' >>out
        printf '%s\n' "$line" | awk -F"$([ "$separator" = , ] && echo , || echo ' ')" '
            NF > 2 || NF == 2 && $2 !~ /^ *$/ { print NF }' >>want_out
    done <lines
    if [ -s out ] && cmp -s out want_out; then
        pass "widths_are_counted_as_awk_does_$separator"
    else
        fail "widths_are_counted_as_awk_does_$separator"
        diff want_out out | head -n 5 | sed 's/^/# /'
    fi
done
