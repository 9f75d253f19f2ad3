package dev.sparkprop.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Measures several operations alternately, in short slices and in random order, so that changes in the speed of the
 * machine affect all of them.
 */
final class Slices implements AutoCloseable {
    private static final long SLICE_NANOS = 40_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Operation> operations = new ArrayList<>();

    /** The rates of one operation: its results per second, over all threads. */
    static final class Operation {
        private final List<DoubleSupplier> threads;
        private final List<Double> rates = new ArrayList<>();

        private Operation(List<DoubleSupplier> threads) {
            this.threads = threads;
        }

        /** Returns the ninth decile of the slices. */
        double ninthDecile() {
            return new Percentile(90).evaluate(values());
        }

        /** Returns the best slice. */
        double best() {
            return Collections.max(rates);
        }

        private double[] values() {
            return rates.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Adds an operation that runs on as many threads as it has suppliers. */
    Operation add(List<? extends DoubleSupplier> suppliers) {
        Operation operation = new Operation(List.copyOf(suppliers));
        operations.add(operation);
        return operation;
    }

    /** Runs each operation for the given time, after a warm-up of a second. */
    void measure(double secondsEach) throws InterruptedException, ExecutionException {
        for (Operation operation : operations) {
            rate(operation, 1_000_000_000);
        }
        Random random = new Random(1);
        List<Operation> order = new ArrayList<>(operations);
        long end = System.nanoTime() + (long) (secondsEach * 1e9 * operations.size());
        do {
            Collections.shuffle(order, random);
            for (Operation operation : order) {
                operation.rates.add(rate(operation, SLICE_NANOS));
            }
        } while (System.nanoTime() < end);
    }

    private double rate(Operation operation, long nanos) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        List<Callable<Double>> tasks = new ArrayList<>();
        for (DoubleSupplier supplier : operation.threads) {
            tasks.add(() -> rate(supplier, start, nanos));
        }
        double sum = 0;
        for (Future<Double> rate : threads.invokeAll(tasks)) {
            sum += rate.get();
        }
        return sum;
    }

    private static double rate(DoubleSupplier supplier, long start, long nanos) {
        double results = 0;
        long now;
        do {
            results += supplier.getAsDouble();
            now = System.nanoTime();
        } while (now - start < nanos);
        return results * 1e9 / (now - start);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
