/*
 * Floating-point environments that a thread may be in: the registers, and what
 * they are set to. Included by float_environment.c.
 */
#include <fenv.h>

#if defined(__i386__) || defined(__x86_64__)
#include <emmintrin.h>

/* SSE's register, and the x87's. */
struct registers {
    uint32_t mxcsr;
    uint16_t control, status;
};

static void get_registers(struct registers *registers) {
    registers->mxcsr = _mm_getcsr();
    __asm__ volatile("fnstcw %0" : "=m"(registers->control));
    __asm__ volatile("fnstsw %0" : "=m"(registers->status));
}

static void set_registers(const struct registers *registers) {
    /* With flags and masks at once, nothing traps on the way. */
    uint32_t image[7];
    __asm__ volatile("fnstenv %0" : "=m"(image));
    image[0] = registers->control;
    image[1] = registers->status;
    __asm__ volatile("fldenv %0" : : "m"(image));
    _mm_setcsr(registers->mxcsr);
}

#define SUBNORMALS_READ_AS_ZERO 0x40U
#define SUBNORMALS_WRITTEN_AS_ZERO 0x8000U
#define BOTH 0x8040U
/* Clear, an operation on a subnormal traps. */
#define SUBNORMAL_MASK 0x100U

static void set_flushing(unsigned how) {
    if (how == SUBNORMAL_MASK) {
        _mm_setcsr(_mm_getcsr() & ~SUBNORMAL_MASK);
    } else {
        _mm_setcsr(_mm_getcsr() | how);
    }
}

static double multiply(double a, double b) {
    /* Not on the x87, whatever else is. An instruction written out is neither
     * folded nor moved to where the environment is another. */
    __asm__ volatile("mulsd %1, %0" : "+x"(a) : "x"(b));
    return a;
}

#else
struct registers {
    fenv_t environment;
};

static void get_registers(struct registers *registers) {
    memset(registers, 0, sizeof *registers);
    fegetenv(&registers->environment);
#if defined(__aarch64__)
    /* That a vector of integers was saturated is no matter of doubles. */
    registers->environment.__fpsr &= ~(1U << 27);
#elif defined(__arm__) && defined(__ARM_FP)
    /* Nor is what the last comparison said. */
    registers->environment.__cw &= ~(0xfU << 28);
#endif
}

static void set_registers(const struct registers *registers) {
    fesetenv(&registers->environment);
}

#if defined(__aarch64__) || (defined(__arm__) && defined(__ARM_FP))
#define BOTH (1U << 24)

static void set_flushing(unsigned how) {
#if defined(__aarch64__)
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    __asm__ volatile("msr fpcr, %0" : : "r"(control | how));
#else
    uint32_t control;
    __asm__ volatile("vmrs %0, fpscr" : "=r"(control));
    __asm__ volatile("vmsr fpscr, %0" : : "r"(control | how));
#endif
}
#else
/* Nothing is flushed here. */
static void set_flushing(unsigned how) {
    (void)how;
}
#endif

static double multiply(double a, double b) {
    volatile double factors[2] = {a, b};
    volatile double product = factors[0] * factors[1];
    return product;
}
#endif

static struct environment {
    const char *name;
    int rounding;
    unsigned flushing;
    /* Exceptions that trap, and flags that are raised. */
    int traps, flags;
} environments[40];
static size_t environment_count;

static void set_environment(const struct environment *environment) {
    fesetround(environment->rounding);
    feclearexcept(FE_ALL_EXCEPT);
    if (environment->flags != 0) {
        feraiseexcept(environment->flags);
    }
#if defined(__GLIBC__)
    if (environment->traps != 0) {
        feenableexcept(environment->traps);
    }
#endif
    if (environment->flushing != 0) {
        set_flushing(environment->flushing);
    }
}

static void add_environment(const char *name, int rounding, unsigned flushing,
                            int traps, int flags) {
    struct environment new_one = {name, rounding, flushing, traps, flags};
    environments[environment_count++] = new_one;
}

