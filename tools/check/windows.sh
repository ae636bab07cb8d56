# Windows, as far as Linux can: built by mingw, run by Wine; the header, the crates and a
# program for Visual C++.
. tools/check/lib.sh
. tools/check/programs.sh
. tools/check/counted.sh

target=x86_64-pc-windows-gnu
gcc=x86_64-w64-mingw32-gcc-posix
have $gcc || gcc=x86_64-w64-mingw32-gcc
gxx=$(echo "$gcc" | sed 's/gcc/g++/')
place=$BUILD/windows
installed=$place/stage
header_names() { CC=$gcc tools/exports.sh; }

# left WHY: all of it, which is skipped.
left() {
    skip "Tally on Windows" "$1"
    counted windows
    exit 0
}
[ "$(uname -m)" = x86_64 ] || left "this is not an x86-64 machine"
[ -d "$(rustc --print target-libdir --target $target 2>/dev/null)" ] ||
    left "rustc has no $target: rustup target add $target"
echo 'int main(void) { return 0; }' | $gcc -x c -o "$WORK/linked.exe" - 2>"$LOG" ||
    left "$gcc does not link"

# cross RULE [VARIABLE...]: what make makes for Windows.
cross() {
    # shellcheck disable=SC2086 # several words, none or one
    $MAKE -s "$@" $WRITER TARGET_DIR="$TARGETS" CARGO_TARGET=$target CC=$gcc CFLAGS="-O2 -g -Werror"
}
try "no warning on $target" "$CARGO" clippy -q -p tally-core -p libtally --target $target \
    --target-dir "$TARGETS" -- -D warnings
if ! cross stage BUILD="$place" >"$LOG" 2>&1; then
    fail "make stage for Windows" "$LOG"
    counted windows
    exit 0
fi
pass "make stage for Windows"
try "make testbuild for Windows" cross testbuild BUILD="$place"
STAGE=$installed TESTBUILD=$place/testbuild

# What was linked.
dll=$installed/bin/libtally-0.dll
objdump=$($gcc -print-prog-name=objdump)
for file in bin/tally.exe lib/libtally.a lib/libtally.dll.a lib/tally.def lib/pkgconfig/tally.pc \
    lib/cmake/tally/tallyConfig.cmake include/tally.h include/tally.hpp share/man/man1/tally.1; do
    try "$file is installed for Windows" test -s "$installed/$file"
done
header_names >"$WORK/expected"
$objdump -p "$dll" >"$WORK/dll"
sed -n '/Name Pointer. Table/,/^$/s/^[[:space:]]*\[ *[0-9]*\] //p' "$WORK/dll" | LC_ALL=C sort >"$WORK/shown"
try "libtally-0.dll shows the header's names and no others" diff "$WORK/expected" "$WORK/shown"
sed -n '/^EXPORTS/,$s/^ *\([a-z].*\)/\1/p' "$installed/lib/tally.def" | LC_ALL=C sort >"$WORK/defined"
try "tally.def has the header's names" diff "$WORK/expected" "$WORK/defined"
for name in bin/libtally-0.dll bin/tally.exe; do
    $objdump -p "$installed/$name" >"$WORK/headers"
    try "$name needs only what is part of the system" sh -c '
        needed=$(sed -n "s/.*DLL Name: //p" "$1" | tr "[:upper:]" "[:lower:]") && echo "$needed" &&
        test -n "$needed" && ! echo "$needed" | grep -vxE "$2"' - "$WORK/headers" \
        '(advapi32|kernel32|msvcrt|ntdll|api-ms-win-core-synch-l1-2-0|libtally-0)\.dll'
    for hardening in DYNAMIC_BASE NX_COMPAT HIGH_ENTROPY_VA; do
        try "$name is linked with $hardening" grep -w "$hardening" "$WORK/headers"
    done
    try "$name has no time in it" grep -E '^Time/Date.*1970' "$WORK/headers"
