#!/bin/sh
# Runs parts of the tests and counts them: check.sh PART...
#
# Each part is a script in tools/check that says pass, fail or skip for each of
# its tests. The last line of the output has the numbers; the exit status is 0
# if nothing failed. Above it are the targets of tools/left_out.txt that have not run.
# JOBS=2 runs two parts side by side, in the order given, and shows what each said when
# it has ended. BESIDE names one of them that needs time to pass more than processors: it
# runs beside the others.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
mkdir -p "$BUILD/check"
BUILD=$(cd "$BUILD" && pwd)
RESULTS=$BUILD/check/results.$$
export BUILD RESULTS
: >"$RESULTS"
: >"$RESULTS.failed"
: >"$RESULTS.ended"
trap 'rm -f "$RESULTS" "$RESULTS".*' EXIT

if [ "${JOBS:-1}" -eq 1 ]; then
    for part; do
        tools/part.sh "$part"
    done
else
    # What several parts would make is made before. If it cannot be, each says so.
    if "${MAKE:-make}" -s stage testbuild >"$RESULTS.ready" 2>&1; then
        STAGED=1
        export STAGED
    fi
    # shellcheck disable=SC2016 # the inner shell expands it
    shown='tools/part.sh "$0" >"$RESULTS.$0" 2>&1 </dev/null; cat "$RESULTS.$0"'
    case " $* " in
    *" ${BESIDE:-no part} "*) sh -c "$shown" "$BESIDE" & ;;
    esac
    printf '%s\n' "$@" | grep -vxF "${BESIDE:-no part}" | xargs -P "$JOBS" -n 1 sh -c "$shown"
    wait
fi

# One that was killed says nothing of it.
for part; do
    if ! grep -qx "$part" "$RESULTS.ended"; then
        echo "FAILED: $part did not come to its end"
        echo "fail 1" >>"$RESULTS"
        echo "$part" >>"$RESULTS.failed"
    fi
done

# Of more than one part: what is left out, and why.
if [ $# -gt 1 ]; then
    ran() {
        case " $parts" in *" $1 "*) ;; *) return 1 ;; esac
    }
    parts=$(printf 'check-%s ' "$@")
    grep '^all ' tools/left_out.txt | while read -r _ target why; do
        ! ran "$target" || continue
        # One that runs others is run with them.
        others=$(sed -n "s/^- *\([^ ]*\) *$target runs it$/\1/p" tools/left_out.txt)
        left=
        for other in $others; do
            ran "$other" || left=yes
        done
        [ -n "$others" ] && [ -z "$left" ] || echo "left out: make $target ($why)"
    done
fi

# Named once more, where they are seen.
sed 's/^/FAILED: /' "$RESULTS.failed"

awk '{ sum[$1] += $2 }
     END {
         printf "%d passed, %d failed, %d skipped\n", sum["pass"], sum["fail"], sum["skip"]
         exit sum["fail"] > 0 || sum["pass"] == 0
     }' "$RESULTS"
