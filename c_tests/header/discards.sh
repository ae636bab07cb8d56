#!/bin/sh
# Of declarations, one a line on standard input, makes a program that calls each
# function that returns anything and throws its result away, one a line.
set -eu
echo '#include <tally.h>'
awk '
    /^typedef / || /\{/ || /^void [^*]/ || !/\(/ { next }
    {
        match($0, /[A-Za-z_0-9]+ *\(/)
        name = substr($0, RSTART, RLENGTH)
        sub(/ *\($/, "", name)
        parameters = substr($0, RSTART + RLENGTH)
        count = parameters ~ /^ *(void)? *\)/ ? 0 : gsub(/,/, ",", parameters) + 1
        arguments = ""
        split(parameters, list, ",")
        for (i = 1; i <= count; i++) {
            # In C++, 0 is of no enum.
            type = ""
            if (list[i] !~ /\*/ && match(list[i], /tally_[a-z0-9_]+ /))
                type = "(" substr(list[i], RSTART, RLENGTH - 1) ")"
            arguments = arguments (i > 1 ? ", " : "") type "0"
        }
        print "static void discard_" name "(void) { " name "(" arguments "); }"
    }'
