package dev.sparkprop.training;

import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.training.Ledger.Phase;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/** The training loop. */
public final class Trainer {
    private final Schedule schedule;
    private final Optimizer optimizer;
    private final Optional<Validation> validation;
    private final TrainingListener listener;
    private final Ledger ledger;
    /** Whether the best parameters are wanted, and not the last ones. */
    private final boolean keepsBest;

    /** A loop that follows a schedule, and lowers the cost without a look at other examples. */
    public Trainer(Schedule schedule, Optimizer optimizer, TrainingListener listener) {
        this(schedule, optimizer, Optional.empty(), listener, new Ledger());
    }

    /** A loop that follows a schedule, and books its time in a ledger. */
    public Trainer(
            Schedule schedule,
            Optimizer optimizer,
            Optional<Validation> validation,
            TrainingListener listener,
            Ledger ledger) {
        this.schedule = schedule;
        this.optimizer = optimizer;
        this.validation = validation;
        this.listener = listener;
        this.ledger = ledger;
        this.keepsBest = validation.isPresent() || schedule.stop().patience().isPresent();
    }

    /**
     * Where a training begins, or goes on.
     *
     * @param descent iteration, parameters and what the optimizer remembers
     * @param evaluations of cost and gradient already done
     * @param elapsedSeconds of training already done
     * @param best lowest cost so far
     */
    public record Start(Optimizer.Start descent, long evaluations, double elapsedSeconds, Best best) {

        /** The start of a new training. */
        public static Start of(double[] initial) {
            return new Start(new Optimizer.Start(0, initial, Map.of()), 0, 0, Best.NONE);
        }

        private int iteration() {
            return descent.iteration();
        }
    }

    /**
     * Trains to the end of the schedule, or until the optimizer finds no lower cost or the listener asks to stop. One that goes on
     * from a checkpoint evaluates its parameters again, so that all that follows has the bits of a training that was never
     * interrupted.
     *
     * @param examplesIn tells how many examples so many evaluations are over, for the rate
     * @throws DivergedException at the first cost or gradient that is not finite
     */
    public TrainingResult train(Objective objective, Start start, LongUnaryOperator examplesIn) {
        return new Run(objective, start, examplesIn).toItsEnd();
    }

    /** One training, and what the listener has been told of it. */
    private final class Run {
        private final Start start;
        private final LongUnaryOperator examplesIn;
        private final Iterator<Optimizer.State> states;
        private final long began = System.nanoTime();
        private long evaluations;
        private Best best;
        private Optional<Score> validated = Optional.empty();
        /** Iterations since the best, where it can be told whether this one is better; else 0. */
        private int sinceBest;

        private final UpdateRatio update = new UpdateRatio();
        private int logged;
        private long loggedEvaluations;
        private double loggedAt;
        private int saved = -1;
        private double savedAt;

        Run(Objective objective, Start start, LongUnaryOperator examplesIn) {
            this.start = start;
            this.examplesIn = examplesIn;
            evaluations = start.evaluations();
            best = start.best();
            logged = start.iteration() - 1;
            loggedEvaluations = start.evaluations();
            loggedAt = start.elapsedSeconds();
            savedAt = start.elapsedSeconds();
            if (start.iteration() > 0) {
                saved = start.iteration();
            }
            states = optimizer.states(
                    (parameters, iteration) -> {
                        evaluations++;
                        return objective.evaluate(parameters, iteration);
                    },
                    start.descent());
        }

        TrainingResult toItsEnd() {
            for (int n = start.iteration(); ; n++) {
                Optimizer.State state = ledger.time(Phase.UPDATE, states::next);
                check(n, state);
                judge(n, state);
                listener.evaluated(n, evaluations, state.evaluation());
                Optional<StopReason> reason = reason(n, state.evaluation());
                if (schedule.logs(n) || reason.filter(StopReason::complete).isPresent()) {
                    log(n, state);
                }
                if (reason.isPresent() || schedule.checkpoints(n, elapsed() - savedAt)) {
                    save(n, state);
                }
                if (reason.isPresent()) {
                    return result(n, state, reason.get());
                }
                if (!states.hasNext()) {
                    log(n, state);
                    save(n, state);
                    return result(n, state, StopReason.CONVERGED);
                }
                announce(n + 1, state);
            }
        }

        /** Before the update to an iteration: only of those that are due to be logged its length is told. */
        private void announce(int next, Optimizer.State state) {
            if (schedule.logs(next)) {
                update.before(state.parameters());
            } else {
                update.forget();
            }
        }

        /** Validates if that is due, and notes what is better than all before. */
        private void judge(int n, Optimizer.State state) {
            boolean due = validation.isEmpty() || validation.get().due(n);
            validated = due
                    ? validation.map(v -> ledger.time(Phase.VALIDATE, () -> v.score(state.parameters())))
                    : Optional.empty();
            double cost = validated.map(Score::cost).orElse(state.evaluation().cost());
            if (due && cost < best.cost() - schedule.stop().minDelta()) {
                best = new Best(n, cost, keepsBest ? state.parameters().clone() : Best.NOT_KEPT);
            }
            sinceBest = due ? n - best.iteration() : 0;
        }

        private double elapsed() {
            return start.elapsedSeconds() + (System.nanoTime() - began) / 1e9;
        }

        private Optional<StopReason> reason(int n, CostAndGradient evaluation) {
            if (n >= schedule.iterations()) {
                return Optional.of(StopReason.ITERATIONS);
            }
            return schedule.stop()
                    .reason(evaluation, sinceBest, elapsed() - start.elapsedSeconds())
                    .or(() -> listener.asksToStop() ? Optional.of(StopReason.ASKED) : Optional.empty());
        }

        private void log(int n, Optimizer.State state) {
            if (n != logged) {
                Iteration iteration = iteration(n, state);
                ledger.mark();
                ledger.time(Phase.LOG, () -> listener.logged(iteration));
                logged = n;
                loggedEvaluations = iteration.evaluations();
                loggedAt = iteration.elapsedSeconds();
            }
        }

        private void save(int n, Optimizer.State state) {
            if (n != saved) {
                Iteration iteration = iteration(n, state);
                ledger.time(Phase.CHECKPOINT, () -> listener.checkpoint(iteration));
                saved = n;
                savedAt = iteration.elapsedSeconds();
            }
        }

        private Iteration iteration(int n, Optimizer.State state) {
            double elapsed = elapsed();
            long examples = examplesIn.applyAsLong(evaluations) - examplesIn.applyAsLong(loggedEvaluations);
            return new Iteration(
                    n,
                    evaluations,
                    state.evaluation().cost(),
                    state.evaluation().accuracy(),
                    validated,
                    state.evaluation().gradientNorm(),
                    update.after(state.parameters()),
                    elapsed,
                    examples / (elapsed - loggedAt),
                    ledger.sinceMark(Math.max(1, n - logged)),
                    best,
                    state.parameters(),
                    state.memory());
        }

        private TrainingResult result(int n, Optimizer.State state, StopReason reason) {
            return new TrainingResult(
                    n,
                    evaluations,
                    reason,
                    best.kept() ? best.parameters() : state.parameters(),
                    state.evaluation().cost(),
                    state.evaluation().accuracy(),
                    best,
                    elapsed());
        }
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
