package dev.sparkprop.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * A model of the milliseconds per evaluation: a + b·partitions + c·megabytes + d·gigaoperations/cores. The megabytes
 * are those that the parameters and the sums of all partitions take in transit. No term is negative.
 *
 * @param job a, per evaluation
 * @param partition b, per partition
 * @param megabyte c, per 10⁶ bytes in transit
 * @param gigaoperation d, per 10⁹ floating-point operations on one core
 * @param error median relative error of leave-one-out predictions of the points
 */
public record CostModel(double job, double partition, double megabyte, double gigaoperation, double error) {
    private static final int TERMS = 4;

    /**
     * Fits the model to the medians of the points, by least squares of the relative errors. Terms that the points
     * cannot determine are 0.
     */
    public static CostModel fit(List<Throughput> points) {
        double[] fittedToAll = coefficients(points);
        double[] errors = new double[points.size()];
        for (int omitted = 0; omitted < errors.length; omitted++) {
            List<Throughput> others = new ArrayList<>(points);
            Throughput point = others.remove(omitted);
            double[] fitted = others.isEmpty() ? fittedToAll : coefficients(others);
            errors[omitted] = Math.abs(value(fitted, terms(point)) / point.median() - 1);
        }
        return new CostModel(
                fittedToAll[0], fittedToAll[1], fittedToAll[2], fittedToAll[3], new Median().evaluate(errors));
    }

    /** Returns the predicted milliseconds per evaluation. */
    public double milliseconds(long examples, int partitions, int cores, int parameters, double operationsPerExample) {
        double[] terms = terms(examples, partitions, cores, parameters, operationsPerExample);
        return value(new double[] {job, partition, megabyte, gigaoperation}, terms);
    }

    /**
     * Returns the number of partitions with the fastest evaluation, at most the number of cores. In this model, more
     * partitions only add costs.
     */
    public int bestPartitions(long examples, int cores, int parameters, double operationsPerExample) {
        int best = 1;
        for (int partitions = 2; partitions <= cores; partitions++) {
            if (milliseconds(examples, partitions, cores, parameters, operationsPerExample)
                    < milliseconds(examples, best, cores, parameters, operationsPerExample)) {
                best = partitions;
            }
        }
        return best;
    }

    private static double[] terms(Throughput point) {
        return terms(
                point.examples(), point.partitions(), point.cores(), point.parameters(), point.operationsPerExample());
    }

    private static double[] terms(
            long examples, int partitions, int cores, int parameters, double operationsPerExample) {
        double bytes = (double) parameters * (Float.BYTES + (double) Double.BYTES * partitions);
        double operations = operationsPerExample * Throughput.examplesOnCore(examples, cores, partitions);
        return new double[] {1, partitions, bytes / 1e6, operations / 1e9};
    }

    private static double value(double[] coefficients, double[] terms) {
        double sum = 0;
        for (int i = 0; i < TERMS; i++) {
            sum += coefficients[i] * terms[i];
        }
        return sum;
    }

    /** Removes terms one by one until the points determine the remaining ones and none is negative. */
    private static double[] coefficients(List<Throughput> points) {
        List<Integer> kept = new ArrayList<>(List.of(0, 3, 1, 2));
        while (true) {
            double[] solved = solve(points, kept);
            int worst = -1;
            for (int i = 0; solved != null && i < solved.length; i++) {
                worst = solved[i] < 0 && (worst < 0 || solved[i] < solved[worst]) ? i : worst;
            }
            if (solved != null && worst < 0) {
                double[] coefficients = new double[TERMS];
                for (int i = 0; i < solved.length; i++) {
                    coefficients[kept.get(i)] = solved[i];
                }
                return coefficients;
            }
            kept.remove(worst < 0 ? kept.size() - 1 : worst);
        }
    }

    /** Returns the coefficients of some terms, or null if the points cannot determine them. */
    private static double[] solve(List<Throughput> points, List<Integer> kept) {
        if (points.size() < kept.size()) {
            return null;
        }
        double[][] rows = new double[points.size()][];
        for (int p = 0; p < rows.length; p++) {
            double[] terms = terms(points.get(p));
            double median = points.get(p).median();
            rows[p] = kept.stream().mapToDouble(i -> terms[i] / median).toArray();
        }
        double[] ones = new double[rows.length];
        Arrays.fill(ones, 1);
        try {
            RealVector solution = new QRDecomposition(new Array2DRowRealMatrix(rows), 1e-9)
                    .getSolver()
                    .solve(new ArrayRealVector(ones));
            return solution.toArray();
        } catch (SingularMatrixException e) {
            return null;
        }
    }
}
