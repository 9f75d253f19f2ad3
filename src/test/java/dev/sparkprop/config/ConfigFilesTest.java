package dev.sparkprop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFilesTest {
    private static final String MINIMAL = "network.layers = [2, 2, 1]\ndata.source = xor\n";

    @TempDir
    private Path directory;

    private TrainingPlan read(String text, String... overrides) throws Exception {
        return TrainingPlans.read(Files.writeString(directory.resolve("my.conf"), text), List.of(overrides));
    }

    @Test
    void includesAFileFromTheWorkingDirectory() throws Exception {
        Path conf = Path.of("ConfigFilesTest-including.conf");
        Path base = Path.of("ConfigFilesTest-base.conf");
        try {
            Files.writeString(base, "seed = 77\nnetwork.initial.file = w.json\noptimizer.learning-rat = 9");
            Files.writeString(conf, MINIMAL + "include \"" + base + "\"\ntraining.iterations = 0");
            assertThatThrownBy(() -> TrainingPlans.read(conf, List.of()))
                    .hasMessageContaining(base + ":3: Unknown key optimizer.learning-rat")
                    .hasMessageContaining(conf + ":4: Invalid training.iterations: 0");
            Files.writeString(base, "seed = 77\nnetwork.initial.file = w.json");
            TrainingPlan plan = TrainingPlans.read(conf, List.of("training.iterations=1"));
            assertThat(plan.seed()).isEqualTo(77);
            assertThat(plan.initial().file()).hasValue("w.json");
        } finally {
            Files.deleteIfExists(conf);
            Files.deleteIfExists(base);
        }
    }

    @Test
    void listedPathsAreRelativeToTheirOwnFile() throws Exception {
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("sub/base.conf"), "data.path = [a.csv]");
        TrainingPlan plan = read("include \"sub/base\"\nnetwork.layers = [2, 1]\ndata.source = csv\n"
                + "data.path = ${data.path} [b.csv]");
        assertThat(((TrainingPlan.Files) plan.data()).files().paths())
                .containsExactly(
                        directory.resolve("sub/a.csv").toString(),
                        directory.resolve("b.csv").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"include \"none.conf\"", "include required(\"none.conf\")", "include file(\"none.conf\")"})
    void reportsAMissingIncludedFile(String include) {
        assertThatThrownBy(() -> read(MINIMAL + include))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("none.conf") + ": configuration not found, included by "
                        + directory.resolve("my.conf"));
    }

    @Test
    void includesOnlyFiles() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.conf";
            for (String include : List.of("url(\"" + url + "\")", "\"" + url + "\"", "classpath(\"reference.conf\")")) {
                assertThatThrownBy(() -> read(MINIMAL + "include " + include))
                        .isInstanceOf(InvalidConfigException.class)
                        .hasMessageStartingWith(directory.resolve("my.conf") + ": Invalid include: ")
                        .hasMessageEndingWith(" (must be a file)");
            }
            assertThatThrownBy(() -> read(MINIMAL, "optimizer={include url(\"" + url + "\")}"))
                    .isInstanceOf(InvalidConfigException.class);
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void rejectsAFileThatIncludesItself() throws Exception {
        Files.writeString(directory.resolve("other.conf"), "include \"my.conf\"\ninclude \"my.conf\"");
        assertThatThrownBy(() -> read(MINIMAL + "include \"other.conf\""))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(directory.resolve("my.conf") + ": includes itself");
    }

    @Test
    void rejectsDeepNesting() {
        String deep = "[".repeat(200_000);
        assertThatThrownBy(() -> read("a = " + deep))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(directory.resolve("my.conf") + ": nested too deeply");
        assertThatThrownBy(() -> read(MINIMAL, "a.".repeat(100_000) + "a=1"))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageEndingWith("Invalid key of 200001 characters (must be at most 200)");
        assertThatThrownBy(() -> read(MINIMAL + "a.".repeat(100_000) + "a = 1"))
                .isInstanceOf(InvalidConfigException.class);
    }

    @Test
    void rejectsATooLongSetting() {
        assertThatThrownBy(() -> read(MINIMAL, "name=" + "a ".repeat(20_000)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageMatching(
                        "--set name=[a ]{195}…: Invalid value of 40000 characters \\(must be at most 8192\\)");
    }

    @Test
    void rejectsInvalidUtf8LargeFilesAndDirectories() throws Exception {
        Path file = directory.resolve("my.conf");
        Files.write(file, (MINIMAL + "name = Café").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TrainingPlans.read(file, List.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ": not valid UTF-8");
        Files.write(file, new byte[(16 << 20) + 1]);
        assertThatThrownBy(() -> TrainingPlans.read(file, List.of()))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(file + ": larger than 16 MiB");
        assertThatThrownBy(() -> TrainingPlans.read(directory, List.of()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory + ": is a directory (must be a configuration file)");
        Path inDirectory = file.resolve("x.conf");
        assertThatThrownBy(() -> TrainingPlans.read(inDirectory, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read configuration " + inDirectory);
    }

    /** HOCON would silently truncate or replace each of these values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data2//iris.csv",
                "dir/a#1.csv",
                "a b # c",
                "a,",
                "a, b",
                "\"a\" # b",
                "a, value=b",
                "a\nvalue=b",
                "${HOME}/a",
                "${?nowhere}",
                "a:b",
                "[a//b, c]",
                "007 # x"
            })
    void settingsAreReadLiterally(String text) throws Exception {
        String csv = "network.layers = [2, 1]\ndata.source = csv\n";
        TrainingPlan plan = read(csv, "data.path=" + text);
        assertThat(((TrainingPlan.Files) plan.data()).files().paths()).containsExactly(text);
    }

    @Test
    void settingsMayBeHocon() throws Exception {
        String csv = "network.layers = [2, 1]\ndata.source = csv\n";
        TrainingPlan plan =
                read(csv, "data.path=[\"a#b\", c]", "data.target=\"a, b\"", "seed= 007 ", "data.weight=null");
        assertThat(((TrainingPlan.Files) plan.data()).files().paths()).containsExactly("a#b", "c");
        assertThat(((TrainingPlan.Files) plan.data()).files().targets()).containsExactly("a, b");
        assertThat(plan.seed()).isEqualTo(7);
        assertThatThrownBy(() -> read(csv, "data.path+=c")).hasMessage("--set data.path+=c: Invalid key data.path+");
    }

    @Test
    void rejectsANumberOfAMillionDigits() {
        assertThatThrownBy(() -> read(MINIMAL + "seed = " + "1".repeat(1_000_000)))
                .isInstanceOf(InvalidConfigException.class);
    }
}
