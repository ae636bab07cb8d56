// Reads the numbers of an argument. Arrays are read by their indices, typed arrays in whole
// parts, wherever their iterators would find the same.

const typedArray = Object.getPrototypeOf(Float64Array.prototype);
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]());
const nextOfArray = arrayIterator.next;
const valuesOfArray = Array.prototype[Symbol.iterator];
const valuesOfTypedArray = typedArray[Symbol.iterator];

// Of the array itself, whatever properties it was given.
const getter = (name) => {
    const { get } = Object.getOwnPropertyDescriptor(typedArray, name);
    return (array) => Reflect.apply(get, array, []);
};
const kindOf = getter(Symbol.toStringTag);
const bufferOf = getter('buffer');
const offsetOf = getter('byteOffset');
const lengthOf = getter('length');

const arraysOf = (names) =>
    new Map(names.filter((name) => name in globalThis).map((name) => [name, globalThis[name]]));
const ARRAYS_OF_NUMBERS = arraysOf([
    'Float64Array', 'Float32Array', 'Float16Array', 'Int8Array', 'Uint8Array',
    'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
]);
const ARRAYS_OF_BIGINTS = arraysOf(['BigInt64Array', 'BigUint64Array']);

// What a value is, for a message.
export function describe(value) {
    if (value === null || value === undefined) return String(value);
    if (Array.isArray(value)) return 'an array';
    const type = typeof value;
    return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

// Whether iterators of arrays do what they did at first.
const iteratorsAreOurs = () =>
    arrayIterator.next === nextOfArray && arrayIterator.return === undefined;

// The constructor of a typed array that can be copied as a whole.
function wholeArray(values, method, constructors) {
    const is = method === valuesOfTypedArray && iteratorsAreOurs();
    return is ? constructors.get(kindOf(values)) : undefined;
}

// A part of a typed array, which is not copied.
function partOf(Constructor, values, at, count) {
    const from = offsetOf(values) + at * Constructor.BYTES_PER_ELEMENT;
    return new Constructor(bufferOf(values), from, count);
}

// Gives an array to `use` in parts of at most `most` elements, the last one with `true`.
function wholeParts(Constructor, values, most, use) {
    const length = lengthOf(values);
    if (length <= most) return use(values, length, true);
    for (let at = 0; at < length; at += most) {
        const count = Math.min(length - at, most);
        use(partOf(Constructor, values, at, count), count, at + count === length);
    }
}

function iteratorOf(what, values) {
    const method = values === null || values === undefined ? undefined : values[Symbol.iterator];
    if (typeof method !== 'function') {
        throw new TypeError(`${what} is ${describe(values)}, not an iterable`);
    }
    return method;
}

const notANumber = (what, index, value) =>
    new TypeError(`${what}[${index}] is ${describe(value)}, not a number`);

// An array as its iterator reads it: one element after the other, for as long as there are more.
function arrayParts(what, values, room, use) {
    const most = room.length;
    let start = 0;
    let i = 0;
    for (; i < values.length; i++) {
        const value = values[i];
        if (typeof value !== 'number') throw notANumber(what, i, value);
        if (i - start === most) {
            use(most, false);
            start = i;
        }
        room[i - start] = value;
    }
    use(i - start, true);
}

// Writes the numbers of an iterable to `room`, and calls `use` with their count whenever it is
// full, and with the last ones and `true` at the end, even if there are none. `what` names
// the argument. An iterator is closed if one of its values is refused.
export function eachPart(what, values, room, use, most = Number.MAX_SAFE_INTEGER) {
    const method = iteratorOf(what, values);
    const whole = wholeArray(values, method, ARRAYS_OF_NUMBERS);
    if (whole) {
        wholeParts(whole, values, room.length, (part, count, last) => {
            room.set(part);
            use(count, last);
        });
        return;
    }
    if (method === valuesOfArray && Array.isArray(values) && iteratorsAreOurs()) {
        arrayParts(what, values, room, use);
        return;
    }
    let before = 0;
    let count = 0;
    let limit = Math.min(room.length, most);
    for (const value of { [Symbol.iterator]: () => Reflect.apply(method, values, []) }) {
        if (count === limit) {
            if (before + count === most) {
                throw new RangeError(`${what} has more than ${most} values`);
            }
            use(count, false);
            before += count;
            count = 0;
            limit = Math.min(room.length, most - before);
        }
        if (typeof value !== 'number') throw notANumber(what, before + count, value);
        room[count++] = value;
    }
    use(count, true);
}

// The numbers of an iterable, all at once: a typed array.
export function allNumbers(what, values) {
    const method = iteratorOf(what, values);
    if (wholeArray(values, method, ARRAYS_OF_NUMBERS)) return values;
    const numbers = [];
    for (const value of { [Symbol.iterator]: () => Reflect.apply(method, values, []) }) {
        if (typeof value !== 'number') throw notANumber(what, numbers.length, value);
        numbers.push(value);
    }
    return Float64Array.from(numbers);
}

// Parts of two typed arrays of numbers of the same length.
export function eachPair(x, y, roomOfX, roomOfY, use) {
    const [ofX, ofY] = [x, y].map((values) => ARRAYS_OF_NUMBERS.get(kindOf(values)));
    const length = lengthOf(x);
    let at = 0;
    do {
        const count = Math.min(length - at, roomOfX.length);
        roomOfX.set(partOf(ofX, x, at, count));
        roomOfY.set(partOf(ofY, y, at, count));
        at += count;
        use(count, at === length);
    } while (at < length);
}

// The sum of an iterable of bigints. `sumOf` has that of a part of a
// typed array.
export function sumOfBigInts(what, values, most, sumOf) {
    const method = iteratorOf(what, values);
    let sum = 0n;
    const whole = wholeArray(values, method, ARRAYS_OF_BIGINTS);
    if (whole) {
        wholeParts(whole, values, most, (part, count) => {
            sum += sumOf(part, count, whole === BigInt64Array);
        });
        return sum;
    }
    let index = 0;
    for (const value of { [Symbol.iterator]: () => Reflect.apply(method, values, []) }) {
        if (typeof value !== 'bigint') {
            throw new TypeError(`${what}[${index}] is ${describe(value)}, not a bigint`);
        }
        sum += value;
        index += 1;
    }
    return sum;
}
