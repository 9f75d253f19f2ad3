package dev.sparkprop.store.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Syncable;

/**
 * Streams that throw an {@link IOException} if a read or write fails. Hadoop's local file system, and each file
 * system built on it, throws {@link FSError} instead, which is a {@link java.lang.Error}.
 */
final class LocalErrors {
    private LocalErrors() {}

    /** Returns a stream that reads the same bytes. */
    static InputStream checked(InputStream in) {
        return new Input(in);
    }

    /** Returns a stream that writes the same bytes and synchronizes like the given stream. */
    static FSDataOutputStream checked(FSDataOutputStream out) throws IOException {
        return new FSDataOutputStream(new Output(out), null);
    }

    /** Returns the failure that caused an error. */
    private static IOException failure(FSError error) {
        return error.getCause() instanceof IOException cause ? cause : new IOException(error.getMessage(), error);
    }

    private static final class Input extends FilterInputStream {
        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (FSError e) {
                throw failure(e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (FSError e) {
                throw failure(e);
            }
        }

        @Override
        public long skip(long count) throws IOException {
            try {
                return super.skip(count);
            } catch (FSError e) {
                throw failure(e);
            }
        }
    }

    private static final class Output extends OutputStream implements Syncable {
        private final FSDataOutputStream out;

        Output(FSDataOutputStream out) {
            this.out = out;
        }

        private interface Action {
            void run() throws IOException;
        }

        private static void run(Action action) throws IOException {
            try {
                action.run();
            } catch (FSError e) {
                throw failure(e);
            }
        }

        @Override
        public void write(int b) throws IOException {
            run(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            run(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            run(out::flush);
        }

        @Override
        public void hflush() throws IOException {
            run(out::hflush);
        }

        @Override
        public void hsync() throws IOException {
            run(out::hsync);
        }

        @Override
        public void close() throws IOException {
            run(out::close);
        }
    }
}
