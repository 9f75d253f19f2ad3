package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData.Csv;
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
 * Files of lines, cut into splits as Spark cuts those that it reads itself. Its own reader does not tell which bytes of a line were no
 * text, nor of which file it failed to read.
 *
 * @param files not empty, in the order of their names
 * @param format of all of them
 */
record TextFiles(List<FileStatus> files, Csv format) {
    private static final String LOCALHOST = "localhost";

    /** The first row of the first file that has one, and that file. */
    Optional<Row> firstRow(Configuration hadoop) {
        for (FileStatus file : files) {
            try (TextRows rows = new TextRows(new TextSplit(start(file, 0), file.getLen()), format, hadoop)) {
                if (rows.hasNext()) {
                    return Optional.of(rows.next());
                }
            }
        }
        return Optional.empty();
    }

    private static Split start(FileStatus file, long start) {
        return new Split(file.getPath().toUri().toString(), start);
    }

    /** All rows: of each a text or a {@link BadLine}, its file and where its split begins. */
    JavaRDD<Row> rows(SparkSession session, Configuration hadoop) throws IOException {
        SparkContext context = session.sparkContext();
        List<Tuple2<List<TextSplit>, Seq<String>>> tasks = new ArrayList<>();
        List<TextSplit> together = new ArrayList<>();
        long open = bytes(session, "spark.sql.files.openCostInBytes");
        long most = mostBytes(session, open);
        long size = 0;
        Seq<String> hosts = none();
        for (FileStatus file : files) {
            long step = splits(file, hadoop) ? most : file.getLen();
            for (long start = 0; start < file.getLen(); start += step) {
                long length = Math.min(step, file.getLen() - start);
                if (size > 0 && size + length > most) {
                    tasks.add(new Tuple2<>(together, hosts));
                    together = new ArrayList<>();
                    size = 0;
                }
                hosts = together.isEmpty() ? hosts(file, start, hadoop) : hosts;
                together.add(new TextSplit(start(file, start), length));
                size += length + open;
            }
        }
        tasks.add(new Tuple2<>(together, hosts));
        ClassTag<List<TextSplit>> tag = ClassTag.apply(List.class);
        return JavaRDD.fromRDD(
                        context.makeRDD(CollectionConverters.asScala(tasks).toSeq(), tag), tag)
                .flatMap(new ReadText(format, SerializableConfiguration.broadcast(context, hadoop)));
    }

    private long mostBytes(SparkSession session, long open) {
        long all = files.stream().mapToLong(file -> file.getLen() + open).sum();
        long each = all / session.sparkContext().defaultParallelism();
        return Math.min(bytes(session, "spark.sql.files.maxPartitionBytes"), Math.max(open, each));
    }

    private static long bytes(SparkSession session, String key) {
        return JavaUtils.byteStringAsBytes(session.conf().get(key));
    }

    /** A line that is in quotes may be anywhere in a row, which is known to who has read all before it. */
    private boolean splits(FileStatus file, Configuration hadoop) {
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
