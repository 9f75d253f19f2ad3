package dev.sparkprop.spark.scoring;

import dev.sparkprop.metrics.RankSum;
import dev.sparkprop.spark.files.RowParser;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Sorts rows of two classes by the network's score. Equal rows are counted instead of adding their weights, because
 * sums of integers do not depend on the order.
 *
 * @param target the name of the label column
 */
record RankRows(ScoringNet net, RowParser parser, String target)
        implements PairFlatMapFunction<Iterator<Row>, RankRows.Ranked, Long> {
    /**
     * Examples with equal rank.
     *
     * @param score the sort key
     * @param weight the weight of each example, negated for negative examples
     */
    record Ranked(double score, double weight) implements Serializable {}

    /** Returns the rank sum of the positive examples among all examples. */
    static RankSum of(JavaRDD<Row> rows, RankRows task) {
        return rows
                .mapPartitionsToPair(task)
                .reduceByKey(Long::sum)
                .sortByKey(new ByScore(), true)
                .mapPartitions(new SumRun())
                .collect()
                .stream()
                .reduce(RankSum.NONE, RankSum::then);
    }

    @Override
    public Iterator<Tuple2<Ranked, Long>> call(Iterator<Row> rows) {
        LabelledRows labelled = new LabelledRows(net, parser, target, rows);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return labelled.hasNext();
            }

            @Override
            public Tuple2<Ranked, Long> next() {
                return new Tuple2<>(ranked(labelled.next()), 1L);
            }
        };
    }

    private static Ranked ranked(LabelledRows.Scored row) {
        double[] z = row.z();
        // adding 0 turns −0 into 0
        double score = (z.length == 1 ? z[0] : z[1] - z[0]) + 0.0;
        return new Ranked(score, row.targets()[0] == 1 ? row.weight() : -row.weight());
    }

    /** Ignores weights, so that all examples with the same score are in the same partition. */
    private record ByScore() implements Comparator<Ranked>, Serializable {
        @Override
        public int compare(Ranked a, Ranked b) {
            return Double.compare(a.score, b.score);
        }
    }

    private record SumRun() implements FlatMapFunction<Iterator<Tuple2<Ranked, Long>>, RankSum> {
        @Override
        public Iterator<RankSum> call(Iterator<Tuple2<Ranked, Long>> examples) {
            RankSum below = RankSum.NONE;
            BigDecimal positives = BigDecimal.ZERO;
            BigDecimal negatives = BigDecimal.ZERO;
            double score = Double.NaN;
            while (examples.hasNext()) {
                Tuple2<Ranked, Long> next = examples.next();
                if (next._1().score != score) {
                    below = below.then(RankSum.tied(positives, negatives));
                    positives = BigDecimal.ZERO;
                    negatives = BigDecimal.ZERO;
                    score = next._1().score;
                }
                BigDecimal weight = new BigDecimal(next._1().weight).multiply(BigDecimal.valueOf(next._2()));
                if (weight.signum() > 0) {
                    positives = positives.add(weight);
                } else {
                    negatives = negatives.subtract(weight);
                }
            }
            return List.of(below.then(RankSum.tied(positives, negatives))).iterator();
        }
    }
}
