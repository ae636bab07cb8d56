/* Tables in the form of those of xsum's check. */

#define pow2_10 (1.0 * (1 << 10))
#define Ulp (1.0 / (1 << 26) / (1 << 26))
#define Large (1.5e154 * pow2_10)

xsum_flt one_term[] = {
  0.25, -17.125,             /* exact in a few bits */
  6.02214076e23, 5e-324, 2.2250738585072014e-308 - 5e-324,
  1e300,
};

xsum_flt two_term[] = {
  1, Ulp/2,                  /* a tie */
  1 + Ulp, Ulp/2,
  1e16, -1.0,
  Large, 1/pow2_10,
  7e-324, 2.5, 1.0/0.0, 3, 1.0/0.0, -1.0/0.0,
};

xsum_flt three_term[] = {
  1e100, 3.0, -1e100, 3.0,
  1, Ulp/2, Ulp/pow2_10, 1 + Ulp,
  (double)(1L<<60), 0.5, -(double)(1L<<60), 0.5,
};

xsum_flt ten_term[] = {
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 55,
  1e300, 1e200, 1e100, 1, 0.5, -1e300, -1e200, -1e100, 0, 0, 1.5,
};

float dot_term[] = {
  1.0f, 2.0f,
  -0.5f, 3e10f,
  0.1f, 0.0f,
};

xsum_flt three_term_div[] = {
  1, 2, 4, 7, 1,
  2, 0.5, -1, 3, 0.5,
};
