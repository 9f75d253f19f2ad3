package dev.sparkprop.spark;

import dev.sparkprop.metrics.RankSum;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Sorts rows of two classes by what a net says of them.
 *
 * @param target what the column of labels is called
 */
record RankRows(ScoringNet net, RowParser parser, String target)
        implements PairFlatMapFunction<Iterator<Row>, Double, RankRows.Weights> {
    /** Weights of the positive and of the negative examples with one score. */
    record Weights(double positives, double negatives) implements Serializable {
        Weights plus(Weights other) {
            return new Weights(positives + other.positives, negatives + other.negatives);
        }
    }

    /** How the positive examples rank among all. */
    static RankSum of(JavaRDD<Row> rows, RankRows task) {
        return rows
                .mapPartitionsToPair(task)
                .reduceByKey(Weights::plus)
                .sortByKey()
                .mapPartitions(new SumRun())
                .collect()
                .stream()
                .reduce(RankSum.NONE, RankSum::then);
    }

    @Override
    public Iterator<Tuple2<Double, Weights>> call(Iterator<Row> rows) {
        LabelledRows labelled = new LabelledRows(net, parser, target, rows);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return labelled.hasNext();
            }

            @Override
            public Tuple2<Double, Weights> next() {
                return ranked(labelled.next());
            }
        };
    }

    private static Tuple2<Double, Weights> ranked(LabelledRows.Scored row) {
        double[] z = row.z();
        // 0 is added to make 0 of −0
        double score = (z.length == 1 ? z[0] : z[1] - z[0]) + 0.0;
        return new Tuple2<>(score, row.targets()[0] == 1 ? new Weights(row.weight(), 0) : new Weights(0, row.weight()));
    }

    private record SumRun() implements FlatMapFunction<Iterator<Tuple2<Double, Weights>>, RankSum> {
        @Override
        public Iterator<RankSum> call(Iterator<Tuple2<Double, Weights>> scores) {
            RankSum sum = RankSum.NONE;
            while (scores.hasNext()) {
                Weights weights = scores.next()._2();
                sum = sum.then(RankSum.tied(weights.positives(), weights.negatives()));
            }
            return List.of(sum).iterator();
        }
    }
}
