package dev.sparkprop.report;

import dev.sparkprop.fuzz.Fuzzer;
import dev.sparkprop.store.RecordedRun;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 20: for any contents of a run's files, either the page is built or the invalid file is named. */
class ReportFuzzTest {
    private static final List<String> TOKENS = Fuzzer.jsonTokens(
            "1e308",
            "\"NaN\"",
            "\"Infinity\"",
            "</script>",
            "{\"iteration\":5}\n",
            "\"milliseconds\":{\"a\":1e308}",
            "\"layers\":[2,1]",
            "\"points\":[[1e38,-1e38,1]]",
            "\"parameters\":[1,2,3]",
            "\"best\":{\"iteration\":-5}");

    private static final String RECORD =
            "{\"name\":\"n\",\"config\":{\"network\":{\"layers\":[2,1],\"hidden\":\"sigmoid\",\"output\":\"sigmoid\"}},"
                    + "\"seed\":9007199254740993,\"result\":{\"best\":{\"iteration\":3}}}";
    private static final String METRICS =
            "{\"iteration\":0,\"cost\":0.7,\"accuracy\":0.5,\"gradientNorm\":0.1,\"elapsedSeconds\":0,\"milliseconds\":{\"compute\":1.5,"
                    + "\"update\":0.1},\"parametersSha256\":\"ab\",\"parameters\":[1.5,-2,0.25]}\n"
                    + "{\"iteration\":10,\"cost\":0.5,\"updateRatio\":0.1,\"milliseconds\":{\"compute\":1.25,\"log\":2},"
                    + "\"parameters\":[1,2,3]}\n{\"iteration\":20,\"cost\":0.4,\"milliseconds\":{\"compute\":1}}\n";
    private static final String EXAMPLES =
            "{\"counted\":\"training\",\"features\":[\"a\",\"b\"],\"classes\":[\"0\",\"1\"],\"confusion\":[[1,2.5],[0,4]],"
                    + "\"points\":[[0,0.5,1],[1,-3e2,0]]}";

    /** Memory for styles, scripts and the decision surface of a network with two inputs. */
    private static final long PAGE_BYTES = 32 << 20;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeRun() throws IOException {
        Files.writeString(directory.resolve("run.json"), RECORD);
        Files.writeString(directory.resolve("metrics.jsonl"), METRICS);
        Files.writeString(directory.resolve("examples.json"), EXAMPLES);
    }

    private static String valid(String file) {
        return switch (file) {
            case "run.json" -> RECORD;
            case "metrics.jsonl" -> METRICS;
            default -> EXAMPLES;
        };
    }

    @ParameterizedTest
    @CsvSource({"run.json, 1", "metrics.jsonl, 2", "examples.json, 3"})
    void anyFileGivesAPageOrIsRejected(String name, long seed) {
        Path file = directory.resolve(name);
        List<byte[]> seeds = List.of(valid(name).getBytes(StandardCharsets.UTF_8));
        new Fuzzer(seed, seeds, TOKENS, List.of(InvalidFileException.class), PAGE_BYTES).run(500, input -> {
            Files.write(file, input);
            Report.page(List.of(RecordedRun.open(directory.toString())));
        });
    }
}
