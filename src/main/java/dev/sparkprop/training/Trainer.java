package dev.sparkprop.training;

import dev.sparkprop.optimizer.Evaluation;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

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
     * Where a training begins, or goes on.
     *
     * @param descent iteration, parameters and what the optimizer remembers
     * @param elapsedSeconds of training already done
     * @param best lowest cost so far
     */
    public record Start(Optimizer.Start descent, double elapsedSeconds, Best best) {

        /** The start of a new training. */
        public static Start of(double[] initial) {
            return new Start(new Optimizer.Start(0, initial, Map.of()), 0, Best.NONE);
        }

        private int iteration() {
            return descent.iteration();
        }
    }

    /**
     * Trains to the end of the schedule, or until the listener asks to stop. One that goes on from a checkpoint evaluates its
     * parameters again, so that all that follows has the bits of a training that was never interrupted.
     *
     * @param evaluated tells the examples in all evaluations so far, for the rate
     * @throws DivergedException at the first cost or gradient that is not finite
     */
    public TrainingResult train(Objective objective, Start start, LongSupplier evaluated) {
        long began = System.nanoTime();
        double loggedAt = start.elapsedSeconds();
        double savedAt = start.elapsedSeconds();
        long evaluatedBefore = evaluated.getAsLong();
        Best best = start.best();
        Iterator<Optimizer.State> states = optimizer.states(objective, start.descent());
        for (int n = start.iteration(); ; n++) {
            Optimizer.State state = states.next();
            check(n, state);
            best = best.or(n, state.evaluation().cost());
            double elapsed = start.elapsedSeconds() + (System.nanoTime() - began) / 1e9;
            double rate = (evaluated.getAsLong() - evaluatedBefore) / (elapsed - loggedAt);
            Iteration iteration = iteration(n, state, elapsed, rate, best);
            Optional<StopReason> reason = reason(n, state.evaluation(), elapsed - start.elapsedSeconds());
            if (schedule.logs(n) || reason.filter(StopReason::complete).isPresent()) {
                listener.logged(iteration);
                loggedAt = elapsed;
                evaluatedBefore = evaluated.getAsLong();
            }
            boolean saved = n == start.iteration() && n > 0;
            if (!saved && (reason.isPresent() || schedule.checkpoints(n, elapsed - savedAt))) {
                listener.checkpoint(iteration);
                savedAt = elapsed;
            }
            if (reason.isPresent()) {
                return new TrainingResult(
                        n, reason.get(), state.parameters(), iteration.cost(), iteration.accuracy(), best, elapsed);
            }
        }
    }

    private Optional<StopReason> reason(int iteration, Evaluation evaluation, double seconds) {
        if (iteration >= schedule.iterations()) {
            return Optional.of(StopReason.ITERATIONS);
        }
        return schedule.stop()
                .reason(evaluation, seconds)
                .or(() -> listener.asksToStop() ? Optional.of(StopReason.ASKED) : Optional.empty());
    }

    private static Iteration iteration(int number, Optimizer.State state, double elapsed, double rate, Best best) {
        return new Iteration(
                number,
                state.evaluation().cost(),
                state.evaluation().accuracy(),
                state.evaluation().gradientNorm(),
                elapsed,
                rate,
                best,
                state.parameters(),
                state.memory());
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
