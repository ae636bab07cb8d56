/* Dot products and statistics, each rounded once. */
#include <stdio.h>
#include <tally.h>

int main(void) {
    /* 1e200 squared is beyond every double; the results are not. */
    const double x[] = {1e200, 1.5, 1e200}, y[] = {1e200, 2.0, -1e200};
    double dot, norm;
    if (tally_dot_f64(x, y, 3, &dot) != TALLY_OK ||
        tally_norm_f64(x, 2, &norm) != TALLY_OK)
        return 1;
    printf("dot product: %g, norm: %g\n", dot, norm);

    /* Far from zero the textbook formula loses every digit. */
    const double readings[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    double mean, variance, squares = 0, sum = 0;
    if (tally_mean_f64(readings, 4, &mean) != TALLY_OK ||
        tally_variance_f64(readings, 4, 1, &variance) != TALLY_OK)
        return 1;
    printf("mean: %.1f, variance: %g\n", mean, variance);
    for (int i = 0; i < 4; i++) {
        squares += readings[i] * readings[i];
        sum += readings[i];
    }
    printf("a loop's variance is wrong: %s\n",
           (squares - sum * sum / 4) / 3 != 30 ? "yes" : "no");

    /* How two columns vary together. */
    const double height[] = {1.5, 1.75, 2.0}, weight[] = {50, 60, 70};
    double covariance, correlation;
    if (tally_covariance_f64(height, weight, 3, 1, &covariance) != TALLY_OK ||
        tally_correlation_f64(height, weight, 3, &correlation) != TALLY_OK)
        return 1;
    printf("covariance: %g, correlation: %g\n", covariance, correlation);
    return 0;
}

/* Prints:
 *
 *     dot product: 3, norm: 1e+200
 *     mean: 1000000010.0, variance: 30
 *     a loop's variance is wrong: yes
 *     covariance: 2.5, correlation: 1
 */
