# The installed shared library, loaded by other languages. NumPy, pyarrow and koffi are
# looked for in build/python and build/npm too, where .ci/run puts them.
. tools/check/lib.sh
stage
so=$STAGE/lib/libtally.so.0
PYTHONPATH=$BUILD/python${PYTHONPATH:+:$PYTHONPATH}
NODE_PATH=$BUILD/npm/node_modules${NODE_PATH:+:$NODE_PATH}
export PYTHONPATH NODE_PATH

for what in arrays callback; do
    if have python3; then
        try "Python calls it by ctypes: $what" limited python3 tests/callers/call.py "$so" $what
    else
        skip "Python calls it by ctypes: $what" "python3 is not installed"
    fi
done
if have python3 && python3 -c 'import numpy' 2>/dev/null; then
    try "Python calls it on NumPy's memory" limited python3 tests/callers/call.py "$so" numpy
else
    skip "Python calls it on NumPy's memory" "numpy is not installed"
fi
if have python3 && python3 -c 'import pyarrow' 2>/dev/null; then
    try "Python calls it on pyarrow's memory" limited python3 tests/callers/call.py "$so" arrow
else
    skip "Python calls it on pyarrow's memory" "pyarrow is not installed"
fi

if have node && node -e 'require("koffi")' 2>/dev/null; then
    try "Node calls it by koffi" limited node tests/callers/call.cjs "$so"
else
    skip "Node calls it by koffi" "node or koffi is not installed"
fi

if have go; then
    try "Go calls it by cgo" limited env CGO_CFLAGS="$(pc Cflags)" \
        CGO_LDFLAGS="$(pc Libs) -Wl,-rpath,$STAGE/lib" CC="$CC" GOFLAGS=-mod=mod GOPROXY=off \
        GOCACHE="$BUILD/go-cache" \
        sh -c 'cd tests/callers/go && go build -o "$1" . && "$1"' - "$WORK/go-caller"
else
    skip "Go calls it by cgo" "go is not installed"
fi
