# Several keys; lists and ranges of columns; all columns.

printf 'shop,day,x,y,z\nb,mon,1,2.5,10\na,mon,2,0.5,20\nb,tue,4,1,30\nb,mon,8,1,40\n' >table.csv
expect two_groups 0 'b\tmon\t9\na\tmon\t2\nb\ttue\t4\n' '' '' -H -g shop -g day -c x table.csv
expect groups_by_a_list 0 'mon\tb\t9\nmon\ta\t2\ntue\tb\t4\n' '' '' -H -g day,shop -c x table.csv
expect sorted_groups 0 'a\tmon\t2\nb\tmon\t9\nb\ttue\t4\n' '' '' -H -g shop -g day -c x --sort table.csv
expect sorted_by_bytes 0 '10\t1\n9\t1\nA\t1\na\t1\na b\t1\nab\t1\n' '' \
    'ab,1\na b,1\na,1\nA,1\n9,1\n10,1\n' -d , -g 1 -c 2 --sort
expect words_of_keys_are_kept_apart 0 'a\tbc\t1\nab\tc\t2\n\tabc\t4\n' '' 'a,bc,1\nab,c,2\n,abc,4\n' -d , -g 1,2 -c 3
expect three_groups_and_two_columns 0 'b\tmon\t1\tx\t1\nb\tmon\t1\ty\t5\n' '' \
    'k,d,e,x,y\nb,mon,1,1,5\n' -d , -H -g k -g d -g e -c x,y
expect no_values_of_two_groups 0 'a\tb\t0\n' \
    'tally: 1 missing value skipped in column 3\ntally: column 3: group "a, b" has no values; its total is 0\n' \
    'a,b,NA\n' -d , -g 1,2 -c 3
expect a_list_of_columns 0 'x\t15\nz\t100\n' '' '' -H -c x,z table.csv
expect a_list_of_numbers 0 '3\t15\n5\t100\n' '' 'b,mon,1,2.5,10\na,mon,2,0.5,20\nb,tue,4,1,30\nb,mon,8,1,40\n' -d , -c 3,5
expect a_range_of_columns 0 '1\t1\n3\t3\n4\t4\n5\t5\n' '' '1 2 3 4 5\n' -c 1,3-5
expect an_open_range 0 '4\t4\n5\t5\n' '' '1 2 3 4 5\n' -c 4-
expect an_open_range_of_a_header 0 'x\t15\ny\t5\nz\t100\n' '' '' -H -c 3- table.csv
expect an_open_range_of_nothing 0 '0\n' '' '' -c 4-
expect a_name_with_a_comma_wins_over_a_list 0 '3\n' '' '"a,b",a,b\n3,4,5\n' -d , -H -c a,b
expect a_name_with_a_hyphen_wins_over_a_range 0 '7\n' '' 'x,y,1-2\n3,4,7\n' -d , -H -c 1-2
expect names_and_ranges_in_one_list 0 'a\t1\nb\t2\nc\t3\n' '' 'a,b,c\n1,2,3\n' -d , -H -c a,2-3
expect an_item_that_is_no_column 2 '' \
    'tally: table.csv: no column "q"; the columns are shop, day, x, y, z\n' '' -H -c x,q table.csv
expect a_range_beyond_the_header 2 '' \
    'tally: table.csv: no column "4-9"; the columns are shop, day, x, y, z\n' '' -H -c 4-9 table.csv
expect a_range_backwards_is_no_column 2 '' \
    'tally: table.csv: no column "4-3"; the columns are shop, day, x, y, z\n' '' -H -c 4-3 table.csv
expect a_range_beyond_the_line 1 '' \
    'tally: standard input:1: column 3: the line has only 2 fields\n' '1 2\n' -c 2-3
expect a_range_backwards 2 '' "tally: invalid range of columns: 4-2\nTry 'tally --help'.\n" '' -c 4-2
expect a_range_of_too_many 2 '' "tally: invalid range of columns: 1-9999999999\nTry 'tally --help'.\n" '' -c 1-9999999999
expect a_list_with_column_zero 2 '' "tally: columns are numbered from 1: 0\nTry 'tally --help'.\n" '' -c 1,0
expect a_list_with_nothing 2 '' \
    'tally: column "": names need -H, which reads them from the first line\n' '' -c 1,,2

expect all_columns 0 'x\t15\ny\t5\nz\t100\n' \
    'tally: table.csv:2: 2 columns without a number on this line left out: shop, day\n' '' -H --all table.csv
expect all_columns_but_the_keys 0 'b\tx\t13\nb\ty\t4.5\nb\tz\t80\na\tx\t2\na\ty\t0.5\na\tz\t20\n' \
    'tally: table.csv:2: 1 column without a number on this line left out: day\n' '' -H --all -g shop table.csv
expect all_columns_without_names 0 '2\t6\n3\t-1\n' \
    'tally: standard input:1: 1 column without a number on this line left out: 1\ntally: 1 missing value skipped in column 3\n' 'a 2 NA\nb 4 -1\n' --all --missing NA
expect all_columns_of_nothing 0 '' '' '' --all
expect all_columns_have_words 1 '' \
    'tally: standard input:1: no column has a number on this line; use -H if the first line has names\n' 'a b\n1 2\n' --all
expect all_columns_are_one 1 '' \
    "tally: standard input:2: no column has a number on this line; use -d ';' if semicolons separate the fields\n" 'a;b\n1;2\n' -H --all
expect the_default_column_has_words 1 '' \
    'tally: table.csv:2: column shop: "b" is not a number; use -c for another column\n' '' -H -g day table.csv
expect the_default_column_is_counted 1 '' \
    'tally: table.csv:2: column shop: "b" is not a number; use -c for another column, or --rows to count lines\n' '' -H -g day --count table.csv
expect all_columns_of_two_files 0 'x\t30\ny\t10\nz\t200\n' \
    'tally: table.csv:2: 2 columns without a number on this line left out: shop, day\n' '' -H --all table.csv table.csv
expect text_in_a_column_that_began_with_a_number 1 '' \
    'tally: standard input:2: column 2: "x" is not a number\n' '1 2\n3 x\n' --all
expect all_beside_columns 2 '' "tally: --all cannot be combined with -c\nTry 'tally --help'.\n" '' --all -c 1
expect separator_of_semicolons_is_guessed 2 '' \
    "tally: standard input: no column \"b\"; the columns are a;b; use -d ';' if semicolons separate the fields\n" 'a;b\n1;2\n' -H -c b
expect separator_of_commas_is_guessed 2 '' \
    'tally: standard input: no column "b"; the columns are a,b; use -d , if commas separate the fields\n' 'a,b\n1,2\n' -H -c b
expect commas_in_the_first_line_are_guessed 1 '' \
    'tally: standard input:1: column 1: "1,2" is not a number; use -d , if commas separate the fields\n' '1,2\n3,4\n'
awk 'BEGIN { for (i = 1; i <= 10000; i++) printf "name%d%s", i, i < 10000 ? "," : "\n" }' >in
"$tally" -d , -H -c x <in >out 2>err
status=$?
: >want_out
printf 'tally: standard input: no column "x"; the columns are %s\n' "$(tr ',' '\n' <in | head -n 77 | tr '\n' ',' |
    sed 's/,$//; s/,/, /g') and 9923 more" >want_err
judge a_list_of_many_names_is_cut 2
