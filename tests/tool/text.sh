# How text becomes fields and numbers.

expect blanks_around_words 0 '6\n' '' '  1  \n\t2\t\n 3\n'
expect words_between_any_blanks 0 '30\n' '' 'a   10\nb\t \t20\n' -c 2
expect missing_final_newline 0 '3\n' '' '1\n2'
expect carriage_returns 0 '6\n' '' '1\r\n2\r\n3\r'
expect empty_lines_are_skipped 0 '3\n' '' '\n1\n\n\r\n   \n2\n\n'
expect byte_order_mark 0 'a\t3\nb\t5\n' '' '\0357\0273\0277a,b\n1,2\n2,3\n' -d , -H -c a -c b
expect byte_order_mark_without_header 0 '3\n' '' '\0357\0273\02771\n2\n'
expect blanks_around_fields 0 '3\n' '' 'a, 1 \nb,\t2\t\n' -d , -c 2
expect quoted_fields 0 '12\n' '' '"a,b","1"\n"c ""d"", e", "5" \nf,6\n' -d , -c 2
expect quoted_line_breaks 0 '7\n' '' '"a\nb\r\n\nc",3\n"d",4\n' -d , -c 2
expect quoted_last_field_with_carriage_return 0 '7\n' '' '"3"\r\n"4"\r\n' -d ,
expect quoted_field_at_the_end_of_the_file 0 '7\n' '' '3\n"4"' -d ,
expect quote_inside_a_plain_field 0 '3\n' '' '6" pipe,1\n5"",2\n' -d , -c 2
expect quotes_of_a_tab_file 0 '3\n' '' '"a\tb"\t3\n' -d tab -c 2
expect quotes_are_ordinary_between_blanks 0 '3\n' '' '"a 1\nb" 2\n' -c 2
expect doubled_quotes_in_group_names 0 'a "b", c\t1\n' '' '"a ""b"", c",1\n' -d , --group 1 -c 2
expect empty_fields_are_missing 0 '4\n' 'tally: 3 missing values skipped in column 1\n' \
    '1,x\n,x\n"",x\n  ,x\n3,x\n' -d ,
printf 'a\n1\n\n3\n' >column.csv
expect empty_line_in_one_column_is_missing 0 '4\n' 'tally: 1 missing value skipped in column a\n' '' -H column.csv
expect empty_lines_at_the_end_of_one_column 0 '4\n' 'tally: 2 missing values skipped in column 1\n' \
    '1\n3\n\n\r\n' -d ,
expect empty_lines_before_one_column 0 '4\n' 'tally: 3 missing values skipped in column 1\n' \
    '\0357\0273\0277\n\r\n1\n\n3' -d ,
expect blanks_after_the_last_line_of_one_column 0 '4\n' 'tally: 1 missing value skipped in column 1\n' \
    '1\n3\n  ' -d ,
expect tab_before_a_value_of_one_column_is_a_field_too_many 1 '' \
    'tally: standard input:2: the line has 2 fields, but line 1 has 1\n' '1\n\t8\n2\n' -d tab
expect tab_before_a_value_of_one_column_is_an_empty_field 0 '3\n' 'tally: 1 missing value skipped in column 1\n' \
    '1\n\t8\n2\n' -d tab --ragged
expect quoted_last_value_after_plain_lines 1 '' \
    'tally: standard input:4: column 1: "1\\"2" is not a number\n' '1\n2\n"9"\n"1""2"\r' -d ,
expect empty_lines_around_one_quoted_column 0 '4\n' 'tally: 2 missing values skipped in column 1\n' \
    '\n"1"\n\n"3"\n' -d ,
expect empty_lines_before_a_header_are_skipped 0 '1\n' 'tally: 1 missing value skipped in column a\n' \
    '\n\na\n\n1\n' -d , -H
expect empty_lines_of_several_columns_are_skipped 0 '4\n' '' '\n1,2\n\n\r\n3,4\n\n' -d ,
expect empty_lines_of_several_quoted_columns_are_skipped 0 '4\n' '' '\n"1","2"\n\n"3","4"\n\n' -d ,
expect nothing_but_empty_lines_is_nothing 0 '0\n' '' '\n\r\n\n' -d ,
printf '\n1\n\n' >column.csv
printf '\n2,3\n\n' >columns.csv
expect empty_lines_by_file 0 '4\n' 'tally: 4 missing values skipped in column 1\n' '' \
    column.csv columns.csv column.csv
