package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Optimizer;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is set of a training, so that nothing is suggested that is set already.
 *
 * @param topology the net
 * @param optimizer that moves the parameters
 * @param scheme that drew the first ones
 * @param standardizing of the features
 */
public record Setup(Topology topology, Optimizer optimizer, WeightInitializer scheme, Standardizing standardizing) {

    /** Whether features are brought to mean 0 and deviation 1. */
    public enum Standardizing {
        ON,
        OFF,
        /** Of generated examples, which have no such setting. */
        NOT_OFFERED
    }

    /** Those of some suggestions that would change something, with a blank before them; nothing where none would. */
    String suggest(Suggestion... suggestions) {
        List<String> open = Stream.of(suggestions)
                .filter(suggestion -> suggestion.changes(this))
                .map(Suggestion::text)
                .toList();
        int last = open.size() - 1;
        return switch (open.size()) {
            case 0 -> "";
            case 1 -> " Try " + open.get(0) + ".";
            default -> " Try " + String.join(", ", open.subList(0, last)) + " or " + open.get(last) + ".";
        };
    }
}
