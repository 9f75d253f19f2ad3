package dev.sparkprop.spark.files;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Provides the SQL session of a context. */
public final class Sessions {
    private Sessions() {}

    /** Returns the session for reading and writing files. */
    public static SparkSession of(JavaSparkContext context) {
        // the common builder would warn that a context exists already
        return org.apache.spark.sql.classic.SparkSession.builder()
                .sparkContext(context.sc())
                .getOrCreate();
    }
}
