// Sums in the form of test262's tests of Math.sumPrecise.
assert.sameValue(Math.sumPrecise([]), -0);
assert.sameValue(Math.sumPrecise([-0, -0, -0]), -0);
assert.sameValue(Math.sumPrecise([0, -0]), 0);
assert.sameValue(Math.sumPrecise([5, -5]), 0);
assert.sameValue(Math.sumPrecise([0.1, 0.2, 0.3]), 0.6);
assert.sameValue(Math.sumPrecise([1e100, 1, -1e100]), 1);
assert.sameValue(Math.sumPrecise([1e300, 1e-300, -1e300]), 1e-300);
assert.sameValue(Math.sumPrecise([1.5e308, 1.5e308, -1.5e308]), 1.5e308);
assert.sameValue(Math.sumPrecise([1.5e308, 1.5e308]), Infinity);
assert.sameValue(Math.sumPrecise([-Infinity, 1e308, 7]), -Infinity);
assert.sameValue(Math.sumPrecise([Infinity, 1, -Infinity]), NaN);
assert.sameValue(Math.sumPrecise([9007199254740992, 1, 1e-300]), 9007199254740994);
assert.throws(TypeError, () => Math.sumPrecise(["1"]));
verifyProperty(Math.sumPrecise, "length", { value: 1 });
