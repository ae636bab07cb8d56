# integrations/mpi: built and tested by its own Makefile, with each MPI library that is
# here, against the install tree.
. tools/check/lib.sh
name="the tests of integrations/mpi"
have mpicc.openmpi || have mpicc.mpich || {
    skip "$name" "neither Open MPI nor MPICH is installed"
    exit 0
}
for program in python3 pkg-config; do
    have $program || {
        skip "$name" "$program is not installed"
        exit 0
    }
done
stage

status=0
LIMIT=2400 limited $MAKE -s -C integrations/mpi check BUILD="$BUILD/mpi" CC="$CC" CXX="$CXX" \
    PKG_CONFIG_PATH="$STAGE/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}" PYTHONDONTWRITEBYTECODE=1 \
    >"$LOG" 2>&1 </dev/null || status=$?
grep -E '^(ok|FAILED|skipped): ' "$LOG" >"$WORK/lines" || true
# shown LINE: what follows a line that says FAILED.
shown() {
    awk -v line="$1" '$0 == line { on = 1; next } on && /^    / { print; next } { on = 0 }' "$LOG" |
        sed 's/^    //' >"$WORK/shown"
}
while IFS= read -r line; do
    case $line in
    ok:*) pass "${line#ok: }" ;;
    skipped:*)
        why=${line##*(}
        line=${line#skipped: }
        skip "${line% (*}" "${why%)}"
        ;;
    *)
        shown "$line"
        fail "${line#FAILED: }" "$WORK/shown"
        ;;
    esac
done <"$WORK/lines"
# One that ended before its last line has not said all.
if [ $status -ne 0 ] && ! grep -q '^FAILED: ' "$WORK/lines" || [ ! -s "$WORK/lines" ]; then
    fail "$name (exit status $status)" "$LOG"
fi
