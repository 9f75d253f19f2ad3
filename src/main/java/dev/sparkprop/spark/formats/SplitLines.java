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

/**
 * Reads the lines of a split, as bytes without line ends. Decompresses files whose name has the extension of a
 * compression format.
 */
final class SplitLines implements Closeable {
    /** Longer lines are not kept in memory. */
    static final int MAX_BYTES = 64 << 20;

    /** The end of a line is searched for only within this number of bytes. */
    private static final int MAX_SKIPPED = 1 << 30;

    private final FSDataInputStream file;
    private final boolean compressed;
    private final SplitLineReader reader;
    /** Provides the position in a block-compressed file; otherwise null. */
    private final Seekable blocks;
    /** Whether the split is the whole file. */
    private final boolean wholeFile;

    private final long end;
    private long position;
    private boolean tooLong;
    private boolean unterminated;

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
            wholeFile = false;
            position = plain.getAdjustedStart();
            end = plain.getAdjustedEnd();
        } else {
            file.seek(start);
            InputStream plain = compressed ? codec.createInputStream(file) : file;
            reader = compressed
                    ? new SplitLineReader(plain, hadoop, null)
                    : new UncompressedSplitLineReader(file, hadoop, null, part.length());
            blocks = null;
            wholeFile = compressed;
            position = start;
            end = start + part.length();
        }
        if (position != 0) {
            position += reader.readLine(new Text(), 0, Integer.MAX_VALUE);
        }
    }

    /** Returns the codec that matches a file's name; null if the file is not compressed. */
    static CompressionCodec codec(Path path, Configuration hadoop) {
        return new CompressionCodecFactory(hadoop).getCodec(path);
    }

    /** Reads the next line. Returns false if there is none. */
    boolean next(Text line) throws IOException {
        try {
            if (!wholeFile && position() > end && !reader.needAdditionalRecordAfterSplit()) {
                return false;
            }
            int read = reader.readLine(line, MAX_BYTES, MAX_SKIPPED);
            position += read;
            // a complete line has at most two bytes, its line end, in addition to its contents
            tooLong = read > MAX_BYTES + 2;
            unterminated = read >= MAX_SKIPPED;
            return read > 0;
        } catch (FSError e) {
            throw new IOException(e.getCause());
        }
    }

    private long position() throws IOException {
        return blocks == null ? position : blocks.getPos();
    }

    /** Returns true if the line was longer than {@link #MAX_BYTES} and has been truncated. */
    boolean tooLong() {
        return tooLong;
    }

    /** Returns true if the end of the line was not found either. */
    boolean unterminated() {
        return unterminated;
    }

    /** Returns true if a failure shows that the file is not in its compression format. Retrying does not help then. */
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
