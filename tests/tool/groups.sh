# So many groups that the later ones begin small. Each has the same values as every
# other, so that it must have the same statistics, and those of the values alone.
all="--sum --decimal --mean --sd --var --min --max --count"
groups=8000
for values in "0.10 -0.25 7" "9007199254740993 2 -9007199254740992 0.5" \
    "123456789012345678901234 -1 999999999999999999 1" "1e150 -1e150 1e-150 3 1e17" \
    "-0 0.000 -0.0" "1 nan 2" "inf 1" "99999999999999999.9 0.0000000001 5" \
    "0.000000000000000001 18 -0.5" "$(yes 999999999999999999 | head -n 19 | tr '\n' ' ')" \
    "1.5 2.25 3.125 4.0625 5.03125 6.015625 7.0078125 8.00390625 9.001953125 10.0009765625"; do
    # shellcheck disable=SC2086 # a word for each value
    printf '%s\n' $values >column
    # shellcheck disable=SC2086
    "$tally" $all <column >want_out 2>want_err
    lines=$(wc -l <column)
    awk -v groups=$groups '{ for (i = 1; i <= groups; i++) print i, $1 }' column >in
    # shellcheck disable=SC2086
    "$tally" -g 1 -c 2 $all --save kept <in >all 2>err
    status=$?
    cut -f 2- all | sort -u >out
    judge "many_groups_of_$lines: $values" 0
    # shellcheck disable=SC2086
    cat column column | "$tally" $all >want_out
    "$tally" --merge kept kept >all 2>err
    status=$?
    cut -f 2- all | sort -u >out
    judge "many_groups_merged_of_$lines: $values" 0
    # What is saved does not tell how a group was kept.
    "$tally" --merge kept --save again >/dev/null
    if cmp -s kept again; then
        pass "many_groups_saved_again_of_$lines: $values"
    else
        fail "many_groups_saved_again_of_$lines: $values"
    fi
done

awk 'BEGIN { for (i = 1; i <= 60000; i++) print i % 30000, i, i % 7 }' >in
printf 'total\t1800030000\t60000\n' >want_out
: >want_err
"$tally" -g 1 -c 2 --decimal --count --total <in 2>err | tail -n 1 >out
status=0
judge total_of_many_groups 0
"$tally" -g 1 -c 2 --weight 3 --mean <in >out 2>err
status=$?
awk '{ p[$1] += $2 * $3; w[$1] += $3 } END { for (i = 1; i < 30000; i++)
    printf "%d\t%.0f\n", i, 1000 * p[i] / w[i]; printf "0\t%.0f\n", 1000 * p[0] / w[0] }' in >want_out
awk -F'\t' '{ printf "%d\t%.0f\n", $1, 1000 * $2 }' out >rounded
mv rounded out
judge weighted_means_of_many_groups 0