expect empty_line_that_is_not_to_be_missing 1 '' \
    'tally: standard input:2: column 1: "" is not a number; --missing replaced NA and empty values: add them\n' '1\n\n' -d , --missing NA
expect empty_line_before_the_rest_that_is_not_to_be_missing 1 '' \
    'tally: standard input:1: column 1: "" is not a number; --missing replaced NA and empty values: add them\n' '\n\n1\n' -d , --missing NA
expect line_of_a_bad_value_after_empty_lines_of_one_column 1 '' \
    'tally: standard input:4: column 1: "x" is not a number\n' '\n1\n\nx\n' -d ,
expect na_is_missing 0 '4\n' 'tally: 1 missing value skipped in column 1\n' '1\nNA\n3\n'
expect missing_word_of_the_users 0 '4\n' 'tally: 2 missing values skipped in column 1\n' \
    '1\n-\n999\n3\n' --missing - --missing=999
expect a_zip_archive 1 '' \
    'tally: standard input: a zip archive; extract it, or save the spreadsheet as CSV\n' 'PK\0003\0004\0024\n'
expect missing_word_replaces_the_default 1 '' \
    'tally: standard input:2: column 1: "NA" is not a number; --missing replaced NA and empty values: add them\n' '1\nNA\n3\n' --missing -
expect missing_nan 0 '4\n' 'tally: 1 missing value skipped in column 1\n' '1\nnan\n3\n' --missing nan
expect missing_words_know_case 0 'nan\n' '' '1\nNaN\n3\n' --missing nan
expect missing_values_by_column 0 'a\t1\nb\t5\n' \
    'tally: 1 missing value skipped in column a\n' 'a b\n1 2\nNA 3\n' -H -c a -c b
expect all_values_missing 0 '0\n' 'tally: 2 missing values skipped in column 1\n' 'NA\nNA\n'

# Wrong values: nothing on standard output, and where it is.
expect bad_value_names_file_line_column 1 '' \
    'tally: standard input:3: column wind_speed: "12x" is not a number\n' \
    'wind_speed\n1\n12x\n' -H
expect line_of_a_bad_value_counts_quoted_breaks 1 '' \
    'tally: standard input:4: column 2: "x" is not a number\n' '"a\nb\nc",1\nd,x\n' -d , -c 2
expect line_of_a_bad_value_inside_its_record 1 '' \
    'tally: standard input:3: column 2: "x" is not a number\n' 'a,1\n"b\nc",x\n' -d , -c 2
expect line_of_a_bad_value_counts_empty_lines 1 '' \
    'tally: standard input:4: column 1: "x" is not a number\n' '\n1\n\nx\n'
for word in 0x10 1e 1e+ . e5 - + 1.2.3 1,5 1_000 --1 ++1 infi nan0 'nan(1)' 1f \
    ١ −1; do
    case $word in
    1,5) hint='; use --decimal-point , if the comma is one' ;;
    −1) hint='; use --money for amounts of money' ;;
    - | .) hint='; use --missing to skip this word' ;;
    *) hint= ;;
    esac
    expect "not_a_number_$word" 1 '' \
        "tally: standard input:2: column 1: \"$word\" is not a number$hint\n" "1\n$word\n"
done
printf 'tally: standard input:1: column 1: "1%047d..." is out of range\n' 0 >want_err
: >want_out
printf '1%0309d\n' 0 | "$tally" >out 2>err
status=$?
judge integer_out_of_range 1
expect out_of_range 1 '' 'tally: standard input:1: column 1: "1e400" is out of range\n' '1e400\n'
expect out_of_range_below 1 '' 'tally: standard input:1: column 1: "-1e400" is out of range\n' '-1e400\n'
expect nul_byte_in_a_value 1 '' \
    'tally: standard input:2: column 1: "1\\x002" is not a number\n' '1\n1\00002\n'
expect nul_byte_after_nan 1 '' \
    'tally: standard input:1: column 1: "nan\\x00" is not a number; use -H if the first line has names\n' 'nan\0000\n'
