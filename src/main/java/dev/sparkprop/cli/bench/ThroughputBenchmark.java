package dev.sparkprop.cli.bench;

import dev.sparkprop.benchmark.Throughput;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.optimizer.Objective;
import dev.sparkprop.optimizer.Optimizer;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.engine.SparkGradientSource;
import dev.sparkprop.spark.peer.EmptyJob;
import dev.sparkprop.spark.peer.MllibPeer;
import dev.sparkprop.text.ConstantName;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.MeanObjective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures training runs on generated data, without logs and checkpoints.
 *
 * @param warmUp time before the measurement, in which the JIT compiles; at least two iterations
 * @param length minimum time per repetition; at least one iteration
 * @param repetitions number of measurements, at least 1
 * @param console receives warnings
 */
record ThroughputBenchmark(Duration warmUp, Duration length, int repetitions, Consumer<String> console) {
    /** Empty jobs are measured for one fourth of the time of the training runs. */
    private static final int EMPTY_JOB_SHARE = 4;

    /** Measures training runs of a plan. */
    Throughput measure(SparkConnection spark, TrainingPlan plan) {
        Ledger ledger = new Ledger();
        TrainingPlan.Generated data = plan.generated().orElseThrow();
        try (ShardedDataset dataset =
                        new ShardedDataset(spark.context(), data.source(), data.sharding(), plan.partitions());
                SparkGradientSource source = new SparkGradientSource(
                        plan.engine(), spark.context(), dataset, plan.topology(), plan.kernels(), ledger, console)) {
            dataset.pack();
            Training training = new Training(
                    plan, new MeanObjective(source, plan.topology(), plan.penalty(), plan.batches(source.examples())));
            training.run(Duration.ZERO);
            training.run(warmUp);
            EmptyJob emptyJob = new EmptyJob(
                    spark.context(), dataset.partitions(), plan.topology().parameterCount());
            source.release();
            medianMilliseconds(warmUp.dividedBy(EMPTY_JOB_SHARE), emptyJob);
            ledger.mark();
            List<Double> milliseconds = new ArrayList<>();
            List<Double> emptyJobs = new ArrayList<>();
            for (int repetition = 0; repetition < repetitions; repetition++) {
                milliseconds.add(training.run(length));
                source.release();
                // interleaved with the training runs, because the speed of a shared machine varies
                emptyJobs.add(medianMilliseconds(length.dividedBy(EMPTY_JOB_SHARE), emptyJob));
            }
            Ledger.Times times = ledger.sinceMark(1);
            return new Throughput(
                    plan.topology().toString(),
                    plan.batches(source.examples()).size(),
                    dataset.partitions(),
                    spark.slots(),
                    dataset.bytesInMemory() + dataset.bytesOnDisk(),
                    plan.topology().parameterCount(),
                    2.0 * plan.topology().multiplyAdds(),
                    milliseconds,
                    times.overhead() / times.total(),
                    Throughput.median(emptyJobs),
                    Map.of());
        }
    }

    /** Runs a job for at least the given time, at least once. Returns the median duration in milliseconds. */
    private static double medianMilliseconds(Duration time, EmptyJob job) {
        long start = System.nanoTime();
        List<Double> milliseconds = new ArrayList<>();
        do {
            milliseconds.add(job.run());
        } while (System.nanoTime() - start < time.toNanos());
        return Throughput.median(milliseconds);
    }

    /** Measures MLlib and returns the milliseconds per evaluation for each of its solvers. */
    Map<String, List<Double>> measureMllib(MllibPeer peer, TrainingPlan plan) {
        Map<String, List<Double>> peers = new LinkedHashMap<>();
        for (MllibPeer.Solver solver : MllibPeer.Solver.values()) {
            peers.put(
                    "mllib " + ConstantName.of(solver),
                    peer.measure(
                            plan.generated().orElseThrow().source(), plan.topology(), solver, length, repetitions));
        }
        return peers;
    }

    /** A training run that runs as long as it is measured. It starts from scratch if it converges. */
    private static final class Training {
        private final TrainingPlan plan;
        private final Objective counted;
        private Iterator<Optimizer.State> states;
        private long evaluations;

        Training(TrainingPlan plan, Objective objective) {
            this.plan = plan;
            this.counted = (parameters, iteration) -> {
                evaluations++;
                return objective.evaluate(parameters, iteration);
            };
            this.states = begin();
        }

        private Iterator<Optimizer.State> begin() {
            return plan.optimizer().states(counted, new Optimizer.Start(0, plan.drawnParameters(), Map.of()));
        }

        /**
         * Trains for at least the given time, at least one evaluation. Returns the mean milliseconds per evaluation.
         */
        double run(Duration time) {
            long start = System.nanoTime();
            long before = evaluations;
            do {
                if (!states.hasNext()) {
                    states = begin();
                }
                states.next();
            } while (evaluations == before || System.nanoTime() - start < time.toNanos());
            return (System.nanoTime() - start) / 1e6 / (evaluations - before);
        }
    }
}
