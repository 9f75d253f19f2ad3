package dev.sparkprop.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.training.Iteration;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/** One JSON object a line for each logged iteration, in the hands of the file system as soon as it is written. */
public final class MetricsLog implements Closeable {
    private final ObjectMapper json = new ObjectMapper();
    private final FSDataOutputStream out;

    MetricsLog(Path file) throws IOException {
        out = Storage.of(file).create(file);
    }

    private record Line(
            int iteration,
            double cost,
            double accuracy,
            double gradientNorm,
            double elapsedSeconds,
            double examplesPerSecond,
            String parametersSha256) {}

    /** Appends one iteration. */
    public void append(Iteration iteration) throws IOException {
        out.write(json.writeValueAsBytes(new Line(
                iteration.number(),
                iteration.cost(),
                iteration.accuracy(),
                iteration.gradientNorm(),
                iteration.elapsedSeconds(),
                iteration.examplesPerSecond(),
                ParameterHash.sha256(iteration.parameters()))));
        out.write('\n');
        out.hflush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
