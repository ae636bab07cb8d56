#!/bin/sh
# Prints the bill of materials of libtally as it is built here, in the JSON form of SPDX
# 2.3: the crates that are compiled into the library, with their versions, checksums and
# licences as Cargo.lock and cargo have them, and the standard library of this rustc.
set -eu
cd "$(dirname "$0")/.."
CARGO=${CARGO:-cargo}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
created=$(date -u ${SOURCE_DATE_EPOCH:+-d @"$SOURCE_DATE_EPOCH"} +%Y-%m-%dT%H:%M:%SZ 2>/dev/null ||
    date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

# name, version, checksum or -, licence: what is ours has no checksum.
# shellcheck disable=SC2086 # an option and its argument
"$CARGO" tree --locked -p libtally -e normal --prefix none --format '{p}|{l}' \
    ${CARGO_TARGET:+--target $CARGO_TARGET} | sed 's/ (\*)$//' | sort -u |
    awk -F '|' '
        NR == FNR {
            if ($0 ~ /^name = /) name = value($0)
            if ($0 ~ /^version = /) version = value($0)
            if ($0 ~ /^checksum = /) checksum[name " " version] = value($0)
            next
        }
        function value(line) { sub(/^[a-z]* = "/, "", line); sub(/"$/, "", line); return line }
        {
            split($1, word, " ")
            key = word[1] " " substr(word[2], 2)
            print key, (key in checksum ? checksum[key] : "-"), $2
        }' Cargo.lock - >"$work/packages"
echo "rust-std $(${RUSTC:-rustc} --version | sed 's/^rustc \([^ ]*\).*/\1/') - MIT OR Apache-2.0" >>"$work/packages"

# The name of this document is made of what it says.
mark=$(cksum <"$work/packages" | tr ' ' -)
awk -v version="$version" -v created="$created" -v mark="$mark" '
    function id(name) { gsub(/[^A-Za-z0-9.-]/, "-", name); return "SPDXRef-" name }
    {
        name = $1; number = $2; checksum = $3
        licence = $0
        for (i = 0; i < 3; i++) sub(/^[^ ]* /, "", licence)
        # An older way to say OR.
        gsub(/\//, " OR ", licence)
        text = "    {\n      \"name\": \"" name "\",\n      \"SPDXID\": \"" id(name) "\",\n"
        text = text "      \"versionInfo\": \"" number "\",\n"
        text = text "      \"downloadLocation\": \"NOASSERTION\",\n      \"filesAnalyzed\": false,\n"
        if (checksum != "-") {
            text = text "      \"checksums\": [{ \"algorithm\": \"SHA256\", \"checksumValue\": \"" checksum "\" }],\n"
            text = text "      \"externalRefs\": [{ \"referenceCategory\": \"PACKAGE-MANAGER\", " \
                "\"referenceType\": \"purl\", \"referenceLocator\": \"pkg:cargo/" name "@" number "\" }],\n"
        }
        text = text "      \"licenseConcluded\": \"" licence "\",\n"
        text = text "      \"licenseDeclared\": \"" licence "\",\n"
        text = text "      \"copyrightText\": \"NOASSERTION\"\n    }"
        packages = packages (NR > 1 ? ",\n" : "") text
        if (name != "libtally")
            links = links ",\n    { \"spdxElementId\": \"SPDXRef-libtally\", " \
                "\"relationshipType\": \"STATIC_LINK\", \"relatedSpdxElement\": \"" id(name) "\" }"
    }
    END {
        print "{\n  \"spdxVersion\": \"SPDX-2.3\",\n  \"dataLicense\": \"CC0-1.0\","
        print "  \"SPDXID\": \"SPDXRef-DOCUMENT\",\n  \"name\": \"libtally-" version "\","
        print "  \"documentNamespace\": \"https://spdx.org/spdxdocs/libtally-" version "-" mark "\","
        print "  \"creationInfo\": {\n    \"created\": \"" created "\","
        print "    \"creators\": [\"Organization: The Tally authors\", \"Tool: tools/sbom.sh\"]\n  },"
        print "  \"packages\": [\n" packages "\n  ],"
        print "  \"relationships\": [\n    { \"spdxElementId\": \"SPDXRef-DOCUMENT\", " \
            "\"relationshipType\": \"DESCRIBES\", \"relatedSpdxElement\": \"SPDXRef-libtally\" }" links
        print "  ]\n}"
    }' "$work/packages"
