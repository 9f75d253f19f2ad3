package dev.sparkprop.training;

import java.util.Arrays;

/**
 * The relative length of an update, ‖after − before‖ / ‖before‖. It requires a copy of the parameters, so only
 * announced updates are measured. The array of the copy is reused.
 */
final class UpdateRatio {
    private double[] before = {};
    private boolean pending;

    /** Announces an update of these parameters. */
    void before(double[] parameters) {
        if (before.length != parameters.length) {
            before = new double[parameters.length];
        }
        System.arraycopy(parameters, 0, before, 0, before.length);
        pending = true;
    }

    /** Skips the next update. */
    void skip() {
        pending = false;
    }

    /** Returns the ratio of the last update. NaN if it was not announced or if all parameters were 0 before it. */
    double after(double[] parameters) {
        if (!pending) {
            return Double.NaN;
        }
        double moved = 0;
        for (int i = 0; i < before.length; i++) {
            double step = parameters[i] - before[i];
            moved += step * step;
        }
        double ratio = Math.sqrt(
                moved / Arrays.stream(before).map(value -> value * value).sum());
        return Double.isFinite(ratio) ? ratio : Double.NaN;
    }
}
