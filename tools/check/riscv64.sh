# RISC-V with 64 bits, under emulation.
. tools/check/emulated.sh

emulated riscv64 riscv64gc-unknown-linux-gnu riscv64-linux-gnu
counted riscv64
