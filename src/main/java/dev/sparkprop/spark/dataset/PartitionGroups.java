package dev.sparkprop.spark.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Divides partitions into groups, one for each task that stays on a core. */
final class PartitionGroups {
    private PartitionGroups() {}

    /** Returns {@code groups} groups of consecutive partitions, as evenly as possible. */
    static List<List<Integer>> consecutive(List<Integer> partitions, int groups) {
        int size = partitions.size();
        return IntStream.range(0, groups)
                .mapToObj(group -> List.copyOf(partitions.subList(
                        (int) ((long) group * size / groups), (int) ((long) (group + 1) * size / groups))))
                .toList();
    }

    /**
     * Returns groups of partitions that are stored in the same place. The places with the most partitions per group
     * get the most groups. Within a place, groups consist of consecutive partitions where possible. If there are more
     * places than groups, the smallest places share a group.
     *
     * @param places where each partition is stored
     * @param groups the number of groups, unless there are fewer partitions
     */
    static List<List<Integer>> byPlace(List<String> places, int groups) {
        Map<String, List<Integer>> stored = new TreeMap<>();
        for (int partition = 0; partition < places.size(); partition++) {
            stored.computeIfAbsent(places.get(partition), place -> new ArrayList<>())
                    .add(partition);
        }
        List<Share> shares = shares(stored.values(), Math.min(groups, places.size()));
        return shares.stream()
                .flatMap(share -> consecutive(share.partitions, share.groups).stream())
                .sorted(Comparator.comparing(group -> group.get(0)))
                .toList();
    }

    /** The partitions in one place, and the number of groups that they form. */
    private record Share(List<Integer> partitions, int groups) {
        double partitionsPerGroup() {
            return (double) partitions.size() / groups;
        }
    }

    private static List<Share> shares(Collection<List<Integer>> places, int groups) {
        PriorityQueue<List<Integer>> smallest = new PriorityQueue<>(Comparator.comparing(List::size));
        smallest.addAll(places);
        while (smallest.size() > groups) {
            List<Integer> merged = Stream.of(smallest.remove(), smallest.remove())
                    .flatMap(List::stream)
                    .sorted()
                    .toList();
            smallest.add(merged);
        }
        PriorityQueue<Share> shares = new PriorityQueue<>(
                Comparator.comparing(Share::partitionsPerGroup).reversed());
        smallest.forEach(partitions -> shares.add(new Share(partitions, 1)));
        for (int group = shares.size(); group < groups; group++) {
            Share most = shares.remove();
            shares.add(new Share(most.partitions, most.groups + 1));
        }
        return List.copyOf(shares);
    }
}
