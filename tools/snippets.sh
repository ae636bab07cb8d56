#!/bin/sh
# Writes the code in comments of headers, and in Markdown, as programs to compile:
#
#   snippets.sh FOLDER FILE...
#
# A block of a comment, indented by four, is code if it calls anything; the others
# are tables. A block of Markdown is code if it says that it is C. One that calls
# functions of ours and does not say so is an error. Each snippet is a file of its
# own in the folder, named by its file and line; one that is no whole program is
# the body of a function that c_tests/header/snippet.h declares.
set -eu
folder=$1
shift
mkdir -p "$folder"
for file; do
    awk -v folder="$folder" -v file="$file" '
        function end_of_block(    name, body) {
            if (text != "" && is_code()) {
                name = file
                gsub(/\//, "-", name)
                name = folder "/" name "." first (cpp ? ".cpp" : ".c")
                body = "#line " first " \"" file "\"\n" text
                if (text !~ /int main\(/)
                    body = "#include \"snippet." (cpp ? "hpp" : "h") "\"\nvoid snippet(GIVEN) {\n{\n" \
                        body "}\n}\n"
                printf "%s", body >name
                close(name)
            }
            text = ""
        }
        function is_code() {
            return markdown ? language == "c" || language == "cpp" : text ~ /\(/
        }
        BEGIN {
            markdown = file ~ /\.md$/
            cpp = file ~ /\.hpp$/
        }
        markdown && /^```/ {
            if (!inside) {
                inside = 1
                language = substr($0, 4)
                cpp = language == "cpp"
                first = FNR + 1
                next
            }
            inside = 0
            if (!is_code() && text ~ /(^|\n)([^(\n][^\n]*)?tally_[a-z_0-9]*\(/) {
                print file ":" first ": this looks like C and does not say so"
                failed = 1
            }
            end_of_block()
            next
        }
        markdown { if (inside) text = text $0 "\n"; next }
        /^ \*     / {
            if (text == "") first = FNR
            text = text blank substr($0, 8) "\n"
            blank = ""
            next
        }
        /^ \*$/ && text != "" { blank = blank "\n"; next }
        { blank = ""; end_of_block() }
        END { end_of_block(); exit failed }' "$file"
done
