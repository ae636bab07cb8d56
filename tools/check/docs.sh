# The manual: what is made from the header and from the tool's help is complete,
# well formed, and agrees with them.
. tools/check/lib.sh
stage
man=$STAGE/share/man
completions=$STAGE/share

tools/pages.sh >"$WORK/pages"
(cd "$man/man3" && ls) | sed 's/\.3$//' | LC_ALL=C sort >"$WORK/pages-made"
try "every function and type has its page of section 3" diff "$WORK/pages" "$WORK/pages-made"

# A page's title for its name, a line for each request: mandoc and groff say what
# they do not understand. Long lines are no error: declarations stay whole.
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
    # shown SECTION PAGE TEXT: man shows a page that has the text.
    shown() {
        MANWIDTH=80 man -M "$man" -P cat "$1" "$2" 2>&1 | tr -s ' \n' ' ' | grep -qF -- "$3"
    }
    try "man shows a function" shown 3 tally_sum_f64 \
        "tally_status tally_sum_f64(const double *values, size_t count, double *total);"
    try "man shows a type" shown 3 tally_accumulator "uint64_t opaque[40];"
    try "man shows the library" shown 3 tally "tally_accumulator_merge(3)"
    try "man shows the tool" shown 1 tally "OPTIONS"
else
    skip "groff finds nothing in the pages" "man or groff is not installed"
fi

# The options, as the help's left column has them.
"$STAGE/bin/tally" --help | grep -oE '^  (--?[A-Za-z0-9-]+([ =][A-Z]+)?(, )?)+(  |$)' |
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
done <"$WORK/options" >"$WORK/options-missing"
try "the tool, tally.1 and zsh's completion have the help's options" \
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
        grep -q "<figcaption>$source</figcaption>" "$html/index.html"
done
for name in $(tools/exports.sh); do
    grep -lq " id=\"$name\"" "$html"/reference-*.html || echo "$name"
done >"$WORK/html-missing"
try "the reference has every function" sh -c 'cat "$1"; test ! -s "$1"' - "$WORK/html-missing"

# First that a name which is not there is refused, in the header and in the guide.
planted=$WORK/planted-docs
rm -rf "$planted"
mkdir -p "$planted/tools"
cp -R include docs examples "$planted/"
sed 's/^ \* Adds one double\.$/ * Adds one double; see tally_nothing()./' include/tally.h \
    >"$planted/include/tally.h"
# refused NAME WHAT: the manual of the changed tree is not made, and says why.
refused() {
    if "$CARGO" run -q -p manual --target-dir "$BUILD/target" -- --root "$planted" \
        "$2" "$planted/out" 2000-01-01 >"$planted/log" 2>&1; then
        fail "$1"
    else
        try "$1" grep -q "tally_nothing is declared nowhere" "$planted/log"
    fi
}
refused "a comment that names what is not there is an error" man
cp include/tally.h "$planted/include/"
# shellcheck disable=SC2016 # it is Markdown
echo 'See `tally_nothing()`.' >>"$planted/docs/guide.md"
refused "a guide that names what is not there is an error" html
