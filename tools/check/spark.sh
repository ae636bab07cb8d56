# The Python package with Spark in local mode. Not in CI: PySpark takes half a gigabyte, and
# needs Java 17 or newer.
. tools/check/lib.sh
names="the wheel is built, the tests with Spark"
. tools/check/python_environment.sh
have java || skip_all "java is not installed"
python_environment requirements.txt requirements-spark.txt
python_wheel
python_tests "the tests with Spark" 1200 "$PWD/integrations/python/tests/test_spark.py"
