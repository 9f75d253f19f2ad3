/**
 * Follow {@code bench} from a configuration to a table of times: {@link dev.sparkprop.cli.bench.BenchCommand} plans
 * the points, {@code ThroughputBenchmark} times each, {@code BenchReport} prints and writes them.
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the rooms below.
 */
package dev.sparkprop.cli.bench;
