# Installing, using what was installed from outside the repository, uninstalling.
. tools/check/lib.sh
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
prefix=$outside/prefix

try "make install" $MAKE -s install DESTDIR= PREFIX="$prefix"
for file in include/tally.h include/tally.hpp lib/libtally.a lib/libtally.so.0 lib/libtally.so \
    lib/libtally_classic.so.0 lib/pkgconfig/tally.pc lib/cmake/tally/tallyConfig.cmake bin/tally \
    share/man/man1/tally.1 share/man/man3/tally_sum_f64.3 share/doc/tally/html/index.html \
    share/bash-completion/completions/tally share/zsh/site-functions/_tally \
    share/fish/vendor_completions.d/tally.fish; do
    try "$file is installed" test -s "$prefix/$file"
done
try "the installed tool runs from where it is" sh -c 'test "$(seq 10 | "$1/bin/tally")" = 55' - "$prefix"

cat >"$outside/user.c" <<'C'
#include <stdio.h>
#include <tally.h>

int main(void) {
    const double values[] = {1e100, 1.0, -1e100};
    double total = 0;
    if (tally_sum_f64(values, 3, &total) != TALLY_OK || total != 1.0)
        return 1;
    /* A refusal too: its message comes from the library's own storage. */
    if (tally_sum_f64(NULL, 3, &total) != TALLY_NULL || total != 1.0)
        return 2;
    puts(tally_last_message());
    return tally_version_number() != TALLY_VERSION_NUMBER;
}
C

# The same by the teaching text's plain names.
cat >"$outside/classic.c" <<'C'
#include <string.h>
#include <tally.h>

int main(void) {
    const int values[] = {40, 2};
    double total = 0;
    if (sum_array(values, 2) != 42 || rust_function(21) != 42)
        return 1;
    if (tally_sum_f64(NULL, 3, &total) != TALLY_NULL)
        return 2;
    return strcmp(get_last_error(), tally_last_message()) != 0 || !*get_last_error();
}
C

# consumer NAME FLAGS: builds and runs both programs in a folder of their own.
consumer() {
    for program in user classic; do
        # shellcheck disable=SC2086 # several flags
        try "$1, $program.c" sh -c 'cd "$1" && shift && "$@" && LD_LIBRARY_PATH=$0/lib ./a.out' \
            "$prefix" "$outside" "$CC" -Wall -Wextra -Werror -o a.out $program.c $2
    done
}
# needs PROGRAM LIBRARY...: that these of our libraries are what it needs.
needs() {
    needed=$(readelf -dW "$outside/$1" | sed -n 's/.*(NEEDED).*\[\(libtally.*\)\]/\1/p' | tr '\n' ' ')
    shift
    test "$needed" = "${*:+$* }"
}

PC_FILE=$prefix/lib/pkgconfig/tally.pc
consumer "a consumer of tally.pc" "$(pc Cflags) $(pc Libs)"
private="$(pc Libs) $(pc Libs.private)"
consumer "a consumer of tally.pc, only our library static" \
    "$(pc Cflags) $(echo "$private" | sed 's/-ltally/-l:libtally.a/')"
if ldd "$outside/a.out" 2>/dev/null | grep -q libtally; then
    fail "the static consumer needs no shared library"
else
    pass "the static consumer needs no shared library"
fi
if echo 'int main(void) { return 0; }' | "$CC" -static -x c -o "$outside/static" - 2>/dev/null; then
    consumer "a consumer of tally.pc, all static" "-static $(pc Cflags) $private"
else
    skip "a consumer of tally.pc, all static" "the C library has no static form here"
fi

if have pkg-config; then
    packages() { PKG_CONFIG_PATH=$prefix/lib/pkgconfig pkg-config "$@" tally; }
    consumer "pkg-config --cflags --libs" "$(packages --cflags --libs)"
    consumer "pkg-config --static --cflags --libs" "-static $(packages --static --cflags --libs)"
    try "pkg-config --modversion" test "$(packages --modversion)" = "$(pc Version)"
else
    skip "pkg-config --cflags --libs" "pkg-config is not installed"
    skip "pkg-config --static --cflags --libs" "pkg-config is not installed"
    skip "pkg-config --modversion" "pkg-config is not installed"
fi

# The same in C++, by the C++ header.
cat >"$outside/user.cpp" <<'CPP'
#include <iostream>
#include <tally.hpp>

