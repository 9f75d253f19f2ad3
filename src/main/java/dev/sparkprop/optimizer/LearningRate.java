package dev.sparkprop.optimizer;

/**
 * The learning rate of each update: it rises in equal steps during a warm-up, and then follows a curve. The same bits on every
 * machine.
 *
 * @param initial rate η₀ after the warm-up, positive and finite
 * @param curve how it goes on
 * @param every updates E of the curve, at least 1
 * @param factor F of the curve, above 0 and at most 1
 * @param warmUp updates until η₀ is reached, at least 0
 */
public record LearningRate(double initial, Curve curve, int every, double factor, int warmUp) {

    /** What becomes of the rate t updates after the warm-up. */
    public enum Curve {
        /** η₀. */
        CONSTANT {
            @Override
            double share(int t, LearningRate rate) {
                return 1;
            }
        },
        /** η₀·F^⌊t/E⌋. */
        STEP {
            @Override
            double share(int t, LearningRate rate) {
                return StrictMath.pow(rate.factor, t / rate.every);
            }
        },
        /** η₀·F^(t/E). */
        EXPONENTIAL {
            @Override
            double share(int t, LearningRate rate) {
                return StrictMath.pow(rate.factor, (double) t / rate.every);
            }
        },
        /** From η₀ down half a wave of a cosine to η₀·F at t = E, where it stays (Loshchilov and Hutter 2017, equation 5). */
        COSINE {
            @Override
            double share(int t, LearningRate rate) {
                double wave = StrictMath.cos(Math.PI * Math.min(t, rate.every) / rate.every);
                return rate.factor + (1 - rate.factor) * (1 + wave) / 2;
            }
        };

        abstract double share(int t, LearningRate rate);
    }

    public LearningRate {
        if (!(initial > 0) || initial == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("Invalid learning-rate: " + initial + " (must be > 0 and finite)");
        }
        if (every < 1 || warmUp < 0 || !(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("Invalid schedule: every " + every + ", factor " + factor + ", warm-up "
                    + warmUp + " (must be at least 1, above 0 and at most 1, at least 0)");
        }
    }

    /** One rate for all updates. */
    public static LearningRate constant(double rate) {
        return new LearningRate(rate, Curve.CONSTANT, 1, 1, 0);
    }

    /** The rate of an update, counted from 1. */
    public double at(int update) {
        if (update <= warmUp) {
            return initial * update / warmUp;
        }
        return initial * curve.share(update - 1 - warmUp, this);
    }
}
