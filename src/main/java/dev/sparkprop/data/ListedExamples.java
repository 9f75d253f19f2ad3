package dev.sparkprop.data;

import java.util.List;

/**
 * A few examples in the driver's memory, rounded to float32.
 *
 * @param list the examples, at least one, all of the same shape
 */
public record ListedExamples(List<Example> list) implements ExampleSource {
    public ListedExamples {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Invalid list: no examples (must be at least 1)");
        }
    }

    @Override
    public int features() {
        return list.get(0).features().length;
    }

    @Override
    public int targets() {
        return list.get(0).targets().length;
    }

    @Override
    public long examples() {
        return list.size();
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public float weight(long example) {
        return (float) list.get((int) example).weight();
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        write(list.get((int) example).features(), features, featureOffset);
        write(list.get((int) example).targets(), targets, targetOffset);
    }

    private static void write(double[] values, float[] tile, int at) {
        for (int row = 0; row < values.length; row++) {
            tile[at + row * Tile.EXAMPLES] = (float) values[row];
        }
    }
}
