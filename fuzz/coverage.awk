# Adds up what libFuzzer's -print_coverage says of several harnesses. Of each function the
# most edges count that one harness reached; of copies for several types, each counts.

# place: the file of the function, without its line.
/^(UN)?COVERED_FUNC:/ {
    split($5, edges, "/")
    place = $NF
    sub(/:[0-9]+(:[0-9]+)?$/, "", place)
    if (index(place, root "/") != 1) next
    name = $0
    sub(/^.*edges: [^ ]* /, "", name)
    if (edges[1] + 0 > reached[name]) reached[name] = edges[1] + 0
    all[name] = edges[2]
    file[name] = substr(place, length(root) + 2)
}
END {
    for (name in all) {
        edges_of[file[name]] += all[name]
        reached_of[file[name]] += reached[name]
        total += all[name]
        done += reached[name]
    }
    if (!total) {
        print "no function of " root " is named"
        exit 1
    }
    for (one in edges_of)
        printf "%5.1f %% of %5d edges  %s\n", 100 * reached_of[one] / edges_of[one], edges_of[one], one | "sort -n"
    close("sort -n")
    printf "%5.1f %% of %5d edges  in all\n", 100 * done / total, total
}
