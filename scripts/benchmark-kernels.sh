#!/usr/bin/env bash
# Measures the kernels without Spark, beside two limits of this machine.
usage='usage: benchmark-kernels.sh [NET…]

Measures the forward and backward pass over random examples, on one core and on all cores. In the same seconds, it
measures two limits: the bare matrix product, and reading memory in order. All measurements alternate in slices of 40
ms. The table shows the ninth decile of the slices, its share of both limits, and which limit is nearer. Rates of
scalar kernels are those of a single slice.

NET               the widths of the layers, such as 2-2-1 or 784-256-128-10 (default: eight networks)
SECONDS_EACH (2)  environment variable: the length of each measurement in seconds

The matrix product is also compared with the sgemm of a native BLAS if one is installed (Debian: libopenblas0-pthread),
otherwise with that of the Java BLAS of Spark. OPENBLAS_CORETYPE is set, because an older OpenBLAS
does not recognize new processors.'
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

[ "${1:-}" != --help ] || { echo "$usage" && exit; }
[ $# -gt 0 ] || set -- 2-2-1 2-7-3-1 2-10-10-10-1 10-64-64-1 33-100-50-2 784-10-10-10 784-256-128-10 784-1024-1024-10
for net; do
  [[ $net =~ ^[1-9][0-9]*(-[1-9][0-9]*)+$ ]] || fail 2 "Invalid net: $net (must be the widths of the layers, such as 2-2-1)"
done
seconds=${SECONDS_EACH:-2}
[[ $seconds =~ ^[0-9]+(\.[0-9]+)?$ ]] || fail 2 "Invalid SECONDS_EACH: $seconds (must be a number)"

use_java
class_path=$project/target/benchmark-class-path
maven -Dspotless.check.skip=true test-compile dependency:build-classpath -Dmdep.outputFile="$class_path" \
  -Dmdep.includeScope=test || fail 74 "the build failed"
use_blas
exec "$java" -Xmx3g $(huge_pages_option) --add-modules=jdk.incubator.vector \
  -cp "$project/target/test-classes:$project/target/classes:$(cat "$class_path")" \
  dev.sparkprop.benchmark.KernelBenchmarks "$seconds" "$@" 2> >(grep -v -e incubator -e '^WARNING' >&2)
