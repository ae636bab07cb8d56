//! Tally for Python: the module `tally._tally`.
//!
//! | modules | contents |
//! |---|---|
//! | `column`, `states`, `sealed`, `error` | the library's functions, as safe Rust |
//! | `buffer`, `interface`, `arrow`, `memory` | the memory that other libraries export |
//! | `array`, `format`, `input`, `number`, `few`, `sequence`, `layout` | arrays, and numbers one by one |
//! | `reduce`, `lanes`, `results`, `arguments`, `numpy` | results along axes |
//! | the rest | the functions and classes of the package, one file per subject |
//!
//! Only the modules of the first two rows, `array`, `few` and `results` use `unsafe`, to reach
//! memory and the library.

mod arguments;
mod array;
mod arrow;
mod buffer;
mod column;
mod covariance;
mod error;
mod few;
mod format;
mod groups;
mod input;
mod interface;
mod lanes;
mod layout;
mod memory;
mod merging;
mod number;
mod numpy;
mod objects;
mod pairs;
mod partial;
mod reduce;
mod results;
mod rolling;
mod sealed;
mod sequence;
mod states;
mod statistics;

/// Exactly rounded sums and statistics.
#[pyo3::pymodule]
mod _tally {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::covariance::{corrcoef, cov};
    #[pymodule_export]
    use crate::groups::{group_mean, group_sum, group_var};
    #[pymodule_export]
    use crate::merging::{merge_states, state_values};
    #[pymodule_export]
    use crate::objects::{Accumulator, DecimalSum, Moments, Products};
    #[pymodule_export]
    use crate::pairs::{average, dot, linear_fit};
    #[pymodule_export]
    use crate::partial::{axis_states, dot_states, group_states};
    #[pymodule_export]
    use crate::rolling::{cumsum, rolling_mean, rolling_std, rolling_sum, rolling_var};
    #[pymodule_export]
    use crate::statistics::{mean, norm, std, sum, var};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("LinearFit", crate::pairs::linear_fit_type(module.py())?)
    }
}
