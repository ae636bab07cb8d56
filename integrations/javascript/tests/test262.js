// Runs test262's tests of Math.sumPrecise with this package's function in its place:
//
//     node test262.js FOLDER
//
// The folder is that of test262, or of those tests. What is checked there is counted.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

import { instantiate } from 'libtally/instantiate';

const within = join(process.argv[2], 'test/built-ins/Math/sumPrecise');
const folder = existsSync(within) ? within : process.argv[2];
const bytes = readFileSync(createRequire(import.meta.url).resolve('libtally/tally.wasm'));

let checked = 0;
let failed = 0;

// What the tests call, in an environment of their own for each.
function environment() {
    const check = (holds, what) => {
        checked += 1;
        assert.ok(holds, what);
    };
    const sameValue = (found, expected) => {
        check(Object.is(found, expected), `${found}, not ${expected}`);
    };
    const throws = (type, call) => {
        let thrown = 'nothing';
        try {
            call();
        } catch (error) {
            thrown = error;
        }
        check(thrown?.name === type.name, `${thrown} was thrown, not ${type.name}`);
    };
    const globals = { Test262Error: class Test262Error extends Error {} };
    globals.assert = Object.assign((holds) => check(holds, 'false'), { sameValue, throws });
    globals.isConstructor = (of) => {
        try {
            Reflect.construct(Object, [], of);
            return true;
        } catch {
            return false;
        }
    };
    globals.verifyProperty = (object, name, expected) => {
        const found = Object.getOwnPropertyDescriptor(object, name);
        for (const [key, value] of Object.entries(expected)) {
            check(Object.is(found?.[key], value), `${name} has ${key} ${found?.[key]}`);
        }
    };
    return globals;
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.js')).sort()) {
    // How the function is a property of Math is not up to this package.
    if (file === 'prop-desc.js') {
        console.log(`skipped: ${file}`);
        continue;
    }
    const script = `Math.sumPrecise = sumPrecise;\n${readFileSync(join(folder, file))}`;
    try {
        const { sumPrecise } = instantiate(bytes);
        runInNewContext(script, { ...environment(), sumPrecise }, { filename: file });
    } catch (error) {
        failed += 1;
        console.log(`FAILED: ${file}: ${error.message}`);
    }
}
console.log(`${checked} checked, ${failed} files failed`);
process.exitCode = failed > 0 || checked === 0 ? 1 : 0;
