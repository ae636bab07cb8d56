# The Python package: the wheel and the source distribution, installed by themselves in
# environments of their own, with the packages that they are used with.
. tools/check/lib.sh
names="the wheel is built, the tests of the Python package, the tests with Dask, the tests of a free-threaded Python, the source distribution builds"
. tools/check/python_environment.sh
python_environment requirements.txt

manifest=integrations/python/Cargo.toml
try "its sources are formatted" "$CARGO" fmt --check --manifest-path $manifest
if "$CARGO" clippy --version >/dev/null 2>&1; then
    try "its sources pass clippy" "$CARGO" clippy --locked --manifest-path $manifest \
        --target-dir "$BUILD/target-python" -- -D warnings
else
    skip "its sources pass clippy" "cargo clippy is not installed"
fi

python_wheel
tests=$PWD/integrations/python/tests
python_tests "the tests of the Python package" 1500 --ignore-glob='*test_dask_*' \
    --ignore-glob='*test_spark*' "$tests"
# Here, where the wheel and the environment are, and not in a part that would wait for them.
python_tests "the tests with Dask" 900 "$tests"/test_dask_*.py

# Each free-threaded wheel with its own interpreter, and without what has no packages for it.
name="the tests of a free-threaded Python"
tested=
for interpreter in ${FREE_THREADED-python3.14t}; do
    "$interpreter" -c 0 2>/dev/null || continue
    tested=yes
    version=$("$interpreter" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
    free=$BUILD/python-environment-${version}t
    [ -x "$free/bin/pip" ] || "$interpreter" -m venv "$free"
    try "$name: the wheel is installed" "$free/bin/pip" install -q --disable-pip-version-check \
        --force-reinstall "$wheels"/*-"$version-${version}t"-*.whl hypothesis numpy pytest
    pytest_with "$free/bin/python" "$name" 1500 -W error::RuntimeWarning "$tests"/test_threads.py \
        "$tests"/test_sum.py "$tests"/test_arrays.py "$tests"/test_buffers.py "$tests"/test_decimal.py \
        "$tests"/test_groups.py "$tests"/test_objects.py "$tests"/test_pairs.py "$tests"/test_rolling.py \
        "$tests"/test_states.py "$tests"/test_without_numpy.py
done
[ "$tested" ] || skip "$name" "no python3.14t is installed"

# As pip does it where there is no wheel: of the archive alone. Whether it builds does
# not depend on the profile, and the optimised one takes minutes.
name="the source distribution builds"
rm -rf "$WORK/from-source"
try "$name" env MATURIN_PEP517_ARGS="--profile dev" \
    "$environment/bin/pip" wheel -q --disable-pip-version-check --no-deps -w "$WORK/from-source" "$wheels"/*.tar.gz
