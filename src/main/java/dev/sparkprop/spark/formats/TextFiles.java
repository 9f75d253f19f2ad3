package dev.sparkprop.spark.formats;

import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/**
 * Text files, split as Spark's own readers split files. Spark's reader is not used because it reports
 * neither the invalid bytes of a line nor the file that it failed to read.
 *
 * @param files the files, not empty, ordered by name
 * @param format the format of all files
 */
record TextFiles(List<FileStatus> files, Csv format) {
    private static final String LOCALHOST = "localhost";

    /** Returns the first row of the first file that contains one, along with its file. */
    Optional<Row> firstRow(Configuration hadoop) {
        for (FileStatus file : files) {
            try (TextRows rows = new TextRows(new TextSplit(splitAt(file, 0), file.getLen()), format, hadoop)) {
                if (rows.hasNext()) {
                    return Optional.of(rows.next());
                }
            }
        }
        return Optional.empty();
    }

    private static Split splitAt(FileStatus file, long start) {
        return new Split(file.getPath().toUri().toString(), start);
    }

    /** Returns all rows. Each contains a text or a {@link BadLine}, its file, and the position at which its split starts. */
    JavaRDD<Row> rows(SparkSession session, Configuration hadoop) throws IOException {
        SparkContext context = session.sparkContext();
        List<Tuple2<List<TextSplit>, Seq<String>>> tasks = new ArrayList<>();
        List<TextSplit> group = new ArrayList<>();
        long openCost = bytes(session, "spark.sql.files.openCostInBytes");
        long maxBytes = maxSplitBytes(session, openCost);
        long size = 0;
        Seq<String> hosts = none();
        for (FileStatus file : files) {
            long step = isSplittable(file, hadoop) ? maxBytes : file.getLen();
            for (long start = 0; start < file.getLen(); start += step) {
                long length = Math.min(step, file.getLen() - start);
                if (size > 0 && size + length > maxBytes) {
                    tasks.add(new Tuple2<>(group, hosts));
                    group = new ArrayList<>();
                    size = 0;
                }
                hosts = group.isEmpty() ? hosts(file, start, hadoop) : hosts;
                group.add(new TextSplit(splitAt(file, start), length));
                size += length + openCost;
            }
        }
        tasks.add(new Tuple2<>(group, hosts));
        ClassTag<List<TextSplit>> tag = ClassTag.apply(List.class);
        return JavaRDD.fromRDD(
                        context.makeRDD(CollectionConverters.asScala(tasks).toSeq(), tag), tag)
                .flatMap(new ReadText(format, SerializableConfiguration.broadcast(context, hadoop)));
    }

    private long maxSplitBytes(SparkSession session, long openCost) {
        long all = files.stream().mapToLong(file -> file.getLen() + openCost).sum();
        long each = all / session.sparkContext().defaultParallelism();
        return Math.min(bytes(session, "spark.sql.files.maxPartitionBytes"), Math.max(openCost, each));
    }

    private static long bytes(SparkSession session, String key) {
        return JavaUtils.byteStringAsBytes(session.conf().get(key));
    }

    /**
     * Returns true if a file can be split. With multi-line values, this is impossible: only a reader that has read
     * all preceding lines knows whether a line is within quotes.
     */
    private boolean isSplittable(FileStatus file, Configuration hadoop) {
        CompressionCodec codec = SplitLines.codec(file.getPath(), hadoop);
        return !format.multiLine() && (codec == null || codec instanceof SplittableCompressionCodec);
    }

    private static Seq<String> hosts(FileStatus file, long start, Configuration hadoop) throws IOException {
        FileSystem system = FileSystems.of(file.getPath(), hadoop);
        BlockLocation[] blocks = system.getFileBlockLocations(file, start, 1);
        if (blocks == null || blocks.length == 0) {
            return none();
        }
        List<String> hosts = Arrays.stream(blocks[0].getHosts())
                .filter(host -> !host.equals(LOCALHOST))
                .toList();
        return CollectionConverters.asScala(hosts).toSeq();
    }

    private static Seq<String> none() {
        return CollectionConverters.asScala(List.<String>of()).toSeq();
    }
}
