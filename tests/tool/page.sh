# The page of the manual: each command in it prints what the page shows, standard output
# first. What `cat` shows is the file that the commands below it read.
mkdir page
cd page || exit 2
awk -f "$here/page.awk" "$here/../../docs/tool.md"
number=1
while [ -e $number.command ]; do
    command=$(cat $number.command)
    case $command in
    'cat '*) cp $number.shown "${command#cat }" ;;
    *)
        (PATH=$(dirname "$tally"):$PATH && eval "$command") >out 2>err
        cat out err >both
        if cmp -s both $number.shown; then
            pass "the_page_shows_what_is_printed: $command"
        else
            fail "the_page_shows_what_is_printed: $command"
            diff $number.shown both | sed 's/^/# /'
        fi
        ;;
    esac
    number=$((number + 1))
done
[ $number -gt 10 ] || fail the_page_has_its_commands
cd .. || exit 2
