# The form of the output: labels, totals of groups, rows; TSV, CSV and JSON.

printf 'k,v,w\nb,1,2.5\na,2,0.5\nb,4,1\n' >groups.csv
expect labels_of_one_column 0 'sum(v)\tmean(v)\n7\t2.3333333333333335\n' '' '' -H -c v --labels --sum --mean groups.csv
expect labels_of_groups 0 'k\tsum(v)\nb\t5\na\t2\n' '' '' -H -c v -g k --labels groups.csv
expect labels_of_columns 0 'k\tcolumn\tsum\nb\tv\t5\nb\tw\t3.5\na\tv\t2\na\tw\t0.5\n' '' '' \
    -H -c v,w -g k --labels groups.csv
expect labels_without_a_header 0 '1\tsum(2)\na\t3\n' '' 'a 3\n' -g 1 -c 2 --labels
expect total_of_the_groups 0 'b\t5\na\t2\ntotal\t7\n' '' '' -H -c v -g k --total groups.csv
expect totals_of_all_statistics 0 \
    'b\t5\t5\t2.5\t1\t4\t2\t2\na\t2\t2\t2\t2\t2\t1\t1\ntotal\t7\t7\t2.333333\t1\t4\t3\t3\n' '' 'b 1\na 2\nb 4\n' \
    -g 1 -c 2 --total --sum --decimal --mean --min --max --count --rows
expect total_of_the_groups_is_not_that_of_rounded_ones 0 'a\t1e+16\nb\t1.5\ntotal\t1.0000000000000002e+16\n' '' \
    'a 1e16\nb 1.5\n' -g 1 -c 2 --total
expect total_of_no_groups 0 'total\t0\n' '' '' -g 1 -c 2 --total
expect total_without_groups 2 '' "tally: --total needs --group\nTry 'tally --help'.\n" '' --total
expect sort_without_groups 2 '' "tally: --sort needs --group\nTry 'tally --help'.\n" '' --sort
expect rows_of_groups_of_text 0 'b\t2\na\t1\n' '' '' -H -g k --rows groups.csv
expect rows_of_a_file 0 '3\n' '' '' -H --rows groups.csv
expect rows_of_text 0 '2\n' '' 'x y\nz q\n' --rows
expect rows_of_a_column_that_begins_empty 0 '3\n' '' '\n5\n7\n' --rows -d ,
expect rows_of_words_after_empty_lines 0 '2\n' '' '\n5\n7\n' --rows
expect rows_beside_counts 0 '3\t2\t4\n' 'tally: 1 missing value skipped in column 1\n' '1\nNA\n3\n' --rows --count --sum
expect rows_of_columns 0 'v\t3\nw\t3\n' '' '' -H -c v,w --rows groups.csv
expect rows_and_their_total 0 'k\trows\nb\t2\na\t1\ntotal\t3\n' '' '' -H -g k --rows --total --labels groups.csv
expect tsv_is_the_default 0 'b\t5\na\t2\n' '' '' -H -g k -c v --to tsv groups.csv
expect csv 0 'k,sum(v)\n"b, ""c""",1\n" d",2\n"e\nf",4\ng,8\n,16\n' '' \
    'k,v\n"b, ""c""",1\n" d",2\n"e\nf",4\ng,8\n"",16\n' -d , -H -g k -c v --to csv --labels
expect csv_total 0 'a,b,3\ntotal,,3\n' '' 'a,b,3\n' -d , -g 1,2 -c 3 --to csv --total
expect unknown_form 2 '' "tally: invalid format \"xml\": use tsv, csv or json\nTry 'tally --help'.\n" '' --to xml
expect json 0 '[\n{"k": "b", "column": "v", "sum": 5, "mean": 2.5},\n{"k": "a", "column": "v", "sum": 2, "mean": 2}\n]\n' \
    '' '' -H -g k -c v --to json --sum --mean groups.csv
expect json_total 0 '[\n{"1": "a", "column": "2", "sum": 3},\n{"1": null, "column": "2", "sum": 3}\n]\n' '' 'a 3\n' \
    -g 1 -c 2 --total --to json
expect json_of_no_groups 0 '[]\n' '' '' -g 1 -c 2 --to json
expect json_of_rows 0 '[\n{"rows": 2}\n]\n' '' '1\n2\n' --rows --to json
expect json_without_a_value 0 '[\n{"column": "1", "sum": 0, "mean": null, "min": null}\n]\n' '' '' --sum --mean --min --to json
expect json_numbers_in_its_own_form 0 '[\n{"column": "1", "min": -0.5, "max": 7}\n]\n' '' '-00.5\n+007.\n.5\n' --min --max --to json
expect json_numbers_that_it_has_not 0 '[\n{"column": "1", "sum": "nan", "max": "NaN"}\n]\n' '' 'NaN\n' --sum --max --to json
expect comparison_has_its_own_form 2 '' \
    "tally: --compare cannot be combined with --to, --labels, --total, --digits or --weight\nTry 'tally --help'.\n" '' --compare --to json
expect controls_in_names_are_escaped 0 '\\x1b[31m\\xc2\\x9b\\\\é\0351\t1\n' '' '\0033[31m\0302\0233\\é\0351,1\n' -d , -g 1 -c 2

if command -v python3 >/dev/null 2>&1; then
    # Names of all bytes, as JSON, CSV and TSV, read back.
    cat >names.py <<'P'
import csv, io, json, random, re, subprocess, sys
random.seed(3)
names = [bytes(random.choice(b'ab ",\\\t\n\r\x00\x1b\x7f\x85\xc2\xe9\xff') for _ in range(random.randrange(6)))
         for _ in range(300)] + ["é€😀\u009b".encode()]
rows = {}
text = b""
for i, name in enumerate(names):
    text += b'"' + name.replace(b'"', b'""') + b'",' + str(i).encode() + b"\n"
    rows[name] = rows.get(name, 0) + i
def run(*options):
    return subprocess.run([sys.argv[1], "-d", ",", "-g", "1", "-c", "2", *options], input=text,
                          capture_output=True, check=True).stdout
found = json.loads(run("--to", "json").decode())
read = {row["1"].encode("utf-8", "surrogateescape"): row["sum"] for row in found}
assert read == rows, "JSON"
table = csv.reader(io.StringIO(run("--to", "csv").decode("latin-1"), newline=""))
read = {row[0].encode("latin-1"): int(row[1]) for row in table}
assert read == rows, "CSV"
def unescape(name):
    return re.sub(rb"\\(\\|x[0-9a-f]{2})", lambda m: b"\\" if m[1] == b"\\" else bytes([int(m[1][1:], 16)]), name)
lines = run().split(b"\n")[:-1]
read = {unescape(line.split(b"\t")[0]): int(line.split(b"\t")[1]) for line in lines}
assert read == rows, "TSV"
P
    if python3 names.py "$tally" >out 2>&1; then
        pass names_of_any_bytes_are_read_back
    else
        fail names_of_any_bytes_are_read_back
        tail -n 3 out | sed 's/^/# /'
    fi
else
    skip names_of_any_bytes_are_read_back 'python3 is not installed'
fi
