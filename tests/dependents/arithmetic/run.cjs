// Prints what the module named calculates.
const bytes = require("fs").readFileSync(process.argv[2]);
const { folded } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
console.log(BigInt.asUintN(64, folded()).toString(16));
