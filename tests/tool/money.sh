# Money as it is written; products, weights, rounding, variances.

expect thousands 0 '1235767.5\n' '' '1,234,567.5\n1,200\n' --thousands ,
expect thousands_by_blanks 0 '1236767\n' '' '"1 234 567";x\n1 000;x\n1\0302\0240200;x\n' -d ';' --thousands space
expect thousands_by_an_apostrophe 0 '1200.75\n' '' "1'200.75\\n" --thousands "'"
expect decimal_comma 0 '3.75\n' '' 'k;v\na;1,5\nb;2,25\n' -d ';' -H -c v --decimal-point ,
expect european_amounts 0 '1234567.91\n' '' '1.234.567,90\n,01\n' --decimal-point , --thousands . --decimal
expect money 0 '1196.50\n' '' '$1,200.00\n(3.50)\n' --money --decimal
for amount in '-$3.50' '$-3.50' '($3.50)' '$(3.50)' '3.50-' '-3.50' '−3.50' '$3.50-' '-US$3.50' '3.50-EUR' \
    '-EUR3.50' '€-3.50' '-3.50€' '(3.50)£' '-003.50'; do
    expect "money_$amount" 0 '-3.50\n' '' "$amount\\n" --money --decimal
done
expect money_with_blanks 0 '-3.50\n' '' 'USD -3.50 ,x\n' -d , --money --decimal
expect european_money 0 '1234.50\n' '' '1.234,50 €;\n' -d ';' --money --decimal-point , --decimal
expect money_of_infinities 0 'inf\n' '' '$5\nInf\n' --money
expect extremes_of_money_are_plain 0 '-3.50\t1200\n' '' '$1,200\n(3.50)\n' --money --min --max
expect missing_money 0 '$5\t5\n' 'tally: 1 missing value skipped in column 2\n' '$5,-\n$5,$5\n' -d , -g 1 -c 2 --money --missing -
for amount in 1,2,3 12,34 1,2345 1,234567 1234,567 0,200 ,200 1,200,00 1,,200 '(3' '3)' '((3))' '(-3)' '-(3)' '--3' '-3-' \
    '$' '$3$' '$3€' 'AB3' 'ABCD3' '3e2' '3%' '$3.5.0' '1.200,5' '3 ' 0x10 '€'; do
    case $amount in
    *' ') continue ;;
    12,34 | 1,2345 | 1,234567 | 1234,567 | 0,200 | ,200) hint='; use --decimal-point , if the comma is one' ;;
    1.200,5) hint='; use --money --decimal-point , for amounts of money with a comma' ;;
    *) hint= ;;
    esac
    expect "no_money_$amount" 1 '' \
        "tally: standard input:2: column 1: \"$amount\" is not a number$hint\n" "1\n$amount\n" --money
done
for amount in 1,200 '$1' '(1)' '1-' 1.5 '1 200'; do
    expect "no_number_$amount" 1 '' \
        "tally: standard input:1: column 1: \"$amount\" is not a number\n" "$amount;\n" -d ';' --decimal-point '~'
done
expect exponents_with_a_decimal_comma 0 '150\n' '' '1,5e2\n' --decimal-point ,
expect amounts_of_two_currencies 1 '' \
    'tally: standard input:3: column 1: "€2" is in €, but earlier values are in $\n' '$1\n3\n€2\n' --money
expect each_column_has_its_currency 0 '1\t1\n2\t2\n' '' '$1 €2\n' -c 1,2 --money
expect point_and_thousands_must_differ 2 '' \
    "tally: the decimal point cannot separate thousands, too\nTry 'tally --help'.\n" '' --thousands .
expect thousands_of_two_characters 2 '' \
    "tally: invalid thousands separator \"ab\": use one character, but no letter, digit, quote, parenthesis, + or -; or the word space\nTry 'tally --help'.\n" \
    '' --thousands ab
expect decimal_point_that_is_a_digit 2 '' \
    "tally: invalid decimal point \"5\": use one ASCII character, but no letter, digit, blank, quote, parenthesis, + or -\nTry 'tally --help'.\n" \
    '' --decimal-point 5

expect price_times_quantity 0 '70.015\n' '' 'price,qty\n19.99,3.5\n0.05,1\n' -d , -H -c price --times qty --decimal
expect products_of_three 0 '0.000006\n' '' '0.01,0.02,0.03\n' -d , -c 1 --times 2 --times 3 --decimal
expect products_as_doubles 0 '1.02\t1.02\t1.02\t1\n' '' '3.4 0.3\n' -c 1 --times 2 --sum --min --max --count
expect products_of_integers_are_integers 0 '121932631112635269\n' '' '123456789 987654321\n' -c 1 --times 2
expect products_of_a_missing_factor 0 '6\n' 'tally: 1 missing value skipped in column 1\n' '2 3\n5 NA\n' -c 1 --times 2
expect products_of_a_bad_factor 1 '' \
    'tally: standard input:2: column 2: "x" is not a number\n' '2 3\n5 x\n' -c 1 --times 2
