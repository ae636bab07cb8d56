#!/bin/sh
# A function between a test and each function of include/tally.h:
#
#   sh calls.sh placed >placed_calls.inc
#   sh calls.sh loaded >loaded_calls.inc
#
# What is placed goes to the function by way of place() for each pointer to memory,
# which says how many bytes the function may read or write there; c_tests/c/placed.h
# has place(). What is loaded is called by an address in a table. A pointer for which
# there is no rule here is an error, so that a new function is not overlooked.
set -eu
cd "$(dirname "$0")/.."
{ tools/declarations.sh || echo failed; } | awk -v how="$1" '
    /^failed$/ { failed = 1 }
    /^ *(typedef|struct|enum) / || !/\(/ { next }
    { read_function($0) }

    function trim(s) {
        gsub(/^ +| +$/, "", s)
        return s
    }

    function read_function(line,    open, i, parts, one) {
        open = index(line, "(")
        before = trim(substr(line, 1, open - 1))
        match(before, /[A-Za-z_0-9]+$/)
        name = substr(before, RSTART)
        type = trim(substr(before, 1, RSTART - 1))
        list = substr(line, open + 1)
        sub(/\);$/, "", list)
        list = trim(list)
        count = list == "void" ? 0 : split(list, parts, ",")
        arguments = ""
        pointers = 0
        delete parameter_type
        for (i = 1; i <= count; i++) {
            one = trim(parts[i])
            match(one, /[A-Za-z_0-9]+$/)
            parameter[i] = substr(one, RSTART)
            parameter_type[parameter[i]] = trim(substr(one, 1, RSTART - 1))
            arguments = arguments (i > 1 ? ", " : "") parameter[i]
            pointers += one ~ /\*/
        }
        names[++functions] = name
        if (how == "placed" && pointers > 0) write_placed(i)
    }

    function has(parameter_name) {
        return parameter_name in parameter_type
    }

    # The column that says how many results there are.
    function rows_of() {
        return has("x") ? "x->count" : "values->count"
    }

    # The elements behind a pointer.
    function elements(of, is_const) {
        if (of == "results") {
            if (name ~ /^tally_group/) return "group_count"
            if (name ~ /^tally_axis/) return "(axis == 0 ? first_row->count : rows)"
            if (name ~ /^tally_map$/) return "count"
            return rows_of()
        }
        if (of == "inout") return "count"
        if (!is_const || of ~ /^(acc|from|products|record)$/) return "1"
        if (has("count") && parameter_type["count"] == "size_t") return "count"
        if (has("len")) return "(size_t)len"
        return "1"
    }

    # The bytes behind a pointer; "" if it is not one to memory.
    function bytes(of,    t, is_const) {
        t = parameter_type[of]
        is_const = t ~ /^const /
        sub(/^const /, "", t)
        if (t ~ /^tally_(shared|array|view) \*$/) return ""
        if (t == "void *" && !is_const && of ~ /^(handle|object|obj|ptr|user_data)$/) return ""
        if (t == "tally_record *" && !is_const) return ""
        if (t ~ /^(void|char) \*$/ && has("size") && of ~ /^(buffer|bytes|sealed|text)$/) return "size"
        if (t == "void *" && of == "saved") return "saved_size"
        if (t == "void *" && of == "data") return "sizeof(int)"
        if (t == "void *" && of == "first") return "strided:sizeof(double)"
        if (t == "void *" && of == "elements") return "strided:sizeof(int)"
        if (t == "char *" && is_const) return "text"
        if (t == "uint8_t *" && of == "validity") return "(bit_offset + count + 7) / 8"
        if (t ~ /\*const \*$/) return "states"
        if (t == "tally_column *" && is_const) return "column"
        if (t ~ /^(double|float|int|u?int(8|32|64)_t|size_t|struct Arrow[A-Za-z]+) \*$/ ||
            t ~ /^tally_(accumulator|product_accumulator|moments|decimal|small_accumulator) \*$/ ||
            t ~ /^tally_(int128|record|type|column) \*$/ || t ~ /^(const )?[a-z_0-9]+ \*\*$/)
            return elements(of, is_const) " * sizeof *" of
        print "calls.sh: there is no rule for " name "(" parameter_type[of] of ")" >"/dev/stderr"
        failed = 1
        return ""
    }

    function role(of,    t) {
        t = parameter_type[of]
        if (t ~ /^const struct Arrow|^struct Arrow/ || t ~ /\*const \*$/) return "STRUCT"
        if (t ~ /^const / && t !~ /\*\*$/) return "INPUT"
        return of ~ /^(into|inout)$/ ? "INOUT" : "OUTPUT"
    }

    function write_placed(    i, p, size) {
        printf "static inline %s%splaced_%s(%s) {\n", type, type ~ /\*$/ ? "" : " ", name, list
        printf "    begin_call(\"%s\");\n", name
        # Structs that say how large others are come first.
        for (i = 1; i <= count; i++) {
            p = parameter[i]
            if (parameter_type[p] !~ /\*/) continue
            size = bytes(p)
            if (size == "column")
                printf "    %s = place_column(%s, \"%s\", %s);\n", p, p, p, \
                    has("rows") ? "rows, row_stride" : "1, 0"
            else if (size == "states")
                printf "    %s = place_states((void *)%s, values->count, sizeof **%s, \"%s\");\n", \
                    p, p, p, p
            else if (size == "text")
                printf "    %s = place(%s, %s == NULL ? 0 : strlen(%s) + 1, TEXT, \"%s\");\n", \
                    p, p, p, p, p
            else if (size ~ /^strided:/)
                printf "    %s = place_strided(%s, count, stride, %s, \"%s\");\n", p, p, \
                    substr(size, 9), p
            else if (size != "")
                printf "    %s = place(%s, %s, %s, \"%s\");\n", p, p, size, role(p), p
        }
        if (type == "void")
            printf "    %s(%s);\n    end_call();\n}\n", name, arguments
        else
            printf "    %s%sresult_of_call = %s(%s);\n    end_call();\n    return result_of_call;\n}\n", \
                type, type ~ /\*$/ ? "" : " ", name, arguments
        placed[++placed_functions] = name
    }

    END {
        if (how == "placed") {
            for (i = 1; i <= placed_functions; i++)
                printf "#define %s(...) placed_%s(__VA_ARGS__)\n", placed[i], placed[i]
        } else {
            print "struct library {"
            for (i = 1; i <= functions; i++)
                printf "    __typeof__(%s) *%s;\n", names[i], names[i]
            print "};\nstatic const struct library linked = {"
            for (i = 1; i <= functions; i++)
                printf "    %s,\n", names[i]
            print "};\nstatic const char *const names_of_functions[] = {"
            for (i = 1; i <= functions; i++)
                printf "    \"%s\",\n", names[i]
            print "};\nstatic const struct library *library = &linked;"
            for (i = 1; i <= functions; i++)
                printf "#define %s(...) (library->%s)(__VA_ARGS__)\n", names[i], names[i]
        }
        exit failed || functions == 0
    }'
