/**
 * Follow {@code bench} from a configuration to a table of times:
 *
 * <ol>
 * <li>{@link dev.sparkprop.cli.bench.BenchCommand} plans the points to measure.
 * <li>{@code ThroughputBenchmark} measures each point.
 * <li>{@code BenchReport} prints the points and writes them to files.
 * </ol>
 *
 * <p>May import {@code cli.options}, {@code run}, {@code benchmark} and the lower-level packages.
 */
package dev.sparkprop.cli.bench;