expect nul_byte_in_another_column 0 '5\n' '' 'a\0000b,5\n' -d , -c 2
expect nul_byte_in_group_names 0 'a\\x00b\t5\na\t1\n' '' 'a\0000b,5\na,1\n' -d , --group 1 -c 2
expect control_characters_are_shown_as_escapes 1 '' \
    'tally: standard input:1: column 1: "\\x1b[2J\\"\\\\" is not a number\n' '\0033[2J"\\\n'
expect what_is_not_utf8_is_shown_as_escapes 1 '' \
    'tally: standard input:1: column 1: "\\xff\\x80é€😀\\xc3" is not a number\n' \
    '\0377\0200é€😀\0303\n'
# Overlong "/", a surrogate, beyond the last character, a control character (CSI).
expect what_is_nearly_utf8_is_shown_as_escapes 1 '' \
    'tally: standard input:1: column 1: "\\xc0\\xaf\\xe0\\x80\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\\xc2\\x9b" is not a number\n' \
    '\0300\0257\0340\0200\0257\0355\0240\0200\0364\0220\0200\0200\0302\0233\n'
expect what_is_not_utf8_in_a_header 2 '' \
    'tally: standard input: no column "x"; the columns are a\\xe9\n' 'a\0351\n' -H -c x
expect words_are_shortened_between_characters 1 '' \
    'tally: standard input:1: column 1: "x€€€€€€€€€€€€€€€..." is not a number; use -H if the first line has names\n' \
    'x€€€€€€€€€€€€€€€€\n'
expect long_words_are_shortened 1 '' \
    'tally: standard input:1: column 1: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..." is not a number; use -H if the first line has names\n' \
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n'
expect too_few_fields 1 '' \
    'tally: standard input:2: the line has 1 field, but the header has 2\n' 'a,b\n1\n' -d , -H -c b
expect too_few_fields_for_the_group 1 '' \
    'tally: standard input:2: the line has 2 fields, but line 1 has 3; use --ragged to accept such lines\n' '1 2 3\n1 2\n' --group 3
expect unclosed_quote_names_its_beginning 1 '' \
    'tally: standard input:3: field 2: a quote opened here is never closed; --no-quotes reads quotes as plain characters\n' \
    '"a\nb",1\nc,"2\nd,3\ne,4\n' -d , -c 2
expect text_after_a_closing_quote 1 '' \
    'tally: standard input:2: field 1: text follows a closing quote\n' 'a,1\n"b"c,2\n' -d , -c 2

# Long lines and fields, longer than any buffer.
printf '12\n' >want_out
: >want_err
{
    printf '5,'
    head -c 5000000 /dev/zero | tr '\0' x
    printf '\n7,'
    head -c 5000000 /dev/zero | tr '\0' ,
} | "$tally" -d , --ragged >out 2>err
status=$?
judge very_long_lines 0
{
    printf '"'
    head -c 5000000 /dev/zero | tr '\0' '\n'
    printf '",5\nb,7\n'
} | "$tally" -d , -c 2 >out 2>err
status=$?
judge very_long_quoted_field 0
head -c 3000000 /dev/zero | tr '\0' 0 >in
printf 12 >>in
"$tally" <in >out 2>err
status=$?
judge number_as_long_as_the_file 0
# Lines cross the ends of reads at every place.
awk 'BEGIN { for (i = 0; i < 400000; i++) print "\"q," i "\",1," i }' >in
printf '400000\n' >want_out
{ head -c 1000001 in; tail -c +1000002 in; } | "$tally" -d , -c 2 >out 2>err
status=$?
judge lines_across_reads 0
# What an earlier file left in memory is not read again.
printf '1,"b"\n' >first
printf '"20"' >second
expect quote_at_the_end_of_a_second_file 0 '21\n' '' '' -d , first second

# A locale with a decimal comma changes nothing.
printf 'LC_NUMERIC\ndecimal_point ","\nthousands_sep "."\ngrouping 3\nEND LC_NUMERIC\n' >comma.in
localedef -c -i ./comma.in ./comma >/dev/null 2>&1
if [ "$(LOCPATH=$dir LC_ALL=comma locale decimal_point 2>&1)" = , ]; then
    printf '1234.75\n' >want_out
    : >want_err
    printf '1234.5\n.25\n' | LOCPATH=$dir LC_ALL=comma "$tally" >out 2>err
    status=$?
    judge locale_has_no_say 0
else
    skip locale_has_no_say 'no localedef to make a locale with a decimal comma'
fi