static void add_trap(const char *name, int exceptions) {
#if defined(__GLIBC__)
    /* A processor may have no traps. */
    if (feenableexcept(exceptions) != -1) {
        if (fegetexcept() == exceptions) {
            add_environment(name, FE_TONEAREST, 0, exceptions, 0);
        }
        fedisableexcept(FE_ALL_EXCEPT);
    }
#else
    (void)name;
    (void)exceptions;
#endif
}

static void find_environments(void) {
    add_environment("by default", FE_TONEAREST, 0, 0, 0);
    add_environment("rounding up", FE_UPWARD, 0, 0, 0);
    add_environment("rounding down", FE_DOWNWARD, 0, 0, 0);
    add_environment("rounding to zero", FE_TOWARDZERO, 0, 0, 0);
    add_environment("with all flags raised", FE_TONEAREST, 0, 0, FE_ALL_EXCEPT);
#if defined(SUBNORMALS_READ_AS_ZERO)
    add_environment("subnormals read as zero", FE_TONEAREST,
                    SUBNORMALS_READ_AS_ZERO, 0, 0);
    add_environment("subnormals written as zero", FE_TONEAREST,
                    SUBNORMALS_WRITTEN_AS_ZERO, 0, 0);
    add_environment("with traps for subnormals", FE_TONEAREST, SUBNORMAL_MASK,
                    0, 0);
#endif
#if defined(BOTH)
    add_environment("subnormals flushed", FE_TONEAREST, BOTH, 0, 0);
    add_environment("subnormals flushed, rounding down", FE_DOWNWARD, BOTH, 0,
                    0);
#endif
    add_trap("with traps for invalid operations", FE_INVALID);
    add_trap("with traps for divisions by zero", FE_DIVBYZERO);
    add_trap("with traps for overflow", FE_OVERFLOW);
    add_trap("with traps for underflow", FE_UNDERFLOW);
    add_trap("with traps for inexact results", FE_INEXACT);
    add_trap("with all traps", FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW |
                                   FE_UNDERFLOW | FE_INEXACT);
}

/* Or the test would show nothing. */
static void the_environments_are_real(void) {
    static volatile double third = 1.0 / 3, least = 0x1p-1074;
    struct registers caller;
    get_registers(&caller);
    for (size_t i = 0; i < environment_count; i++) {
        const struct environment *environment = &environments[i];
        struct place at = {__FILE__, __LINE__, environment->name};
        struct registers set;
        if (environment->traps != 0) {
            continue;
        }
        set_environment(environment);
        get_registers(&set);
#if defined(SUBNORMALS_READ_AS_ZERO)
        if (environment->flushing == SUBNORMAL_MASK) {
            set_registers(&caller);
            check_that((set.mxcsr & SUBNORMAL_MASK) == 0, &at);
            continue;
        }
#endif
        double subnormal = multiply(least, 2), written = multiply(DBL_MIN, 0.5);
        double up = multiply(third, third), down = multiply(-third, third);
        set_registers(&caller);
        double kept = 0x1p-1073, half = 0x1p-1023;
#if defined(BOTH)
        if ((environment->flushing & BOTH) == BOTH) {
            kept = half = 0;
        }
#endif
#if defined(SUBNORMALS_READ_AS_ZERO)
        if (environment->flushing == SUBNORMALS_READ_AS_ZERO) {
            kept = 0;
        }
        if (environment->flushing == SUBNORMALS_WRITTEN_AS_ZERO) {
            kept = half = 0;
        }
#endif
        check_double(subnormal, kept, &at);
        check_double(written, half, &at);
        /* Both sizes are nearest to the larger double of two. */
        double below = 0x1.c71c71c71c71bp-4, above = 0x1.c71c71c71c71cp-4;
        int rounding = environment->rounding;
        bool to_zero = rounding == FE_TOWARDZERO;
        check_double(up, to_zero || rounding == FE_DOWNWARD ? below : above,
                     &at);
        check_double(-down, to_zero || rounding == FE_UPWARD ? below : above,
                     &at);
    }
}
