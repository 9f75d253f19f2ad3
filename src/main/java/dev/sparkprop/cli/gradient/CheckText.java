package dev.sparkprop.cli.gradient;

import dev.sparkprop.training.GradientCheck.Finding;
import java.util.List;
import java.util.Locale;

/** Formats the result of a gradient check as text. */
final class CheckText {
    private CheckText() {}

    static String of(List<Finding> findings, double tolerance) {
        int where = findings.stream()
                .mapToInt(finding -> finding.worst().toString().length())
                .reduce("where".length(), Math::max);
        String row = "%-6s  %7s  %8s  %10s  %10s  %-" + where + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, row, "tensor", "checked", "at kinks", "difference", "relative", "where", "result"));
        for (Finding finding : findings) {
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    finding.tensor(),
                    String.format(Locale.ROOT, "%,d", finding.parameters()),
                    String.format(Locale.ROOT, "%,d", finding.kinks()),
                    String.format(Locale.ROOT, "%.3g", finding.absolute()),
                    String.format(Locale.ROOT, "%.3g", finding.relative()),
                    finding.worst(),
                    finding.within(tolerance) ? "ok" : "FAILED"));
        }
        long failed =
                findings.stream().filter(finding -> !finding.within(tolerance)).count();
        String differ =
                failed + " of " + findings.size() + " tensors " + (failed == 1 ? "differs from" : "differ from");
        return text.append(String.format(
                        Locale.ROOT,
                        "%n%s central differences in float64 (tolerance %.1g)%n",
                        failed == 0 ? "All tensors agree with" : differ,
                        tolerance))
                .toString();
    }
}