int main() {
    const std::vector<double> values = {1e100, 1.0, -1e100};
    try {
        (void)tally::sum(static_cast<const double *>(nullptr), 3);
    } catch (const tally::error &refused) {
        std::cout << refused.what() << '\n';
        return tally::sum(values) != 1.0;
    }
    return 1;
}
CPP
# in_cpp NAME FLAGS
in_cpp() {
    # shellcheck disable=SC2086 # several flags
    try "$1" sh -c 'cd "$1" && shift && "$@" && LD_LIBRARY_PATH=$0/lib ./user' \
        "$prefix" "$outside" "$CXX" -std=c++17 -Wall -Wextra -Werror -o user user.cpp $2
}
if have "$CXX"; then
    in_cpp "a C++ consumer of tally.pc" "$(pc Cflags) $(pc Libs)"
    in_cpp "a C++ consumer of tally.pc, only our library static" \
        "$(pc Cflags) $(echo "$private" | sed 's/-ltally/-l:libtally.a/')"
else
    skip "a C++ consumer of tally.pc" "$CXX is not installed"
    skip "a C++ consumer of tally.pc, only our library static" "$CXX is not installed"
fi

# A CMake project, in both languages, with both libraries; and its version.
cat >"$outside/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.13)
project(user C CXX)
set(CMAKE_CXX_STANDARD 17)
find_package(tally ${WANTED} CONFIG REQUIRED)
enable_testing()
foreach(kind tally tally_static)
    add_executable(c_${kind} user.c)
    target_link_libraries(c_${kind} PRIVATE tally::${kind})
    add_test(NAME c_${kind} COMMAND c_${kind})
    add_executable(cpp_${kind} user.cpp)
    target_link_libraries(cpp_${kind} PRIVATE tally::${kind})
    add_test(NAME cpp_${kind} COMMAND cpp_${kind})
    add_executable(classic_${kind} classic.c)
    target_link_libraries(classic_${kind} PRIVATE tally::${kind})
    add_test(NAME classic_${kind} COMMAND classic_${kind})
