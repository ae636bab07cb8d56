# The Python package with Dask: its arrays, data frames, schedulers and workers. The part
# python runs these tests too, so that CI has them without this one.
. tools/check/lib.sh
names="the wheel is built, the tests with Dask"
. tools/check/python_environment.sh
python_environment requirements.txt
python_wheel
python_tests "the tests with Dask" 900 "$PWD"/integrations/python/tests/test_dask_*.py