done
try "the same archive gives the same libraries in another folder" sh -c '
    export CC=$1 OBJCOPY AR && OBJCOPY=$($CC -print-prog-name=objcopy) && AR=$($CC -print-prog-name=ar) &&
    LIBS="$4" tools/link_windows.sh "$2" "$5" && for file in $(ls "$5"); do cmp "$3/$file" "$5/$file" || exit 1; done' \
    - $gcc "$TARGETS/$target/release/libtally.a" "$place/lib" \
    "$(pc Libs.private)" "$WORK/again"
echo >"$WORK/empty.rs"
rustc --target $target --crate-type staticlib --print native-static-libs="$WORK/libs" \
    -o "$WORK/libempty.a" "$WORK/empty.rs" 2>"$LOG"
try "Libs.private for Windows has what rustc names" sh -c '
    for library in $(cat "$1"); do
        case " $2 " in *" $library "*) ;; *) echo "not $library" && exit 1 ;; esac
    done' - "$WORK/libs" "$(pc Libs.private)"
rm -rf "$WORK/prefix"
try "make uninstall leaves nothing of it" sh -c '"$@" install && "$@" uninstall && ! test -e "$0"' \
    "$WORK/prefix" $MAKE -s TARGET_DIR="$TARGETS" CARGO_TARGET=$target CC=$gcc \
    CFLAGS="-O2 -g -Werror" BUILD="$place" DESTDIR= PREFIX="$WORK/prefix"

# For Visual C++: by clang, which takes its options, and LLVM's tools.
if have clang && have lld-link && have llvm-dlltool; then
    cl="clang --driver-mode=cl --target=x86_64-pc-windows-msvc /W4 /WX -Iinclude"
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
    for language in /TC:c11 /TC:c17 /TP:c++14 /TP:c++17 /TP:c++20; do
        try "tally.h in ${language#*:} for Visual C++" $cl "${language%:*}" "/std:${language#*:}" \
            -fsyntax-only -DEXPECTED_NUMBER=TALLY_VERSION_NUMBER \
            -DEXPECTED_VERSION="\"$version\"" c_tests/header/alone.c
    done
    skip "tally.hpp for Visual C++" "its standard library is not here"
    try "an import library of tally.def, and a program for Visual C++" sh -c '
        llvm-dlltool -m i386:x86-64 -d "$1" -l "$2.lib" &&
        $3 /O2 /GS- /c /Fo"$2.obj" c_tests/windows/msvc.c &&
        lld-link /entry:start /subsystem:console /nodefaultlib /out:"$2.exe" "$2.obj" "$2.lib"' - \
        "$installed/lib/tally.def" "$WORK/msvc" "$cl"
    llvm-nm "$WORK/msvc.lib" 2>/dev/null | sed -n 's/.* T \([a-z]\)/\1/p' | LC_ALL=C sort -u >"$WORK/in-lib"
    try "the import library has the header's names" diff "$WORK/expected" "$WORK/in-lib"
else
    skip "the header and a program for Visual C++" "clang, lld or LLVM's tools are not installed"
fi
msvc=x86_64-pc-windows-msvc
if [ -d "$(rustc --print target-libdir --target $msvc 2>/dev/null)" ]; then
    try "no warning on $msvc" "$CARGO" clippy -q -p tally-core -p libtally --target $msvc \
        --target-dir "$TARGETS" -- -D warnings
else
    skip "no warning on $msvc" "rustc has no $msvc: rustup target add $msvc"
fi

if ! have wine; then
    skip "programs for Windows" "wine is not installed"
    INCOMPLETE=yes
    counted windows
    exit 0
