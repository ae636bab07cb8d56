# The manual: what is made from the header and from the tool's help is complete,
# well formed, and agrees with them.
. tools/check/lib.sh
stage
man=$STAGE/share/man
completions=$STAGE/share

tools/pages.sh man >"$WORK/pages"
(cd "$man/man3" && ls) | sed 's/\.3$//' | LC_ALL=C sort >"$WORK/pages-made"
try "every function and type has its page of section 3" diff "$WORK/pages" "$WORK/pages-made"
tools/pages.sh html >"$WORK/pages"
(cd "$STAGE/doc/html" && LC_ALL=C ls) >"$WORK/pages-made"
try "what make uninstall removes of the HTML manual is all of it" diff "$WORK/pages" "$WORK/pages-made"

# A page's title for its name, a line for each request: mandoc and groff say what
# they do not understand. A long line of their input is no error.
if have mandoc; then
    mandoc -T lint "$man"/man?/* 2>&1 |
        grep -v 'STYLE: input text line longer than 80 bytes' >"$WORK/mandoc" || true
    try "mandoc finds nothing in the pages" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/mandoc"
else
    skip "mandoc finds nothing in the pages" "mandoc is not installed"
fi
if have man && have groff; then
    for page in "$man"/man?/*; do
        MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null
    done >"$WORK/groff"
    try "groff finds nothing in the pages" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/groff"
    for page in "$man"/man?/*; do
        MANWIDTH=80 man -P cat -l "$page" 2>&1 |
            awk -v page="${page##*/}" 'length($0) > 80 { print page ": " $0 }'
    done >"$WORK/wide"
    try "every page fits in 80 columns" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/wide"
    # shown SECTION PAGE TEXT: man shows a page that has the text.
    shown() {
        MANWIDTH=80 man -M "$man" -P cat "$1" "$2" 2>&1 | tr -s ' \n' ' ' | grep -qF -- "$3"
    }
    try "man shows a function" shown 3 tally_sum_f64 \
        "tally_status tally_sum_f64(const double *values, size_t count, double *total);"
    try "man leads to a function's twin" shown 3 tally_sum_f64 "tally_sum_f64_parallel(3)"
    try "man leads back from it" shown 3 tally_sum_f64_parallel "tally_sum_f64(3)"
    try "man shows a type" shown 3 tally_accumulator "uint64_t opaque[40];"
    try "man shows the type that holds a status" shown 3 tally_status "typedef int32_t tally_status;"
    try "man shows where a function is" shown 3 rust_function_stdcall "On 32-bit x86 only, for compilers"
    try "man shows a condition" shown 3 rust_function_stdcall "#if defined(__i386__)"
    try "man refers to a section" shown 3 tally_shared_new "see Handles in tally(3)"
    try "man shows a section" shown 3 tally "A handle refers to a resource that may have several owners"
    try "man keeps the quotes of a character" shown 3 tally_accumulator_add_text "With ' ', any run"
    try "man shows initials" shown 3 tally_dot_f64 "(U. Kulisch,"
    # As it is read, with its blanks and its lines.
    for page in "$man"/man3/*; do
        MANWIDTH=80 man -P cat -l "$page" 2>&1 | sed "s|^|$(basename "$page"): |"
    done >"$WORK/read"
    try "no name is broken, and no sentence ends at an initial" \
        sh -c '! grep -nE "(‐|­)$|[ (][A-Z]\.  +[A-Z]" "$1"' - "$WORK/read"
    try "man shows the library" shown 3 tally "tally_accumulator_merge(3)"
    try "man shows the tool" shown 1 tally "OPTIONS"
else
    skip "groff finds nothing in the pages" "man or groff is not installed"
fi

"$STAGE/bin/tally" --help >"$WORK/help"
try "the help that the manual has is the tool's" \
    sh -c 'tools/help.sh | diff - "$1"' - "$WORK/help"

# The options, as the help's left column has them.
grep -oE '^  (--?[A-Za-z0-9-]+([ =][A-Z]+)?(, )?)+(  |$)' "$WORK/help" |
    grep -oE -- '--?[A-Za-z][A-Za-z0-9-]*' | LC_ALL=C sort -u >"$WORK/options"
try "the help names options" grep -qx -e --column "$WORK/options"
while read -r option; do
    # With what is no option the tool says so.
    "$STAGE/bin/tally" "$option" </dev/null 2>&1 | grep -q "^tally: unknown option" &&
        echo "tally does not know $option"
    grep -qF -- "$(echo "$option" | sed 's/-/\\-/g')" "$man/man1/tally.1" ||
        echo "tally.1 does not have $option"
    grep -qE -- "'(\*|\(.*\))$option[=+]?\[" "$completions/zsh/site-functions/_tally" ||
        echo "zsh's completion does not have $option"
    grep -qE -- "<dt><code>([^<]*, )?$option(,|<)" "$STAGE/doc/html/tool.html" ||
        echo "the HTML manual does not have $option"
done <"$WORK/options" >"$WORK/options-missing"
try "the tool, tally.1, the HTML manual and zsh's completion have the help's options" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/options-missing"

# completes WORD...: what bash offers after these words.
completes() {
    # shellcheck disable=SC2016 # bash expands it
    bash -c '. "$0" && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) && _tally &&
        printf "%s\n" "${COMPREPLY[@]}"' "$completions/bash-completion/completions/tally" "$@"
}
if have bash; then
    completes tally - | grep -vx -e -- | LC_ALL=C sort -u >"$WORK/completed"
    try "bash completes the help's options" diff "$WORK/options" "$WORK/completed"
    try "bash completes a part of an option" test "$(completes tally --comp)" = --compare
    try "bash completes a file" test "$(completes tally READ)" = README.md
    try "bash leaves an option's word alone" test -z "$(completes tally --column R)"
    weather=examples/data/weather.csv
    try "bash completes the name of a column" \
        test "$(completes "$STAGE/bin/tally" -H $weather -c wind_s)" = wind_speed
    try "bash completes the name of a column behind a =" \
        test "$(completes "$STAGE/bin/tally" -H $weather --group = ori)" = origin
    try "bash completes a form of output" test "$(completes tally --to j)" = json
    try "bash leaves alone what follows an option's =" \
        test -z "$(completes tally --column =)$(completes tally --column = R)"
    try "bash completes only files after --" \
        test -z "$(completes tally -- --comp)" -a "$(completes tally -- --column READ)" = README.md
else
    skip "bash completes the help's options" "bash is not installed"
fi
if have zsh; then
    try "zsh reads its completion" zsh -n "$completions/zsh/site-functions/_tally"
    # offered WORDS: the options that zsh offers after these words, with their texts.
    offered() {
        limited zsh tests/tool/completed.zsh "$completions/zsh/site-functions" "$1" |
            grep '^-.* -- ' | tr -s ' ' | sed 's/ $//' | LC_ALL=C sort -u
    }
    # The same of the help's own lines: an option's long form, its short one, its text.
    "$STAGE/bin/tally" --help | awk '
        function end() { if (names != "" && names != "--") print names " -- " text; names = "" }
        /^  -/ {
            end()
            match($0, /[^ ]   */)
            names = substr($0, 3, RSTART - 2); text = substr($0, RSTART + RLENGTH)
            sub(/ [A-Z]+$/, "", names)
            if (split(names, part, ", ") == 2) names = part[2] " " part[1]
            next
        }
        /^   +/ && names != "" { line = $0; sub(/^ +/, "", line); text = text " " line; next }
        { end() }' | LC_ALL=C sort >"$WORK/help-texts"
    offered "tally -" >"$WORK/zsh-texts"
    try "zsh offers the help's options with their whole texts" \
        diff "$WORK/help-texts" "$WORK/zsh-texts"
    # Those with the same text share a line.
    try "no two options have the same text" sh -c '! grep -E -e "--[^ ]+ --[a-z]" "$1"' - \
        "$WORK/zsh-texts"
    # is_offered WORDS OPTION
    is_offered() {
        offered "$1" | sed 's/ -- .*//' | tr ' ' '\n' | grep -qx -e "$2"
    }
    for words in "tally -H -" "tally --header -"; do
        is_offered "$words" --min && ! is_offered "$words" --header && ! is_offered "$words" -H ||
            echo "after $words"
    done >"$WORK/zsh-twice"
    try "zsh offers an option once, whatever its spelling" test ! -s "$WORK/zsh-twice"
    try "zsh offers an option again that may be repeated" is_offered "tally -c 1 -" --column
    try "zsh offers nothing after what only prints" test -z "$(offered 'tally --help -')"
