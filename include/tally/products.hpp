/*
 * tally/products.hpp - a dot product in progress
 */
#ifndef TALLY_PRODUCTS_HPP
#define TALLY_PRODUCTS_HPP

#include "accumulator.hpp"

namespace tally {

/* Not part of the interface. */
namespace detail {

struct product_functions {
    static constexpr auto merge = ::tally_product_accumulator_merge;
    static constexpr auto unmerge = ::tally_product_accumulator_unmerge;
    static constexpr auto count = ::tally_product_accumulator_count;
    static constexpr auto save = ::tally_product_accumulator_save;
    static constexpr auto load = ::tally_product_accumulator_load;
    static constexpr std::size_t saved_max =
        TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX;
};

/* How many pairs two containers of one length make. Throws if they are not. */
template <class X, class Y>
std::size_t pairs_of(const char *name, const X &x, const Y &y) {
    if (count_of(x) != count_of(y))
        throw error(TALLY_INVALID, name, "x and y differ in length");
    return count_of(x);
}

} // namespace detail

/*
 * A sum of exact products of two doubles in progress: a plain value, as
 * accumulator is one. What it merges and saves is in state.hpp.
 */
class product_accumulator
    : public detail::state<product_accumulator, ::tally_product_accumulator,
                           detail::product_functions> {
  public:
    using state::state;

    /* Adds the products of count pairs. */
    product_accumulator &add(const double *x, const double *y,
                             std::size_t count) {
        return did(try_add(x, y, count));
    }
    /* Adds the products of the pairs of two containers of one length. */
    template <class X, class Y, class = detail::if_both_doubles<X, Y>>
    product_accumulator &add(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::product_accumulator::add", x, y);
        return add(std::data(x), std::data(y), count);
    }
    /* Adds one product. */
    product_accumulator &add(double x, double y) {
        return did(try_add(x, y));
    }
    /* Takes out the products of count pairs. */
    product_accumulator &subtract(const double *x, const double *y,
                                  std::size_t count) {
        return did(try_subtract(x, y, count));
    }
    /* Takes out the products of the pairs of two containers of one length. */
    template <class X, class Y, class = detail::if_both_doubles<X, Y>>
    product_accumulator &subtract(const X &x, const Y &y) {
        const auto count =
            detail::pairs_of("tally::product_accumulator::subtract", x, y);
        return subtract(std::data(x), std::data(y), count);
    }
    /* Takes out one product. */
    product_accumulator &subtract(double x, double y) {
        return did(try_subtract(x, y));
    }

    /* The total as double, rounded once, or as int64_t if it is one. */
    template <class T = double> T value() const {
        T total{};
        check(try_value(total));
        return total;
    }
    /* The mean of the products, rounded once. Throws if there are none. */
    double mean() const {
        return detail::result<double>(::tally_product_accumulator_mean_f64,
                                      get());
    }
    /* The weighted mean of what was added as products of values and weights. */
    double weighted_mean(const accumulator &weights) const {
        return detail::result<double>(
            ::tally_product_accumulator_weighted_mean_f64, get(),
            weights.get());
    }
    /* The total in decimal, with so many digits after the point; -1: all. */
    std::string text(int digits = -1) const {
        return detail::text_of(::tally_product_accumulator_value_text, get(),
                               digits);
    }
    /* How far candidate is from the total, in units in the last place. */
    double error_ulps(double candidate) const {
        return detail::result<double>(::tally_product_accumulator_error_f64,
                                      get(), candidate);
    }

    /* add() */
    status try_add(const double *x, const double *y,
                   std::size_t count) noexcept {
        return ::tally_product_accumulator_add_f64(get(), x, y, count);
    }
    /* add() */
    status try_add(double x, double y) noexcept {
        return ::tally_product_accumulator_add_one_f64(get(), x, y);
    }
    /* subtract() */
    status try_subtract(const double *x, const double *y,
                        std::size_t count) noexcept {
        return ::tally_product_accumulator_subtract_f64(get(), x, y, count);
    }
    /* subtract() */
    status try_subtract(double x, double y) noexcept {
        return ::tally_product_accumulator_subtract_one_f64(get(), x, y);
    }
    /* value() */
    [[nodiscard]] status try_value(double &total) const noexcept {
        return ::tally_product_accumulator_value_f64(get(), &total);
    }
    /* value() */
    [[nodiscard]] status try_value(std::int64_t &total) const noexcept {
        return ::tally_product_accumulator_value_i64(get(), &total);
    }
    /* mean() */
    [[nodiscard]] status try_mean(double &mean) const noexcept {
        return ::tally_product_accumulator_mean_f64(get(), &mean);
    }
    /* weighted_mean() */
    [[nodiscard]] status try_weighted_mean(const accumulator &weights,
                                           double &mean) const noexcept {
        return ::tally_product_accumulator_weighted_mean_f64(
            get(), weights.get(), &mean);
    }
    /* error_ulps() */
    [[nodiscard]] status try_error_ulps(double candidate,
                                        double &ulps) const noexcept {
        return ::tally_product_accumulator_error_f64(get(), candidate, &ulps);
    }
};

static_assert(std::is_trivially_copyable_v<product_accumulator> &&
              sizeof(product_accumulator) ==
                  sizeof(::tally_product_accumulator));

} // namespace tally

#endif /* TALLY_PRODUCTS_HPP */
