package dev.sparkprop.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.store.files.Storage;
import dev.sparkprop.store.lock.OwnedFiles;
import dev.sparkprop.training.Iteration;
import dev.sparkprop.training.Score;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * A log with one JSON object per logged iteration, one per line. Each line is flushed to the file system immediately.
 */
public final class MetricsLog implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The parameters of larger networks are not logged: they are too many to inspect, and would fill the disk. */
    private static final int MAX_PARAMETERS = 1_000;

    private final Path file;
    private final OwnedFiles files;
    private final FSDataOutputStream out;
    /** The iteration of the latest line; -1 if there is none. */
    private int newest;

    private MetricsLog(Path file, OwnedFiles files, FSDataOutputStream out, int newest) {
        this.file = file;
        this.files = files;
        this.out = out;
        this.newest = newest;
    }

    /**
     * Opens a new log, or continues an existing one. Lines of iterations before {@code iteration} are
     * kept; the others are removed.
     *
     * @param warnings receives a warning if the existing log cannot be read to its end; only the unreadable lines are lost
     */
    static MetricsLog open(Path file, OwnedFiles files, int iteration, Consumer<String> warnings) throws IOException {
        boolean fresh = iteration == 0 || !files.storage().exists(file);
        AtomicInteger newest = new AtomicInteger(-1);
        FSDataOutputStream opened = files.begin(file, out -> {
            if (!fresh) {
                newest.set(copyBefore(iteration, files.storage(), file, out, warnings));
            }
        });
        return new MetricsLog(file, files, opened, newest.get());
    }

    /**
     * Copies the lines of earlier iterations and returns the latest of these iterations. Skips incomplete lines,
     * which a killed process may leave.
     */
    private static int copyBefore(
            int iteration, Storage storage, Path file, FSDataOutputStream out, Consumer<String> warnings)
            throws IOException {
        int newest = -1;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(storage.open(file), StandardCharsets.UTF_8))) {
            for (String line = next(lines, file, warnings); line != null; line = next(lines, file, warnings)) {
                int of = iterationOf(line);
                // a damaged line may contain any iteration
                if (of > newest && of < iteration) {
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    newest = of;
                }
            }
        }
        return newest;
    }

    private static String next(BufferedReader lines, Path file, Consumer<String> warnings) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            warnings.accept("The log is incomplete: cannot read the rest of " + file + ": " + e.getMessage());
            return null;
        }
    }

    private static int iterationOf(String line) {
        try {
            JsonNode iteration = JSON.readTree(line).path("iteration");
            return iteration.isInt() ? iteration.intValue() : Integer.MAX_VALUE;
        } catch (JsonProcessingException e) {
            return Integer.MAX_VALUE;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record Line(
            int iteration,
            double cost,
            Double accuracy,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationCost,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double validationAccuracy,
            double gradientNorm,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double updateRatio,
            double elapsedSeconds,
            double examplesPerSecond,
            Map<String, Double> milliseconds,
            RunRecord.Tasks tasks,
            String parametersSha256,
            @JsonInclude(JsonInclude.Include.NON_NULL) double[] parameters) {}

    /** Appends the line of an iteration. */
    public void append(Iteration iteration) throws IOException {
        String line = JSON.writeValueAsString(new Line(
                iteration.number(),
                iteration.cost(),
                RunRecord.numberOrNull(iteration.accuracy()),
                iteration.validation().map(Score::cost).orElse(null),
                iteration
                        .validation()
                        .map(score -> RunRecord.numberOrNull(score.accuracy()))
                        .orElse(null),
                iteration.gradientNorm(),
                RunRecord.numberOrNull(iteration.updateRatio()),
                iteration.elapsedSeconds(),
                iteration.examplesPerSecond(),
                RunRecord.milliseconds(iteration.times()),
                RunRecord.Tasks.of(iteration.times()),
                ParameterHash.sha256(iteration.parameters()),
                keepsParameters(iteration) ? iteration.parameters() : null));
        newest = iteration.number();
        files.ensureOwned();
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.hflush();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }

    /**
     * Returns true if a line should contain the parameters, which show how the network evolved. This holds for iteration 0
     * and for the first logged iteration at or after each power of √2. The number of such lines is therefore small for any number
     * of iterations, and an interruption does not change them.
     */
    private boolean keepsParameters(Iteration iteration) {
        return iteration.parameters().length <= MAX_PARAMETERS && power(iteration.number()) > power(newest);
    }

    /**
     * Returns the number of powers of √2 up to an iteration; −1 if the iteration is negative. The powers of √2 are
     * the square roots of the powers of 2, so the result is the bit length of the square.
     */
    private static int power(int iteration) {
        return iteration < 0 ? -1 : Long.SIZE - Long.numberOfLeadingZeros((long) iteration * iteration);
    }

    /** Writes all lines to disk, so that they survive a crash of the machine. */
    public void sync() throws IOException {
        files.ensureOwned();
        try {
            out.hsync();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } catch (IOException e) {
            throw Storage.cannotWrite(file, e);
        }
    }
}
