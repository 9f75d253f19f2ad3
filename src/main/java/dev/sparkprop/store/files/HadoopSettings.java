package dev.sparkprop.store.files;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings, including those that a user set through Spark. spark-submit passes them as system properties. */
final class HadoopSettings {
    private static final String SPARK_PREFIX = "spark.hadoop.";

    /** Created only once, because it is parsed from XML files in several JARs. */
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
