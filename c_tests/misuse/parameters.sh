#!/bin/sh
# What the functions of a header can be given wrongly:
#
#   sh parameters.sh include/tally.h >parameters.inc
#
# prints FUNCTION(name) for each function, and PARAMETER(function, name, kind)
# for each parameter of it that may be bad: POINTER, CALLBACK, LENGTH (and other
# sizes), ENUM (and any type that this script does not know, so that a new
# one is not overlooked). c_tests/misuse/bad_arguments.c has a row for each, or fails.
set -eu

awk '
    # Comments and lines of the preprocessor go; the rest is one long line.
    {
        line = $0
        if (!in_comment && (line ~ /^[ \t]*#/ || continued)) {
            continued = line ~ /\\$/
            next
        }
        while (line != "") {
            if (in_comment) {
                end = index(line, "*/")
                if (!end) break
                line = substr(line, end + 2)
                in_comment = 0
            } else {
                start = index(line, "/*")
                if (!start) { text = text line; break }
                text = text substr(line, 1, start - 1)
                line = substr(line, start + 2)
                in_comment = 1
            }
        }
        text = text " "
    }

    function trim(s) {
        gsub(/[ \t]+/, " ", s)
        gsub(/^ | $/, "", s)
        return s
    }

    function print_parameter(name, parameter, number,    type, last) {
        parameter = trim(parameter)
        if (parameter == "void" || parameter == "") return
        type = parameter
        last = ""
        if (match(parameter, /[A-Za-z_][A-Za-z0-9_]*$/)) {
            last = substr(parameter, RSTART)
            type = trim(substr(parameter, 1, RSTART - 1))
        }
        # A type alone, or a pointer to a function written out: no name.
        if (type == "" || last == "") last = "parameter_" number
        gsub(/const |struct |enum /, "", type)
        if (type in callback)
            kind = "CALLBACK"
        else if (parameter ~ /[*]|\[/)
            kind = "POINTER"
        else if (type ~ /^(size_t|ptrdiff_t)$/ ||
                 last ~ /^(len|length|count|size|fraction_digits)$/)
            kind = "LENGTH"
        else if (last == "status" || type !~ /^(int|int32_t|int64_t|uint32_t|uint64_t|double|float|char)$/)
            kind = "ENUM"
        else
            return
        print "PARAMETER(" name ", " last ", " kind ")"
    }

    function print_function(declaration,    name, list, depth, number, i, c, one) {
        # The return type may have parentheses only in attributes.
        while (sub(/__attribute__ *\(\([^()]*\)\)/, "", declaration)) {}
        declaration = trim(declaration)
        if (declaration == "" || !match(declaration, /[A-Za-z_][A-Za-z0-9_]* *\(/)) return
        name = substr(declaration, RSTART, RLENGTH)
        list = substr(declaration, RSTART + RLENGTH)
        sub(/ *\($/, "", name)
        sub(/\)[^)]*$/, "", list)
        if (name in seen) return
        seen[name] = 1
        print "FUNCTION(" name ")"
        for (i = 1; i <= length(list) + 1; i++) {
            c = i > length(list) ? "," : substr(list, i, 1)
            depth += (c == "(") - (c == ")")
            if (c == "," && depth == 0) {
                print_parameter(name, one, ++number)
                one = ""
            } else
                one = one c
        }
    }

    END {
        gsub(/extern "C" *\{/, "", text)
        while (sub(/\{[^{}]*\}/, "", text)) {}
        gsub(/\}/, "", text)
        count = split(text, declarations, ";")
        for (i = 1; i <= count; i++)
            if (match(declarations[i], /^ *typedef .*\( *\* *[A-Za-z_][A-Za-z0-9_]* *\)/)) {
                type = substr(declarations[i], RSTART, RLENGTH)
                sub(/ *\)$/, "", type)
                sub(/.*[* ]/, "", type)
                callback[type] = 1
            }
        for (i = 1; i <= count; i++)
            if (declarations[i] !~ /^ *(typedef|struct|enum) /)
                print_function(declarations[i])
    }' "$@"
