# Options, files, and what is said about wrong ones.

hint="Try 'tally --help'."
printf 'a,b\n1,2\n' >one.csv
printf 'b,a\n10,20\n' >two.CSV
printf 'a\tb c\n1\t2\n' >three.tsv
printf '1,2\n' >-x.csv

expect csv_by_name 0 '2\n' '' '' -H -c b one.csv
expect tsv_by_name 0 '2\n' '' '' -H -c 'b c' three.tsv
expect options_after_files 0 '2\n' '' '' one.csv -H -c b
expect columns_by_name_in_each_file 0 '12\n' '' '' -H -c b one.csv two.CSV
expect standard_input_among_files 0 '105\n' '' 'c b\n9 103\n' -H -c b one.csv -
expect options_end_at_two_dashes 0 '2\n' '' '' -c 2 -- -x.csv
expect attached_words 0 'a\t1\nb\t2\n' '' 'a;b\n1;2\n' -Hca -cb '-d;'
expect long_options 0 '2\n' '' 'a;b\n1;2\n' --header --column=b --separator ';'
expect separator_tab_by_name 0 '2\n' '' '1\t2\n' -d tab -c 2
expect separator_tab_by_escape 0 '2\n' '' 'x y\t2\n' -d '\t' -c 2
expect separator_blank_is_one_blank 0 '3\n' 'tally: 1 missing value skipped in column 2\n' \
    '1  2\n1 3 x\n' -d ' ' -c 2
printf '1;5\n' >semicolons.csv
expect separator_given_wins_over_the_name 0 '5\n' '' '' -d ';' -c 2 semicolons.csv
expect header_named_by_a_number 0 '3\n' '' 'a 2013\n1 3\n' -H -c 2013

expect no_such_column_names_the_columns 2 '' \
    'tally: one.csv: no column "wind"; the columns are a, b\n' '' -H -c wind one.csv
expect no_such_group_names_the_columns 2 '' \
    'tally: one.csv: no column "wind"; the columns are a, b\n' '' -H --group wind one.csv
expect number_beyond_the_header 2 '' \
    'tally: one.csv: no column "3"; the columns are a, b\n' '' -H -c 3 one.csv
expect name_twice_in_the_header 2 '' \
    'tally: standard input: columns 1 and 3 are both named "a": give a number\n' 'a b a\n' -H -c a
expect name_without_header 2 '' \
    'tally: column "wind": names need -H, which reads them from the first line\n' '' -c wind
expect group_name_without_header 2 '' \
    'tally: column "k": names need -H, which reads them from the first line\n' '' --group k
expect column_zero 2 '' "tally: columns are numbered from 1: 0\n$hint\n" '' -c 0
expect column_below_zero 2 '' "tally: columns are numbered from 1: -1\n$hint\n" '' -c -1
# A number that no machine has is refused as it was written.
for number in 99999999999999999999 18446744073709551617 18446744073709551616 \
    1-18446744073709551617 18446744073709551617-; do
    expect "column_$number" 2 '' "tally: no line has as many columns: $number\n$hint\n" '1\n' -c $number
    expect "group_$number" 2 '' "tally: no line has as many columns: $number\n$hint\n" '1\n' -g $number
done
expect number_beyond_every_header 2 '' \
    'tally: one.csv: no column "18446744073709551617"; the columns are a, b\n' '' \
    -H -c 18446744073709551617 one.csv
expect group_zero 2 '' "tally: columns are numbered from 1: 00\n$hint\n" '' --group=00
expect group_below_zero 2 '' "tally: columns are numbered from 1: -10\n$hint\n" '' --group -10
expect column_zero_of_a_header 2 '' \
    'tally: one.csv: no column "0"; the columns are a, b\n' '' -H -c 0 one.csv
expect column_below_zero_of_a_header 2 '' \
    'tally: one.csv: no column "-1"; the columns are a, b\n' '' -H -c -1 one.csv
expect dash_without_header 2 '' \
    'tally: column "-": names need -H, which reads them from the first line\n' '' -c -
expect header_without_a_line 2 '' 'tally: standard input: no header line\n' '' -H
expect header_and_no_values 0 '0\n' '' 'a\n' -H
expect unknown_short_option 2 '' "tally: unknown option: -x\n$hint\n" '' -x
expect unknown_long_option 2 '' "tally: unknown option: --grup=a\n$hint\n" '' --grup=a
expect option_without_its_word 2 '' "tally: option needs an argument: -c\n$hint\n" '' -c
expect long_option_without_its_word 2 '' "tally: option needs an argument: --group\n$hint\n" '' --group
expect option_with_a_word_too_many 2 '' "tally: option takes no argument: --compare=1\n$hint\n" '' --compare=1
advice='use one ASCII character, but no letter, digit, quote, +, - or .'
expect separator_of_two_characters 2 '' "tally: invalid separator \"ab\": $advice\n$hint\n" '' -d ab
expect separator_empty 2 '' "tally: invalid separator \"\": $advice\n$hint\n" '' -d ''
expect separator_quote 2 '' "tally: invalid separator \"\\\\\"\": $advice\n$hint\n" '' -d '"'
expect separator_beyond_ascii 2 '' "tally: invalid separator \"§\": $advice\n$hint\n" '' -d '§'
expect separator_of_a_latin_1_byte 2 '' "tally: invalid separator \"\\\\xa7\": $advice\n$hint\n" '' -d "$(printf '\247')"
expect separator_that_may_stand_in_a_number 2 '' "tally: invalid separator \"e\": $advice\n$hint\n" '' -d e
expect arguments_are_checked_before_files 2 '' "tally: unknown option: -x\n$hint\n" '' no-such-file -x

