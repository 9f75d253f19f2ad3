package dev.sparkprop.spark.scoring;

import dev.sparkprop.metrics.PrecisionRecall;
import dev.sparkprop.metrics.RankSum;
import dev.sparkprop.metrics.Ranking;
import dev.sparkprop.metrics.Ranking.BestThreshold;
import dev.sparkprop.network.Output;
import dev.sparkprop.spark.files.RowParser;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Sorts rows by the network's score for each class. Equal rows are counted instead of adding their weights, because
 * sums of integers do not depend on the order.
 *
 * @param target the name of the label column
 */
record RankRows(ScoringNet net, RowParser parser, String target)
        implements PairFlatMapFunction<Iterator<Row>, RankRows.Ranked, Long> {
    /** Each row is sorted once per class. More classes take too long. */
    static final int MAX_CLASSES = 100;

    /**
     * Examples with equal rank.
     *
     * @param label the class that is ranked above the others
     * @param score the sort key: the logit of the class's probability
     * @param weight the weight of each example, negated for examples of other classes
     */
    record Ranked(int label, double score, double weight) implements Serializable {}

    /** Returns how well the rows are ranked; the mean over all classes if there are more than two. */
    static Ranking of(JavaRDD<Row> rows, RankRows task) {
        JavaPairRDD<Ranked, Long> sorted =
                rows.mapPartitionsToPair(task).reduceByKey(Long::sum).sortByKey(new ByScore(), true);
        List<Map<Integer, RankSum>> parts = new ArrayList<>();
        Map<Integer, RankSum> all = new TreeMap<>();
        for (Map<Integer, RankSum> part :
                sorted.mapPartitions(new SumParts(), true).collect()) {
            parts.add(new TreeMap<>(all));
            part.forEach((label, sum) -> all.merge(label, sum, RankSum::then));
        }
        Map<Integer, PrecisionRecall> curves = new TreeMap<>();
        sorted.mapPartitionsWithIndex(new Curves(parts, all), true)
                .collect()
                .forEach(found ->
                        found.forEach((label, curve) -> curves.computeIfAbsent(label, key -> new PrecisionRecall())
                                .add(curve)));
        return ranking(all, curves);
    }

    private static Ranking ranking(Map<Integer, RankSum> all, Map<Integer, PrecisionRecall> curves) {
        Map<Integer, RankSum> present = new TreeMap<>(all);
        present.values().removeIf(sum -> Double.isNaN(sum.area()));
        if (present.isEmpty()) {
            return new Ranking(Double.NaN, Double.NaN, Optional.empty());
        }
        double rocArea = 0;
        double precisionRecallArea = 0;
        for (var sum : present.entrySet()) {
            rocArea += sum.getValue().area() / present.size();
            precisionRecallArea += curves.get(sum.getKey()).area() / present.size();
        }
        Optional<BestThreshold> best = all.size() > 1
                ? Optional.empty()
                : curves.values().stream()
                        .map(curve -> new BestThreshold(Output.sigmoid(curve.bestScore()), curve.bestF1()))
                        .findFirst();
        return new Ranking(rocArea, precisionRecallArea, best);
    }

    @Override
    public Iterator<Tuple2<Ranked, Long>> call(Iterator<Row> rows) {
        LabelledRows labelled = new LabelledRows(net, parser, target, rows);
        int classes = net.classes().size();
        return new Iterator<>() {
            private LabelledRows.Scored row;
            private int nextLabel = classes;

            @Override
            public boolean hasNext() {
                return nextLabel < classes || labelled.hasNext();
            }

            @Override
            public Tuple2<Ranked, Long> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (nextLabel == classes) {
                    row = labelled.next();
                    // of two classes, the second one is ranked above the first
                    nextLabel = classes == 2 ? 1 : 0;
                }
                return new Tuple2<>(ranked(row, nextLabel++), 1L);
            }
        };
    }

    private static Ranked ranked(LabelledRows.Scored row, int label) {
        // adding 0 turns −0 into 0
        double score = Output.logit(row.z(), label) + 0.0;
        return new Ranked(label, score, row.targets()[0] == label ? row.weight() : -row.weight());
    }

    /** Ignores weights, so that all examples with the same score are in the same partition. */
    private record ByScore() implements Comparator<Ranked>, Serializable {
        @Override
        public int compare(Ranked a, Ranked b) {
            return a.label != b.label ? Integer.compare(a.label, b.label) : Double.compare(a.score, b.score);
        }
    }

    /** All examples of a partition with the same label and score. */
    private record Tied(int label, double score, RankSum sum) {}

    /** Combines the examples with the same label and score. */
    private static final class TiedRows implements Iterator<Tied> {
        private final Iterator<Tuple2<Ranked, Long>> examples;
        private Tuple2<Ranked, Long> pending;

        TiedRows(Iterator<Tuple2<Ranked, Long>> examples) {
            this.examples = examples;
            this.pending = examples.hasNext() ? examples.next() : null;
        }

        @Override
        public boolean hasNext() {
            return pending != null;
        }

        @Override
        public Tied next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Ranked first = pending._1();
            BigDecimal positives = BigDecimal.ZERO;
            BigDecimal negatives = BigDecimal.ZERO;
            while (pending != null && new ByScore().compare(pending._1(), first) == 0) {
                BigDecimal weight = new BigDecimal(pending._1().weight).multiply(BigDecimal.valueOf(pending._2()));
                if (weight.signum() > 0) {
                    positives = positives.add(weight);
                } else {
                    negatives = negatives.subtract(weight);
                }
                pending = examples.hasNext() ? examples.next() : null;
            }
            return new Tied(first.label, first.score, RankSum.tied(positives, negatives));
        }
    }

    /** Returns the rank sum of each label in a Spark partition. */
    private record SumParts() implements FlatMapFunction<Iterator<Tuple2<Ranked, Long>>, Map<Integer, RankSum>> {
        @Override
        public Iterator<Map<Integer, RankSum>> call(Iterator<Tuple2<Ranked, Long>> examples) {
            Map<Integer, RankSum> sums = new TreeMap<>();
            new TiedRows(examples).forEachRemaining(tied -> sums.merge(tied.label, tied.sum, RankSum::then));
            return List.of(sums).iterator();
        }
    }

    /**
     * Returns the curves of each label in a Spark partition.
     *
     * @param before for each partition, the rank sums of all partitions before it
     * @param all the rank sums of all partitions
     */
    private record Curves(List<Map<Integer, RankSum>> before, Map<Integer, RankSum> all)
            implements Function2<Integer, Iterator<Tuple2<Ranked, Long>>, Iterator<Map<Integer, PrecisionRecall>>> {
        @Override
        public Iterator<Map<Integer, PrecisionRecall>> call(
                Integer partition, Iterator<Tuple2<Ranked, Long>> examples) {
            Map<Integer, RankSum> below = new TreeMap<>(before.get(partition));
            Map<Integer, PrecisionRecall> curves = new TreeMap<>();
            new TiedRows(examples).forEachRemaining(tied -> {
                curves.computeIfAbsent(tied.label, label -> new PrecisionRecall())
                        .add(
                                tied.score,
                                tied.sum.positives(),
                                below.getOrDefault(tied.label, RankSum.NONE),
                                all.get(tied.label));
                below.merge(tied.label, tied.sum, RankSum::then);
            });
            return List.of(curves).iterator();
        }
    }
}
