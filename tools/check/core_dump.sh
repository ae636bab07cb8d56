# What docs/handles.md says of a handle in a running process and in a core dump, by gdb.
. tools/check/lib.sh
stage

program=$WORK/dump
core=$WORK/core
rm -f "$core" "$WORK/handles"
try "an installed library has no symbol of the table" \
    sh -c '! nm "$1" 2>/dev/null | grep handles.*TABLE' - "$STAGE/lib/libtally.so.0"
if [ "$(getconf LONG_BIT)" != 64 ]; then
    skip "a core dump shows handles" "this is not a 64-bit machine"
    exit 0
elif ! have gdb; then
    skip "a core dump shows handles" "gdb is not installed"
    exit 0
fi
# shellcheck disable=SC2046 # several flags
try "a process with handles compiles" "$CC" -std=c11 -g $(pc Cflags) -o "$program" \
    c_tests/core_dump/dump.c -L"$STAGE/lib" -ltally -Wl,-rpath,"$STAGE/lib"
limited gdb -nx -batch -ex "run $WORK/handles" -ex 'print (int)tally_object_value(live)' \
    -ex 'print (int)tally_object_value(stale)' -ex 'print (char *)tally_last_message()' \
    -ex "generate-core-file $core" "$program" >"$WORK/live" 2>&1 </dev/null || true
if grep -q 'ptrace\|Could not trace\|not being run' "$WORK/live"; then
    skip "a core dump shows handles" "gdb cannot trace a process here"
    exit 0
fi
# A gdb that is older than the processor cannot call a function.
if grep -q "Couldn.t write extended state" "$WORK/live"; then
    skip "in a running process, the library is asked" "gdb cannot write this processor's registers"
else
    try "in a running process, the library is asked" sh -c '
        cat "$1"; grep -q "^\$1 = 77$" "$1" && grep -q "^\$2 = 0$" "$1" && grep -q "^\$3 = .*released" "$1"' \
        - "$WORK/live"
fi
try "gdb writes a core dump" test -s "$core"

# debug COMMAND...: in the dump, with the library of the build for the installed one.
debug() {
    for command; do
        shift
        set -- "$@" -ex "$command"
    done
    limited gdb -nx -batch -ex "set solib-search-path $BUILD/lib" -ex 'set sysroot /nowhere' \
        "$@" "$program" "$core" 2>>"$WORK/gdb" </dev/null
}
table=$(debug 'info variables handles::TABLE' |
    sed -n 's/^\(0x[0-9a-f]*\) .*handles::TABLE.*/\1/p')
try "the table has a symbol in the library of the build" test -n "$table"

# look NAME: sets the handle of that name, and the words of its slot.
look() {
    handle=$(($(sed -n "s/^$1 //p" "$WORK/handles")))
    # shellcheck disable=SC2016,SC2046 # gdb expands it; four words
    set -- $(debug "set \$table = (unsigned long *)$table" "set \$slot = $((handle & 0xffffffff))" \
        'x/4xg $table[$slot / 4096] + 32 * $slot' | sed -n 's/^0x[0-9a-f]*:\(.*0x.*\)/\1/p')
    state=$((${1:-0})) number=$((${3:-0}))
    upper=$((state >> 32)) lower=$((state & 0xffffffff))
    kind=$((state >> 56)) generation=$((upper & 0xffffff))
    issued=$(((handle >> 32) & 0xffffff))
}
if [ -n "$table" ]; then
    look live
    try "a live object: its state is that of its handle, with three references" \
        test $upper -eq $((handle >> 32)) -a $lower -eq 3
    try "a live object: its value is the third word" test $((number & 0xffffffff)) -eq 77
    look shared
    try "a shared accumulator: its size is the third word" test $number -eq 320
    look stale
    try "a stale object: no kind, and a generation above" \
        test $kind -eq 0 -a $generation -gt $issued
    look array
    try "an array that a view keeps: no kind, three generations above, a user" \
        test $kind -eq 0 -a $generation -eq $((issued + 3)) -a $lower -eq $((1 << 22))
    try "an array that a view keeps: its size is the third word" test $number -eq 24
    array=$handle
    look view
    try "a view: the array's handle is the third word" test $number -eq "$array"
    look before
    try "a slot that has another owner: its kind, and a generation above" \
        test $kind -eq $((0x41)) -a $generation -gt $issued
fi
