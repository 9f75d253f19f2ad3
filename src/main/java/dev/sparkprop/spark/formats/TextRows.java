package dev.sparkprop.spark.formats;

import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.spark.files.FileSystems;
import dev.sparkprop.spark.files.Split;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a text split, with their file and the start of their split. A row is one line, or several lines if its
 * quoted values contain line breaks. A {@link BadLine} replaces lines that are not valid text.
 */
public final class TextRows implements Iterator<Row>, Closeable {
    private static final int MIB = SplitLines.MAX_BYTES >> 20;

    private final Split split;
    private final Csv format;
    private final Charset charset;
    private final SplitLines lines;
    private final Text bytes = new Text();
    private boolean first = true;
    private Object ready;
    private boolean ended;

    public TextRows(TextSplit part, Csv format, Configuration hadoop) {
        this.split = part.split();
        this.format = format;
        this.charset = format.charset().charset();
        try {
            this.lines = new SplitLines(part, hadoop);
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    @Override
    public boolean hasNext() {
        if (ready == null && !ended) {
            ready = format.multiLine() ? readRow() : readLine();
            ended = ready == null || ready instanceof BadLine bad && bad.unreadable();
        }
        return ready != null;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Row row = RowFactory.create(ready, split.file(), split.start());
        ready = null;
        return row;
    }

    /** Returns the next line; null if there is none. */
    private Object readLine() {
        try {
            if (!lines.next(bytes)) {
                return null;
            }
        } catch (IOException e) {
            if (lines.isDamage(e)) {
                return new BadLine("the compressed file is damaged from here: " + e.getMessage(), true, 1);
            }
            throw cannotRead(e);
        }
        if (lines.tooLong()) {
            return new BadLine("the line is longer than " + MIB + " MiB", lines.unterminated(), 1);
        }
        return TextCharset.decode(bytes.getBytes(), bytes.getLength(), charset)
                .<Object>map(this::withoutMark)
                .orElseGet(() -> new BadLine(
                        "the line is not valid " + charset + " (set data.charset to the charset of the files)",
                        false,
                        1));
    }

    private String withoutMark(String line) {
        boolean marked = first && split.start() == 0 && line.startsWith("\uFEFF");
        first = false;
        return marked ? line.substring(1) : line;
    }

    /** Returns the next line, joined with the following lines until its quotes are closed; null if there is none. */
    private Object readRow() {
        Object line = readLine();
        if (!(line instanceof String text) || !CsvLine.endsInQuotes(format, text, false)) {
            return line;
        }
        StringBuilder row = new StringBuilder(text);
        int count = 1;
        for (boolean open = true; open; count++) {
            Object more = readLine();
            if (more instanceof BadLine bad) {
                return new BadLine(bad.problem(), bad.unreadable(), count + 1);
            } else if (more == null) {
                return new BadLine("a quote is not closed before the end of the file", true, count);
            } else if (row.length() + ((String) more).length() >= SplitLines.MAX_BYTES) {
                return new BadLine("a quote is not closed within " + MIB + " MiB", true, count);
            }
            row.append('\n').append((String) more);
            open = CsvLine.endsInQuotes(format, (String) more, true);
        }
        return row.toString();
    }

    private UncheckedIOException cannotRead(IOException e) {
        return new UncheckedIOException(
                new IOException("Cannot read " + FileSystems.shown(split.file()) + ": " + e.getMessage(), e));
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }
}
