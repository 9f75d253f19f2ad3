package dev.sparkprop.store.files;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings, with those that a user gave through Spark: spark-submit hands them on as system properties. */
final class HadoopSettings {
    private static final String SPARK_PREFIX = "spark.hadoop.";

    /** Read once: it is parsed from XML in several jars. */
    static final Configuration CONFIGURATION = configuration();

    private HadoopSettings() {}

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SPARK_PREFIX))
                .forEach(name -> configuration.set(name.substring(SPARK_PREFIX.length()), System.getProperty(name)));
        return configuration;
    }
}
