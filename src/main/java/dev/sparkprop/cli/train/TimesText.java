package dev.sparkprop.cli.train;

import dev.sparkprop.store.RunRecord;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time of a training went, in words. */
final class TimesText {
    /** Share of an iteration that Spark may take where it is worth its cost. */
    private static final double SMALL_OVERHEAD = 0.1;

    /** Phases with a smaller share of the time are left out: they would be shown as 0 %. */
    private static final double SHOWN_SHARE = 0.005;

    private TimesText() {}

    /** Examples that an evaluation was over, on average. */
    static double examplesPerEvaluation(RunRecord.Result run) {
        return run.examplesPerSecond() * run.seconds() / run.evaluations();
    }

    /**
     * Two lines.
     *
     * @param examplesPerMillisecond that tasks compute if they have enough to do
     */
    static String of(Ledger.Times times, double examplesPerMillisecond) {
        double total = times.total();
        String shares = times.milliseconds().entrySet().stream()
                .filter(phase -> phase.getValue() >= SHOWN_SHARE * total)
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
                        roughly(overhead * (1 / SMALL_OVERHEAD - 1) * examplesPerMillisecond), 100 * SMALL_OVERHEAD)
                : "";
        return text(
                "Of these %s%s%nSpark's overhead is %.0f %% of an iteration%s%n",
                shares, stragglers, 100 * overhead / total, enough);
    }

    /** To one digit, such as 30,000. */
    private static String roughly(double number) {
        return text("%,.0f", new BigDecimal(number).round(new MathContext(1)));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
