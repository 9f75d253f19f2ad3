package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A cluster whose default settings are for other jobs. */
class SettingsIT {
    @WorkingDirectory
    private Path directory;

    private static String[] train(String output, String master) {
        String conf = Program.PROJECT.resolve("conf/iris.conf").toString();
        String[] command = {"train", conf, "--output", output, "--master", master};
        return Runs.merge(Runs.merge(command, Runs.SCALAR), "--set", "training.iterations=20");
    }

    @Test
    void row22DefaultsForOtherJobsDoNotChangeTheBits() throws IOException {
        Files.writeString(directory.resolve("spark-defaults.conf"), """
                spark.serializer                      org.apache.spark.serializer.KryoSerializer
                spark.kryo.registrationRequired       true
                spark.default.parallelism             50
                spark.sql.catalogImplementation       hive
                spark.sql.sources.useV1SourceList
                spark.sql.ansi.enabled                true
                spark.sql.caseSensitive               false
                spark.sql.session.timeZone            Asia/Tokyo
                spark.sql.files.ignoreCorruptFiles    true
                spark.sql.extensions                  io.delta.sql.DeltaSparkSessionExtension
                spark.speculation                     true
                spark.io.encryption.enabled           true
                spark.network.crypto.enabled          true
                spark.authenticate                    true
                spark.authenticate.secret             0123456789abcdef
                spark.api.mode                        connect
                """);
        Outcome plain = Runs.sparkprop(directory, train("plain", "local[2]"));
        Outcome configured = Program.run(
                directory,
                Map.of("SPARK_CONF_DIR", directory.toString()),
                "scripts/sparkprop",
                Runs.merge(Runs.quick(), train("odd", Runs.LOCAL_CLUSTER)));
        assertThat(Runs.hash(configured)).isEqualTo(Runs.hash(plain));
        assertThat(configured.output()).contains(" 2 cores, ", "resident tasks");
        assertThat(configured.output() + configured.errors()).doesNotContain("0123456789abcdef");
        try (var files = Files.walk(directory.resolve("odd"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readAllBytes(file))
                        .as(file.toString())
                        .asString(StandardCharsets.ISO_8859_1)
                        .doesNotContain("0123456789abcdef");
            }
        }
    }
}
