package dev.sparkprop.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.spark.dataset.ShardPartitioning.ShardRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionGroupsTest {
    private static List<List<Integer>> byPlace(String places, int groups) {
        return PartitionGroups.byPlace(Arrays.asList(places.split("")), groups);
    }

    @ParameterizedTest
    @CsvSource({
        // each partition is a letter, the executor that stores it
        "AAAA, 2, '[[0, 1], [2, 3]]'",
        "ABAB, 2, '[[0, 2], [1, 3]]'",
        "AB, 4, '[[0], [1]]'",
        "AAAAA, 2, '[[0, 1], [2, 3, 4]]'",
        // the executor with more partitions gets more tasks
        "AAAAAABB, 4, '[[0, 1], [2, 3], [4, 5], [6, 7]]'",
        "ABBABBBB, 3, '[[0, 3], [1, 2, 4], [5, 6, 7]]'",
        // an executor was lost, so there are not enough cores for all places at the moment
        "AAABBC, 2, '[[0, 1, 2], [3, 4, 5]]'"
    })
    void groupsDoNotMixExecutors(String places, int groups, String expected) {
        assertThat(byPlace(places, groups)).hasToString(expected);
    }

    @Test
    void partitionsWithoutAPlaceFormGroups() {
        assertThat(PartitionGroups.byPlace(List.of("", "1", "", "1"), 2)).containsExactly(List.of(0, 2), List.of(1, 3));
    }

    @Test
    void adjacentPartitionsAreOneRangeOfShards() {
        ShardPartitioning partitioning = new ShardPartitioning(10, 5);
        assertThat(partitioning.ranges(List.of(0, 1, 3))).containsExactly(new ShardRange(0, 4), new ShardRange(6, 8));
        assertThat(partitioning.nodes(new ShardRange(0, 5))).hasSize(1);
    }
}
