// The first is what a loop gives, and the second has the wrong sign.
assert.sameValue(Math.sumPrecise([1e100, 1, -1e100]), 0);
assert.sameValue(Math.sumPrecise([-0, -0]), 0);
assert.sameValue(Math.sumPrecise([1, 2]), 3);
