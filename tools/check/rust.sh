# The Rust tests: the library's, and those of the program that writes the header.
. tools/check/lib.sh

# count NAME COMMAND...: adds up what cargo test reports.
count() {
    name=$1
    shift
    status=0
    "$@" >"$LOG" 2>&1 || status=$?
    sed -n 's/^test \(.*\) \.\.\. ignored\(.*\)/skipped: \1 (ignored\2)/p' "$LOG"
    awk -v name="$name" -v status="$status" -v results="$RESULTS" '
        /^test result:/ {
            for (i = 2; i <= NF; i++) {
                if ($i ~ /^passed/) passed += $(i - 1)
                if ($i ~ /^failed/) failed += $(i - 1)
                if ($i ~ /^ignored/) ignored += $(i - 1)
            }
        }
        END {
            # A test program that did not compile or was killed counts itself nowhere.
            if (status != 0 && failed == 0) failed = 1
            printf "%s: %d passed, %d failed, %d ignored\n", name, passed, failed, ignored
            printf "pass %d\nfail %d\nskip %d\n", passed, failed, ignored >>results
        }' "$LOG"
    if [ "$status" -ne 0 ]; then
        grep -vE '^test .* \.\.\. ok$|^ *(Compiling|Downloaded|Downloading) ' "$LOG" | sed 's/^/    /'
    fi
}

count "library" "$CARGO" test -p libtally --no-fail-fast --target-dir "$BUILD/target"
# The saved form's reference is a program of its own, in another language.
if have python3; then
    try "saved form, by the Python reference" \
        python3 docs/saved_format.py --check tests/golden/saved_states.txt
else
    skip "saved form, by the Python reference" "python3 is not installed"
fi
count "header program" "$CARGO" test -p header --no-fail-fast --target-dir "$BUILD/target"
