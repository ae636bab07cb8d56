# What the parts of the tests share. Sourced, with the repository as the current
# folder, by a script that tools/check.sh runs.
set -eu
CC=${CC:-cc}
CXX=${CXX:-c++}
CARGO=${CARGO:-cargo}
MAKE=${MAKE:-make}
STAGE=$BUILD/stage
# Where cargo compiles for another machine: a folder of the part, as those that run side by side
# would wait for each other in one.
TARGETS=$BUILD/target-$PART
# For make: what writes the manual is there, where parts run side by side.
WRITER=${STAGED:+MANUAL=$BUILD/target/debug/manual}
WORK=$BUILD/check/$PART.work
LOG=$WORK/log
mkdir -p "$WORK"

# pass NAME
pass() {
    echo "ok: $1"
    echo "pass 1" >>"$RESULTS"
}

# fail NAME [FILE]: the file is shown.
fail() {
    echo "FAILED: $1"
    echo "$1" >>"$RESULTS.failed"
    if [ -n "${2:-}" ]; then
        sed 's/^/    /' "$2"
    fi
    echo "fail 1" >>"$RESULTS"
}

# skip NAME WHY
skip() {
    echo "skipped: $1 ($2)"
    echo "skip 1" >>"$RESULTS"
}

# took STARTED: how long it took since then, where that is long.
took() {
    took=$(($(date +%s) - $1))
    [ $took -lt 10 ] || echo " ($took s)"
}

# try NAME COMMAND...: passes if the command succeeds; else its output is shown. It may leave
# something out and say so in a line "skipped: WHY"; where nothing is left, its status is 77.
try() {
    try_name=$1
    shift
    try_started=$(date +%s)
    try_status=0
    "$@" >"$LOG" 2>&1 </dev/null || try_status=$?
    case $try_status in
    0) pass "$try_name$(took "$try_started")" ;;
    77) ;;
    *) fail "$try_name (exit status $try_status)" "$LOG" ;;
    esac
    case $try_status in
    0 | 77)
        sed -n 's/^skipped: //p' "$LOG" >"$WORK/reasons"
        [ $try_status -eq 0 ] || [ -s "$WORK/reasons" ] || echo "it does not say why" >"$WORK/reasons"
        try_what=$try_name
        [ $try_status -eq 77 ] || try_what="a part of $try_name"
        while IFS= read -r try_why; do
            skip "$try_what" "$try_why"
        done <"$WORK/reasons"
        ;;
    esac
}

# count NAME COMMAND...: adds up what cargo test reports.
count() {
    count_name=$1
    shift
    status=0
    count_started=$(date +%s)
    "$@" >"$LOG" 2>&1 || status=$?
    sed -n 's/^test \(.*\) \.\.\. ignored\(.*\)/skipped: \1 (ignored\2)/p' "$LOG"
    awk -v name="$count_name" -v took="$(took "$count_started")" -v status="$status" -v results="$RESULTS" '
        /^test result:/ {
            for (i = 2; i <= NF; i++) {
                if ($i ~ /^passed/) passed += $(i - 1)
                if ($i ~ /^failed/) failed += $(i - 1)
                if ($i ~ /^ignored/) ignored += $(i - 1)
            }
        }
        END {
            # A test program that did not compile or was killed counts itself nowhere, and
            # where no test has run, their names have changed.
            if ((status != 0 || passed == 0) && failed == 0) failed = 1
            printf "%s: %d passed, %d failed, %d ignored%s\n", name, passed, failed, ignored, took
            printf "pass %d\nfail %d\nskip %d\n", passed, failed, ignored >>results
        }' "$LOG"
    if [ "$status" -ne 0 ] || ! grep -q '^test result:.* [1-9][0-9]* passed' "$LOG"; then
        # One that did not compile or was killed has named no test.
        named=$(sed -n 's/^test \(.*\) \.\.\. FAILED/\1/p' "$LOG")
        echo "${named:-$count_name}" >>"$RESULTS.failed"
        grep -vE '^test .* \.\.\. ok$|^ *(Compiling|Downloaded|Downloading) ' "$LOG" | sed 's/^/    /'
    fi
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# Nothing that a test starts may hang the whole run.
limited() {
    if have timeout; then timeout -k 5 "${LIMIT:-300}" "$@"; else "$@"; fi
}

# dependent NAME: a copy of a program in tests/dependents, which cargo may write to.
dependent() {
    rm -rf "$WORK/$1/src" && mkdir -p "$WORK/$1" && cp -R "tests/dependents/$1" "$WORK/" &&
        sed -i "s|\.\./\.\./\.\.|$PWD|" "$WORK/$1/Cargo.toml" && cp Cargo.lock "$WORK/$1/"
}

# pc FIELD: a field of the installed tally.pc, with its variables filled in. It
# is read here because pkg-config is not everywhere.
pc() {
    awk -v field="$1" '
        /^[a-z]+=/ { at = index($0, "="); value[substr($0, 1, at - 1)] = substr($0, at + 1) }
        index($0, field ":") == 1 {
            text = substr($0, length(field) + 2)
            while (match(text, /\$\{[a-z]+\}/))
                text = substr(text, 1, RSTART - 1) \
                    value[substr(text, RSTART + 2, RLENGTH - 3)] substr(text, RSTART + RLENGTH)
            sub(/^ */, "", text)
            print text
        }
        # A variable may be made of earlier ones.
        /^[a-z]+=/ {
            name = substr($0, 1, index($0, "=") - 1)
            while (match(value[name], /\$\{[a-z]+\}/))
                value[name] = substr(value[name], 1, RSTART - 1) \
                    value[substr(value[name], RSTART + 2, RLENGTH - 3)] \
                    substr(value[name], RSTART + RLENGTH)
        }' "${PC_FILE:-$STAGE/lib/pkgconfig/tally.pc}"
}

# stage: an install tree to test against. Ends the part if it cannot be made. Where
# parts run side by side, it is there already.
stage() {
    [ -z "${STAGED:-}" ] || return 0
    if ! $MAKE -s stage >"$LOG" 2>&1; then
        fail "make stage" "$LOG"
        exit 0
    fi
}
