#!/bin/sh
# Names the functions outside `simd` that compute, compare or convert in floating
# point: float_instructions.sh LIBRARY [OBJDUMP]
#
# Only the kernels there may, for only they run in an environment of their own. The exit
# status is 0 if there is none. What compilers link for other programs (libm's
# functions, in an archive) is not looked at, but that such instructions are seen.
set -eu
"${2:-objdump}" -d --no-show-raw-insn "$1" 2>/dev/null | awk '
    /^[0-9a-f]+ <.*>:$/ { name = $2; next }
    # x86: SSE, AVX, and what computes on the x87.
    $2 ~ /^v?u?comis[sd]$/ || $2 ~ /^v?(add|sub|mul|div|sqrt|min|max|round|cmp[a-z_]*)[sp][sd]$/ ||
    $2 ~ /^v?cvt[a-z0-9]+$/ || $2 ~ /^vfn?m[a-z]+[0-9]*[sp][sd]$/ ||
    $2 ~ /^f(add|sub|mul|div|sqrt|u?com|ild|ist|ucomi|comi)[a-z]*$/ ||
    # ARM, of 64 bits and of 32.
    $2 ~ /^fn?(add|sub|mul|div|madd|msub|sqrt|abd|c?cmpe?|max|min|cvt|rint|cm[gl][et]|cmeq)[a-z]*$/ ||
    $2 ~ /^[su]cvtf$/ ||
    $2 ~ /^v(add|sub|n?mul|div|f?n?ml[as]|fn?m[as]|sqrt|cmpe?|cvtr?)([a-z][a-z])?\.[fsu][136]/ ||
    # s390x.
    $2 ~ /^(a|s|m|d|c|k|sq|mee|mde|maa?|ms)[dex]br?$/ || $2 ~ /^l(de|ed|xd|dx|xe|ex)br?a?$/ ||
    $2 ~ /^c[defglx]+br[a]?$/ {
        seen = 1
        if (name ~ /tally|4core|5alloc|3std|^<(c_|rust_|sum_|get_|risky)/ &&
            name !~ /4simd|compiler_builtins/) {
            found[name " " $2] = 1
        }
    }
    END {
        for (one in found) {
            print one
            any = 1
        }
        if (!seen) print "no such instruction is seen at all"
        exit any || !seen
    }'
