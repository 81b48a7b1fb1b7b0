// SPDX-License-Identifier: MIT
// What takes the place of <math.h>, held against the C library's own.
#include "base/number.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static void *libm;

static int open_libm(void **state)
{
    (void)state;
    libm = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    return libm == NULL;
}

static int close_libm(void **state)
{
    (void)state;
    return dlclose(libm);
}

// Of all sizes, with and without a fraction, and what is no number.
static double number_of(uint64_t i)
{
    static const double odd[] = { 0,         -0.0,    1,        -1,        0.5,
                                  -0.5,      2.5,     -2.5,     0x1p51,    0x1p52,
                                  0x1p53,    -0x1p52, 1e300,    -1e300,    0x1p-1074,
                                  0x1p-1022, 1e-5,    HUGE_VAL, -HUGE_VAL, (double)NAN };
    uint64_t bits = (i + 1) * 0x9E3779B97F4A7C15u;
    double x;

    if (i < sizeof odd / sizeof odd[0])
        return odd[i];
    bits ^= bits >> 29;
    bits *= 0xBF58476D1CE4E5B9u;
    if (i % 2 == 0)
        return (double)(int64_t)bits / (double)(1ull << (i % 64));
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void expect_same(double ours, double theirs)
{
    if (isnan(theirs))
        assert_true(isnan(ours));
    else
        assert_memory_equal(&ours, &theirs, sizeof ours);
}

// The function of that name in the C library's own file.
static void *theirs(const char *name)
{
    void *function = dlsym(libm, name);
    assert_non_null(function);
    return function;
}

static void floors(void **state)
{
    double (*volatile ours)(double) = floor;
    double (*real)(double);
    void *symbol = theirs("floor");

    (void)state;
    memcpy(&real, &symbol, sizeof real);
    assert_true(real != ours);
    for (uint64_t i = 0; i < 1000000; i++)
        expect_same(ours(number_of(i)), real(number_of(i)));
}

static void splits(void **state)
{
    double (*volatile ours)(double, double *) = modf;
    double (*real)(double, double *);
    void *symbol = theirs("modf");

    (void)state;
    memcpy(&real, &symbol, sizeof real);
    assert_true(real != ours);
    for (uint64_t i = 0; i < 1000000; i++) {
        double whole, real_whole;
        expect_same(ours(number_of(i), &whole), real(number_of(i), &real_whole));
        expect_same(whole, real_whole);
    }
}

static void exponents(void **state)
{
    double (*volatile ours)(double, int *) = frexp;
    double (*real)(double, int *);
    void *symbol = theirs("frexp");

    (void)state;
    memcpy(&real, &symbol, sizeof real);
    assert_true(real != ours);
    for (uint64_t i = 0; i < 100000; i++) {
        int exponent, real_exponent;
        double x = number_of(i);
        expect_same(ours(x, &exponent), real(x, &real_exponent));
        if (isfinite(x))
            assert_int_equal(exponent, real_exponent);
    }
}

static void powers(void **state)
{
    double (*volatile ours)(double, double) = pow;
    double (*real)(double, double);
    void *symbol = theirs("pow");

    (void)state;
    memcpy(&real, &symbol, sizeof real);
    assert_true(real != ours);
    for (int i = 0; i <= 4000; i++)
        for (double y = -3; y <= 3; y += 0.37) {
            double x = i / 1000.0, expected = real(x, y);
            if (x > 0)
                assert_true(fabs(ours(x, y) - expected) <= 1e-12 * expected);
        }
    for (int y = -300; y <= 300; y++)
        assert_true(fabs(ours(10, y) - real(10, y)) <= 1e-12 * real(10, y));
    assert_true(ours(0, 0) == 1 && ours(0, 2) == 0 && ours(10, 400) == HUGE_VAL);
    assert_true(ours(10, -400) == 0);
}

static void logarithms_and_powers_of_e(void **state)
{
    float (*log_of)(float), (*exp_of)(float);
    void *log_symbol = theirs("logf"), *exp_symbol = theirs("expf");

    (void)state;
    memcpy(&log_of, &log_symbol, sizeof log_of);
    memcpy(&exp_of, &exp_symbol, sizeof exp_of);
    for (float r = 0.25f; r <= 4; r += 0.001f) {
        bool near = r >= 0.5f && r <= 2;
        assert_true(fabsf(log_ratio(3 * r, 3) - log_of(r)) <= (near ? 0.00002f : 0.004f));
    }
    for (float t = -0.5f; t <= 0.5f; t += 0.001f)
        assert_true(fabsf(exp_small(t) - exp_of(t)) <= 0.0004f * exp_of(t));
}

static void rounds_up(void **state)
{
    (void)state;
    assert_int_equal(rounded_up(0), 0);
    assert_int_equal(rounded_up(0.001), 1);
    assert_int_equal(rounded_up(7), 7);
    assert_int_equal(rounded_up(7.0001), 8);
    assert_int_equal(rounded_up(-7.5), -7);
    assert_int_equal(rounded_up(4503599627370495.5), 4503599627370496);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(floors),    cmocka_unit_test(splits),
        cmocka_unit_test(exponents), cmocka_unit_test(powers),
        cmocka_unit_test(rounds_up), cmocka_unit_test(logarithms_and_powers_of_e),
    };
    return cmocka_run_group_tests(tests, open_libm, close_libm);
}