endforeach()
CMAKE
version=$(pc Version)
major=${version%%.*}
minor=${version#*.}
minor=${minor%.*}
# finds WANTED [SETTING...]: a project of no language, which is configured fast.
mkdir -p "$outside/versions"
cat >"$outside/versions/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.19)
project(versions NONE)
set(CMAKE_SIZEOF_VOID_P ${POINTER})
find_package(tally ${WANTED} CONFIG REQUIRED)
CMAKE
finds() {
    wanted=$1
    shift
    rm -rf "$outside/versions/build"
    cmake -S "$outside/versions" -B "$outside/versions/build" -DCMAKE_PREFIX_PATH="$prefix" \
        -DWANTED="$wanted" "$@"
}
# takes WANTED [SETTING...]
takes() {
    try "CMake takes $version where ${1:-no version} is asked for${2:+, $2}" finds "$@"
}
# is_not_found NAME WHY WANTED [SETTING...]
is_not_found() {
    name=$1 why=$2
    shift 2
    if finds "$@" >"$LOG" 2>&1; then
        fail "$name"
    elif ! grep -q "$why" "$LOG"; then
        fail "$name" "$LOG"
    else
        pass "$name"
    fi
}
# turns_down WANTED [SETTING...]: and says which version it is that does not do.
turns_down() {
    is_not_found "CMake refuses $version where $1 is asked for${2:+, $2}" "version: $version" "$@"
}
if have cmake; then
    try "a CMake consumer" sh -c '
        cmake -S "$1" -B "$1/cmake" -DCMAKE_PREFIX_PATH="$2" -DWANTED="$3" &&
        cmake --build "$1/cmake" && cmake -E chdir "$1/cmake" ctest --output-on-failure' \
        - "$outside" "$prefix" "$version"
    try "tally::tally_static needs no shared library" needs cmake/c_tally_static
    try "tally::tally is only libtally.so.0 for who uses no classic name" \
        needs cmake/c_tally libtally.so.0
    for linker in gold lld mold; do
        name="a CMake consumer with $linker"
        if ! echo 'int main(void) { return 0; }' |
            "$CC" -fuse-ld=$linker -x c -o "$outside/linked" - 2>/dev/null; then
            skip "$name" "$linker is not installed"
            continue
        fi
        try "$name" sh -c '
            cmake -S "$1" -B "$1/cmake-$3" -DCMAKE_PREFIX_PATH="$2" \
                -DCMAKE_EXE_LINKER_FLAGS="-fuse-ld=$3 -Wl,--no-as-needed" &&
            cmake --build "$1/cmake-$3" && cmake -E chdir "$1/cmake-$3" ctest --output-on-failure' \
            - "$outside" "$prefix" $linker
        try "$name needs only libtally.so.0" needs cmake-$linker/c_tally libtally.so.0
    done
    next=$major.$((minor + 1))
    patch=${version##*.}
    takes ""
    takes "$version"
    takes "$version;EXACT"
    takes "$major.$minor.0"
    turns_down "$next"
    turns_down "$next;EXACT"
    turns_down "$major.$minor.$((patch + 1))"
    turns_down "$((major + 1)).0"
    # What it has no parts of.
    takes "OPTIONAL_COMPONENTS;nonsense"
    is_not_found "CMake refuses a component, of which there are none" \
        "there is no component nonsense" "COMPONENTS;nonsense"
    # Ranges: in, out at either end, the end itself, another major version.
    takes "$major.$minor...$next"
    takes "$major.0...$version"
    takes "$major.0...<$((major + 1))"
    turns_down "$major.0...<$version"
    turns_down "$next...$major.$((minor + 2))"
    turns_down "$major.$minor...$((major + 1)).0"
    turns_down "$major.0...<$((major + 1)).1"
    turns_down "$((major + 1)).0...$((major + 2)).0"
    # Libraries of one size of pointer are no use to a project of the other.
    size=$(($(getconf LONG_BIT) / 8))
    takes "$version" -DPOINTER=$size
    turns_down "$version" -DPOINTER=$((12 - size))
    # The same as what CMake itself writes for packages of this kind.
    mkdir -p "$outside/rule"
    cp "$prefix/lib/cmake/tally/tallyConfigVersion.cmake" "$outside/rule/oursConfigVersion.cmake"
    cat >"$outside/rule/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.19)
project(rule NONE)
include(CMakePackageConfigHelpers)
set(here ${CMAKE_CURRENT_SOURCE_DIR})
write_basic_package_version_file(${here}/theirsConfigVersion.cmake
    VERSION ${WANTED} COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
file(WRITE ${here}/oursConfig.cmake "")
file(WRITE ${here}/theirsConfig.cmake "")
set(versions 0 0.0 0.0.9 0.1 0.1.0 0.1.1 0.2 0.99 1 1.0.0 1.1 2)
set(wanted ${versions})
foreach(least ${versions})
    foreach(most ${versions})
        if(NOT most VERSION_LESS least)
            list(APPEND wanted ${least}...${most})
        endif()
        if(most VERSION_GREATER least)
            list(APPEND wanted ${least}...<${most})
        endif()
    endforeach()
endforeach()
foreach(request ${wanted})
    foreach(whose ours theirs)
        unset(${whose}_DIR CACHE)
        find_package(${whose} ${request} CONFIG QUIET PATHS ${here} NO_DEFAULT_PATH)
    endforeach()
    if(NOT ours_FOUND EQUAL theirs_FOUND)
        message(SEND_ERROR "${request}: ours ${ours_FOUND}, theirs ${theirs_FOUND}")
    endif()
endforeach()
CMAKE
    try "CMake's own rule says the same of every version and range" \
        cmake -S "$outside/rule" -B "$outside/rule/build" -DWANTED="$version"
    # The tree may be moved as a whole.
    mv "$prefix" "$outside/moved"
    try "CMake finds a tree that was moved" cmake -S "$outside" -B "$outside/cmake2" \
        -DCMAKE_PREFIX_PATH="$outside/moved"
    mv "$outside/moved" "$prefix"
else
    skip "a CMake consumer" "cmake is not installed"
fi

# A Meson project.
cat >"$outside/meson.build" <<'MESON'
project('user', 'c', 'cpp', default_options: ['cpp_std=c++17'])
tally = dependency('tally', static: get_option('only_static'))
foreach name : ['user.c', 'user.cpp', 'classic.c']
    test(name, executable(name.replace('.', '_'), name, dependencies: tally))
endforeach
MESON
echo "option('only_static', type: 'boolean', value: false)" >"$outside/meson_options.txt"
for static in false true; do
    name="a Meson consumer, static: $static"
    if ! have meson || ! have ninja || ! have pkg-config; then
        skip "$name" "meson, ninja or pkg-config is not installed"
        continue
    fi
    try "$name" env PKG_CONFIG_PATH="$prefix/lib/pkgconfig" LD_LIBRARY_PATH="$prefix/lib" sh -c '
        meson setup "$1/meson-$2" "$1" -Donly_static="$2" && meson test -C "$1/meson-$2"' \
        - "$outside" $static
done
if [ -e "$outside/meson-true/user_c" ]; then
    try "a static Meson consumer needs no shared library" needs meson-true/user_c
    try "a Meson consumer needs only libtally.so.0" needs meson-false/user_c libtally.so.0
fi

# From another clone of the repository, in which nothing was built.
mkdir "$outside/clone"
cp -R Makefile Cargo.toml include docs examples packaging tools "$outside/clone/"
try "make uninstall from another clone" env -u BUILD $MAKE -s -C "$outside/clone" uninstall DESTDIR= \
    PREFIX="$prefix"
try "uninstall leaves nothing" test ! -e "$prefix"

# sudo make install: what it wrote to build would be root's. And the umask is no matter.
touch "$WORK/before"
try "make install with the umask of root, a folder spelt oddly" sh -c \
    'umask 077 && "$@"' - $MAKE -s install DESTDIR= PREFIX="$prefix/./x//y" LIBDIR="$prefix/./lib64/."
find "$BUILD" -maxdepth 1 -type f -newer "$WORK/before" >"$WORK/written"
find "$BUILD/bin" "$BUILD/lib" "$BUILD/share" -newer "$WORK/before" >>"$WORK/written"
try "make install writes nothing to build" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/written"
find "$prefix" ! -type l ! -perm -444 >"$WORK/unreadable"
try "what is installed may be read by all" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/unreadable"
try "make uninstall, the folders spelt plainly" \
    $MAKE -s uninstall DESTDIR= PREFIX="$prefix/x/y" LIBDIR="$prefix/lib64"
try "uninstall leaves nothing of oddly spelt folders" test ! -e "$prefix"

# What was there before, stays: other packages' folders and files. In folders
# that are elsewhere, from which the tool finds the library too.
for file in include/tally/other.h share/doc/tally/html/notes.html share/doc/tally/examples/own.c; do
    mkdir -p "$(dirname "$prefix/$file")"
    echo >"$prefix/$file"
done
mkdir -p "$prefix/bin" "$prefix/share/man"
find "$prefix" | sort >"$outside/before"
for places in "LIBDIR=$prefix/lib/$($CC -dumpmachine)" \
    "LIBDIR=$prefix/lib64 BINDIR=$prefix/libexec/tally/bin" \
    "LIBDIR=$outside/far/lib MANDIR=$outside/far/man"; do
    # shellcheck disable=SC2086 # several settings
    try "make install $places" $MAKE -s install DESTDIR= PREFIX="$prefix" $places
    try "the tool runs from there" \
        sh -c 'test "$(seq 10 | "$(find "$1" -path "*bin/tally")")" = 55' - "$prefix"
    # shellcheck disable=SC2086 # several settings
    try "make uninstall $places" $MAKE -s uninstall DESTDIR= PREFIX="$prefix" $places
    find "$prefix" | sort >"$outside/after"
    try "what was there before is what is left" diff "$outside/before" "$outside/after"
done
try "nothing is left elsewhere" test ! -e "$outside/far"

# A package is staged in one place and used in another.
staged=$outside/staged/opt/tally
try "make install DESTDIR=" $MAKE -s install DESTDIR="$outside/staged" PREFIX=/opt/tally \
    LIBDIR=/opt/tally/lib64
PC_FILE=$staged/lib64/pkgconfig/tally.pc
try "a staged tally.pc names the final place" \
    test "$(pc Cflags) $(pc Libs)" = "-I/opt/tally/include -L/opt/tally/lib64 -ltally"
# It is linked with where it is staged, too: by the folder, by the file, in a sysroot.
for how in "-L$staged/lib64 -ltally" "$staged/lib64/libtally.so" \
    "-Wl,--sysroot=$outside/staged -L=/opt/tally/lib64 -ltally"; do
    # shellcheck disable=SC2086 # several flags
    try "a consumer of a staged tree: ${how##*staged}" sh -c '
        "$@" && LD_LIBRARY_PATH=$0 "$3"' "$staged/lib64" \
        "$CC" -o "$outside/a.out" "$outside/classic.c" -I"$staged/include" $how
done
try "a staged tool runs from where it is" sh -c 'test "$(seq 10 | "$1")" = 55' - "$staged/bin/tally"
try "nothing is written outside DESTDIR" test ! -e /opt/tally
try "make uninstall DESTDIR=" $MAKE -s uninstall DESTDIR="$outside/staged" PREFIX=/opt/tally \
    LIBDIR=/opt/tally/lib64
try "uninstall leaves nothing in DESTDIR" test ! -e "$outside/staged"

# refuses SETTING WHY: a folder that cannot be, by its name.
refuses() {
    name="make install refuses $1: $2"
    if $MAKE -s install DESTDIR="$outside/staged" PREFIX=/opt/tally "$1" >"$LOG" 2>&1; then
        fail "$name"
    elif [ -e "$outside/staged" ] || ! grep -qF -- "$2" "$LOG"; then
        fail "$name" "$LOG"
    else
        pass "$name"
    fi
}
for folder in PREFIX LIBDIR INCLUDEDIR BINDIR MANDIR DOCDIR BASHDIR ZSHDIR FISHDIR; do
    refuses $folder=a/b "$folder must begin with /"
    refuses "$folder=/a b" "no blanks, please, in $folder"
done
refuses "DESTDIR=/a b" "no blanks, please, in DESTDIR"
refuses "LIBDIR=/opt/l&b" "no & please, in LIBDIR"
refuses "PREFIX=/opt/l#b" "no # please, in PREFIX"
refuses 'PREFIX=/opt/l$b' 'no $ please, in PREFIX'
refuses 'PREFIX=/opt/l$$b' 'no $ please, in PREFIX'
