package dev.sparkprop.store;

import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.files.InvalidFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * A tensor in the form in which files contain it.
 *
 * @param name the name: {@code W1}, {@code b1}, …
 * @param shape the dimensions
 * @param values the values in row-major order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
record NamedTensor(String name, List<Integer> shape, double[] values) {
    /** Maximum number of problems to report. Further ones add no information. */
    private static final int MAX_PROBLEMS = 20;

    /** Splits a flat parameter vector into tensors. */
    static List<NamedTensor> split(ParameterLayout layout, double[] parameters) {
        return layout.tensors().stream()
                .map(t -> new NamedTensor(
                        t.name(), t.shape(), Arrays.copyOfRange(parameters, t.offset(), t.offset() + t.size())))
                .toList();
    }

    /**
     * Joins tensors into a flat parameter vector. They must be exactly the tensors of the layout, and all values must
     * be finite.
     */
    static double[] join(Path file, ParameterLayout layout, List<NamedTensor> tensors) throws InvalidFileException {
        Map<String, NamedTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        List<String> problems = new ArrayList<>();
        List<NamedTensor> found = new ArrayList<>();
        for (ParameterLayout.Tensor expected : layout.tensors()) {
            NamedTensor tensor = byName.remove(expected.name());
            if (tensor == null) {
                problems.add(expected.name() + " is missing (must have shape " + expected.shape() + ")");
            } else if (!tensor.shape().equals(expected.shape())) {
                problems.add(expected.name() + " has shape " + tensor.shape() + " (must be " + expected.shape() + ")");
            } else {
                tensor.findNonFinite(problems);
                found.add(tensor);
            }
            if (problems.size() == MAX_PROBLEMS) {
                break;
            }
        }
        if (problems.size() < MAX_PROBLEMS) {
            byName.keySet().stream()
                    .limit(MAX_PROBLEMS)
                    .forEach(name -> problems.add(name + " is not a tensor of this network"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFileException(file, String.join("; ", problems));
        }
        // allocated only after the file is known to contain this much, because its metadata may claim any size
        double[] parameters = new double[layout.size()];
        int offset = 0;
        for (NamedTensor tensor : found) {
            System.arraycopy(tensor.values(), 0, parameters, offset, tensor.values().length);
            offset += tensor.values().length;
        }
        return parameters;
    }

    private void findNonFinite(List<String> problems) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite((float) values[i])) {
                problems.add(name + " contains " + values[i] + " at position " + i + " (must be finite in float32)");
                return;
            }
        }
    }
}
