package dev.sparkprop.cli;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Tile;
import dev.sparkprop.network.ConstantName;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the time of a training went, in words.
 *
 * @param plan of the training
 * @param cores that it had
 */
record TimesText(TrainingPlan plan, int cores) {
    /** Share of an iteration that Spark may take where it is worth its cost. */
    private static final double SMALL_OVERHEAD = 0.1;

    /** Milliseconds in which a task computes so much that what it does beside it hardly counts. */
    private static final double LONG_COMPUTE = 20;

    private static final long MEASURED_EXAMPLES = 1 << 16;

    /** Two lines about iterations over so many examples, on average. */
    String of(Ledger.Times times, double examples) {
        double total = times.total();
        String shares = times.milliseconds().entrySet().stream()
                .filter(phase -> phase.getValue() >= total / 200)
                .sorted(Map.Entry.<Phase, Double>comparingByValue().reversed())
                .map(phase -> text("%s %.0f %%", ConstantName.of(phase.getKey()), 100 * phase.getValue() / total))
                .collect(Collectors.joining(", "));
        String stragglers = times.stragglers() > 1
                ? text(
                        "; the slowest task of an evaluation takes %.2f times as long as the mean one",
                        times.stragglers())
                : "";
        double overhead = times.overhead();
        String enough = overhead > SMALL_OVERHEAD * total
                ? text(
                        "; from about %s examples on it falls below %.0f %%",
                        roughly(overhead * (1 / SMALL_OVERHEAD - 1) * examplesPerMillisecond(times, examples)),
                        100 * SMALL_OVERHEAD)
                : "";
        return text(
                "Of these %s%s%nSpark's overhead is %.0f %% of an iteration%s%n",
                shares, stragglers, 100 * overhead / total, enough);
    }

    /** To one digit, such as 30,000. */
    private static String roughly(double number) {
        return text("%,.0f", new BigDecimal(number).round(new MathContext(1)));
    }

    /**
     * The rate of tasks that have enough to do; measured here and now where those of the run had little. Neither is more than the cores can
     * do, and what was measured is much less where this process has not computed before.
     */
    private double examplesPerMillisecond(Ledger.Times times, double examples) {
        double compute = times.milliseconds().get(Phase.COMPUTE);
        double seen = compute > 0 ? examples / compute : 0;
        if (compute >= LONG_COMPUTE) {
            return seen;
        }
        KernelRate rate = KernelRate.measure(
                plan.topology(), plan.kernels().kernels(), MEASURED_EXAMPLES, Duration.ofMillis(200));
        return Math.max(seen, Tile.EXAMPLES * cores / (1e3 * rate.secondsPerTile()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