fi
# Not below the sources: cargo would follow its links to all of the system's files.
WINEPREFIX=$(mktemp -d)
WINEDEBUG=-all
WINEDLLOVERRIDES="mscoree,mshtml="
LC_ALL=C.UTF-8
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES LC_ALL
unset DISPLAY
trap 'wineserver -k; rm -rf "$WINEPREFIX"' EXIT
# Its server stays, or each program would start it anew.
try "Wine starts" limited sh -c 'wineserver -p && wineboot -i'
# Now and then Wine ends with status 1 before the program begins, and says nothing. No
# program here does that.
cat >"$WORK/wine" <<'SH'
#!/bin/sh
said=$(mktemp)
for turn in 1 2; do
    status=0
    wine "$@" >"$said" 2>&1 </dev/null || status=$?
    [ $status -eq 1 ] && [ ! -s "$said" ] || break
done
cat "$said"
rm -f "$said"
exit $status
SH
chmod +x "$WORK/wine"
# found FOLDER...: where Wine looks for DLLs besides those of the compiler.
found() {
    WINEPATH=
    for folder in "$@" "$(dirname "$($gcc -print-file-name=libgcc_s_seh-1.dll)")" \
        "$(dirname "$($gcc -print-file-name=libwinpthread-1.dll)")"; do
        WINEPATH="${WINEPATH:+$WINEPATH;}Z:$folder"
    done
    export WINEPATH
}

# The tests in Rust: what differs by system, and the kernels with what they call.
mkdir -p "$WORK/rust"
try "a stand-in for a library that old Wine lacks" $gcc -O2 -Wall -Wextra -Werror -shared \
    -o "$WORK/rust/bcryptprimitives.dll" c_tests/windows/bcryptprimitives.c -ladvapi32
found "$WORK/rust"
CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=$gcc
CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=$WORK/wine
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER
rust_tests() {
    name=$1
    shift
    count "$name" "$CARGO" test --no-fail-fast --target $target --target-dir "$TARGETS" "$@"
}
rust_tests "the library on Windows" -p libtally --lib
rust_tests "the wrappers on Windows" -p libtally --test wrappers -- --skip layout::
skip "layout:: on Windows" "the compiler of C that it asks is not one for Wine"
rust_tests "the arithmetic on Windows" -p tally-core --lib
rust_tests "every engine on Windows" -p tally-core --test engine -- any_engine:: specials::

# unfit PROGRAM: why it cannot be run there, if it cannot.
unfit() {
    case $1 in
    after_fork.c | fork.c) echo "there is no fork()" ;;
    allocations.c) echo "it forks for each allocation that fails" ;;
    cancellation.c) echo "threads are not cancelled there" ;;
    guard_pages.c | overlaps.c) echo "its pages are those of mmap()" ;;
    stack_use.c) echo "its stacks are those of POSIX" ;;
    leak_report.c) echo "it forks; c_tests/windows/leaks.c is for Windows" ;;
    load.c | loaded.c) echo "there is no dlopen(); c_tests/windows/load.c is for Windows" ;;
    locale.c) echo "its locale is made by localedef" ;;
    memory_limit.c | sandbox.c) echo "its limits are those of Linux" ;;
    no_keys.c) echo "its keys are those of POSIX" ;;
    parallel.c | parallel_scheduling.c | started_threads.c) echo "it looks at threads in /proc" ;;
    signals.c) echo "there are no signals" ;;
    esac
}

# built SOURCE dll|a: makes $program by the installed tally.pc.
built() {
    folder=$(library_of "$1")
    flags=$(pc Libs | sed "s|-L[^ ]*|-L$folder|")
    [ "$2" = dll ] || flags="$(echo "$flags" | sed 's/-ltally/-l:libtally.a/') $(pc Libs.private)"
    case $1 in
    # The program's own operator new is that of the standard library too only there.
    *.cpp) language="$gxx -std=c++17" flags="$flags -static-libgcc -static-libstdc++" ;;
    *) language="$gcc -std=c11" ;;
    esac
    program=$PROGRAMS/$(basename "$1").$2.exe
    object=$PROGRAMS/$(basename "$1").windows.o
    # shellcheck disable=SC2046,SC2086 # several flags
    if ! compile "$object" "$1" "$language $C_WARNINGS $C_FLAGS -I$OBJECTS $(pc Cflags)" >"$LOG" 2>&1 ||
        ! $language $C_FLAGS -o "$program" "$object" $flags -lm >"$LOG" 2>&1; then
        fail "$(basename "$1"), $2, compiles for Windows" "$LOG"
        return 1
    fi
}
for source in $(sources); do
    test=$(basename "$source")
    why=$(unfit "$test")
    if [ -n "$why" ]; then
        skip "$test on Windows" "$why"
        continue
    fi
    case $test in
    *_testbuild.*) found "$TESTBUILD" ;;
    *) found "$installed/bin" ;;
    esac
    for kind in dll a; do
        if built "$source" $kind; then
            try "$test with $kind on Windows" limited env TALLY_TEST_QUICK=1 "$WORK/wine" "$program"
        fi
    done
