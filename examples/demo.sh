#!/bin/sh
# The main job, on real data: exact totals, and those of a plain loop.
# Usage: demo.sh PATH-TO-TALLY
set -eu

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
    echo "usage: $0 PATH-TO-TALLY" >&2
    exit 2
fi
case $1 in
/*) tally=$1 ;;
*) tally=$(pwd)/$1 ;;
esac
# The commands then work as printed, from the root of the checkout.
cd "$(dirname "$0")/.."

run() {
    printf '\n$ tally'
    printf ' %s' "$@"
    printf '\n'
    "$tally" "$@" 2>&1
}

# hard NAME TOTAL [OPTION]: totals standard input and says whether the result is right.
hard() {
    name=$1 expected=$2
    shift 2
    total=$("$tally" "$@") || total=failed
    printf '  %-24s  %-22s  ' "$name" "$total"
    if [ "$total" = "$expected" ]; then
        echo right
    else
        echo "WRONG: it is $expected"
        return 1
    fi
}

echo 'Real data: exact totals, and those of a plain loop over doubles.'
run examples/data/medical.csv -H -c meddol -c outpdol -c inpdol --compare
run examples/data/weather.csv -H -c wind_speed -c temp -c humid --compare

printf '\nA total for each airport:\n'
run examples/data/weather.csv -H -c wind_speed --group origin

printf '\nMoney by its digits as written, with more than a total:\n'
run examples/data/medical.csv -H -c meddol --decimal --mean --sd --max --count

printf '\nFour columns that are hard to total:\n\n'
wrong=0
yes 0.1 | head -n 10000000 |
    hard '0.1, ten million times' 1000000 || wrong=1
yes 0.1 | head -n 10000000 |
    hard 'the same, with --decimal' 1000000.0 --decimal || wrong=1
printf '9223372036854775807\n1\n' |
    hard '2^63-1, 1' 9223372036854775808 || wrong=1
printf '1e308\n1e308\n-1e308\n' |
    hard '1e308, 1e308, -1e308' 1e+308 || wrong=1
printf '1e100\n1\n-1e100\n' |
    hard '1e100, 1, -1e100' 1 || wrong=1
exit $wrong
