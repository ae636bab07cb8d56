#!/bin/sh
# shell.sh FOLDER: the extension of that folder, in the sqlite3 shell.
set -u
readme=$(cd "$(dirname "$0")/.." && pwd)/README.md
cd "$1" || exit 1
failed=0

# gives EXPECTED COMMAND...: what the shell prints of them, errors included.
gives() {
    expected=$1
    shift
    got=$(sqlite3 :memory: "$@" 2>&1)
    if [ "$got" != "$expected" ]; then
        echo "sqlite3 :memory: $*"
        echo "printed:  $got"
        echo "expected: $expected"
        failed=1
    fi
}

load='.load ./tally'
rows="from (values (1e100), (1.0), (-1e100))"
gives "1.0" "$load" "select exact_sum(column1) $rows;"
gives "6|integer" "$load" "select exact_sum(column1), typeof(exact_sum(column1)) from (values (1), (2), (3));"
gives "1.0" "$load" "$load" "select exact_sum(column1) $rows;"
gives "
1.0" "select load_extension('./tally');" "select exact_sum(column1) $rows;"
gives "
1.0" "select load_extension('./tally', 'sqlite3_tally_init');" "select exact_sum(column1) $rows;"
case $(gives x "$load" "select exact_sum(column1) from (values (9223372036854775807), (1));") in
*"integer overflow"*) ;;
*) echo "no error: integer overflow" && failed=1 ;;
esac
case $(gives x "$load" "select exact_value(x'54414c53');") in
*"exact_value: "*) ;;
*) echo "no error: a damaged state" && failed=1 ;;
esac

# A script, a file that is opened again, and .mode, .dump: a state is a BLOB.
folder=$(mktemp -d)
sqlite3 "$folder/a.db" "$load" "create table s as select exact_state(column1) as state $rows;" &&
    sqlite3 "$folder/a.db" .dump | sqlite3 "$folder/b.db" &&
    got=$(sqlite3 "$folder/b.db" "$load" "select exact_value(state) from s;")
rm -r "$folder"
if [ "$got" != 1.0 ]; then
    echo "after .dump: $got"
    failed=1
fi

# The example in README.md prints what its comments say.
example=$(sed -n '/^```sql$/,/^```$/p' "$readme" | grep -v '^```')
expected=$(printf '%s\n' "$example" | sed -n 's/^-- //p')
got=$(printf '%s\n' "$load" "$example" | sqlite3 :memory: 2>&1)
if [ -z "$expected" ] || [ "$got" != "$expected" ]; then
    echo "the example in README.md printed: $got"
    failed=1
fi
exit $failed
