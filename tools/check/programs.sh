# How the programs in c_tests are built. Sourced.
C_WARNINGS="-Wall -Wextra -Wpedantic -Werror"
C_FLAGS="-O1 -g -pthread"
PROGRAMS=$WORK/programs
mkdir -p "$PROGRAMS"

# The header's functions and their parameters, for the test that must miss none.
sh c_tests/parameters.sh include/tally.h >"$PROGRAMS/parameters.inc"

# program SOURCE LIBRARY_FOLDER so|a: builds $program, or says why not.
program() {
    program=$PROGRAMS/$(basename "$1").$3
    case $1 in
    *.cpp) language="$CXX -std=c++17" ;;
    *) language="$CC -std=c11" ;;
    esac
    if ! have "${language%% *}"; then
        skip "$(basename "$1") with libtally.$3" "${language%% *} is not installed"
        return 1
    fi
    flags=$(pc Libs | sed "s|-L[^ ]*|-L$2|")
    if [ "$3" = a ]; then
        flags="$(echo "$flags" | sed 's/-ltally/-l:libtally.a/') $(pc Libs.private)"
    else
        flags="$flags -Wl,-rpath,$2"
    fi
    # shellcheck disable=SC2046,SC2086 # several flags
    if ! $language $C_WARNINGS $C_FLAGS -I"$PROGRAMS" $(pc Cflags) -o "$program" "$1" $flags -lm >"$LOG" 2>&1; then
        fail "$(basename "$1") with libtally.$3 compiles" "$LOG"
        return 1
    fi
}
