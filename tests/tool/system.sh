# What the system may do to the tool: files, pipes, memory, terminals.

"$tally" no-such-file >out 2>err
status=$?
refuse missing_file 2 'no-such-file: No such file'
echo 1 >good
"$tally" good no-such-file >out 2>err
status=$?
refuse missing_file_after_a_good_one 2 'no-such-file: No such file'
"$tally" . >out 2>err
status=$?
refuse directory 2 '\.: Is a directory'
"$tally" <&- >out 2>err
status=$?
refuse closed_standard_input 2 'standard input: Bad file'
"$tally" good - <&- >out 2>err
status=$?
refuse closed_standard_input_after_a_file 2 'standard input: Bad file'
: >out
echo 1 | "$tally" 2>err >&-
status=$?
refuse closed_standard_output 2 'standard output: '

"$tally" "$(printf 'no\033[31m\nfile')" >out 2>err
status=$?
refuse file_names_are_escaped 2 'no\\x1b\[31m\\x0afile: No such file'
"$tally" '' >out 2>err
status=$?
refuse empty_file_name 2 "'': No such file"
if [ -w /dev/full ]; then
    : >out
    echo 1 | "$tally" >/dev/full 2>err
    status=$?
    refuse full_device 2 'standard output: No space'
    "$tally" --help >/dev/full 2>err
    status=$?
    refuse full_device_for_help 2 'standard output: No space'
    awk 'BEGIN { for (i = 0; i < 20000; i++) print i, 1 }' |
        "$tally" --group 1 -c 2 >/dev/full 2>err
    status=$?
    refuse full_device_for_many_lines 2 'standard output: No space'
else
    skip full_device 'no /dev/full'
fi

if (ulimit -v 60000 && echo 1 | "$tally") >/dev/null 2>&1; then
    head -c 200000000 /dev/zero | (ulimit -v 60000 && "$tally") >out 2>err
    status=$?
    refuse out_of_memory_for_a_line 2 'out of memory'
    yes 1 | head -n 20000000 | (ulimit -v 60000 && "$tally" --compare) >out 2>err
    status=$?
    refuse out_of_memory_for_values 2 'out of memory'
    yes 1 | head -n 20000000 | (ulimit -v 60000 && "$tally") >out 2>err
    status=$?
    printf '20000000\n' >want_out
    : >want_err
    judge long_input_in_little_memory 0
else
    skip out_of_memory 'the tool does not start within a limit of 60 MB'
fi

mkfifo pipe
{ echo 1; sleep 1; echo 2; } >pipe &
"$tally" pipe >out 2>err
status=$?
wait $!
printf '3\n' >want_out
: >want_err
judge slow_pipe 0

# A file that shrinks while it is read. Some tries cut it too early, before it is opened, or
# too late; one that the tool takes for whole then has the total of what was there.
yes 1 | head -c 40000000 >whole
printf '20000000\n' >want_whole
for pause in 0.02 0.01 0.03 0 0.05 0.1 0.2 0.005 0.02 0.3 0.5 1; do
    cp whole shrinking
    "$tally" shrinking >out 2>err &
    sleep $pause
    : >shrinking
    wait $!
    status=$?
    [ $status -eq 0 ] || break
    cmp -s out want_whole || [ "$(cat out)" = 0 ] || break
done
rm whole shrinking
refuse file_that_shrinks 2 'shrinking: the file shrank while it was being read'

# The progress line needs a terminal, which script(1) makes.
if script -qec true /dev/null >/dev/null 2>&1; then
    printf '{ echo 100; sleep 1.2; echo 2; sleep 0.1; echo x; } | "%s"\n' \
        "$tally" >slow.sh
    script -qec 'sh slow.sh' /dev/null </dev/null >out 2>&1
    status=$?
    if [ "$status" -eq 1 ] && grep -q 'standard input: 0.0 MB, 2 values' out &&
        tr '\r' '\n' <out | grep -q '^tally: standard input:3: column 1: "x"'; then
        pass progress_line_on_a_terminal
    else
        fail progress_line_on_a_terminal
        od -c out | head -n 20 | sed 's/^/# /'
    fi
    printf 'stty columns 30; { echo 100; sleep 1.2; echo 2; sleep 0.5; } | "%s" -c 1 /dev/stdin\n' "$tally" >narrow.sh
    script -qec 'sh narrow.sh' /dev/null </dev/null >out 2>&1
    if tr '\r' '\n' <out | awk 'length($0) > 29 { exit 1 } /1 value|2 values/ { n++ } END { exit n == 0 }'; then
        pass progress_line_fits_a_narrow_terminal
    else
        fail progress_line_fits_a_narrow_terminal
        od -c out | head -n 20 | sed 's/^/# /'
    fi
    # Ended by a signal: the line is covered, and the status is that of the signal.
    printf '{ echo 100; sleep 1.2; echo 2; sleep 9; } | "%s" & sleep 2; kill -TERM $!; wait $!; echo "status $?"\n' \
        "$tally" >ended.sh
    script -qec 'sh ended.sh' /dev/null </dev/null >out 2>&1
    if tr '\r' '\n' <out | grep -q '^status 143' && tr '\r' '\n' <out | grep -q '^   *$'; then
        pass progress_line_goes_with_a_signal
    else
        fail progress_line_goes_with_a_signal
        od -c out | head -n 20 | sed 's/^/# /'
    fi
    script -qec "seq 10 | $tally" /dev/null </dev/null >out 2>&1
    if [ "$(tr -d '\r' <out)" = 55 ]; then
        pass no_progress_line_for_short_input
    else
        fail no_progress_line_for_short_input
    fi
else
    skip progress_line_on_a_terminal 'no script(1)'
fi
{ echo 1; sleep 1.2; echo 2; } | "$tally" >out 2>err
status=$?
judge no_progress_line_without_a_terminal 0
