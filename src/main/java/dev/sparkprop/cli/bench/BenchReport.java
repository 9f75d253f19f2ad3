package dev.sparkprop.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sparkprop.benchmark.CostModel;
import dev.sparkprop.benchmark.Throughput;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.run.Version;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.peer.Blas;
import dev.sparkprop.text.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Reports the results of a benchmark as a table, as JSON and as CSV. */
final class BenchReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final String PROCESSOR = processor();

    private final Instant date;
    private final String spark;
    private final String master;
    private final String kernels;
    private final PrintStream out;
    private String blas = "";

    BenchReport(Instant date, SparkConnection spark, KernelSelection selection, PrintStream out) {
        this.date = date;
        this.spark = spark.version();
        this.master = spark.master();
        this.kernels = String.join("+", spark.executorKernels(selection));
        this.out = out;
    }

    /** Sets the BLAS that a peer uses. */
    void setBlas(Blas library) {
        blas = library.toString();
    }

    void head() {
        print("sparkprop %s with %s kernels on Spark %s, %s%n", Version.current(), kernels, spark, master);
        print("Driver: %s, Java %s%n", PROCESSOR, Runtime.version());
        if (!blas.isEmpty()) {
            print("BLAS of the peer: %s%n", blas);
        }
        print("%n");
        print(
                "%-16s %13s %10s %9s %21s %11s %11s %8s %6s%n",
                "net",
                "examples",
                "partitions",
                "MB",
                "ms/iteration (range)",
                "examples/s",
                "per core",
                "GFLOP/s",
                "Spark");
    }

    void point(Throughput point) {
        print(
                "%-16s %,13d %10d %,9.1f %9.4g (%.4g–%.4g) %11.3g %11.3g %8.3g %5.0f%%%n",
                point.net(),
                point.examples(),
                point.partitions(),
                point.bytes() / 1e6,
                point.median(),
                point.min(),
                point.max(),
                point.examplesPerSecond(),
                point.examplesPerSecond() / point.cores(),
                point.gigaflops(),
                100 * point.overhead());
        point.peers()
                .forEach((name, milliseconds) -> print(
                        "  %s: %.4g ms per evaluation (%.4g–%.4g), %.3g times as long%n",
                        name,
                        Throughput.median(milliseconds),
                        Collections.min(milliseconds),
                        Collections.max(milliseconds),
                        Throughput.median(milliseconds) / point.median()));
    }

    /** Returns the name of the driver's processor on Linux, or else the name of its architecture. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Returns the values of a CSV row, by column name. */
    private Map<String, Object> row(Throughput point) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("date", date.toString());
        row.put("sparkprop", Version.current());
        row.put("spark", spark);
        row.put("jdk", Runtime.version().toString());
        row.put("kernels", kernels);
        row.put("master", master);
        row.put("cores", point.cores());
        row.put("net", point.net());
        row.put("examples", point.examples());
        row.put("partitions", point.partitions());
        row.put("bytes", point.bytes());
        row.put("repetitions", point.milliseconds().size());
        row.put("millisecondsPerIteration", point.median());
        row.put("leastMilliseconds", point.min());
        row.put("greatestMilliseconds", point.max());
        row.put("examplesPerSecond", point.examplesPerSecond());
        row.put("examplesPerSecondPerCore", point.examplesPerSecond() / point.cores());
        row.put("gigaflops", point.gigaflops());
        row.put("emptyJobMilliseconds", point.emptyJobMilliseconds());
        row.put("overhead", point.overhead());
        row.put("peers", peers(point));
        row.put("blas", blas);
        row.put("processor", PROCESSOR);
        return row;
    }

    /**
     * Returns text such as {@code mllib gd 12.5; mllib l-bfgs 11.9}. All peers share one column, so that all rows of
     * a history have the same columns.
     */
    private static String peers(Throughput point) {
        return point.peers().entrySet().stream()
                .map(peer -> String.format(Locale.ROOT, "%s %.4g", peer.getKey(), Throughput.median(peer.getValue())))
                .collect(Collectors.joining("; "));
    }

    void write(Path directory, List<Throughput> points) throws IOException {
        Files.createDirectories(directory);
        List<Map<String, Object>> rows = points.stream().map(this::row).toList();
        JSON.writeValue(directory.resolve("bench.json").toFile(), rows);
        List<String> lines = new ArrayList<>(List.of(head(rows.get(0))));
        rows.forEach(row -> lines.add(line(row)));
        Files.write(directory.resolve("bench.csv"), lines);
    }

    /** Appends rows to a file. Adds a header if the file does not contain one with these columns. */
    void addTo(Path history, List<Throughput> points) throws IOException {
        if (history.toAbsolutePath().getParent() != null) {
            Files.createDirectories(history.toAbsolutePath().getParent());
        }
        List<String> lines = new ArrayList<>();
        String head = head(row(points.get(0)));
        // an older version may have written other columns
        if (!Files.exists(history) || !Files.readAllLines(history).contains(head)) {
            lines.add(head);
        }
        points.forEach(point -> lines.add(line(row(point))));
        Files.write(history, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String head(Map<String, Object> row) {
        return String.join(",", row.keySet());
    }

    /** Returns a CSV line. Values that contain a comma, such as local-cluster[2,1,1024], are quoted. */
    private static String line(Map<String, Object> row) {
        return String.join(
                ",",
                row.values().stream()
                        .map(String::valueOf)
                        .map(value -> value.contains(",") ? "\"" + value + "\"" : value)
                        .toList());
    }

    /** Prints Spark's cost for each network, and the terms of the model that was fitted to all points. */
    void model(CostModel model, List<Throughput> points) {
        print("%n");
        for (String net : points.stream().map(Throughput::net).distinct().toList()) {
            slope(net, points.stream().filter(point -> point.net().equals(net)).toList());
        }
        print(
                "Cost model per iteration: %.3g ms + %.3g ms per partition + %.3g ms per MB sent + %.3g ms per GFLOP on one core"
                        + " (median error on points left out of the fit: %.0f %%)%n",
                model.job(), model.partition(), model.megabyte(), model.gigaoperation(), 100 * model.error());
    }

    private void slope(String net, List<Throughput> points) {
        double overhead = points.get(0).overhead() * points.get(0).median();
        SimpleRegression regression = new SimpleRegression();
        points.forEach(point -> regression.addData(point.examplesOnCore(), point.median()));
        double slope = regression.getSlope();
        if (points.size() < 2 || !(slope > 0)) {
            return;
        }
        print(
                "%s: linear fit of the time over the examples per core, R² %.4f; with at least %,.3g examples, Spark's %.3g ms are below 10 %%%n",
                net,
                regression.getRSquare(),
                9 * overhead / slope * points.get(0).cores(),
                overhead);
    }

    void prediction(CostModel model, Throughput measured, int cores, long examples) {
        int partitions = model.bestPartitions(examples, cores, measured.parameters(), measured.operationsPerExample());
        double milliseconds =
                model.milliseconds(examples, partitions, cores, measured.parameters(), measured.operationsPerExample());
        print(
                "On %s with %,d examples, %s would take %.4g ms per iteration with %s (the best number): %.3g examples/s%n",
                Words.count(cores, "core"),
                examples,
                measured.net(),
                milliseconds,
                Words.count(partitions, "partition"),
                1e3 * examples / milliseconds);
    }

    void printFiles(Path directory, Path history) {
        print("Wrote %s, and appended to %s%n", directory, history);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
