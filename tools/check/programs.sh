# How the programs in c_tests are built. Sourced.
C_WARNINGS="-Wall -Wextra -Wpedantic -Werror"
C_FLAGS="-O1 -g -pthread"
PROGRAMS=$WORK/programs
OBJECTS=$BUILD/check/objects
mkdir -p "$PROGRAMS"

sh c_tests/inclusions.sh "$OBJECTS"

# sources: every program there is, those that need the library's test build last.
sources() {
    find c_tests/c c_tests/cpp c_tests/misuse \( -name '*.c' -o -name '*.cpp' \) ! -name '*_testbuild.*' | sort
    find c_tests/c c_tests/cpp -name '*_testbuild.*' | sort
}

# library_of SOURCE: the folder of the library that the program is for. TESTBUILD is set
# where both are for another machine.
library_of() {
    case $1 in
    *_testbuild.*) echo "${TESTBUILD:-$BUILD/testbuild}" ;;
    *) echo "$STAGE/lib" ;;
    esac
}

# is_compiled OBJECT SOURCE COMMAND: by this command, of the files as they are.
is_compiled() {
    [ -e "$1" ] && [ "$(cat "$1.command" 2>/dev/null)" = "$3" ] &&
        [ -z "$(find "$2" include $(find c_tests -name "*.h" -o -name "*.hpp" -o -name "*.sh") -newer "$1")" ]
}

# compile OBJECT SOURCE COMMAND: unless it is. Parts of the tests share objects, and
# may run side by side.
compile() {
    if ! is_compiled "$1" "$2" "$3"; then
        $3 -c -o "$1.$$" "$2" && mv "$1.$$" "$1" && echo "$3" >"$1.command"
    fi
}

# build SOURCE SUFFIX LINK_FLAGS [FLAGS]: makes $program, or says why not. Without
# flags of its own it is linked from the same object with either library.
build() {
    program=$PROGRAMS/$(basename "$1").$2
    case $1 in
    *.cpp) language="$CXX -std=c++17" ;;
    *) language="$CC -std=c11" ;;
    esac
    if ! have "${language%% *}"; then
        skip "$(basename "$1"), $2" "${language%% *} is not installed"
        return 1
    fi
    object=$OBJECTS/$(basename "$1")${4:+.$2}.o
    # shellcheck disable=SC2046,SC2086 # several flags
    if ! compile "$object" "$1" \
        "$language $C_WARNINGS $C_FLAGS ${4:-} -I$OBJECTS $(pc Cflags)" >"$LOG" 2>&1 ||
        ! $language $C_FLAGS ${4:-} -o "$program" "$object" $3 -lm >"$LOG" 2>&1; then
        fail "$(basename "$1"), $2, compiles" "$LOG"
        return 1
    fi
}

# program SOURCE so|a [FOLDER]: makes $program with the shared or the static
# library, by the flags of the installed tally.pc.
program() {
    folder=${3:-$(library_of "$1")}
    flags=$(pc Libs | sed "s|-L[^ ]*|-L$folder|")
    if [ "$2" = a ]; then
        flags="$(echo "$flags" | sed 's/-ltally/-l:libtally.a/') $(pc Libs.private)"
    else
        flags="$flags -Wl,-rpath,$folder"
    fi
    build "$1" "$2" "$flags"
}

# every_program WHERE: each runs with either library, as $CC, $CXX and $STAGE make them;
# without C++ if has_cxx is empty. WHERE ends the name of each test. unfit PROGRAM KIND says
# why one cannot be tried.
unfit() { :; }
every_program() {
    for source in $(sources); do
        test=$(basename "$source")
        case $test in
        *.cpp) [ "${has_cxx-yes}" ] || continue ;;
        esac
        for kind in so a; do
            why=$(unfit "$test" $kind)
            if [ -n "$why" ]; then
                skip "$test with libtally.$kind$1" "$why"
            elif program "$source" $kind; then
                # One test loads and unloads the shared library itself.
                try "$test with libtally.$kind$1" \
                    limited env TALLY_SO="$(library_of "$source")/libtally.so.0" "$program"
            fi
        done
    done
}