done
found "$installed/bin"
try "the program for Visual C++ runs" limited "$WORK/wine" "$WORK/msvc.exe"

built c_tests/windows/load.c dll && try "the library stays for a thread that used it" \
    limited "$WORK/wine" "$program" libtally-0.dll

# The report at the end, and nowhere where it should not go.
for kind in dll a; do
    built c_tests/windows/leaks.c $kind || continue
    TALLY_LEAK_REPORT=1 limited wine "$program" 2>"$WORK/said" </dev/null || true
    sed 's/\[[0-9]*\]//' "$WORK/said" >"$WORK/report"
    printf '%s\n' 'tally: not released with tally_unref: objects: 1, 0 bytes' \
        'tally: not released with tally_free: blocks: 1, 100 bytes' >"$WORK/leaked"
    try "the leak report on Windows, $kind" diff "$WORK/leaked" "$WORK/report"
    try "no leak report into another file on Windows, $kind" sh -c '
        cd "$1" && rm -f other.txt && TALLY_LEAK_REPORT=1 wine "$2" other.txt &&
        test -f other.txt && test ! -s other.txt' - "$WORK" "$program"
done

if have cmake; then
    rm -rf "$WORK/cmake"
    mkdir -p "$WORK/cmake"
    awk '/^```c$/ { inside = 1; next } /^```$/ && inside { exit } inside' README.md >"$WORK/cmake/user.c"
    cat >"$WORK/cmake/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(user C)
find_package(tally CONFIG REQUIRED)
foreach(kind tally tally_static)
    add_executable(user_${kind} user.c)
    target_link_libraries(user_${kind} tally::${kind})
endforeach()
CMAKE
    try "a CMake project for Windows" sh -c '
        cmake -S "$1" -B "$1/build" -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER="$2" \
            -DCMAKE_PREFIX_PATH="$3" && cmake --build "$1/build"' - "$WORK/cmake" $gcc "$installed"
    for kind in tally tally_static; do
        try "it runs with tally::$kind" sh -c 'test "$("$1" "$2" | tr -d "\r")" = 1' - \
            "$WORK/wine" "$WORK/cmake/build/user_$kind.exe"
    done
else
    skip "a CMake project for Windows" "cmake is not installed"
fi

# The tool, by the tests of the tool on Linux, with bytes at both ends.
cat >"$WORK/tally" <<SH
#!/bin/sh
exec wine "$installed/bin/tally.exe" "\$@"
SH
chmod +x "$WORK/tally"
# unfit_for_tool TEST: why it fails there, if it may.
unfit_for_tool() {
    case $1 in
    a_link_stays | what_a_link_names_is_replaced | totals_found_behind_a_link)
        echo "a link is replaced as any file is" ;;
    separator_of_a_latin_1_byte) echo "arguments are text there, not bytes" ;;
    locale_has_no_say) echo "Wine says that it does not know the locale" ;;
    esac
}
for pair in "compressed:its decompressors are programs of Linux" \
    "system:its pipes, limits and terminals are those of POSIX" \
    "page:its commands are for a shell of POSIX"; do
    skip "tests/tool/${pair%%:*}.sh on Windows" "${pair#*:}"
