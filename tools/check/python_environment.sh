# The environment in which the Python package is tested: that of the parts python, dask and
# spark, which therefore run one after another. Sourced after lib.sh, with the names of the
# tests in `names`.
wheels=$BUILD/wheel
environment=$BUILD/python-environment
PYTHON=${PYTHON:-python3}

skip_all() {
    echo "$names" | tr ',' '\n' | sed 's/^ //' | while read -r name; do skip "$name" "$1"; done
    exit 0
}

# install PACKAGE...: into the environment.
install() {
    "$environment/bin/pip" install -q --disable-pip-version-check "$@"
}

# python_environment FILE...: made if it is not there, with the packages that files list.
python_environment() {
    have "$PYTHON" || skip_all "python3 is not installed"
    "$PYTHON" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        skip_all "Python 3.11 with venv and pip is needed"
    if [ ! -x "$environment/bin/pip" ]; then
        "$PYTHON" -m venv "$environment"
    fi
    for file; do
        if ! install -r "integrations/python/tests/$file" >"$LOG" 2>&1; then
            if grep -Eq 'NewConnectionError|Temporary failure|timed out|No matching distribution' "$LOG"; then
                skip_all "there is no network"
            fi
            fail "the packages for the tests are installed" "$LOG"
            exit 0
        fi
    done
}

# python_wheel: built and installed.
python_wheel() {
    try "the wheel is built" env PYTHON="$PYTHON" tools/wheel.sh
    try "the wheel is installed" install --force-reinstall --no-deps --no-index "$wheels"/*-abi3-*.whl
}

# pytest_with PYTHON NAME SECONDS ARGUMENT...: in another folder, so that nothing of the source
# tree is imported.
pytest_with() {
    tests_python=$1
    tests_name=$2
    LIMIT=$3
    shift 3
    status=0
    tests=$PWD/integrations/python/tests
    (cd "$WORK" && limited "$tests_python" -m pytest -p no:cacheprovider \
        --rootdir "$tests" "$@") >"$LOG" 2>&1 || status=$?
    if [ $status -eq 0 ]; then
        pass "$tests_name: $(tail -n 1 "$LOG")"
    else
        fail "$tests_name (exit status $status)" "$LOG"
    fi
}

# python_tests NAME SECONDS ARGUMENT...: in the environment.
python_tests() {
    pytest_with "$environment/bin/python" "$@"
}
