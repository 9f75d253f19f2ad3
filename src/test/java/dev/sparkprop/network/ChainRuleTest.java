package dev.sparkprop.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Example;
import dev.sparkprop.kernel.Activation;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChainRuleTest {
    /** PyTorch adds in a different order. */
    private static final double ROUNDING = 1e-13;

    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void meanDerivativeMatchesTheFirstGradientOfPyTorch(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        double[] mean = new double[golden.initial().length];
        double weight =
                golden.rows().list().stream().mapToDouble(Example::weight).sum();
        for (Example example : golden.rows().list()) {
            ChainRule rule = ChainRule.of(golden.topology(), golden.initial(), example);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += example.weight() / weight * rule.derivative(place(golden.topology(), i));
            }
        }
        for (int i = 0; i < mean.length; i++) {
            ParameterPlace place = place(golden.topology(), i);
            double penalty = place.bias() ? 0 : golden.l2() * golden.initial()[i];
            assertThat(mean[i] + penalty).as("%s", place).isCloseTo(golden.firstGradient()[i], within(ROUNDING));
        }
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void factorsMultiplyToErrorsAndDeltas(Output output) {
        Topology topology = RandomNets.of(Activation.TANH, output, 3, 4, 5, 2);
        Example example = RandomNets.Rows.random(topology, 1, 5).list().get(0);
        ChainRule rule = ChainRule.of(topology, RandomNets.parameters(topology, 5), example);
        for (int l = 0; l < 3; l++) {
            for (int o = 0; o < rule.z()[l].length; o++) {
                double delta = rule.delta()[l][o];
                if (l < 2) {
                    double[] weights = rule.weightsAbove(l, o);
                    double[] above = rule.delta()[l + 1];
                    assertThat(IntStream.range(0, weights.length)
                                    .mapToDouble(k -> weights[k] * above[k])
                                    .sum())
                            .isCloseTo(rule.error()[l][o], within(ROUNDING));
                }
                if (l < 2 || output != Output.SOFTMAX) {
                    assertThat(rule.error()[l][o] * rule.slope()[l][o]).isCloseTo(delta, within(ROUNDING));
                } else {
                    int unit = o;
                    assertThat(IntStream.range(0, 2)
                                    .mapToDouble(k -> rule.error()[2][k] * rule.softmaxSlope(k, unit))
                                    .sum())
                            .isCloseTo(delta, within(ROUNDING));
                }
            }
        }
    }

    @Test
    void saturatedOutputHasTheDeltaOfItsError() {
        double[] parameters = {1, 100};
        Topology topology = RandomNets.sigmoid(1, 1);
        ChainRule right = ChainRule.of(topology, parameters, new Example(new double[] {0}, new double[] {1}, 1));
        assertThat(right.error()[0][0]).isEqualTo(-1);
        assertThat(right.delta()[0][0]).isZero();
        ChainRule wrong = ChainRule.of(topology, parameters, new Example(new double[] {0}, new double[] {0}, 1));
        assertThat(wrong.error()[0][0]).isInfinite();
        assertThat(wrong.slope()[0][0]).isZero();
        assertThat(wrong.delta()[0][0]).isEqualTo(1);
    }

    @Test
    void formatsAndParsesParameterNames() {
        Topology topology = RandomNets.sigmoid(3, 5, 2);
        ParameterLayout layout = new ParameterLayout(topology);
        assertThat(IntStream.of(0, 1, 3, 14, 15, 19, 20, 29, 30, 31)
                        .mapToObj(index -> place(topology, index).toString()))
                .containsExactly(
                        "W1[0,0]", "W1[0,1]", "W1[1,0]", "W1[4,2]", "b1[0]", "b1[4]", "W2[0,0]", "W2[1,4]", "b2[0]",
                        "b2[1]");
        for (int index = 0; index < layout.size(); index++) {
            ParameterPlace place = place(topology, index);
            assertThat(ParameterPlace.parse(layout, place.toString())).contains(place);
        }
        for (String invalid :
                new String[] {"W0[0,0]", "W3[0,0]", "W1[5,0]", "W1[0,3]", "b1[5]", "b1[0,0]", "W1[0]", "w", ""}) {
            assertThat(ParameterPlace.parse(layout, invalid)).as(invalid).isEqualTo(Optional.empty());
        }
    }

    private static ParameterPlace place(Topology topology, int index) {
        return ParameterPlace.of(new ParameterLayout(topology), index);
    }
}
