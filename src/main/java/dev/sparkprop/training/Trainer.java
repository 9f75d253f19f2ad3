package dev.sparkprop.training;

import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import java.util.Iterator;

/** The training loop. */
public final class Trainer {
    private final Schedule schedule;
    private final Optimizer optimizer;
    private final TrainingListener listener;

    /** A loop that follows a schedule. */
    public Trainer(Schedule schedule, Optimizer optimizer, TrainingListener listener) {
        this.schedule = schedule;
        this.optimizer = optimizer;
        this.listener = listener;
    }

    /**
     * Trains from the initial parameters.
     *
     * @param examples in one evaluation, to tell the rate
     * @throws DivergedException at the first cost or gradient that is not finite
     */
    public TrainingResult train(Objective objective, double[] initial, long examples) {
        long start = System.nanoTime();
        double loggedAt = 0;
        int logged = -1;
        Iterator<Optimizer.State> states = optimizer.states(objective, initial);
        for (int n = 0; ; n++) {
            Optimizer.State state = states.next();
            check(n, state);
            double elapsed = (System.nanoTime() - start) / 1e9;
            if (schedule.logs(n)) {
                double rate = (double) examples * (n - logged) / (elapsed - loggedAt);
                listener.logged(iteration(n, state, elapsed, rate));
                loggedAt = elapsed;
                logged = n;
            }
            if (n == schedule.iterations()) {
                return new TrainingResult(
                        n,
                        state.parameters(),
                        state.evaluation().cost(),
                        state.evaluation().accuracy(),
                        elapsed);
            }
        }
    }

    private static Iteration iteration(int number, Optimizer.State state, double elapsed, double rate) {
        return new Iteration(
                number,
                state.evaluation().cost(),
                state.evaluation().accuracy(),
                state.evaluation().gradientNorm(),
                elapsed,
                rate,
                state.parameters());
    }

    private void check(int iteration, Optimizer.State state) {
        if (!state.evaluation().finite()) {
            double max = 0;
            for (double p : state.parameters()) {
                max = Math.max(max, Math.abs(p));
            }
            throw new DivergedException(
                    iteration, optimizer.description(), state.evaluation().cost(), max);
        }
    }
}
