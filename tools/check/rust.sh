# The Rust tests: the library's, and those of the programs that write the header and
# the manual.
. tools/check/lib.sh

count "arithmetic" "$CARGO" test -p tally-core --no-fail-fast --target-dir "$BUILD/target"
count "library" "$CARGO" test -p libtally --no-fail-fast --target-dir "$BUILD/target"
# The saved form's reference is a program of its own, in another language.
if have python3; then
    try "saved form, by the Python reference" \
        python3 docs/saved_format.py --check core/tests/golden/saved_states.txt
    try "saved form of products, by the Python reference" \
        python3 docs/saved_format.py --check-products core/tests/golden/saved_products.txt
    try "saved form of moments, by the Python reference" \
        python3 docs/saved_format.py --check-moments core/tests/golden/saved_moments.txt
    try "saved form of decimals, by the Python reference" \
        python3 docs/saved_format.py --check-decimals core/tests/golden/saved_decimals.txt
    try "sealed states, by the Python reference" \
        python3 docs/saved_format.py --check-sealed core/tests/golden/saved_sealed.txt
else
    skip "saved form, by the Python reference" "python3 is not installed"
    skip "saved form of products, by the Python reference" "python3 is not installed"
    skip "saved form of moments, by the Python reference" "python3 is not installed"
    skip "saved form of decimals, by the Python reference" "python3 is not installed"
    skip "sealed states, by the Python reference" "python3 is not installed"
    skip "sums of decimals, by Python's decimal" "python3 is not installed"
fi
# What threads can do to handles, in every order that they can meet in.
count "models of handles" "$CARGO" test -p models --no-fail-fast --target-dir "$BUILD/target"
# Layers: nothing may depend on what depends on it.
try "no module is in a circle" "$CARGO" run -q -p layers --target-dir "$BUILD/target" -- core .
# As they are built to be run, with what they need.
for program in header manual layers; do
    count "$program program" "$CARGO" test -p $program --profile dev --no-fail-fast \
        --target-dir "$BUILD/target"
done
