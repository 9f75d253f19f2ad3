package dev.sparkprop.data;

/**
 * One part of the examples of a source.
 *
 * @param source the source of all examples
 * @param part which of the examples are in this part
 */
public record PartOfExamples(ExampleSource source, Part part) implements ExampleSource {
    @Override
    public int features() {
        return source.features();
    }

    @Override
    public int targets() {
        return source.targets();
    }

    @Override
    public long examples() {
        return part.examples();
    }

    @Override
    public void write(long example, float[] features, int featureOffset, float[] targets, int targetOffset) {
        source.write(part.example(example), features, featureOffset, targets, targetOffset);
    }

    @Override
    public boolean weighted() {
        return source.weighted();
    }

    @Override
    public float weight(long example) {
        return source.weight(part.example(example));
    }
}
