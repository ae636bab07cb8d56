# Takes a page's transcripts apart: for each "$ command" in a block of code the command,
# in N.command, and what follows it, in N.shown.
/^```/ { inside = !inside; shown = ""; next }
inside && /^\$ / {
    shown = ++count ".shown"
    printf "" >shown
    print substr($0, 3) >(count ".command")
    next
}
inside && shown != "" { print >shown }
