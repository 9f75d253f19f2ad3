package dev.sparkprop.optimizer;

/**
 * The learning rate of each update. It rises linearly during a warm-up and then follows a curve. The bits are the
 * same on every machine.
 *
 * @param initial rate η₀ at the end of the warm-up, positive and finite
 * @param curve curve after the warm-up
 * @param every number of updates E in the formula of the curve, at least 1
 * @param factor factor F in the formula of the curve, above 0 and at most 1
 * @param warmUp number of updates until η₀ is reached, at least 0
 */
public record LearningRate(double initial, Curve curve, int every, double factor, int warmUp) {

    /** The learning rate t updates after the warm-up. */
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
        /**
         * Half a cosine wave from η₀ at t = 0 to η₀·F at t = E, then constant (Loshchilov and Hutter
         * 2017, equation 5).
         */
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

    /** Returns a constant learning rate. */
    public static LearningRate constant(double rate) {
        return new LearningRate(rate, Curve.CONSTANT, 1, 1, 0);
    }

    /** Returns the rate of an update, counted from 1. */
    public double at(int update) {
        if (update <= warmUp) {
            return initial * update / warmUp;
        }
        return initial * curve.share(update - 1 - warmUp, this);
    }
}
