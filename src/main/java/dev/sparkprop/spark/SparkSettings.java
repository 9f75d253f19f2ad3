package dev.sparkprop.spark;

import dev.sparkprop.spark.engine.ResidentPlugin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Derives a run's Spark settings from those of the user or the cluster. Most settings are kept. Settings that would
 * change what is read, or prevent the job from running, are pinned. Pinning has no other visible effect.
 */
final class SparkSettings {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Default for {@code spark.task.maxFailures} in local mode, where Spark would otherwise give up after the first
     * failure.
     */
    private static final int TASK_FAILURES = 4;

    private static final String PLUGINS = "spark.plugins";

    private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");

    /** Settings that have the same value in every run. */
    static final Map<String, String> PINNED = new TreeMap<>(Map.ofEntries(
            // Kryo 4 cannot serialize records on Java 17, and no user classes are serialized here
            Map.entry("spark.serializer", "org.apache.spark.serializer.JavaSerializer"),
            // nothing is read from a catalog, and Hive's classes may be missing
            Map.entry("spark.sql.catalogImplementation", "in-memory"),
            // the readers of the second version do not provide the file of a row
            Map.entry("spark.sql.sources.useV1SourceList", "avro,csv,json,kafka,orc,parquet,text"),
            // columns are matched by their exact names in every format
            Map.entry("spark.sql.caseSensitive", "true"),
            Map.entry("spark.sql.ansi.enabled", "false"),
            // other values of these five settings drop data silently
            Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
            Map.entry("spark.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.files.ignoreMissingFiles", "false"),
            Map.entry(
                    "spark.hadoop.mapreduce.input.linerecordreader.line.maxlength",
                    String.valueOf(Integer.MAX_VALUE))));

    private SparkSettings() {}

    /** Returns the settings of a run with the given name, derived from those given to spark-submit. */
    static SparkConf of(String name) {
        SparkConf conf = new SparkConf().setAppName("sparkprop " + name).setIfMissing("spark.master", "local[*]");
        if (conf.get("spark.api.mode", "classic").equals("connect")) {
            throw new InvalidSparkSettingException(
                    "Invalid spark.api.mode: connect (must be classic, because this job is the driver itself)", null);
        }
        PINNED.forEach(conf::set);
        conf.set(
                PLUGINS,
                Stream.of(conf.get(PLUGINS, ""), ResidentPlugin.class.getName())
                        .filter(plugin -> !plugin.isBlank())
                        .collect(Collectors.joining(",")));
        String master = conf.get("spark.master");
        if (master.startsWith("local")) {
            keepOnLoopback(conf);
        }
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            // prevents other users of the machine from connecting: Spark generates a secret
            conf.setIfMissing("spark.authenticate", "true");
            String cores = local.group(1) == null ? "1" : local.group(1);
            conf.setMaster("local[" + cores + "," + conf.getInt("spark.task.maxFailures", TASK_FAILURES) + "]");
        }
        return conf;
    }

    /** Prevents other machines from connecting to a local run. */
    private static void keepOnLoopback(SparkConf conf) {
        conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        conf.setIfMissing("spark.driver.host", LOOPBACK);
        // the user interface uses the address in this variable; without it, it listens on all addresses
        if (System.getenv("SPARK_LOCAL_IP") == null) {
            conf.setIfMissing("spark.ui.enabled", "false");
        }
    }

    /** Describes the requested resources of an executor. */
    static String executors(SparkConf conf) {
        return List.of(
                        conf.get("spark.executor.memory", "1g") + " of memory (spark.executor.memory)",
                        conf.get("spark.executor.cores", "all") + " cores of a worker (spark.executor.cores)")
                .stream()
                .collect(Collectors.joining(" and "));
    }
}
