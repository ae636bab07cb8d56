# Lines and words that are passed over; text that is not what it should be.

expect skipped_lines 0 '5\n' '' '# made by x\nsome, "text\na,b\n1,2\n4,5\n' -d , --skip 2 -H
expect skipped_lines_keep_their_numbers 1 '' \
    'tally: standard input:4: column 1: "x" is not a number\n' 'a\nb\n1\nx\n' --skip 2
expect skipped_lines_after_a_byte_order_mark 0 '3\n' '' '\0357\0273\0277title\n1\n2\n' --skip 1
expect all_lines_are_skipped 0 '0\n' '' '1\n2' --skip 7
expect no_line_is_left_for_the_header 2 '' 'tally: standard input: no header line\n' '1\n2\n' --skip 2 -H
printf 'x\n1\n' >one
printf 'y\n2\n' >two
expect lines_of_each_file_are_skipped 0 '3\n' '' '' --skip 1 one two
{ head -c 3000000 /dev/zero | tr '\0' x && printf '\n7\n'; } >in
printf '7\n' >want_out
: >want_err
"$tally" --skip 1 <in >out 2>err
status=$?
judge a_long_line_is_skipped 0
expect skip_of_a_word 2 '' "tally: invalid number of lines \"x\": use a whole number\nTry 'tally --help'.\n" '' --skip x
expect listing_with_a_line_of_its_own 0 '30\n' '' \
    'total 8\n-rw-r--r-- 1 me me 10 Jan 1 a\n-rw-r--r-- 1 me me 20 Jan 1 a b\n' -c 5 --skip 1 --ragged

expect comments 0 '6\n' '' '# one "quote\n1\n2\n#5\n3\n#' --comment '#'
expect comments_of_a_table 0 '3\n' '' ';x\na,b\n;1,2,3\n1,2\n2,"x\n;y"\n' -d , -H --comment ';'
expect comments_are_at_the_margin 1 '' \
    'tally: standard input:2: column 1: "#2" is not a number\n' '1\n #2\n' --comment '#'
expect comments_keep_the_numbers_of_lines 1 '' \
    'tally: standard input:4: column 1: "x" is not a number\n' '#\n1\n#\nx\n' --comment '#'
expect nothing_but_comments 0 '0\n' '' '#\n#' --comment '#'
expect comment_that_may_be_a_number 2 '' "tally: invalid comment character \"-\": use one ASCII character, but no letter, digit, blank, quote, +, - or .\nTry 'tally --help'.\n" '' --comment -
expect comment_of_two_characters 2 '' "tally: invalid comment character \"//\": use one ASCII character, but no letter, digit, blank, quote, +, - or .\nTry 'tally --help'.\n" '' --comment //

expect words_are_skipped_and_counted 0 '3\n' \
    'tally: 2 values that are not numbers skipped in column v, the first "n/a" at standard input:3\n' \
    'v\n1\nn/a\nunknown\n2\n' -H --skip-words
expect words_and_missing_values 0 '4\n' \
    'tally: 1 missing value skipped in column 2\ntally: 1 value that is not a number skipped in column 2, the first "x" at standard input:2\n' \
    'a,1\nb,x\nc,NA\nd,3\n' -d , -c 2 --skip-words
expect words_beside_money 0 '1\n' \
    'tally: 1 value that is not a number skipped in column 1, the first "1,2" at standard input:2\n' '$1\n1,2\n' --money --skip-words
expect words_as_factors 0 '6\n' \
    'tally: 1 value that is not a number skipped in column 2, the first "x" at standard input:2\n' '2 3\n5 x\n' -c 1 --times 2 --skip-words
expect out_of_range_is_no_word 1 '' \
    'tally: standard input:2: column 1: "1e400" is out of range\n' '1\n1e400\n' --skip-words

utf16='UTF-16 text; convert it with iconv -f UTF-16 -t UTF-8'
expect utf_16 1 '' "tally: standard input: $utf16\n" '\0377\0376a\0000,\0000b\0000\n\00001\0000,\00002\0000\n\0000' -H -d ,
expect utf_16_big_endian 1 '' "tally: standard input: $utf16\n" '\0376\0377\00001\0000\n' 
expect utf_16_without_a_mark 1 '' "tally: standard input: $utf16\n" '1\0000\n\00002\0000\n\0000'
returns="lines end in carriage returns alone; convert them with tr '\\\\r' '\\\\n'"
expect carriage_returns_alone 1 '' "tally: standard input:1: $returns\n" 'a\r1\r2\r' -H
expect carriage_returns_alone_without_a_header 1 '' "tally: standard input:1: $returns\n" '1\r2\r3'
expect carriage_returns_alone_of_a_table 1 '' "tally: standard input:1: $returns\n" 'a,b\r1,2\r3,4\r' -d , -c 2
expect negative_zero_has_no_sign 0 '0\t0\n' '' '-0.0\n-1e-400\n' --sum --mean

expect options_may_be_cut_short 0 '0.30\t2\n' '' 'x\n0.10\n0.20\n' --head --decimal --cou
expect options_that_are_cut_too_short 2 '' "tally: ambiguous option: --m\nTry 'tally --help'.\n" '' --m
expect a_whole_option_begins_another 0 '2\n' '' 'x\n2\n' --skip 1
expect names_of_columns 0 'a\nb c\n1\\x09\n' '' 'a,b c,"1\t"\n1,2,3\n' --names -d ,
"$tally" --version >want_out
: >want_err
"$tally" -V >out 2>err
status=$?
judge version_by_a_letter 0

# Missing values that alternate with numbers: as many steps for twice as many lines.
awk 'BEGIN { for (i = 0; i < 30000; i++) print i % 2 ? "NA" : i }' >in
printf '224985000\n' >want_out
printf 'tally: 15000 missing values skipped in column 1\n' >want_err
"$tally" <in >out 2>err
status=$?
judge missing_values_that_alternate 0
