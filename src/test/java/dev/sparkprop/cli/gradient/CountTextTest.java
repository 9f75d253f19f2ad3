package dev.sparkprop.cli.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.cli.Main;
import dev.sparkprop.kernel.ScalarKernels;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTextTest {
    @Test
    void spellsOutTheFormulas() {
        String text = CountText.of(RandomNets.sigmoid(784, 10, 10));
        assertThat(text)
                .contains(
                        "A 784-10-10 network with 7,960 parameters\n",
                        "784·10 + 10·10 = 7,940\n",
                        "10 + 10 = 20\n",
                        "784·10 + 2·10·10 = 8,040 (",
                        "    total       15,980\n",
                        "    features    784·256·4 = 802,816\n",
                        "    activations (10 + 10)·256·4 = 20,480\n")
                .containsPattern("\ntotal +7,940 +20 +7,940 +8,040 +20 +31,840 +20,480\n");
        // columns end where their heads do
        assertThat(text.lines().skip(2).limit(4).map(String::length).distinct()).hasSize(1);
    }

    @Test
    void printsTheTimeForARate() {
        Workload work = new Workload(RandomNets.sigmoid(2, 2, 1), 257, 1_000);
        assertThat(CountText.of(work, new KernelRate("scalar", 0.25), 2))
                .contains(
                        "\n257 examples, 1,000 iterations:\n",
                        "14 · 257 · 1,000 = 3,598,000, or 7,196,000 FLOP\n",
                        "2 tiles · 256 · (2 + 1) · 4 = 6,144 bytes",
                        " 514 examples/s, ",
                        // two tiles a thousand times, a quarter of a second each
                        " 4.17 minutes on 2 cores");
    }

    @ParameterizedTest
    @ValueSource(strings = {"784,,10", "784", "2,0,1", "99999999999,1", "2,1 --cores 2", "2,1 --examples 0.5"})
    void invalidArgumentsExit2(String arguments) {
        assertThat(Main.run(("count " + arguments).split(" "))).isEqualTo(2);
    }

    @Test
    void widerNetworksTakeLonger() {
        Duration time = Duration.ofMillis(50);
        Topology narrow = RandomNets.sigmoid(8, 8, 1);
        KernelRate rate = KernelRate.measure(narrow, new ScalarKernels(), 1_000, time);
        assertThat(rate.kernels()).isEqualTo("scalar");
        // 120 times the multiply-adds
        assertThat(KernelRate.measure(RandomNets.sigmoid(64, 128, 16), new ScalarKernels(), 1_000, time)
                        .secondsPerTile())
                .isGreaterThan(4 * rate.secondsPerTile());
    }
}