expect products_with_infinities 0 'nan\tnan\n' '' '-inf 2\n0 inf\n' -c 1 --times 2 --sum --min
expect products_out_of_range 1 '' \
    'tally: standard input:1: column 1: "100000000000000000000000000000000000000000000000..." is out of range\n' '1e300 1e300\n' -c 1 --times 2
expect products_of_money 0 '12007.50\n' '' '$1,200.75 10\n' -c 1 --times 2 --money --decimal
expect groups_of_products 0 'a\t7\nb\t20\n' '' 'a 1 1\na 2 3\nb 4 5\n' -g 1 -c 2 --times 3
expect weighted_mean 0 '1.75\n' '' '1 1\n2 3\n' -c 1 --weight 2
digits=$(awk 'BEGIN { while (i++ < 2001) printf "1" }')
expect factor_of_too_many_digits 1 '' \
    "tally: standard input:1: column 1: \"$(echo "$digits" | cut -c 1-48)...\" is out of range\n" \
    "$digits 1\n" -c 1 --times 2
for factors in "--times 2" "--weight 2 --mean"; do
    # shellcheck disable=SC2086 # a word for each
    expect "second_factor_of_too_many_digits $factors" 1 '' \
        "tally: standard input:1: column 2: \"$(echo "$digits" | cut -c 1-48)...\" is out of range\n" \
        "3 $digits\n" -c 1 $factors
done
expect product_of_too_many_digits 1 '' \
    "tally: standard input:1: column 1: \"2$(echo "$digits" | cut -c 1-47 | tr 1 3)...\" is out of range\n" \
    "3 ${digits%1} 7 2\n" -c 1 --times 2 --times 3 --times 4
expect weighted_mean_half_way_is_even 0 '0\n' '' '0 1\n1 1\n' -c 1 --weight 2 --digits 0
expect weighted_mean_of_nines 0 '1000\n' '' '999 1\n1000 1\n' -c 1 --weight 2 --digits 0
expect weighted_mean_that_rounds_to_zero_has_no_sign 0 '0\n' '' '-0.4 1\n0 1\n' -c 1 --weight 2 --digits 0
expect weighted_mean_of_what_is_written 0 '0.1222222\n' '' '0.10 1\n0.12 2.5\n0.15 1.0\n' -c 1 --weight 2 --digits 7
expect weighted_mean_has_six_digits_more 0 '0.66666667\n' '' '1.00 1\n0.50 2\n' -c 1 --weight 2
expect weighted_mean_beside_others 0 '3\t1.75\t2\n' '' '1 1\n2 3\n' -c 1 --weight 2 --sum --mean --count
expect weighted_mean_of_no_weight 0 'NA\n' '' '1 0\n' -c 1 --weight 2
expect weighted_mean_of_nothing 0 'NA\n' '' '' -c 1 --weight 2
expect weighted_mean_of_an_infinity 0 'inf\n' '' 'inf -2\n' -c 1 --weight 2
expect weighted_mean_of_nan 0 'nan\n' '' '1 nan\n' -c 1 --weight 2
expect weighted_means_of_groups_and_their_total 0 'a\t1.75\nb\t7\ntotal\t2.8\n' '' 'a 1 1\na 2 3\nb 7 1\n' \
    -g 1 -c 2 --weight 3 --total
expect weights_that_cancel 0 'NA\n' '' '1 1.0\n2 -1.00\n' -c 1 --weight 2
expect weight_without_mean 2 '' "tally: --weight needs --mean\nTry 'tally --help'.\n" '' --weight 2 --sum
expect weighted_deviation 2 '' \
    "tally: --weight cannot be combined with --var, --sd, --pvar or --psd\nTry 'tally --help'.\n" '' --weight 2 --mean --sd
expect two_weights 2 '' "tally: --weight can be given only once\nTry 'tally --help'.\n" '' --weight 2 --weight 3

expect variances 0 '1.6666666666666667\t1.25\t1.2909944487358056\t1.118033988749895\n' '' '1\n2\n3\n4\n' \
    --var --pvar --sd --psd
