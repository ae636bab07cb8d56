# Reads .ci/tools. Sourced, with the repository as the current folder and its build
# folder in BUILD.

# clang_format MAJOR: the program of that version, ours or the system's.
clang_format() {
    for formatter in "$BUILD/python/clang_format/data/bin/clang-format" clang-format; do
        if "$formatter" --version 2>/dev/null | grep -q "version $1\."; then
            echo "$formatter"
            return
        fi
    done
    return 1
}

# is_there HOW WHAT
is_there() {
    case $1 in
    command) command -v "$2" ;;
    links)
        linked=$(mktemp)
        status=0
        case $2 in
        *++*) language=c++ text='int main() { delete new int; }' ;;
        *) language=c text='int main(void) { return 0; }' ;;
        esac
        # shellcheck disable=SC2046 # a command and its flags
        echo "$text" | $(echo "$2" | tr , ' ') -x $language -o "$linked" - || status=$?
        rm -f "$linked"
        return $status
        ;;
    file) test -e "$2" ;;
    header) echo "#include <$2>" | cc -x c -fsyntax-only - ;;
    # The server and the file for makefiles may be there without the headers.
    pgxs)
        test -f "$(pg_config --pgxs)" && test -x "$(pg_config --bindir)/postgres" &&
            test -f "$(pg_config --includedir-server)/postgres.h"
        ;;
    formatter) clang_format "${2#clang-format-}" ;;
    python) PYTHONPATH=$BUILD/python python3 -c "import $2" ;;
    node) NODE_PATH=$BUILD/npm/node_modules node -e "require('$2')" ;;
    toolchain) rustc "+$2" --version ;;
    target) test -d "$(rustc --print target-libdir --target "$2")" ;;
    *) echo "unknown: $1" && exit 2 ;;
    esac >/dev/null 2>&1 </dev/null
}

# system_python: the name of the system's Python with its version.
system_python() {
    /usr/bin/python3 -c 'import sys; print("python%d.%d" % sys.version_info[:2])' 2>/dev/null ||
        echo python3
}

# missing: the rows for this machine whose tool is not there.
missing() {
    oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    sed -e 's/#.*//' -e "s/^$(uname -m)://" -e '/^ *$/d' -e '/^[^ ]*:/d' -e "s/OLDEST/$oldest/" \
        -e "s/GCC/$(cc -dumpversion)/" -e "s/PYTHON/$(system_python)/g" .ci/tools |
        while read -r how what packages parts; do
            is_there "$how" "$what" || echo "$how $what $packages $parts"
        done
}
