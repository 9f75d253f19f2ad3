package dev.sparkprop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Compares whole trainings in JVMs with different register widths, with and without vectors, and in other Java
 * versions installed on this machine.
 */
class SameBitsOnEveryMachineTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Each training uses one core. */
    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @AfterEach
    void shutDown() {
        executor.shutdown();
    }

    @Test
    void hashIsTheSameForEveryKernelAndRegisterWidth() {
        Map<String, Future<String>> hashes = new TreeMap<>();
        hashes.put("scalar", hash(THIS_JAVA, "scalar", "SCALAR", VECTORS));
        hashes.put("no module", hash(THIS_JAVA, "scalar", "AUTO"));
        hashes.put("UseAVX=3", hash(THIS_JAVA, "vector", "VECTOR", VECTORS, "-XX:UseAVX=3"));
        hashes.put("UseAVX=2", hash(THIS_JAVA, "vector", "AUTO", VECTORS, "-XX:UseAVX=2"));
        // without a native BLAS, which Breeze uses in the other runs if one is installed
        String noNativeBlas = "-Ddev.ludovic.netlib.blas.nativeLib=none";
        hashes.put("128 bits", hash(THIS_JAVA, "vector", "AUTO", VECTORS, "-XX:MaxVectorSize=16", noNativeBlas));
        assertSameHash(hashes);
    }

    @Test
    void hashIsTheSameOnEveryJava() throws IOException {
        List<Path> javas = otherJavas();
        assumeThat(javas).as("other Javas on this machine").isNotEmpty();
        Map<String, Future<String>> hashes = new TreeMap<>();
        hashes.put("this Java", hash(THIS_JAVA, "vector", "AUTO", VECTORS));
        for (Path java : javas) {
            hashes.put(java + " vector", hash(java, "vector", "AUTO", VECTORS));
            hashes.put(java + " scalar", hash(java, "scalar", "SCALAR", VECTORS));
        }
        assertSameHash(hashes);
    }

    private static void assertSameHash(Map<String, Future<String>> hashes) {
        Map<String, String> results = new TreeMap<>();
        hashes.forEach((name, hash) -> assertThat(hash)
                .as(name)
                .succeedsWithin(Duration.ofMinutes(5))
                .satisfies(text -> results.put(name, text)));
        assertThat(new HashSet<>(results.values())).as("%s", results).hasSize(1);
    }

    /** Returns the other installations of Java 17 or later in the usual directory of Linux distributions. */
    private static List<Path> otherJavas() throws IOException {
        Path directory = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(directory)) {
            return homes.filter(home -> !Files.isSymbolicLink(home))
                    .map(home -> home.resolve("bin/java"))
                    .filter(java -> Files.isExecutable(java) && !sameFile(java))
                    .filter(java -> featureVersion(java) >= 17)
                    .toList();
        }
    }

    private static boolean sameFile(Path java) {
        try {
            return Files.isSameFile(java, THIS_JAVA);
        } catch (IOException e) {
            return false;
        }
    }

    private static int featureVersion(Path java) {
        try {
            String release = Files.readString(java.getParent().resolveSibling("release"));
            return Integer.parseInt(release.replaceAll("(?s).*JAVA_VERSION=\"(\\d+).*", "$1"));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private Future<String> hash(Path java, String expectedKernels, String selection, String... options) {
        return executor.submit(() -> train(java, expectedKernels, selection, options));
    }

    private static String train(Path java, String expectedKernels, String selection, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        // the options for register widths exist only on x86
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TrainingHash.class.getName(), selection));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as("%s", command).isZero();
        assertThat(output).startsWith(expectedKernels);
        return output.substring(output.indexOf(' ') + 1);
    }
}
