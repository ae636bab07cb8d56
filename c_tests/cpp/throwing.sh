#!/bin/sh
# What throws in the C++ header, for the test that no twin is missing: a line
# "class function" for each public member that stands where exceptions are, and
# "tally function" for each function outside of a class. Operators are left out;
# tally/error.hpp too, which is what throws.
awk '
FNR == 1 { class = nested = ""; throwing = hidden = internal = 0 }
/^#if TALLY_EXCEPTIONS/ { throwing = 1 }
/^#(else|endif)/ { throwing = 0 }
/^namespace detail/ { internal = 1 }
/^} \/\/ namespace detail/ { internal = 0 }
/(^ *|> )class [a-z_]+/ && !/;$/ {
    name = substr($0, match($0, /class [a-z_]+/) + 6)
    sub(/[^a-z_].*/, "", name)
    if (/^    class/) nested = name
    else { class = name; hidden = 1 }
}
/^    };/ { nested = ""; hidden = 0 }
/^};/ { class = "" }
/^ *public:/ { hidden = 0 }
/^ *(private|protected):/ { hidden = 1 }
throwing && !(class != "" && hidden) && !(class == "" && internal) {
    # A declaration is indented by as much as what it stands in asks for.
    indent = nested != "" ? 8 : class != "" ? 4 : 0
    line = $0
    if (!sub("^" sprintf("%*s", indent, ""), "", line) || line !~ /^[A-Za-z[]/ || line !~ /\(/)
        next
    sub(/\(.*/, "", line)
    if (line ~ /operator/ || !match(line, /[a-z_0-9]+$/)) next
    print (nested != "" ? nested : class != "" ? class : "tally"), substr(line, RSTART)
}' "$@" | LC_ALL=C sort -u