"$tally" --help >out 2>err
status=$?
tr -s '\n ' '  ' <out >help
help_found=0
while read -r phrase; do
    grep -qF -e "$phrase" help && continue
    help_found=1
    echo "# --help does not say: $phrase"
done <<'END'
Usage: tally [OPTION]... [FILE]...
a name in the header takes precedence over a number
-g, --group COLUMN print a total for each distinct word in this column, which is given as for -c
may be given several times; case matters; replaces the default
and the first line has only one, an empty line is an empty value
nan, inf and infinity are numbers, in upper or lower case
--missing nan skips that word, but not NaN
1e-400 is 0. One too large, such as 1e400, is an error
The total of no values is 0: of empty input, and of a column or group in which every value is missing
a line is too long or too short, a quote is never closed, or text follows a closing quote
an unknown option or column
or has no header line; a write failed; or memory ran out
END
if [ "$status$help_found" = 00 ] && [ ! -s err ]; then pass help_on_standard_output; else fail help_on_standard_output; fi
"$tally" --help >long_help
expect help_by_a_letter 0 "$(sed 's/\\/\\\\/g' long_help)\n" '' '' -h
expect help_among_other_letters 0 "$(sed 's/\\/\\\\/g' long_help)\n" '' '' -Hh no-such-file
"$tally" --version >out 2>err
status=$?
number='[0-9]*\.[0-9]*\.[0-9]*'
if [ "$status" -eq 0 ] && [ ! -s err ] && grep -q 'Licence: MIT or Apache-2.0' out && grep -q '^Report errors' out &&
    grep -q "^tally $number (libtally $number)\$" out; then
    pass version_of_the_tool_and_the_library
else
    fail version_of_the_tool_and_the_library
fi

# What other programs call the separator; and numbers that are spelled in another way.
for option in -F, -t: --delimiter=, --ifs; do
    expect "separator_of_another_program: $option" 2 '' \
        "tally: unknown option: $option; use -d for the separator\nTry 'tally --help'.\n" '' "$option"
done
for pair in '-k2;use -g for the groups, or -c for the columns' '--avg;use --mean' \
    '--stddev;use --sd, or --psd for a population' '--json;use --to json' '--field=2;use -c for the columns'; do
    expect "option_of_another_program: $pair" 2 '' \
        "tally: unknown option: ${pair%%;*}; ${pair#*;}\nTry 'tally --help'.\n" '' "${pair%%;*}"
done
for separator in ',' ';' '|'; do
    case $separator in
    ',') hint='use -d , if commas separate the fields' ;;
    ';') hint="use -d ';' if semicolons separate the fields" ;;
    '|') hint="use -d '|' if bars separate the fields" ;;
    esac
    expect "separator_in_the_first_value: $separator" 1 '' \
        "tally: standard input:1: column 1: \"1${separator}2\" is not a number; $hint\n" "1${separator}2\n"
done
expect separator_of_tabs_is_guessed 2 '' \
    'tally: standard input: no column "b"; the columns are a\\x09b; use -d tab if tabs separate the fields\n' \
    'a\tb\n1\t2\n' -H -d , -c b
# hints VALUE HINT [ARGUMENT...]
hints() {
    value=$1 hint=$2
    shift 2
    expect "hint_for: $value $*" 1 '' "tally: standard input:2: column v: \"$value\" is not a number$hint\n" \
        "v;w\n$value;1\n" -H -d ';' -c v "$@"
}
hints 1,200 '; use --thousands , if commas separate thousands'
hints 1,5 '; use --decimal-point , if the comma is one'
hints "\$1,200.50" '; use --money for amounts of money'
hints '(3.50)' '; use --money for amounts of money'
hints '1.200,50 €' '; use --money --decimal-point , for amounts of money with a comma'
hints '1.200,50 €' '; use --money --decimal-point , for amounts of money with a comma' --money
hints '1.200,50 €' '; use --money --decimal-point , for amounts of money with a comma' --decimal-point ,
hints n/a '; use --missing to skip this word'
hints na '; use --missing to skip this word'
hints NA '; --missing replaced NA and empty values: add them' --missing -
hints 12% ''
hints 1.5,5 '' --thousands ' '
printf '1\n' | "$tally" --save kept >/dev/null
printf 'tally: kept: saved totals; use --merge or --load to read them\n' >want_err
: >want_out
"$tally" kept >out 2>err
status=$?
judge saved_totals_are_not_data 2
# Whatever the first read of a pipe brings.
printf 'tally: standard input: saved totals; use --merge or --load to read them\n' >want_err
{ head -c 11 kept && sleep 0.2 && tail -c +12 kept; } | "$tally" - >out 2>err
status=$?
judge saved_totals_are_not_data_from_a_slow_pipe 2