done
# tool_tests FILE: what they say goes there.
tool_tests() {
    LIMIT=900 limited sh tests/tool/run.sh "$WORK/tally" totals text shape arguments columns output \
        saved lines statistics groups money peers >"$1" 2>&1 </dev/null || true
}
# failed FILE: the tests that failed and should not.
failed() {
    sed -n 's/^not ok //p' "$1" | while read -r test; do
        [ -n "$(unfit_for_tool "$test")" ] || echo "$test"
    done | LC_ALL=C sort
}
tool_tests "$WORK/tool"
for test in $(sed -n 's/^not ok //p' "$WORK/tool"); do
    why=$(unfit_for_tool "$test")
    [ -z "$why" ] || skip "$test on Windows" "$why"
done
failed "$WORK/tool" >"$WORK/failed"
: >"$WORK/failed-again"
# For Wine's sake, as above: what passes the second time has failed to begin.
if [ -s "$WORK/failed" ]; then
    tool_tests "$WORK/tool-again"
    failed "$WORK/tool-again" | LC_ALL=C comm -12 - "$WORK/failed" >"$WORK/failed-again"
fi
while read -r test; do
    fail "$test on Windows" "$WORK/tool"
done <"$WORK/failed-again"
grep -vE '^(not )?ok ' "$WORK/tool" | grep '^skipped' || true
printf 'pass %d\nskip %d\n' "$(grep -c '^ok ' "$WORK/tool")" "$(grep -c '^skipped: ' "$WORK/tool")" >>"$RESULTS"
try "the tests of the tool came to their end" grep -q '^ok groups_' "$WORK/tool"

# What is Windows' own: line ends, paths, a decompressor found in PATH.
files=$WORK/files
rm -rf "$files"
mkdir -p "$files/sub" "$files/programs"
try "a stand-in for gzip" $gcc -std=c11 $C_WARNINGS -o "$files/programs/gzip.exe" c_tests/windows/gzip.c
tool() (
    cd "$files"
    wine "$installed/bin/tally.exe" "$@"
)
printf '1.5\r\n2\r\n' >"$files/sub/a.csv"
printf '3\r\n' >"$files/sub/b.csv"
printf 'prénom,n\r\n7,5\r\n' >"$files/é.csv"
printf '\037\2131\n2\n' >"$files/c.gz"
printf 'plain\n' >"$files/d.gz"
# printed NAME TEXT ARGUMENT...: by the tool, to the byte.
printed() {
    name=$1 text=$2
    shift 2
    printf '%b' "$text" >"$WORK/want"
    tool "$@" >"$WORK/got" 2>"$LOG" </dev/null || echo "exit status $?" >>"$WORK/got"
    try "the tool on Windows: $name" diff "$WORK/want" "$WORK/got"
}
printed "carriage returns are read, and none is written" '3.5\n' 'sub\a.csv'
printed "the C library finds what a pattern names" '6.5\n' 'sub\*.csv'
printed "names are UTF-8" 'prénom\t7\nn\t5\n' -H -c prénom -c n 'é.csv'
printed "totals are saved" '3.5\n' --save 'sub\totals' 'sub\a.csv'
printed "and found" '3.5\n' --merge 'sub\totals'
printed "NUL takes totals" '3.5\n' --save NUL 'sub\a.csv'
printed "a folder is not replaced" '3.5\nexit status 2\n' --save sub 'sub\a.csv'
printed "a bad value leaves no file" 'exit status 1\n' --save 'sub\none' 'é.csv'
try "there is none" test "$(ls "$files/sub")" = "$(printf 'a.csv\nb.csv\ntotals')"
found "$installed/bin" "$files/programs"
printed "a compressed file" '3\n' c.gz
printed "a decompressor that fails" 'exit status 2\n' d.gz
found "$installed/bin"
cp "$files/programs/gzip.exe" "$files/gzip.exe"
printed "a program of the current folder is not taken for one" 'exit status 2\n' c.gz
counted windows
