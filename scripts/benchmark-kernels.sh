#!/usr/bin/env bash
# Measures examples/s and GFLOP/s of the scalar and vector kernels on one core, next to this machine's sgemm.
# usage: benchmark-kernels.sh [NET…]      such as benchmark-kernels.sh 2-2-1 784-256-128-10 (default: all)
# Environment: SECONDS_EACH (1), the length of each of the five measurements.
# The sgemm is that of a native BLAS if one is installed (Debian: libopenblas0-pthread), otherwise that of Spark's Java BLAS.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

use_java
class_path=$project/target/benchmark-class-path
(cd "$project" && mvn -B -q -Dspotless.check.skip=true test-compile dependency:build-classpath \
  -Dmdep.outputFile="$class_path" -Dmdep.includeScope=test) >&2 || fail 74 "the build failed"
use_blas
exec "$java" --add-modules=jdk.incubator.vector -cp "$project/target/test-classes:$project/target/classes:$(cat "$class_path")" \
  dev.sparkprop.benchmark.KernelBenchmarks "${SECONDS_EACH:-1}" "$@" 2> >(grep -v -e incubator -e '^WARNING' >&2)