else
    skip "zsh offers the help's options with their whole texts" "zsh is not installed"
    skip "zsh reads its completion" "zsh is not installed"
fi

# The guide shows what the tests run.
html=$STAGE/doc/html
for source in examples/guide/*; do
    try "the guide shows $(basename "$source")" \
        grep -qF "<figcaption><a href=\"../examples/$(basename "$source")\">" "$html/index.html"
done
for name in $(tools/exports.sh); do
    grep -lq " id=\"$name\"" "$html"/reference-*.html || echo "$name"
done >"$WORK/html-missing"
try "the reference has every function" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/html-missing"

# All that is installed, and nothing that was installed before.
installed=$(cd "$WORK" && pwd)/installed
rm -rf "$installed"
try "make install for reading" $MAKE -s install DESTDIR= PREFIX="$installed"
manual() {
    "$CARGO" run -q -p manual --target-dir "$BUILD/target" -- "$@"
}
# reads FOLDER: the check of an installation in the folder.
reads() {
    manual check "$1/share/doc/tally" "$1/share/man" "$1/include"
}
try "every link in what is installed leads somewhere, and no page speaks of Rust" \
    reads "$installed"
# finds PROBLEM FILE SCRIPT: the check finds what sed does to a file of it.
finds() {
    cp "$installed/$2" "$WORK/kept"
    sed "$3" "$WORK/kept" >"$installed/$2"
    if cmp -s "$WORK/kept" "$installed/$2"; then
        fail "the check of an installation finds '$1': nothing was planted"
    elif reads "$installed" >"$WORK/found" 2>&1; then
        fail "the check of an installation finds '$1'" "$WORK/found"
    else
        try "the check of an installation finds '$1'" grep -qF "$1" "$WORK/found"
    fi
    cp "$WORK/kept" "$installed/$2"
}
page=share/doc/tally/html/index.html
finds "leads nowhere" $page 's|href="decimals.html"|href="decimal.html"|'
finds "leads nowhere" $page 's|\.\./examples/sums\.c|../examples/sum.c|'
finds "leads nowhere" share/doc/tally/CHANGELOG.md 's|^# .*|&\n\n[x](README.md)|'
finds "leads to no place" $page 's|#tally_sum_f64"|#tally_sum_f65"|'
finds "a link has no href" $page '0,/<a href="[^"]*">/s//<a>/'
finds "is not closed" $page 's|</main>||'
finds "there is no page tally_nothing.3" share/man/man3/tally.3 's|tally_sum_f64|tally_nothing|'
finds "slice is Rust" include/tally.h 's| \* Adds one double| * Adds a slice|'
finds "usize is Rust" share/man/man3/tally_sum_f64.3 's|size_t|usize|'
finds "panic is Rust" share/doc/tally/html/conventions.html 's|<h1|<p>panic</p><h1|'
finds "is not installed" include/tally.h 's| \* Adds one double| * See docs/x.md|'
finds "there is no make check" $page 's|<h1|<p>make check-x</p><h1|'
if have tidy; then
    for page in "$installed/share/doc/tally/html"/*.html; do
        tidy -q -e --show-info no "$page" 2>&1 | sed "s|^|$(basename "$page"): |"
    done >"$WORK/tidy"
    try "tidy finds nothing in the HTML manual" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/tidy"
else
    skip "tidy finds nothing in the HTML manual" "tidy is not installed"
fi
for name in $(tools/exports.sh); do
    grep -qF "#$name\">$name</a></code></dt><dd>" "$installed/share/doc/tally/html/names.html" ||
        echo "$name"
done >"$WORK/names-missing"
try "the index has every function, with a line about it" \
    sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/names-missing"

try "the index has the functions of tally.hpp, too" grep -qF \
    '"cpp.html#totals-of-arrays">tally::sum</a></code></dt><dd>the total' \
    "$installed/share/doc/tally/html/names.html"

# The manual is not made of what names something that is not there, or says nothing
# of what a function returns.
planted=$WORK/planted-docs
rm -rf "$planted"
mkdir -p "$planted/tools"
cp -R README.md include docs examples "$planted/"
# refused NAME WHAT WHY: the manual of the changed tree is not made, and says why.
refused() {
    what=$1 kind=$2 problem=$3
    case $kind in
    html) set -- html "$WORK/help" ;;
    *) set -- "$kind" ;;
    esac
    if manual --root "$planted" "$@" "$planted/out" 2000-01-01 >"$planted/log" 2>&1; then
        fail "$what"
    else
        try "$what" grep -qF "$problem" "$planted/log"
    fi
    cp include/tally.h "$planted/include/"
    cp docs/* "$planted/docs/"
}
# header SCRIPT: what sed does to the header.
header() {
    sed "$1" include/tally.h >"$planted/include/tally.h"
}
header 's/^ \* Adds one double\.$/ * Adds one double; see tally_nothing()./'
refused "a comment that names what is not there is an error" man "tally_nothing is declared nowhere"
header 's/^ \* Adds one double\.$/ * Adds one double; see Nothing./'
refused "a comment that names a section that is not there is an error" man \
    "no section is called Nothing"
header 's/^ \* Returns the length of the complete message.*/ * The length./'
refused "a function that does not say what it returns is an error" man \
    "tally_last_error_copy: nothing says what it returns"
# shellcheck disable=SC2016 # it is Markdown
echo 'See `tally_nothing()`.' >>"$planted/docs/guide.md"
refused "a guide that names what is not there is an error" html "tally_nothing is declared nowhere"
sed 's/tally::weighted_mean/mean/' docs/cpp.md >"$planted/docs/cpp.md"
refused "a function of tally.hpp that its page does not have is an error" html \
    "docs/cpp.md does not name tally::weighted_mean"
echo >>"$planted/examples/guide/sums.c" '/* Changed. */'
refused "a program that is not as the guide has it is an error" html \
    "docs/guide.md does not have its programs as they are"
cp examples/guide/sums.c "$planted/examples/guide/"
sed -i 's/tally_map(/tally_nap(/; s/tally_accumulator_pull(/nothing(/' \
    "$planted/examples/guide/callbacks.c" "$planted/docs/guide.md"
refused "a subject that has no program is an error" html \
    "no program of examples/guide calls a function of Callbacks"
