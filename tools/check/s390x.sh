# s390x, whose bytes are in the other order, under emulation.
. tools/check/emulated.sh

emulated s390x s390x-unknown-linux-gnu s390x-linux-gnu
counted s390x
