# Compressed files: read as what they hold, or refused.

awk 'BEGIN { for (i = 0; i < 200000; i++) print i "," i / 4 }' >table.csv
printf '4999975000\n' >want_out
for pair in gzip:gz bzip2:bz2 xz:xz zstd:zst; do
    program=${pair%:*} suffix=${pair#*:}
    if ! command -v "$program" >/dev/null 2>&1; then
        skip "compressed_by_$program" "$program is not installed"
        continue
    fi
    "$program" -c table.csv >"table.csv.$suffix"
    : >want_err
    printf '4999975000\n' >want_out
    "$tally" -c 2 "table.csv.$suffix" >out 2>err
    status=$?
    judge "compressed_by_$program" 0
    cat "table.csv.$suffix" | "$tally" -d , -c 2 >out 2>err
    status=$?
    judge "compressed_by_${program}_from_a_pipe" 0
    "$tally" -d , -c 2 <"table.csv.$suffix" >out 2>err
    status=$?
    judge "compressed_by_${program}_from_standard_input" 0
    cp "table.csv.$suffix" misnamed.csv
    "$tally" -c 2 misnamed.csv >out 2>err
    status=$?
    judge "compressed_by_${program}_and_misnamed" 0
    # As the parent left them: an ignored SIGCHLD, a blocked SIGPIPE.
    (trap '' CHLD && cat misnamed.csv | "$tally" -d , -c 2) >out 2>err
    status=$?
    judge "compressed_by_${program}_where_children_are_ignored" 0
    head -c 30000 "table.csv.$suffix" | "$tally" -d , -c 2 >out 2>err
    status=$?
    refuse "cut_off_stream_of_$program" 2 "standard input: $program failed"
    head -c 30000 "table.csv.$suffix" >"cut.csv.$suffix"
    "$tally" -c 2 "cut.csv.$suffix" >out 2>err
    status=$?
    : >want_out
    grep "^tally: cut.csv.$suffix: $program failed with exit status [1-9]" err >tally_err
    echo "tally: cut.csv.$suffix: $program failed with exit status" >want_err
    sed 's/ [0-9]*$//' tally_err >err
    judge "cut_off_file_of_$program" 2
    echo 12 >"plain.$suffix"
    "$tally" "plain.$suffix" >out 2>err
    status=$?
    refuse "not_a_file_of_$program" 2 "plain.$suffix: $program failed"
    (PATH=/nowhere && "$tally" "table.csv.$suffix") >out 2>err
    status=$?
    refuse "no_$program" 2 "table.csv.$suffix: cannot run $program: No such file"
    mkdir -p killed
    printf '#!/bin/sh\nkill -KILL $$\n' >"killed/$program"
    chmod +x "killed/$program"
    (PATH=$PWD/killed:$PATH && "$tally" "table.csv.$suffix") >out 2>err
    status=$?
    refuse "killed_$program" 2 "table.csv.$suffix: $program was killed by signal 9"
done

if [ -f table.csv.gz ]; then
    : >want_err
    printf '9999950000\n' >want_out
    cp table.csv.gz UPPER.CSV.GZ
    "$tally" -c 2 table.csv.gz UPPER.CSV.GZ >out 2>err
    status=$?
    judge compressed_files_by_any_case 0
    # The decompressor is ended by the pipe that nobody reads any more.
    { echo x && yes 1 | head -n 3000000; } | gzip -1 >long.gz
    printf 'tally: long.gz:1: column 1: "x" is not a number; use -H if the first line has names\n' >want_err
    : >want_out
    (trap '' PIPE && "$tally" long.gz) >out 2>err
    status=$?
    judge bad_value_in_a_compressed_file 1
    : >empty.gz
    "$tally" empty.gz >out 2>err
    status=$?
    refuse empty_file_that_should_be_compressed 2 'empty.gz: gzip failed'
fi
