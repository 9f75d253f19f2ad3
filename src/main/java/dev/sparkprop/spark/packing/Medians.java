package dev.sparkprop.spark.packing;

import dev.sparkprop.data.columns.RankCounts;
import dev.sparkprop.data.columns.RankSearch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Finds the exact medians of columns in a few passes over the rows, without sorting them. */
final class Medians {
    /** Two to this power is the total number of counters or values that a task may hold. */
    private static final int MAX_BITS = 20;

    private static final int MIN_BITS = 4;

    private Medians() {}

    /**
     * Returns the median of each column over the examples of a part. For an even number of values, it is the mean of
     * the two in the middle.
     *
     * @param counts the number of values in each column, at least 1
     */
    static Map<Integer, Double> of(JavaRDD<Row> rows, PartRows examples, Map<Integer, Long> counts) {
        List<RankSearch> searches = new ArrayList<>();
        counts.forEach((column, count) -> {
            searches.add(RankSearch.all(column, (count - 1) / 2, count));
            searches.add(RankSearch.all(column, count / 2, count));
        });
        while (!searches.stream().allMatch(RankSearch::isFound)) {
            List<RankCounts> passed =
                    rows.mapPartitions(new Pass(examples, searches)).treeReduce(Medians::add);
            for (int i = 0; i < searches.size(); i++) {
                if (!searches.get(i).isFound()) {
                    searches.set(i, passed.get(i).narrowed());
                }
            }
        }
        Map<Integer, Double> medians = new TreeMap<>();
        for (int i = 0; i < searches.size(); i += 2) {
            double lower = searches.get(i).found();
            medians.put(searches.get(i).column(), lower + (searches.get(i + 1).found() - lower) / 2);
        }
        return medians;
    }

    private static List<RankCounts> add(List<RankCounts> all, List<RankCounts> others) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).add(others.get(i));
        }
        return all;
    }

    /** Counts the values of one Spark partition. */
    private record Pass(PartRows examples, List<RankSearch> searches)
            implements FlatMapFunction<Iterator<Row>, List<RankCounts>> {
        @Override
        public Iterator<List<RankCounts>> call(Iterator<Row> rows) {
            int spread = Integer.SIZE - Integer.numberOfLeadingZeros(searches.size());
            int bits = Math.max(MIN_BITS, MAX_BITS - spread);
            List<RankCounts> counts = new ArrayList<>();
            searches.forEach(search -> counts.add(new RankCounts(search, bits)));
            PartRows.Cursor cursor = examples.of(rows);
            while (cursor.next()) {
                double[] values = cursor.row().values();
                counts.forEach(count -> count.add(values));
            }
            return List.of(counts).iterator();
        }
    }
}
