package dev.sparkprop.spark.formats;

import dev.sparkprop.spark.files.FileSystems;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplitCompressionInputStream;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.hadoop.mapreduce.lib.input.CompressedSplitLineReader;
import org.apache.hadoop.mapreduce.lib.input.SplitLineReader;
import org.apache.hadoop.mapreduce.lib.input.UncompressedSplitLineReader;

/** The lines of a split, as bytes without their ends, decompressed if the file's name says that it is compressed. */
final class SplitLines implements Closeable {
    /** Longer ones are not kept in memory. */
    static final int MAX_BYTES = 64 << 20;

    /** The end of a longer one is not looked for. */
    private static final int MAX_SKIPPED = 1 << 30;

    private final FSDataInputStream file;
    private final boolean compressed;
    private final SplitLineReader reader;
    /** Knows the position in a file that is compressed in blocks; else null. */
    private final Seekable blocks;
    /** Whether the split is the whole file. */
    private final boolean whole;

    private final long end;
    private long position;
    private boolean tooLong;
    private boolean endless;

    SplitLines(TextSplit part, Configuration hadoop) throws IOException {
        Path path = new Path(URI.create(part.split().file()));
        CompressionCodec codec = codec(path, hadoop);
        long start = part.split().start();
        file = FileSystems.of(path, hadoop).open(path);
        compressed = codec != null;
        if (codec instanceof SplittableCompressionCodec splittable) {
            SplitCompressionInputStream plain = splittable.createInputStream(
                    file,
                    codec.createDecompressor(),
                    start,
                    start + part.length(),
                    SplittableCompressionCodec.READ_MODE.BYBLOCK);
            reader = new CompressedSplitLineReader(plain, hadoop, null);
            blocks = plain;
            whole = false;
            position = plain.getAdjustedStart();
            end = plain.getAdjustedEnd();
        } else {
            file.seek(start);
            InputStream plain = compressed ? codec.createInputStream(file) : file;
            reader = compressed
                    ? new SplitLineReader(plain, hadoop, null)
                    : new UncompressedSplitLineReader(file, hadoop, null, part.length());
            blocks = null;
            whole = compressed;
            position = start;
            end = start + part.length();
        }
        if (position != 0) {
            position += reader.readLine(new Text(), 0, Integer.MAX_VALUE);
        }
    }

    /** What a file is compressed with by its name; null if it is not. */
    static CompressionCodec codec(Path path, Configuration hadoop) {
        return new CompressionCodecFactory(hadoop).getCodec(path);
    }

    /** Reads the next line; returns whether there is one. */
    boolean next(Text line) throws IOException {
        try {
            if (!whole && position() > end && !reader.needAdditionalRecordAfterSplit()) {
                return false;
            }
            int read = reader.readLine(line, MAX_BYTES, MAX_SKIPPED);
            position += read;
            // a line that fits has no more than its end beside its bytes
            tooLong = read > MAX_BYTES + 2;
            endless = read >= MAX_SKIPPED;
            return read > 0;
        } catch (FSError e) {
            throw new IOException(e.getCause());
        }
    }

    private long position() throws IOException {
        return blocks == null ? position : blocks.getPos();
    }

    /** Whether the line was longer than {@link #MAX_BYTES}, so that its end is missing. */
    boolean tooLong() {
        return tooLong;
    }

    /** Whether its end was not found either. */
    boolean endless() {
        return endless;
    }

    /** Whether a failure says that the file is not what its name says, which trying again does not change. */
    boolean isDamage(IOException failure) {
        return compressed
                && (failure instanceof EOFException
                        || failure instanceof ZipException
                        || failure.getClass() == IOException.class);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
