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
 * What a run makes of the settings that a user or a cluster gives Spark. Most are honoured as they are. Those that would change what is
 * read, or keep the job from running at all, are pinned: nothing that a user sees depends on them otherwise.
 */
final class SparkSettings {
    private static final String LOOPBACK = "127.0.0.1";

    /** Times that a task may fail, in local mode too, where Spark would give up at once. */
    private static final int TASK_FAILURES = 4;

    private static final String PLUGINS = "spark.plugins";

    private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");

    /** Settings with the one value that a run uses. */
    static final Map<String, String> PINNED = new TreeMap<>(Map.ofEntries(
            // Kryo 4 cannot serialize records on Java 17; users' own classes are not serialized here
            Map.entry("spark.serializer", "org.apache.spark.serializer.JavaSerializer"),
            // nothing is read from a catalog, and Hive's classes may be missing
            Map.entry("spark.sql.catalogImplementation", "in-memory"),
            // the readers of the second version do not say in which file a row is
            Map.entry("spark.sql.sources.useV1SourceList", "avro,csv,json,kafka,orc,parquet,text"),
            // columns are looked up by their exact names in every format
            Map.entry("spark.sql.caseSensitive", "true"),
            Map.entry("spark.sql.ansi.enabled", "false"),
            // these five leave data out without a word
            Map.entry("spark.sql.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.sql.files.ignoreMissingFiles", "false"),
            Map.entry("spark.files.ignoreCorruptFiles", "false"),
            Map.entry("spark.files.ignoreMissingFiles", "false"),
            Map.entry(
                    "spark.hadoop.mapreduce.input.linerecordreader.line.maxlength",
                    String.valueOf(Integer.MAX_VALUE))));

    private SparkSettings() {}

    /** The settings of a run with this name, from those that spark-submit was given. */
    static SparkConf of(String name) {
        SparkConf conf = new SparkConf().setAppName("sparkprop " + name).setIfMissing("spark.master", "local[*]");
        if (conf.get("spark.api.mode", "classic").equals("connect")) {
            throw new InvalidSparkSettingException(
                    "Invalid spark.api.mode: connect (must be classic: this job is itself the driver)", null);
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
            // other users of the machine cannot connect: Spark draws a secret
            conf.setIfMissing("spark.authenticate", "true");
            String cores = local.group(1) == null ? "1" : local.group(1);
            conf.setMaster("local[" + cores + "," + conf.getInt("spark.task.maxFailures", TASK_FAILURES) + "]");
        }
        return conf;
    }

    /** Other machines cannot connect to a local run. */
    private static void keepOnLoopback(SparkConf conf) {
        conf.setIfMissing("spark.driver.bindAddress", LOOPBACK);
        conf.setIfMissing("spark.driver.host", LOOPBACK);
        // the user interface takes its address from this variable alone, and else listens on all of them
        if (System.getenv("SPARK_LOCAL_IP") == null) {
            conf.setIfMissing("spark.ui.enabled", "false");
        }
    }

    /** What an executor was asked to have, in words. */
    static String executors(SparkConf conf) {
        return List.of(
                        conf.get("spark.executor.memory", "1g") + " of memory (spark.executor.memory)",
                        conf.get("spark.executor.cores", "all the") + " cores of a Worker (spark.executor.cores)")
                .stream()
                .collect(Collectors.joining(" and "));
    }
}
