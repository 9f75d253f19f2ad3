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
    /** Whether the result is the best parameters instead of the last ones. */
    private final boolean keepsBest;

    /** Creates a loop without validation. */
    public Trainer(Schedule schedule, Optimizer optimizer, TrainingListener listener) {
        this(schedule, optimizer, Optional.empty(), listener, new Ledger());
    }

    /** Creates a loop that records its time in a ledger. */
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
     * The state from which a training run starts or resumes.
     *
     * @param descent iteration, parameters and the optimizer's memory
     * @param evaluations number of evaluations of cost and gradient already done
     * @param elapsedSeconds training time so far
     * @param best lowest cost so far
     */
    public record Start(Optimizer.Start descent, long evaluations, double elapsedSeconds, Best best) {

        /** Returns the start of a new training. */
        public static Start of(double[] initial) {
            return new Start(new Optimizer.Start(0, initial, Map.of()), 0, 0, Best.NONE);
        }

        private int iteration() {
            return descent.iteration();
        }
    }

    /**
     * Trains until the schedule ends, a stop rule applies, the optimizer finds no lower cost, or the listener
     * requests a stop. A training run that resumes from a checkpoint evaluates its parameters again, so that its results
     * are bit-identical to those of an uninterrupted training.
     *
     * @param examplesIn maps a number of evaluations to the number of examples that they cover, for the rate
     * @throws DivergedException if a cost or gradient is not finite
     */
    public TrainingResult train(Objective objective, Start start, LongUnaryOperator examplesIn) {
        return new Run(objective, start, examplesIn).run();
    }

    /** The state of one training run and of its reports to the listener. */
    private final class Run {
        private final Start start;
        private final LongUnaryOperator examplesIn;
        private final Iterator<Optimizer.State> states;
        private final long startNanos = System.nanoTime();
        private long evaluations;
        private Best best;
        private Optional<Score> validated = Optional.empty();
        /** Iterations since the best one; 0 if this iteration was not validated and cannot be compared. */
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

        TrainingResult run() {
            for (int n = start.iteration(); ; n++) {
                Optimizer.State state = ledger.time(Phase.UPDATE, states::next);
                check(n, state);
                updateBest(n, state);
                listener.evaluated(n, evaluations, state.evaluation());
                Optional<StopReason> reason = reason(n, state.evaluation());
                if (schedule.isLogged(n) || reason.filter(StopReason::complete).isPresent()) {
                    log(n, state);
                }
                if (reason.isPresent() || schedule.isCheckpointDue(n, elapsed() - savedAt)) {
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
                beforeUpdate(n + 1, state);
            }
        }

        /** Prepares to measure the length of the next update, if the iteration after it will be logged. */
        private void beforeUpdate(int next, Optimizer.State state) {
            if (schedule.isLogged(next)) {
                update.before(state.parameters());
            } else {
                update.skip();
            }
        }

        /** Validates if a validation is due, and updates the best cost. */
        private void updateBest(int n, Optimizer.State state) {
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
            return start.elapsedSeconds() + (System.nanoTime() - startNanos) / 1e9;
        }

        private Optional<StopReason> reason(int n, CostAndGradient evaluation) {
            if (n >= schedule.iterations()) {
                return Optional.of(StopReason.ITERATIONS);
            }
            return schedule.stop()
                    .reason(evaluation, sinceBest, elapsed() - start.elapsedSeconds())
                    .or(() -> listener.shouldStop() ? Optional.of(StopReason.ASKED) : Optional.empty());
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
                    best.hasParameters() ? best.parameters() : state.parameters(),
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
