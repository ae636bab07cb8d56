import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

import * as libtally from 'libtally';
import { instantiate } from 'libtally/instantiate';

const require = createRequire(import.meta.url);
const folder = new URL('.', pathToFileURL(require.resolve('libtally/package.json')));
const read = (name) => readFileSync(new URL(name, folder));
const bytes = read('tally.wasm');

const NAMES = Object.keys(libtally).sort();

function works(functions) {
    assert.deepEqual(Object.keys(functions).sort(), NAMES);
    assert.equal(functions.sumPrecise([1e100, 1, -1e100]), 1);
    assert.equal(new functions.Accumulator([0.25]).add(functions.dot([1], [0.5])).value(), 0.75);
}

test('in node', () => {
    assert.deepEqual(NAMES, [
        'Accumulator', 'dot', 'mean', 'norm', 'standardDeviation', 'sumBigInt', 'sumPrecise',
        'variance',
    ]);
    works({ ...libtally });
});

test('from bytes, a module or an instance', () => {
    const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const module = new WebAssembly.Module(bytes);
    const instance = new WebAssembly.Instance(module);
    for (const source of [
        bytes, new Uint8Array(copy), copy, new DataView(copy), module, instance,
    ]) {
        works(instantiate(source));
    }
    const message = 'instantiate: source is a string, not bytes, a module or an instance';
    assert.throws(() => instantiate('tally.wasm'), { name: 'TypeError', message });
    assert.throws(() => instantiate(new Uint8Array(8)), WebAssembly.CompileError);
});

test('in a browser, which fetches the module', async () => {
    const fetched = [];
    const { fetch } = globalThis;
    const served = mkdtempSync(join(tmpdir(), 'libtally-'));
    // Each copy is loaded once.
    const copy = (name) => {
        for (const file of ['browser.js', 'instantiate.js', 'numbers.js', 'package.json']) {
            cpSync(new URL(file, folder), join(served, name, file));
        }
        return pathToFileURL(join(served, name, 'browser.js'));
    };
    try {
        globalThis.fetch = async (url) => {
            fetched.push(String(url));
            return new Response(bytes, { headers: { 'content-type': 'text/plain' } });
        };
        const found = copy('found');
        works({ ...(await import(found)) });
        assert.deepEqual(fetched, [String(new URL('tally.wasm', found))]);
        globalThis.fetch = async () => new Response('no', { status: 404 });
        const status = /^Error: libtally: .*tally\.wasm: status 404$/;
        await assert.rejects(import(copy('missing')), status);
    } finally {
        globalThis.fetch = fetch;
        rmSync(served, { recursive: true });
    }
});

test('instances share nothing', () => {
    const [here, there] = [instantiate(bytes), instantiate(bytes)];
    const values = function* () {
        yield 1;
        assert.equal(there.sumPrecise([100]), 100);
        yield 2;
    };
    assert.equal(here.sumPrecise(values()), 3);
    assert.throws(() => new here.Accumulator().merge(new there.Accumulator()), TypeError);
    const saved = new there.Accumulator([1]).save();
    assert.equal(here.Accumulator.load(saved).value(), 1);
});

test('the memory of the module cannot grow', () => {
    const { memory } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
    assert.throws(() => memory.grow(1), RangeError);
    assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(bytes)), []);
});

test('more values than an iterator may have', async () => {
    const { eachPart } = await import(new URL('numbers.js', folder));
    const room = new Float64Array(4);
    const take = (length, most) => {
        const seen = [];
        let closed = 0;
        const iterator = {
            left: length,
            next: () => ({ done: iterator.left-- === 0, value: 1 }),
            return: () => ({ closed: (closed += 1) }),
        };
        const values = { [Symbol.iterator]: () => iterator };
        const call = () => eachPart('values', values, room, (...part) => seen.push(part), most);
        return [call, () => [seen, closed]];
    };
    for (const [length, most, parts] of [
        [6, 6, [[4, false], [2, true]]],
        [8, 8, [[4, false], [4, true]]],
        [3, 3, [[3, true]]],
        [4, 5, [[4, true]]],
        [0, 5, [[0, true]]],
    ]) {
        const [call, seen] = take(length, most);
        call();
        assert.deepEqual(seen(), [parts, 0]);
        const [more, seenOfMore] = take(most + 1, most);
        assert.throws(more, { name: 'RangeError', message: `values has more than ${most} values` });
        assert.equal(seenOfMore()[1], 1);
    }
});

test('the types name what there is', () => {
    const types = read('index.d.ts').toString();
    const named = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name).sort();
    assert.deepEqual(named(types, /^export (?:function|class) (\w+)/gm), NAMES);
    const body = types.slice(types.indexOf('export class Accumulator'));
    const members = named(body, /^ {4}(?:static |readonly )?(\w+)[(:]/gm);
    const { prototype, ...statics } = Object.getOwnPropertyDescriptors(libtally.Accumulator);
    const own = [...Object.getOwnPropertyNames(prototype.value), ...Object.keys(statics)];
    const ofFunctions = ['length', 'name'];
    assert.deepEqual(members, own.filter((name) => !ofFunctions.includes(name)).sort());
});

test("the README's examples", () => {
    const blocks = [...read('README.md').toString().matchAll(/^```js\n([^]*?)^```$/gm)];
    let shown = 0;
    for (const [, block] of blocks) {
        if (/^import .* from '\./m.test(block) || block.includes('await')) continue;
        const imported = /^import \{([^}]*)\} from 'libtally';$/gm;
        const body = block.replace(imported, 'const {$1} = libtally;');
        // A comment behind an expression is what it gives.
        const lines = body.split('\n').map((line) => {
            const match = /^(.*);\s*\/\/ (.*)$/.exec(line);
            if (!match) return line;
            shown += 1;
            return `assert.deepEqual(${match[1]}, ${match[2]});`;
        });
        new Function('assert', 'libtally', lines.join('\n'))(assert, libtally);
    }
    assert.ok(shown >= 8, `${shown} results are shown`);
});
