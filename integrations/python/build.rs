//! Says which Python this is built for, as the crate pyo3 knows it: Py_GIL_DISABLED.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
}
