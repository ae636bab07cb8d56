#!/bin/sh
# The binary interface beyond names: packaging/abi.txt has each type's size and
# alignment, each member's place, each constant and each function's declaration,
# for 64-bit machines. It changes when the ABI does, so a review sees it.
#
#   abi.sh print         the manifest for this compiler, from the header
#   abi.sh update        writes it
#   abi.sh stub FILE     a shared library of the header's functions, empty, with
#                        debugging information in C: what abidiff reads
#   abi.sh compare       with the last release, by abidiff; what is only new does
#                        not count
#   abi.sh baseline      writes packaging/abi-baseline.xml, the release's own
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
soname=$(cat "$root/packaging/soname")
export TALLY_HEADER="${TALLY_HEADER:-$root/include/tally.h}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A C program that prints the manifest: the compiler knows sizes and places.
program() {
    echo '#include <stdio.h>'
    echo '#include <tally.h>'
    echo 'int main(void) {'
    ${CC:-cc} -std=c11 -E -dM "$TALLY_HEADER" | LC_ALL=C sort |
        sed -n '/_VERSION/d; s/^#define \(TALLY_[A-Z0-9_]*\) (\{0,1\}-\{0,1\}[0-9][0-9A-Za-z]*)\{0,1\}$/\1/p' |
        while read -r name; do
            printf '    printf("constant %s %%lld\\n", (long long)%s);\n' "$name" "$name"
        done
    "$root/tools/declarations.sh" | awk '
        function trim(text) { gsub(/^ +| +$/, "", text); return text }
        # The last name before a bracket, an array or the end.
        function member(text) {
            if (match(text, /\( *\* *[A-Za-z_0-9]+ *\)/)) {
                text = substr(text, RSTART, RLENGTH)
                gsub(/[(*) ]/, "", text)
                return text
            }
            sub(/\[.*/, "", text)
            match(text, /[A-Za-z_0-9]+ *$/)
            return trim(substr(text, RSTART))
        }
        function measure(type) {
            printf "    printf(\"type %s size %%zu align %%zu\\n\", sizeof(%s), _Alignof(%s));\n", \
                type, type, type
        }
        /^(typedef )?(struct|union) .*\{/ {
            type = $0
            if (/^typedef/) { sub(/^.*\} */, "", type); sub(/;.*/, "", type) }
            else { sub(/ *\{.*/, "", type) }
            measure(type)
            body = $0
            sub(/^[^{]*\{/, "", body)
            sub(/\}[^}]*$/, "", body)
            count = split(body, members, ";")
            for (i = 1; i <= count; i++) {
                if (trim(members[i]) == "") continue
                name = member(members[i])
                printf "    printf(\"member %s.%s offset %%zu size %%zu: %s\\n\", offsetof(%s, %s), " \
                    "sizeof(((%s *)0)->%s));\n", type, name, trim(members[i]), type, name, type, name
            }
            next
        }
        /^(typedef )?enum .*\{/ {
            body = $0
            sub(/^[^{]*\{/, "", body)
            sub(/\}.*/, "", body)
            count = split(body, members, ",")
            for (i = 1; i <= count; i++) {
                name = trim(members[i])
                sub(/ .*/, "", name)
                if (name != "")
                    printf "    printf(\"constant %s %%lld\\n\", (long long)%s);\n", name, name
            }
            next
        }
        /^typedef .*\(/ { printf "    puts(\"%s\");\n", $0; next }
        # An opaque type has no size.
        /^typedef struct/ { printf "    puts(\"%s\");\n", $0; next }
        /^typedef / { type = $NF; sub(/;/, "", type); measure(type); next }'
    "$root/tools/declarations.sh" -U__x86_64__ -U__i386__ | sed '/^typedef /d; /{/d' |
        sed 's/.*/    puts("function &");/'
    echo '    return 0;'
    echo '}'
}

print() {
    program >"$work/abi.c"
    ${CC:-cc} -std=c11 -I "$(dirname "$TALLY_HEADER")" -o "$work/abi" "$work/abi.c"
    "$work/abi"
}

# Every function of the header with nothing in it.
stub() {
    {
        echo '#include <tally.h>'
        # The statuses are part of it, though C passes them as plain numbers.
        echo 'enum tally_status stub_status(void) { return TALLY_OK; }'
        "$root/tools/declarations.sh" -U__x86_64__ -U__i386__ | sed '/^typedef /d; /{/d' |
            sed 's/^void \([^*].*\);$/void \1 {}/; t; s/;$/ { return 0; }/'
    } >"$work/stub.c"
    # In a folder of no name, so that what is dumped of it is the same everywhere.
    cp "$TALLY_HEADER" "$work/tally.h"
    (cd "$work" && ${CC:-cc} -std=c11 -g -fPIC -shared -I . -Wl,-soname,"$soname" \
        -o stub.so stub.c)
    cp "$work/stub.so" "$1"
}

case ${1:-} in
print) print ;;
update)
    print >"$work/new"
    {
        echo "# The ABI of libtally on 64-bit machines: types, members, constants, functions."
        echo "# Made by 'make abi' from include/tally.h; what is here must not change or go."
        cat "$work/new"
    } >"$work/manifest"
    cp "$work/manifest" "$root/packaging/abi.txt"
    ;;
stub) stub "$2" ;;
compare)
    # A new soname is how one says that the ABI is another.
    grep -q "soname='$soname'" "$root/packaging/abi-baseline.xml" || exit 0
    stub "$work/$soname"
    abidiff --no-added-syms "$root/packaging/abi-baseline.xml" "$work/$soname"
    ;;
baseline)
    stub "$work/$soname"
    abidw --no-comp-dir-path --no-corpus-path --no-show-locs --headers-dir "$work" \
        "$work/$soname" >"$work/baseline"
    cp "$work/baseline" "$root/packaging/abi-baseline.xml"
    ;;
*)
    echo "usage: abi.sh print|update|stub FILE|compare|baseline" >&2
    exit 2
    ;;
esac
