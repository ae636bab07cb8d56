# The Python package: the wheel and the source distribution, installed by themselves in
# environments of their own, with the packages that they are used with.
. tools/check/lib.sh
wheels=$BUILD/wheel
environment=$BUILD/python-environment
PYTHON=${PYTHON:-python3}
names="the wheel is built, the tests of the Python package, the source distribution builds"

skip_all() {
    echo "$names" | tr ',' '\n' | sed 's/^ //' | while read -r name; do skip "$name" "$1"; done
    exit 0
}
have "$PYTHON" || skip_all "python3 is not installed"
"$PYTHON" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    skip_all "Python 3.11 with venv and pip is needed"

# install PACKAGE...: into the environment.
install() {
    "$environment/bin/pip" install -q --disable-pip-version-check "$@"
}
if [ ! -x "$environment/bin/pip" ]; then
    "$PYTHON" -m venv "$environment"
fi
if ! install -r integrations/python/tests/requirements.txt >"$LOG" 2>&1; then
    if grep -Eq 'NewConnectionError|Temporary failure|timed out|No matching distribution' "$LOG"; then
        skip_all "there is no network"
    fi
    fail "the packages for the tests are installed" "$LOG"
    exit 0
fi

manifest=integrations/python/Cargo.toml
try "its sources are formatted" "$CARGO" fmt --check --manifest-path $manifest
if "$CARGO" clippy --version >/dev/null 2>&1; then
    try "its sources pass clippy" "$CARGO" clippy --locked --manifest-path $manifest \
        --target-dir "$BUILD/target-python" -- -D warnings
else
    skip "its sources pass clippy" "cargo clippy is not installed"
fi

try "the wheel is built" env PYTHON="$PYTHON" tools/wheel.sh
try "the wheel is installed" install --force-reinstall --no-deps --no-index "$wheels"/*.whl

# From another folder, so that nothing of the source tree is imported.
name="the tests of the Python package"
status=0
tests=$PWD/integrations/python/tests
(cd "$WORK" && LIMIT=1500 && limited "$environment/bin/python" -m pytest -p no:cacheprovider \
    "$tests") >"$LOG" 2>&1 || status=$?
if [ $status -eq 0 ]; then
    pass "$name: $(tail -n 1 "$LOG")"
else
    fail "$name (exit status $status)" "$LOG"
fi

# As pip does it where there is no wheel: of the archive alone. Whether it builds does
# not depend on the profile, and the optimised one takes minutes.
name="the source distribution builds"
rm -rf "$WORK/from-source"
try "$name" env MATURIN_PEP517_ARGS="--profile dev" \
    "$environment/bin/pip" wheel -q --disable-pip-version-check --no-deps -w "$WORK/from-source" "$wheels"/*.tar.gz
