#!/bin/sh
# run.sh check|bench|orders: builds the extension, starts a private server that
# has it, runs the tests or timings, and removes all but BUILD.
#
# The server's tree is copied first. PostgreSQL finds its files relative to its
# programs, so that the copy takes the extension and the system stays as it is.
# The server runs as an unprivileged user, in a folder of its own, and listens
# on a Unix socket there.
set -eu

what=$1
here=$(cd "$(dirname "$0")/.." && pwd)
: "${PG_CONFIG:=pg_config}" "${PKG_CONFIG:=pkg-config}" "${PYTHON:=python3}"
: "${BUILD:=$here/build}" "${MAKE:=make}"
failed=0

skip() {
    echo "skipped: postgresql ($1)"
    exit 0
}

command -v "$PG_CONFIG" >/dev/null 2>&1 || skip "no $PG_CONFIG"
"$PKG_CONFIG" --exists tally || {
    echo "FAILED: pkg-config does not find tally: set PKG_CONFIG_PATH"
    exit 1
}
bindir=$("$PG_CONFIG" --bindir)
sharedir=$("$PG_CONFIG" --sharedir)
pkglibdir=$("$PG_CONFIG" --pkglibdir)
[ -x "$bindir/postgres" ] || skip "no $bindir/postgres"
[ -f "$("$PG_CONFIG" --pgxs)" ] || skip "no PGXS: the server's headers are missing"

# PostgreSQL refuses to run as root.
as=
if [ "$(id -u)" = 0 ]; then
    command -v runuser >/dev/null || skip "root, and no runuser"
    user=nobody
    ! id postgres >/dev/null 2>&1 || user=postgres
    as="runuser -u $user --"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/tally-postgresql.XXXXXX")
data=$work/server/data
bin=$work/root$bindir

cleanup() {
    status=$?
    trap - EXIT INT TERM
    if [ -f "$data/postmaster.pid" ]; then
        $as "$bin/pg_ctl" -s -D "$data" -m immediate stop || true
    fi
    rm -rf "$work"
    exit $status
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$work"

quietly() { # NAME COMMAND...: the output is shown if the command fails
    name=$1
    shift
    if "$@" >"$work/output" 2>&1; then
        return 0
    fi
    cat "$work/output"
    echo "FAILED: $name"
    return 1
}

# A copy is built: not every server's PGXS can build outside of the sources.
sources() { # DIRECTORY
    mkdir -p "$1"
    (cd "$here" && cp -Rp Makefile tally.control tally--*.sql src sql expected "$1")
    rm -f "$1"/src/*.o
}

build() { # ARGUMENTS OF MAKE...
    "$MAKE" --no-print-directory PG_CONFIG="$PG_CONFIG" \
        PKG_CONFIG="$PKG_CONFIG" with_llvm=no "$@"
}

mkdir -p "$work/server"
sources "$BUILD"
cd "$BUILD"
quietly build build COPT="${COPT:--Werror}" all || exit 1

for folder in "$bindir" "$sharedir" "$pkglibdir"; do
    mkdir -p "$work/root$folder"
    (cd "$folder" && tar cf - --exclude=bitcode --exclude=pgxs .) |
        (cd "$work/root$folder" && tar xf -)
done
quietly install build DESTDIR="$work/root" install || exit 1

# The library itself, which may lie where the server's user cannot read.
cp "$("$PKG_CONFIG" --variable=libdir tally)"/libtally.so.0 "$work/server"
LD_LIBRARY_PATH=$work/server${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH

[ -z "$as" ] || chown -R "$user" "$work"
cd "$work/server"
quietly initdb $as "$bin/initdb" -D "$data" -U postgres -A trust --no-sync \
    --locale=C -E UTF8 || exit 1
cat >>"$data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$work/server'
fsync = off
autovacuum = off
max_worker_processes = 8
max_parallel_workers = 8
shared_buffers = 256MB
jit = off
EOF
if ! quietly start $as "$bin/pg_ctl" -w -D "$data" -l "$work/server/log" start; then
    cat "$work/server/log"
    exit 1
fi

PGHOST=$work/server PGUSER=postgres PGDATABASE=postgres
export PGHOST PGUSER PGDATABASE
unset PGPORT PGOPTIONS PGSERVICE
have_psycopg=yes
"$PYTHON" -c 'import psycopg' 2>/dev/null || have_psycopg=no

in_python() { # PROGRAM ARGUMENTS...
    program=$here/tests/$1
    shift
    PYTHONDONTWRITEBYTECODE=1 PGBINDIR=$bin "$PYTHON" "$program" "$@"
}

case $what in
check)
    if [ -n "${TESTS:-}" ]; then
        in_python check.py $TESTS
        exit
    fi
    cd "$BUILD"
    if build installcheck >"$work/output" 2>&1; then
        echo "ok: installcheck"
    else
        cat "$work/output"
        [ ! -f regression.diffs ] || cat regression.diffs
        echo "FAILED: installcheck"
        failed=1
    fi
    if [ $have_psycopg = yes ]; then
        in_python check.py || failed=1
    else
        echo "skipped: tests in Python ($PYTHON has no psycopg)"
    fi
    # A server that lived through all this has no crash in its log.
    if grep -E 'terminated by signal|PANIC|TRAP' "$work/server/log"; then
        echo "FAILED: no_crash_in_the_log"
        failed=1
    else
        echo "ok: no_crash_in_the_log"
    fi
    # The module that carries the library: the last test, as it replaces the
    # other one.
    sources "$BUILD/static"
    cd "$BUILD/static"
    if quietly static build TALLY_STATIC=1 all &&
        quietly static build TALLY_STATIC=1 DESTDIR="$work/root" install; then
        rm "$work/server/libtally.so.0"
        total=$("$bin/psql" -XAtq -c 'CREATE EXTENSION tally' \
            -c 'SELECT exact_sum(x) FROM (VALUES (1e100::float8), (1), (-1e100)) t(x)') || true
        if [ "$total" = 1 ] && ! ldd "$BUILD/static/tally.so" | grep libtally; then
            echo "ok: static"
        else
            echo "FAILED: static: the total of 1e100, 1 and -1e100 is '$total'"
            failed=1
        fi
    else
        failed=1
    fi
    ;;
bench | orders)
    [ $have_psycopg = yes ] || skip "$PYTHON has no psycopg"
    in_python "$what.py" || failed=1
    ;;
esac

cd /
quietly stop $as "$bin/pg_ctl" -s -D "$data" -m fast -w stop || failed=1
exit $failed
