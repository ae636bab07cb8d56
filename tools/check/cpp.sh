# The C++ face: good by each compiler, in each standard and in each mode that it
# is for; every program of it; its pages.
. tools/check/lib.sh
. tools/check/programs.sh
stage

WARNINGS="-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Weffc++ -Wundef \
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wcast-align -Werror"
PARTS=$(ls include/tally/*.hpp)

# compiled NAME COMPILER FLAGS...: what standard input has compiles.
compiled() {
    compiled_name=$1
    shift
    cat >"$WORK/unit.cpp"
    # shellcheck disable=SC2086 # the warnings are several words
    try "$compiled_name" "$@" $WARNINGS -Wold-style-cast -Iinclude -fsyntax-only "$WORK/unit.cpp"
}

for compiler in g++ clang++; do
    if ! have $compiler; then
        skip "tally.hpp by $compiler" "$compiler is not installed"
        continue
    fi
    for standard in c++17 c++20 c++2b; do
        for mode in "" -fno-exceptions -fno-rtti; do
            # shellcheck disable=SC2086 # none or one
            printf '#include <tally.hpp>\n#include <tally.hpp>\n' |
                compiled "tally.hpp in $standard by $compiler${mode:+, $mode}" \
                    $compiler -std=$standard $mode
        done
    done
    for part in $PARTS; do
        echo "#include <${part#include/}>" |
            compiled "$(basename "$part") alone by $compiler" $compiler -std=c++17
    done

    # The teaching text's names are the program's own, whatever it says of them.
    for order in '#include <tally.hpp>' '#define TALLY_NO_CLASSIC\n#include <tally.h>\n#include <tally.hpp>' \
        '#define TALLY_NO_CLASSIC\n#include <tally.hpp>\n#include <tally.h>'; do
        printf "$order\n%s\n" 'extern "C" double sum_array(double);' |
            compiled "a classic name is free in $compiler after $(printf "$order" | tr '\n' ' ')" \
                $compiler -std=c++17
    done

    # Before C++17 the first thing said is why; Visual C++ has its own macro for it.
    for old in -std=c++14 "-std=c++17 -D_MSVC_LANG=201402L"; do
        name="tally.hpp by $compiler $old says what it needs"
        # shellcheck disable=SC2086 # several flags
        if echo '#include <tally/sums.hpp>' |
            $compiler $old -x c++ -Iinclude -fsyntax-only - 2>"$WORK/refused"; then
            fail "$name"
        else
            try "$name" sh -c 'grep -m 1 "error:" "$1" | grep "needs C++17"' - "$WORK/refused"
        fi
    done

    # What it does not take it refuses in words of its own, before all else.
    while IFS='|' read -r line words; do
        name="$line is refused in words, by $compiler"
        printf '#include <list>\n#include <tally.hpp>\nvoid f(tally::accumulator &sum, %s) {\n    %s\n}\n' \
            "const std::vector<unsigned> &naturals, const std::vector<int> &integers" "$line" |
            $compiler -std=c++17 -x c++ -Iinclude -fsyntax-only - >"$WORK/refused" 2>&1 &&
            fail "$name"
        try "$name" sh -c 'cat "$1"; grep -m 1 "error:" "$1" | grep -F "$2"' - \
            "$WORK/refused" "tally: $words"
    done <<'END'
sum.add(naturals);|elements are double, float,
(void)sum.try_subtract(naturals.data(), 1);|elements are double, float,
tally::moments().add(std::vector<short>{1});|elements are double, float,
sum.add("1.5");|elements are double, float,
(void)tally::sum(naturals);|elements are double, float,
(void)tally::sum_parallel(integers);|sum_parallel() takes double, float or int64_t
(void)tally::mean(integers);|statistics of containers take doubles; for other types make columns
(void)tally::covariance(std::vector<double>(3), naturals, 1);|statistics of containers take doubles
(void)tally::try_variance(std::vector<float>(3), 1, *std::vector<double>(1).data());|statistics of containers take doubles
(void)sum.value<int>();|value() returns double, float, int64_t, uint64_t or int128
(void)tally::product_accumulator().value<int>();|value() of products returns double or int64_t
(void)tally::seal(integers);|seal() takes bytes
(void)tally::open(naturals);|open() takes bytes
(void)tally::accumulator::load(naturals);|load() takes bytes
(void)tally::allocate<std::vector<int>>(3);|allocate() takes types that are trivially copyable
sum.pull([](double *, std::size_t) { return 0.5; });|the source of pull() returns how many values it wrote
sum.pull([](double *, std::size_t) {});|the source of pull() returns how many values it wrote
(void)tally::column(std::list<double>{1});|a column takes contiguous numbers
(void)tally::column(std::vector<bool>(3));|a column takes contiguous numbers
(void)tally::column(std::vector<long double>(3));|a column takes contiguous numbers
(void)tally::column(std::list<std::pair<int, int>>(), &std::pair<int, int>::first);|a column of members takes contiguous objects
tally::cumulative_sum(tally::column(integers), std::vector<float>(3));|results go into a range of double
(void)tally::try_cumulative_sum(tally::column(integers), std::vector<bool>(3));|results go into a range of double
(void)tally::try_rolling(tally::column(integers), 2, 1, TALLY_SUM, integers);|results go into a range of double
tally::group_sum_i64(tally::column(integers), tally::column(naturals), std::vector<double>(3));|results go into a range of double
tally::cumulative_sum_i64(tally::column(integers), std::list<float>(3));|results go into a range of double
tally::group(tally::column(integers), tally::column(naturals), TALLY_SUM, 5);|results go into a range of double
tally::array<long long> array(nullptr);|the elements of an array are double, float,
END

    # So it does views whose elements are not in memory, or at distances that it cannot tell.
    while read -r view; do
        name="$view is refused in words, by $compiler"
        words="tally: a column takes contiguous numbers"
        printf '#include <ranges>\n#include <tally.hpp>\nvoid f(const std::vector<int> &integers) {\n    auto view = %s;\n#ifdef COLUMN\n    (void)tally::column(view);\n#endif\n}\n' \
            "$view" >"$WORK/view.cpp"
        if ! $compiler -std=c++2b -Iinclude -fsyntax-only "$WORK/view.cpp" 2>/dev/null; then
            skip "$name" "this compiler has no such view"
            continue
        fi
        $compiler -std=c++2b -DCOLUMN -Iinclude -fsyntax-only "$WORK/view.cpp" \
            >"$WORK/refused" 2>&1 && fail "$name"
        try "$name" sh -c 'cat "$1"; grep -m 1 "error:" "$1" | grep -F "$2"' - \
            "$WORK/refused" "$words"
    done <<'END'
std::views::iota(1, 4)
std::views::transform(integers, [](int i) { return 2.0 * i; })
std::views::filter(integers, [](int i) { return i > 1; })
std::views::stride(integers, 2)
END

    # No macro comes out of it but TALLY_ ones, and those that Arrow's specification gives
    # whoever declares its structs.
    sed -n 's/^#include <\([a-z_]*\)>$/#include <\1>/p' $PARTS | sort -u >"$WORK/std.cpp"
    echo '#include <stddef.h>' >>"$WORK/std.cpp"
    echo '#include <stdint.h>' >>"$WORK/std.cpp"
    (cat "$WORK/std.cpp" && echo '#include <tally.hpp>') >"$WORK/ours.cpp"
    for unit in std ours; do
        $compiler -std=c++17 -Iinclude -dM -E "$WORK/$unit.cpp" | LC_ALL=C sort >"$WORK/$unit.macros"
    done
    LC_ALL=C comm -13 "$WORK/std.macros" "$WORK/ours.macros" |
        grep -vE '^#define (TALLY_|ARROW_(C_(DATA|STREAM)_INTERFACE|FLAG_[A-Z_]+) )' \
            >"$WORK/leaked" || true
    try "tally.hpp leaves no macros behind but TALLY_ ones, by $compiler" \
        sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/leaked"
done

# Every function that throws is in the table of twins. First that one is seen.
# shellcheck disable=SC2046,SC2086 # one argument a file
rows() {
    sh c_tests/cpp/throwing.sh $(echo "$PARTS" | grep -v /error.hpp) "$@"
}
sed 's/^#if TALLY_EXCEPTIONS/&\n    double planted() const {/' include/tally/moments.hpp >"$WORK/planted.hpp"
try "a function that throws is seen in the header" \
    sh -c 'sh c_tests/cpp/throwing.sh "$1" | grep -x "moments planted"' - "$WORK/planted.hpp"
tr -d '\n' <c_tests/cpp/tally_hpp_twins.cpp | grep -oE 'TWINS\([a-z_]+, *[a-z0-9_]+' |
    sed 's/TWINS(//; s/, */ /' | LC_ALL=C sort -u >"$WORK/twins"
rows | LC_ALL=C comm -23 - "$WORK/twins" >"$WORK/twins-missing"
try "every function that throws is in the table of twins" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/twins-missing"

# ran NAME COMPILER FLAGS...: what is compiled runs.
ran() {
    ran_name=$1
    shift
    # shellcheck disable=SC2046,SC2086 # several flags
    if "$@" $C_WARNINGS $C_FLAGS $(pc Cflags) -o "$PROGRAMS/face" $(pc Libs) \
        -Wl,-rpath,"$STAGE/lib" >"$LOG" 2>&1; then
        try "$ran_name" limited "$PROGRAMS/face"
    else
        fail "$ran_name" "$LOG"
    fi
}

# A program's own functions take no call from the header, whatever their names are.
# shellcheck disable=SC2086 # one argument a file
sh c_tests/header/hostile.sh $PARTS >"$WORK/hostile.inc"
for name in check fail count_of pairs_of result; do
    grep -qx "HOSTILE($name)" "$WORK/hostile.inc" || echo "$name"
done >"$WORK/hostile-missing"
rows | sed 's/.* //' | sort -u | while read -r name; do
    grep -qE "\b$name\b[<(]" c_tests/header/hostile.cpp || echo "$name"
done >>"$WORK/hostile-missing"
try "the program with hostile functions has all names, and uses all of the header" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/hostile-missing"
# Unqualified, a call would be theirs.
rm -rf "$WORK/unqualified"
cp -R include "$WORK/unqualified"
for change in state:tally::check state:detail::count_of products:detail::count_of error:tally::fail; do
    have "$CXX" || break
    part=tally/${change%%:*}.hpp
    name=${change#*:}
    sed "s/$name(/${name##*::}(/" "include/$part" >"$WORK/unqualified/$part"
    if "$CXX" -std=c++17 -I"$WORK" -I"$WORK/unqualified" -fsyntax-only \
        c_tests/header/hostile.cpp >"$LOG" 2>&1; then
        fail "an unqualified ${name##*::}() in $part is found"
    else
        pass "an unqualified ${name##*::}() in $part is found"
    fi
    cp "include/$part" "$WORK/unqualified/$part"
done

for compiler in g++ clang++; do
    have $compiler || continue
    for standard in c++17 c++20; do
        for mode in "" -fno-exceptions; do
            # shellcheck disable=SC2086 # none or one
            ran "hostile functions in $standard by $compiler${mode:+, $mode}" \
                $compiler -std=$standard $mode -I"$WORK" c_tests/header/hostile.cpp
        done
        for source in c_tests/cpp/tally_hpp*.cpp; do
            ran "$(basename "$source") in $standard by $compiler" \
                $compiler -std=$standard "$source"
        done
        ran "tally_hpp_without_exceptions.cpp in $standard by $compiler, -fno-exceptions" \
            $compiler -std=$standard -fno-exceptions -fno-rtti \
            c_tests/cpp/tally_hpp_without_exceptions.cpp
    done
    ran "tally_hpp_views.cpp in c++2b by $compiler" \
        $compiler -std=c++2b c_tests/cpp/tally_hpp_views.cpp
    # What is a template is seen by the compiler only where it is used.
    for mode in "" -fno-exceptions; do
        # shellcheck disable=SC2086 # several words
        try "no strict warning where the header is used, by $compiler${mode:+, $mode}" \
            $compiler -std=c++17 $mode $WARNINGS -Iinclude -fsyntax-only \
            c_tests/cpp/tally_hpp_without_exceptions.cpp
    done
    # Of another compiler, or of an earlier run, nothing is linked.
    rm -f "$PROGRAMS/first.o" "$PROGRAMS/second.o" "$PROGRAMS/with.o" "$PROGRAMS/without.o"
    for unit in first second; do
        [ $unit = first ] && mode= || mode=-fno-exceptions
        # shellcheck disable=SC2086 # several words
        try "the $unit unit by $compiler" \
            $compiler -std=c++17 $mode $WARNINGS -Iinclude -DUNIT=$unit -c \
            -o "$PROGRAMS/$unit.o" c_tests/header/unit.cpp
    done
    ran "tally.hpp in three units of one program by $compiler" \
        $compiler -std=c++17 c_tests/header/unit.cpp "$PROGRAMS/first.o" "$PROGRAMS/second.o"
    # Whichever of two units comes first: nothing is inlined, so the linker chooses.
    # shellcheck disable=SC2086 # several words
    try "the unit with exceptions by $compiler" \
        $compiler -std=c++17 -O0 $WARNINGS -Iinclude -c -o "$PROGRAMS/with.o" \
        c_tests/header/modes.cpp
    # shellcheck disable=SC2086 # several words
    try "the unit without exceptions by $compiler" \
        $compiler -std=c++17 -O0 -fno-exceptions $WARNINGS -Iinclude -DOTHER -c \
        -o "$PROGRAMS/without.o" c_tests/header/modes.cpp
    for order in "with without" "without with"; do
        ran "units $order exceptions by $compiler" $compiler -std=c++17 \
            "$PROGRAMS/${order% *}.o" "$PROGRAMS/${order#* }.o"
    done
done

sanitizers="-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer"
echo 'int main() { int *p = new int[2]; return p[2]; }' >"$WORK/planted.cpp"
name="$CXX's sanitizers see a planted read past the end"
# shellcheck disable=SC2086 # several flags
if ! have "$CXX" || ! $CXX $sanitizers -o "$WORK/planted" "$WORK/planted.cpp" 2>/dev/null; then
    skip "the C++ programs with sanitizers" "$CXX has no runtime for them"
elif "$WORK/planted" >/dev/null 2>&1; then
    fail "$name"
else
    pass "$name"
    TALLY_TEST_QUICK=1
    export TALLY_TEST_QUICK
    for source in c_tests/cpp/tally_hpp*.cpp c_tests/cpp/exceptions.cpp c_tests/cpp/cpp_usage.cpp; do
        # shellcheck disable=SC2086 # several flags
        ran "$(basename "$source") with sanitizers" "$CXX" -std=c++17 $sanitizers "$source"
    done
    unset TALLY_TEST_QUICK
fi

# The pages. Each example of docs/cpp.md is the body of a function.
name="docs/cpp.md"
if ! have "$CXX"; then
    skip "$name" "$CXX is not installed"
    exit 0
fi
awk 'BEGIN { print "#undef NDEBUG" }
     /^```cpp$/ { inside = 1; if (count++) print "static void example_" count - 1 "() {"; next }
     /^```$/ && inside { inside = 0; if (count > 1) print "}"; next }
     inside
     END { print "int main() {"; for (i = 1; i < count; i++) print "example_" i "();"; print "}" }' \
    docs/cpp.md >"$WORK/pages.cpp"
ran "the examples of $name give what they say" "$CXX" -std=c++17 "$WORK/pages.cpp"
try "there are examples in $name" grep -q example_10 "$WORK/pages.cpp"
sed '/^namespace detail/,/^} \/\/ namespace detail/d' $PARTS |
    sed -n 's/^\(template <.*> \)\{0,1\}\(class\|using\) \([a-z_]*\)\( .*\)\{0,1\}$/\3/p' |
    sort -u >"$WORK/classes"
rows | sed -n 's/^tally //p' >>"$WORK/classes"
while read -r class; do
    grep -q "tally::$class\b" docs/cpp.md || echo "$class"
done <"$WORK/classes" >"$WORK/classes-missing"
try "$name shows every class and function" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/classes-missing"

# The README's C++ program, by its command.
awk '/^```cpp$/ { inside = 1; next } /^```$/ && inside { exit } inside' README.md >"$WORK/x.cpp"
grep '^c++ .*x\.cpp .*a\.out' README.md >"$WORK/command" || true
sed -n 's/.*# *//p' "$WORK/command" >"$WORK/said"
try "the README has a C++ program and a command" test -s "$WORK/x.cpp" -a -s "$WORK/said"
if ! have pkg-config; then
    skip "the README's C++ program" "pkg-config is not installed"
else
    (cd "$WORK" && PKG_CONFIG_PATH="$STAGE/lib/pkgconfig" LD_LIBRARY_PATH="$STAGE/lib" \
        sh "$WORK/command") >"$WORK/out" 2>"$LOG" || cat "$LOG"
    try "the README's C++ program prints what it says" diff "$WORK/said" "$WORK/out"
fi
