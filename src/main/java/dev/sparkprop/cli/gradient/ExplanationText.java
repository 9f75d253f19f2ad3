package dev.sparkprop.cli.gradient;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.ReferenceGradient;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats an explanation as a calculation by hand. */
public final class ExplanationText {
    /**
     * Maximum number of units per layer, features and targets to show. {@code --json} writes the values of all units.
     */
    private static final int MAX_UNITS = 10;

    private static final String TERM = "    %-36s = %-31s = %15s%n";

    private final Explanation explanation;
    private final ChainRule rule;
    private final ParameterPlace place;
    private final StringBuilder text = new StringBuilder();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
        this.rule = explanation.rule();
        this.place = explanation.place();
    }

    public static String of(Explanation explanation) {
        return new ExplanationText(explanation).text();
    }

    private String text() {
        Topology topology = rule.topology();
        add(
                "A %s network with %s and %s outputs; x = %s%s, t = %s%n",
                topology,
                topology.hidden().isEmpty()
                        ? "no hidden layers"
                        : topology.hidden().stream()
                                        .map(ConstantName::of)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + " units",
                ConstantName.of(topology.output()),
                NumberList.of(rule.inputs()[0], explanation.features()),
                explanation.standardized() ? " (standardized from " + explanation.example() + ")" : "",
                NumberList.of(explanation.targets(), List.of()));
        add("%nForward z = W·x + b and a = f(z), layer by layer; then backward from the loss:%n");
        add("%5s  %4s %15s %15s %15s %15s %15s%n", "layer", "unit", "z", "a", "∂loss/∂a", "∂a/∂z", "∂loss/∂z");
        for (int l = 0; l < rule.z().length; l++) {
            addLayer(l);
        }
        add(
                "Loss %s (%s), the cost of this example without penalties, which models do not store%n",
                number(rule.loss()), ConstantName.of(topology.loss()));
        addFactors();
        addComparison();
        return text.toString();
    }

    private void addLayer(int l) {
        int units = rule.z()[l].length;
        for (int o = 0; o < units; o++) {
            if (o < MAX_UNITS || isChosen(l, o)) {
                add(
                        "%5d  %4d %15s %15s %15s %15s %15s%n",
                        l + 1,
                        o,
                        number(rule.z()[l][o]),
                        number(rule.a()[l][o]),
                        number(rule.error()[l][o]),
                        number(rule.slope()[l][o]),
                        number(rule.delta()[l][o]));
            }
        }
        if (units > MAX_UNITS) {
            add("%5d     …  of %d units%n", l + 1, units);
        }
    }

    private boolean isChosen(int l, int unit) {
        return (l == place.layer() && unit == place.output()) || (l == place.layer() - 1 && unit == place.input());
    }

    private void addFactors() {
        int l = place.layer();
        String a = name("a", l, place.output());
        String z = name("z", l, place.output());
        boolean top = l == rule.z().length - 1;
        boolean softmax = top && rule.topology().output() == Output.SOFTMAX;
        String first = softmax ? "∂loss/∂" + z : "∂loss/∂" + a + " · ∂" + a + "/∂" + z;
        add("%n∂loss/∂%s = %s · ∂%s/∂%s, factor by factor:%n", place, first, z, place);
        if (softmax) {
            addPaths(rule.a()[l].length, this::pathThroughOutput);
        } else {
            if (!top) {
                addPaths(rule.z()[l + 1].length, this::pathThroughUnit);
            }
            addTerm("∂loss/∂" + a, top ? outputError() : "sum of these", rule.error()[l][place.output()]);
            String slope = top ? outputSlope() : slope(rule.topology().hidden().get(l));
            addTerm("∂" + a + "/∂" + z, slope, rule.slope()[l][place.output()]);
        }
        String delta = softmax ? "sum of these = a − t" : "product of both" + (top ? outputDelta() : "");
        addTerm("∂loss/∂" + z, delta, rule.delta()[l][place.output()]);
        addTerm("∂" + z + "/∂" + place, input(), rule.input(place));
        addTerm("∂loss/∂" + place, "product of both", explanation.derivative());
    }

    /** One path from the loss to the unit. */
    private record Path(String factors, double first, double second) {
        double product() {
            return first * second;
        }
    }

    private void addPaths(int count, IntFunction<Path> paths) {
        for (int i = 0; i < Math.min(MAX_UNITS, count); i++) {
            Path path = paths.apply(i);
            String numbers = number(path.first) + " · " + number(path.second);
            addTerm(path.factors, numbers, path.product());
        }
        if (count > MAX_UNITS) {
            double rest = IntStream.range(MAX_UNITS, count)
                    .mapToObj(paths)
                    .mapToDouble(Path::product)
                    .sum();
            addTerm("…", Words.count(count - MAX_UNITS, "more path"), rest);
        }
    }

    private Path pathThroughUnit(int unit) {
        int above = place.layer() + 1;
        return new Path(
                "∂loss/∂" + name("z", above, unit) + " · W" + (above + 1) + "[" + unit + "," + place.output() + "]",
                rule.delta()[above][unit],
                rule.weightsAbove(place.layer(), place.output())[unit]);
    }

    private Path pathThroughOutput(int output) {
        String a = name("a", place.layer(), output);
        return new Path(
                "∂loss/∂" + a + " · ∂" + a + "/∂" + name("z", place.layer(), place.output()),
                rule.error()[place.layer()][output],
                rule.softmaxSlope(output, place.output()));
    }

    private static String name(String letter, int layer, int unit) {
        return letter + (layer + 1) + "[" + unit + "]";
    }

    private String input() {
        if (place.bias()) {
            return "1, as for every bias";
        } else if (place.layer() > 0) {
            return "a" + place.layer() + "[" + place.input() + "]";
        }
        String x = "x[" + place.input() + "]";
        return explanation.features().isEmpty()
                ? x
                : x + ", " + explanation.features().get(place.input());
    }

    /** Returns the formula for ∂loss/∂a of an output. Not used for softmax, where each z affects all outputs. */
    private String outputError() {
        return (rule.topology().output() == Output.SIGMOID ? "(a − t)/(a·(1 − a))" : "2·(a − t)") + mean();
    }

    private String outputSlope() {
        return slope(rule.topology().output() == Output.SIGMOID ? Activation.SIGMOID : Activation.LINEAR);
    }

    private String outputDelta() {
        return rule.topology().output() == Output.SIGMOID ? " = (a − t)" + mean() : "";
    }

    /** Returns a divisor if the loss is a mean over several outputs, or an empty text if it is not. */
    private String mean() {
        int terms = rule.topology().loss().terms(rule.topology().outputs());
        return terms == 1 ? "" : "/" + terms;
    }

    private static String slope(Activation activation) {
        return switch (activation) {
            case SIGMOID -> "a·(1 − a)";
            case TANH -> "1 − a²";
            case RELU -> "1 where z > 0, else 0";
            case LEAKY_RELU -> "1 where z > 0, else 1/100";
            case LINEAR -> "1";
        };
    }

    private void addTerm(String name, String formula, double value) {
        add(TERM, name, formula, number(value));
    }

    private void addComparison() {
        add("%n%-36s  %22s  relative difference%n", "", "∂loss/∂" + place);
        add("%-36s  %22s%n", "chain rule, float64", digits(explanation.derivative()));
        addMethod("central difference, float64", explanation.difference().derivative());
        addMethod("Spark job on " + explanation.master() + ", float32", explanation.distributed());
        add(
                "%nThe central difference is (loss(w + h) − loss(w − h)) / 2h with h = %.3g. Its error has two"
                        + " parts:%ntruncation, proportional to h², and rounding, proportional to 1/h. Both are small near ∛(2⁻⁵²) = %.3g."
                        + " h is this%nvalue, multiplied by |w| if |w| > 1, and divided by |input| if |input| > 1.%n",
                explanation.difference().step(), ReferenceGradient.STEP);
        if (explanation.difference().kink()) {
            add(
                    "A unit crosses the kink of its activation within h, so the central difference is not a derivative here.%n");
        }
    }

    private void addMethod(String name, double derivative) {
        add("%-36s  %22s  %19.2g%n", name, digits(derivative), explanation.relativeDifference(derivative));
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.14g", value);
    }

    private static String number(double value) {
        // adding 0 turns −0 into 0
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.8g", value + 0.0) : "-";
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }
}
