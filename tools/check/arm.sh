# ARM with 32 bits, under emulation.
. tools/check/emulated.sh

emulated arm armv7-unknown-linux-gnueabihf arm-linux-gnueabihf
counted arm
