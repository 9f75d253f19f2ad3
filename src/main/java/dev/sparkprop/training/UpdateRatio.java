package dev.sparkprop.training;

import java.util.Arrays;

/**
 * How far an update moves the parameters, ‖after − before‖ / ‖before‖. It takes a copy of them, the one array that this keeps, and so
 * is told only of updates that were announced.
 */
final class UpdateRatio {
    private double[] before = {};
    private boolean announced;

    /** Announces an update of these parameters. */
    void before(double[] parameters) {
        if (before.length != parameters.length) {
            before = new double[parameters.length];
        }
        System.arraycopy(parameters, 0, before, 0, before.length);
        announced = true;
    }

    /** Says that nobody wants to know of the next update. */
    void forget() {
        announced = false;
    }

    /** The ratio of the last update, which led here; NaN if it was not announced, or led away from 0. */
    double after(double[] parameters) {
        if (!announced) {
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
