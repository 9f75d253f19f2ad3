package dev.sparkprop.optimizer;

import breeze.linalg.NumericOps;
import breeze.math.Field;
import breeze.math.MutableInnerProductModule;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import scala.$less$colon$less;
import scala.$less$colon$less$;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * Breeze's L-BFGS. The direction is computed from the gradient and from the curvature of the last updates (Liu
 * and Nocedal 1989). A line search along it evaluates the objective once or more until the step satisfies the
 * strong Wolfe conditions.
 *
 * <p>The iterator of states ends when no step lowers the cost: at a minimum, or when rounding hides
 * the remaining improvement.
 *
 * @param history number of updates to remember, at least 1
 */
public record BreezeLbfgs(int history) implements Optimizer {
    /** Name prefixes of the vectors kept per update. The number of the update is appended; 1 is the most recent one. */
    private static final String STEP = "step-";

    private static final String GRADIENT_DIFFERENCE = "gradient-difference-";

    public BreezeLbfgs {
        if (history < 1) {
            throw new IllegalArgumentException("Invalid history: " + history + " (must be at least 1)");
        }
    }

    @Override
    public Iterator<State> states(Objective objective, Start start) {
        return new States(objective, start);
    }

    @Override
    public String description() {
        return "l-bfgs with history " + history;
    }

    private LBFGS.ApproximateInverseHessian<Vector> curvature(Start start) {
        // after iteration 0, at least one update is stored, even if Breeze has just discarded its history
        int updates = Math.max(start.memory().size() / 2, Math.min(start.iteration(), 1));
        if (updates > history) {
            throw new IllegalArgumentException("Invalid optimizer state: " + updates + " updates for " + description());
        }
        return new LBFGS.ApproximateInverseHessian<>(
                history,
                storedVectors(start, STEP, updates),
                storedVectors(start, GRADIENT_DIFFERENCE, updates),
                Vector.SPACE);
    }

    private IndexedSeq<Vector> storedVectors(Start start, String name, int updates) {
        List<Vector> vectors = new ArrayList<>();
        for (int i = 1; i <= updates; i++) {
            double[] values = start.memory().get(name + i);
            if (values == null || values.length != start.parameters().length) {
                throw new IllegalArgumentException("Invalid optimizer state: no " + name + i + " with "
                        + start.parameters().length + " numbers for " + description());
            }
            vectors.add(new Vector(values.clone()));
        }
        return CollectionConverters.asScala(vectors).toIndexedSeq();
    }

    private static Map<String, double[]> memory(LBFGS.ApproximateInverseHessian<?> curvature) {
        Map<String, double[]> memory = new LinkedHashMap<>();
        for (int i = 0; i < curvature.historyLength(); i++) {
            memory.put(STEP + (i + 1), ((Vector) curvature.memStep().apply(i)).values);
            memory.put(
                    GRADIENT_DIFFERENCE + (i + 1),
                    ((Vector) curvature.memGradDelta().apply(i)).values);
        }
        return memory;
    }

    private final class States implements Iterator<State> {
        private final Objective objective;
        private final Vector start;
        private final int iteration;
        private final LBFGS.ApproximateInverseHessian<Vector> curvature;
        private scala.collection.Iterator<FirstOrderMinimizer.State<Vector, Object, Object>> search;
        private FirstOrderMinimizer.State<Vector, Object, Object> current;
        private FirstOrderMinimizer.State<Vector, Object, Object> next;
        private boolean ended;

        private Vector evaluated;
        private CostAndGradient evaluation;

        States(Objective objective, Start start) {
            this.objective = objective;
            this.start = new Vector(start.parameters().clone());
            this.iteration = start.iteration();
            this.curvature = curvature(start);
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                next = search == null ? first() : nextState();
                ended = next == null;
            }
            return next != null;
        }

