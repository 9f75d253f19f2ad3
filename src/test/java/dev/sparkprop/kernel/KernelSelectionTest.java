package dev.sparkprop.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {
    private static final String REMEDY =
            "This JVM has no module jdk.incubator.vector, so it uses scalar kernels, which are several"
                    + " times slower. Start it with --add-modules=jdk.incubator.vector (Spark does so by default; check"
                    + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions)";

    /** Runs in a JVM without the module. */
    static final class WithoutModule {
        private WithoutModule() {}

        public static void main(String[] args) {
            System.out.println(KernelSelection.AUTO.warning().orElse("none"));
            System.out.println(KernelSelection.SCALAR.warning().orElse("none"));
            try {
                KernelSelection.VECTOR.kernels();
            } catch (KernelSelection.UnavailableException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void explainsHowToEnableVectorsWithoutTheModule() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutModule.class.getName())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output.lines()).containsExactly(REMEDY, "none", REMEDY);
    }

    @Test
    void doesNotWarnWithTheModule() {
        for (KernelSelection selection : KernelSelection.values()) {
            assertThat(selection.warning()).isEmpty();
        }
        assertThat(KernelSelection.AUTO.kernels()).isInstanceOf(VectorKernels.class);
        assertThat(KernelSelection.SCALAR.kernels()).isInstanceOf(ScalarKernels.class);
    }
}
