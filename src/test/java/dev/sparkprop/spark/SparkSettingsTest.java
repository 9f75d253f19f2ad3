package dev.sparkprop.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.engine.ResidentPlugin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row 22: settings that a user or a cluster may have for other jobs, passed in the same way as by spark-submit. */
class SparkSettingsTest {
    @BeforeAll
    static void stopTheSharedSpark() {
        LocalSpark.stop();
    }

    private final Map<String, String> given = new TreeMap<>();

    private void set(String... settings) {
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            given.put(parts[0], parts[1]);
            System.setProperty(parts[0], parts[1]);
        }
    }

    @AfterEach
    void clearProperties() {
        given.keySet().forEach(System::clearProperty);
    }

    private static SparkConnection start() throws IOException {
        return new SparkConnection("settings", Duration.ofMinutes(1));
    }

    @Test
    void row22PinsSettingsThatWouldChangeDataOrPreventTheJob() {
        set(
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "spark.sql.catalogImplementation=hive",
                "spark.sql.sources.useV1SourceList=",
                "spark.sql.files.ignoreCorruptFiles=true",
                "spark.plugins=a.Plugin");
        SparkConf conf = SparkSettings.of("xor");
        assertThat(conf.get("spark.serializer")).isEqualTo("org.apache.spark.serializer.JavaSerializer");
        assertThat(conf.get("spark.sql.catalogImplementation")).isEqualTo("in-memory");
        assertThat(conf.get("spark.sql.sources.useV1SourceList")).contains("text", "parquet", "csv");
        assertThat(conf.get("spark.sql.files.ignoreCorruptFiles")).isEqualTo("false");
        assertThat(conf.get("spark.plugins")).isEqualTo("a.Plugin," + ResidentPlugin.class.getName());
    }

    @Test
    void localRunListensOnLoopbackAndRequiresASecret() {
        set("spark.master=local[2]");
        SparkConf conf = SparkSettings.of("xor");
        assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
        assertThat(conf.get("spark.authenticate")).isEqualTo("true");
        assertThat(conf.get("spark.master")).isEqualTo("local[2,4]");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.default.parallelism=50, spark.task.cpus=1, 2",
        "spark.default.parallelism=1, spark.task.cpus=1, 2",
        "spark.default.parallelism=50, spark.task.cpus=2, 1"
    })
    void row22SlotsIgnoreTheDefaultParallelism(String parallelism, String cpus, int slots) throws IOException {
        set("spark.master=local[2]", "spark.ui.enabled=false", parallelism, cpus);
        try (SparkConnection run = start()) {
            assertThat(run.slots()).isEqualTo(slots);
            ShardPartitioning partitioning = ShardPartitioning.of(
                    run.context(),
                    Sharding.of(100_000, 12, OptionalInt.empty(), OptionalInt.empty()),
                    12,
                    OptionalInt.empty());
            assertThat(partitioning.partitions()).isEqualTo(slots);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spark.driver.port=abc, spark.driver.port",
        "spark.extraListeners=no.such.Listener, no.such.Listener",
        "spark.plugins=no.such.Plugin, no.such.Plugin",
        "spark.io.compression.codec=nonesuch, nonesuch",
        "spark.eventLog.enabled=true, does not exist",
        "spark.task.resource.gpu.amount=1, gpu",
        "spark.api.mode=connect, must be classic"
    })
    void row22RejectsSettingsThatPreventSparkFromStarting(String setting, String message) {
        set("spark.master=local[1]", "spark.ui.enabled=false", "spark.eventLog.dir=/no/such/folder", setting);
        assertThatThrownBy(SparkSettingsTest::start)
                .isInstanceOf(InvalidSparkSettingException.class)
                .hasMessageContaining(message);
    }
}
