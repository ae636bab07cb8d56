# Totals that are kept in files, added up, and found damaged.

printf 'k,v,w\na,1,2.5\nb,2,0.5\n' >monday.csv
printf 'k,v,w\nb,4,1\nc,8,-1.25\na,1e-400,1\n' >tuesday.csv
all='--sum --mean --sd --var --min --max --count --rows'
# shellcheck disable=SC2086 # a word each
"$tally" -H -g k -c v,w $all --total --labels monday.csv tuesday.csv >want_out 2>err
: >want_err
"$tally" -H -g k -c v,w $all --save one monday.csv >/dev/null
"$tally" -H -g k -c v,w $all --total --labels --load one --save both tuesday.csv >out 2>err
status=$?
judge totals_are_loaded_and_added_to 0
"$tally" -H -g k -c v,w $all --save two tuesday.csv >/dev/null
"$tally" --merge --total --labels one two >out 2>err
status=$?
judge totals_are_merged 0
"$tally" --merge --total --labels both >out 2>err
status=$?
judge what_was_loaded_is_saved_too 0
"$tally" --merge --total --labels --save three one two >/dev/null
"$tally" --merge --total --labels - <three >out 2>err
status=$?
judge merged_totals_are_saved_and_read_from_standard_input 0
if cmp -s both three; then pass the_same_totals_are_the_same_bytes; else fail the_same_totals_are_the_same_bytes; fi
"$tally" -H -g k -c v,w $all --save one monday.csv tuesday.csv >/dev/null
"$tally" --merge --total --labels one >out 2>err
status=$?
judge a_file_is_replaced 0
if ls ./*.new >/dev/null 2>&1; then fail nothing_else_is_left; else pass nothing_else_is_left; fi

expect digits_that_are_kept 0 '0.30\n' '' '0.10\n0.20\n' --decimal --save cents
expect digits_that_are_added 0 '0.300\t0.100\n' '' '0.000\n' --decimal --mean --load cents
expect statistics_that_were_not_kept 2 '' \
    'tally: cents: the saved totals lack what these statistics need; they are of --decimal\n' '' --merge --sd cents
expect rounded_when_it_is_printed 0 '0.3\t2\n' '' '' --merge --decimal --count --digits 1 cents
expect integers_that_are_kept 0 '9007199254740993\n' '' '9007199254740992\n1\n' --save wide
expect integers_stay_integers 0 '9007199254740994\n' '' '1\n' --load wide
expect integers_become_doubles 0 '9007199254740994\n' '' '1.0\n' --load wide
expect totals_of_nothing 0 '0\n' '' '' --save nothing
expect totals_of_nothing_and_something 0 '7\n' '' '7\n' --load nothing --load nothing
expect products_that_are_kept 0 '6\n' '' '2 3\n' -c 1 --times 2 --save products
expect products_and_values_are_not_mixed 2 '' \
    'tally: products: the saved totals have other factors\n' '1\n' --load products
expect weights_that_are_kept 0 '1.75\n' '' '1 1\n2 3\n' -c 1 --weight 2 --save weights
expect weighted_means_are_merged 0 '1.75\n' '' '' --merge weights weights
expect rows_that_are_kept 0 'a\t2\n' '' 'a\na\n' -g 1 --rows --save rows
expect rows_are_merged 0 'a\t4\n' '' '' --merge rows rows
expect keys_that_are_kept 0 'a\tb\t1\n' '' 'a b 1\n' -g 1,2 -c 3 --save keys
expect keys_are_merged_and_sorted 0 '\tx\t1\na\tb\t3\n' '' 'a,b,2\n,x,1\n' -d , -g 1,2 -c 3 --load keys --sort
expect totals_of_another_column 2 '' \
    'tally: cents: the saved totals are of column "1", not of "2"\n' '1 2\n' -c 2 --decimal --load cents
expect totals_of_other_groups 2 '' \
    'tally: keys: the saved totals have other group columns\n' 'a b 1\n' -g 1 -c 3 --load keys
expect dollars_that_are_kept 0 '5\n' '' '$5\n' --money --save dollars
expect euros_that_are_kept 0 '7\n' '' '€7\n' --money --save euros
expect currencies_are_not_merged 2 '' \
    'tally: euros: column 1: the saved totals are in €, not in $\n' '' --merge dollars euros
expect currencies_are_not_loaded 1 '' \
    'tally: standard input:1: column 1: "$1" is in $, but earlier values are in €\n' '$1\n' --money --load euros
expect a_file_that_is_not_there 2 '' 'tally: no-such-file: No such file or directory\n' '' --load no-such-file
expect a_folder_that_is_not_there 2 '5\n' 'tally: no/where: No such file or directory\n' '5\n' --save no/where
expect merging_has_the_columns_of_the_files 2 '' \
    "tally: --merge takes the columns of the saved totals: it cannot be combined with -H, --all, -c, -g, --times or --weight\nTry 'tally --help'.\n" '' --merge -c 2 cents
expect merging_loads_anyway 2 '' "tally: --merge cannot be combined with --load\nTry 'tally --help'.\n" '' --merge --load cents
expect comparisons_are_not_kept 2 '' "tally: --compare cannot be combined with --save, --load or --merge\nTry 'tally --help'.\n" '' --compare --save x
cp cents kept
expect wrong_data_leave_the_file_alone 1 '' \
    'tally: standard input:2: column 1: "x" is not a number\n' '1\nx\n' --decimal --load cents --save cents
if cmp -s cents kept; then pass a_failed_run_changes_nothing; else fail a_failed_run_changes_nothing; fi
if [ -w /dev/full ]; then
    echo 1 | "$tally" --decimal --load cents --save cents >/dev/full 2>err
    if cmp -s cents kept; then pass what_was_not_printed_is_not_saved; else fail what_was_not_printed_is_not_saved; fi
fi

expect a_total_out_of_range 1 'inf\n' \
    'tally: column 1: the total is beyond the range of a double\n' '1e308\n1e308\n' --save over
if [ -e over ]; then fail a_total_out_of_range_is_not_saved; else pass a_total_out_of_range_is_not_saved; fi

# A file that is replaced keeps its permissions and its links; what is no file stays.
cp cents secret
chmod 600 secret
ln -s secret link
echo 0.70 | "$tally" --decimal --load link --save link >/dev/null
if [ -n "$(find secret -perm 600)" ]; then pass permissions_are_kept; else fail permissions_are_kept; fi
if [ -L link ]; then pass a_link_stays; else fail a_link_stays; fi
expect what_a_link_names_is_replaced 0 '1.00\n' '' '' --merge secret
mkfifo saved.pipe
cat saved.pipe >piped &
echo 5 | "$tally" --save saved.pipe >/dev/null
wait
if [ -p saved.pipe ]; then pass a_pipe_stays; else fail a_pipe_stays; fi
expect totals_saved_in_a_pipe 0 '5\n' '' '' --merge piped
ln -s /proc/self/fd/1 output
echo 5 | "$tally" --save output >/dev/null 2>&1
if [ -L output ]; then pass a_link_to_standard_output_stays; else fail a_link_to_standard_output_stays; fi
ln -s later early
expect totals_saved_behind_a_link 0 '5\n' '' '5\n' --save early
expect totals_found_behind_a_link 0 '5\n' '' '' --merge later
mkdir folder
expect totals_saved_in_a_folder 2 '5\n' 'tally: folder: Is a directory\n' '5\n' --save folder

if command -v python3 >/dev/null 2>&1; then
    # Every byte changed, every length cut, blocks out of order: refused, or the same totals.
    cat >damage.py <<'P'
import random, subprocess, sys
random.seed(2)
def run(*options, text=""):
    return subprocess.run([sys.argv[1], *options], input=text, capture_output=True, text=True)
rows = "".join(f"key{i % 40} {i * 7919 % 1000 / 8} {i}\n" for i in range(400))
assert run("-g", "1", "-c", "2,3", "--sum", "--decimal", "--sd", "--min", "--save", "x", text=rows).returncode == 0
whole = open("x", "rb").read()
right = run("--merge", "x").stdout
def check(data, what):
    open("y", "wb").write(data)
    done = run("--merge", "y")
    assert done.returncode == 2 and done.stdout == "" and "not saved totals, or damaged" in done.stderr, (what, done)
places = list(range(40)) + random.sample(range(len(whole)), 100)
for at in places:
    for bit in (0, 7):
        check(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1:], f"bit {bit} of byte {at}")
for size in list(range(40)) + random.sample(range(len(whole)), 40):
    check(whole[:size], f"cut to {size}")
check(whole + b"x", "a byte more")
check(whole + whole, "twice")
for _ in range(50):
    check(random.randbytes(random.randrange(1, 200)), "random bytes")
# Many blocks: one left out, two exchanged.
rows = "".join(f"{'k' * 200}{i} {i}\n" for i in range(20000))
assert run("-g", "1", "-c", "2", "--save", "x", text=rows).returncode == 0
whole, blocks = open("x", "rb").read(), []
while whole:
    size = 8 + int.from_bytes(whole[:8], "little")
    blocks.append(whole[:size])
    whole = whole[size:]
assert len(blocks) > 3
check(b"".join(blocks[:2] + blocks[3:]), "a block left out")
check(b"".join(blocks[:-1]), "the last block left out")
check(b"".join(blocks[:1] + [blocks[2], blocks[1]] + blocks[3:]), "two blocks exchanged")
check(b"".join(blocks[:2] + blocks[1:]), "a block twice")
open("y", "wb").write(b"".join(blocks))
assert run("--merge", "y").stdout == "".join(line.replace(" ", "\t") + "\n" for line in rows.splitlines())
P
    if python3 damage.py "$tally" >out 2>&1; then
        pass damaged_totals_are_refused
    else
        fail damaged_totals_are_refused
        tail -n 1 out | cut -c 1-1000 | sed 's/^/# /'
    fi
else
    skip damaged_totals_are_refused 'python3 is not installed'
fi