        @Override
        @SuppressWarnings("unchecked") // the history type of Breeze is a member of the minimizer object
        public State next() {
            if (!hasNext()) {
                throw new NoSuchElementException("No further step lowers the cost");
            }
            current = next;
            next = null;
            return new State(current.x().values, evaluate(current.x()), memory((LBFGS.ApproximateInverseHessian<Vector>)
                    current.history()));
        }

        private FirstOrderMinimizer.State<Vector, Object, Object> first() {
            Tuple2<Object, Vector> value = calculate(start);
            double cost = (double) value._1();
            // Breeze's own convergence checks are disabled: their state would have to be resumed too
            LBFGS<Vector> breeze = new LBFGS<>(FirstOrderMinimizer.searchFailed(), history, Vector.SPACE);
            DiffFunction<Vector> function = this::calculate;
            search = breeze.infiniteIterations(
                    function,
                    new FirstOrderMinimizer.State<>(
                            start,
                            cost,
                            value._2(),
                            cost,
                            value._2(),
                            iteration,
                            cost,
                            curvature,
                            BoxedUnit.UNIT,
                            false,
                            Option.empty()));
            return search.next();
        }

        /** Returns the state after one more step, or null if no step lowers the cost. */
        private FirstOrderMinimizer.State<Vector, Object, Object> nextState() {
            if (evaluate(current.x()).gradientNorm() == 0) {
                return null;
            }
            FirstOrderMinimizer.State<Vector, Object, Object> state = search.next();
            if (state.iter() == current.iter() && !state.searchFailed()) {
                // the search found no step, discarded the curvature, and will try the gradient direction
                state = search.next();
            }
            return !state.searchFailed() && state.value() < current.value() ? state : null;
        }

        private Tuple2<Object, Vector> calculate(Vector parameters) {
            CostAndGradient at = evaluate(parameters);
            return new Tuple2<>(at.cost(), new Vector(at.gradient()));
        }

        /**
         * Caches the last evaluation. Each search evaluates its start and end again, and the next state is that end.
         */
        private CostAndGradient evaluate(Vector parameters) {
            if (evaluated == null || !Arrays.equals(evaluated.values, parameters.values)) {
                evaluation = objective.evaluate(parameters.values, iteration);
                evaluated = parameters;
            }
            return evaluation;
        }
    }

    /**
     * A vector for Breeze that sums in a fixed order. Breeze's own vectors use the BLAS of the machine, so that the
     * last bits differ between machines.
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record Vector(double[] values) implements NumericOps<Vector> {
        @SuppressWarnings("unchecked") // Java does not know that this type is covariant
        static final MutableInnerProductModule<Vector, Object> SPACE = MutableInnerProductModule.make(
                Field.fieldDouble$.MODULE$,
                ($less$colon$less<Vector, NumericOps<Vector>>) (Object) $less$colon$less$.MODULE$.refl(),
                v -> new Vector(new double[v.values.length]),
                (v, factor) -> v.copy().scale(factor),
                (v, w) -> v.copy().add(1, w),
                (v, w) -> v.copy().add(-1, w),
                Vector::dot,
                Vector::copy,
                Vector::scale,
                (v, w) -> v.add(1, w),
                (v, w) -> v.add(-1, w),
                (v, w) -> System.arraycopy(w.values, 0, v.values, 0, v.values.length),
                (v, factor, w) -> v.add((double) factor, w));

        @Override
        public Vector repr() {
            return this;
        }

        Vector copy() {
            return new Vector(values.clone());
        }

        double dot(Vector other) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[i] * other.values[i];
            }
            return sum;
        }

        Vector scale(Object factor) {
            double multiplier = (double) factor;
            for (int i = 0; i < values.length; i++) {
                values[i] *= multiplier;
            }
            return this;
        }

        /** Computes this ← this + factor · other. */
        Vector add(double factor, Vector other) {
            for (int i = 0; i < values.length; i++) {
                values[i] += factor * other.values[i];
            }
            return this;
        }
    }
}