expect variances_of_one_value 0 'NA\t0\tNA\t0\n' '' '7\n' --var --pvar --sd --psd
expect digits_of_doubles 0 '7.0\t2.3\t1.5\t2.3\n' '' '1.0\n2\n4\n' --sum --mean --sd --var --digits 1
expect digits_of_integers 0 '7.00\t3\n' '' '1\n2\n4\n' --sum --count --digits 2
expect digits_of_no_fraction 0 '7\t2\n' '' '1\n2\n4\n' --sum --mean --digits 0
expect digits_of_infinities 0 'inf\tinf\n' '' 'inf\n' --sum --mean --digits 2
i=0
for want in 2.68:-2.68:2.66:-2.66 2.68:-2.68:2.67:-2.67 2.67:-2.67:2.66:-2.66 2.68:-2.68:2.67:-2.67 \
    2.68:-2.67:2.67:-2.66 2.67:-2.68:2.66:-2.67; do
    i=$((i + 1))
    mode=$(echo half-even half-up down up ceiling floor | cut -d' ' -f$i)
    for statistic in --decimal --sum; do
        expect "rounded_${mode}_$statistic" 0 "a\t$(echo $want | sed 's/:/\\nb\\t/; s/:/\\nc\\t/; s/:/\\nd\\t/')\n" '' \
            'a 2.675\nb -2.675\nc 2.665\nd -2.665\n' -g 1 -c 2 $statistic --digits 2 --round $mode
    done
done
expect round_without_digits 2 '' "tally: --round needs --digits\nTry 'tally --help'.\n" '' --round up
expect unknown_rounding 2 '' \
    "tally: invalid rounding \"odd\": use half-even, half-up, down, up, ceiling or floor\nTry 'tally --help'.\n" '' --digits 1 --round odd

if command -v python3 >/dev/null 2>&1; then
    # Products and weighted means of random numbers, against fractions and decimal.
    cat >products.py <<'P'
import decimal, random, subprocess, sys
from fractions import Fraction
random.seed(11)
decimal.getcontext().prec = 3000
decimal.getcontext().Emin, decimal.getcontext().Emax = -999999, 999999
modes = {"half-even": decimal.ROUND_HALF_EVEN, "half-up": decimal.ROUND_HALF_UP, "down": decimal.ROUND_DOWN,
         "up": decimal.ROUND_UP, "ceiling": decimal.ROUND_CEILING, "floor": decimal.ROUND_FLOOR}
def number(digits):
    kind = random.randrange(6)
    text = str(random.randrange(10 ** random.randrange(1, digits)))
    if kind == 0:
        text += "." + "".join(random.choice("0123456789") for _ in range(random.randrange(8)))
    elif kind == 1:
        text = "0" * random.randrange(3) + text + "e" + random.choice(["", "-", "+"]) + str(random.randrange(60))
    elif kind == 2:
        text = "." + text + "000"
    return random.choice(["", "-", "+"]) + text
def run(rows, *options):
    done = subprocess.run([sys.argv[1], *options], input="".join(" ".join(row) + "\n" for row in rows),
                          capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip()
def rounded(value, digits, mode):
    # The quotient is cut far behind any digit that decides, and marked as inexact.
    scaled = value * 10 ** digits
    whole = scaled.numerator // scaled.denominator
    rest = scaled - whole
    near = decimal.Decimal(whole) + (0 if rest == 0 else decimal.Decimal(5) / 10 if rest * 2 == 1 else
                                     decimal.Decimal("0.25" if rest * 2 < 1 else "0.75"))
    out = near.quantize(decimal.Decimal(1), rounding=modes[mode])
    return Fraction(int(out), 10 ** digits)
for i in range(150):
    size = random.choice([4, 9, 12, 40, 150])
    rows = [(number(size), number(size)) for _ in range(random.randrange(1, 6))]
    mode, digits = random.choice(list(modes)), random.randrange(0, 30)
    total = sum(Fraction(a) * Fraction(b) for a, b in rows)
    got = run(rows, "-c", "1", "--times", "2", "--decimal")
    assert Fraction(got) == total, (rows, got, total)
    got = run(rows, "-c", "1", "--times", "2", "--decimal", "--digits", str(digits), "--round", mode)
    assert Fraction(got) == rounded(total, digits, mode), (rows, got, digits, mode)
    weights = sum(Fraction(b) for _, b in rows)
    got = run(rows, "-c", "1", "--weight", "2", "--digits", str(digits), "--round", mode)
    want = "NA" if weights == 0 else rounded(total / weights, digits, mode)
    assert got == want or Fraction(got) == want and len((got + ".").split(".")[1]) == digits, (rows, got, want, digits, mode)
P
    if python3 products.py "$tally" >out 2>&1; then
        pass products_and_weighted_means_are_those_of_fractions
    else
        fail products_and_weighted_means_are_those_of_fractions
        tail -n 1 out | cut -c 1-2000 | sed 's/^/# /'
    fi
else
    skip products_and_weighted_means_are_those_of_fractions 'python3 is not installed'
fi
