package dev.sparkprop.spark.files;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The SQL session of a context. */
public final class Sessions {
    private Sessions() {}

    /** The session in which files are read and written. */
    public static SparkSession of(JavaSparkContext context) {
        // the common builder would warn that the context is there already
        return org.apache.spark.sql.classic.SparkSession.builder()
                .sparkContext(context.sc())
                .getOrCreate();
    }
}
