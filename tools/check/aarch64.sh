# ARM with 64 bits, under emulation.
. tools/check/emulated.sh

emulated aarch64 aarch64-unknown-linux-gnu aarch64-linux-gnu
counted aarch64
