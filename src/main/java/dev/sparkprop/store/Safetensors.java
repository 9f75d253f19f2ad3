package dev.sparkprop.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sparkprop.store.files.FileJson;
import dev.sparkprop.store.files.InvalidFileException;
import dev.sparkprop.store.files.Storage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads and writes named tensors in safetensors files. A file consists of three parts: the length of a JSON header in
 * eight bytes, the header, and the values in little-endian order. The header lists the type, shape and offsets of
 * each tensor. Python reads such a file with {@code safetensors.numpy.load_file}.
 *
 * <p>The reader does not trust the file. It allocates arrays only for bytes that the file contains. The offsets must
 * cover the values without gaps or overlaps (format: github.com/huggingface/safetensors, README).
 */
final class Safetensors {
    /** The header size limit of the format. */
    private static final long MAX_HEADER = 100_000_000;

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 16;
    private static final String METADATA = "__metadata__";
    /** Maximum number of JSON values in a header. A tensor takes about a dozen. */
    private static final int MAX_VALUES = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /** The contents of a file: free text by key, and tensors in the order in which their values are stored. */
    record Content(Map<String, String> metadata, List<NamedTensor> tensors) {}

    private record Entry(String name, List<Integer> shape, int elementBytes, long begin, long end) {}

    /** Writes float64 tensors. */
    static void write(FSDataOutputStream out, Content content) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        content.metadata().forEach(header.putObject(METADATA)::put);
        long offset = 0;
        for (NamedTensor tensor : content.tensors()) {
            ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F64");
            tensor.shape().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(offset).add(offset += (long) Double.BYTES * tensor.values().length);
        }
        String text = JSON.writeValueAsString(header);
        int unaligned = text.getBytes(StandardCharsets.UTF_8).length % ALIGNMENT;
        byte[] bytes = (text + " ".repeat((ALIGNMENT - unaligned) % ALIGNMENT)).getBytes(StandardCharsets.UTF_8);
        out.writeLong(Long.reverseBytes(bytes.length));
        out.write(bytes);
        for (NamedTensor tensor : content.tensors()) {
            writeValues(out, tensor.values());
        }
    }

    private static void writeValues(FSDataOutputStream out, double[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (!buffer.hasRemaining()) {
                out.write(buffer.array());
                buffer.clear();
            }
            buffer.putDouble(value);
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    /**
     * Reads float32 and float64 tensors. Throws {@link InvalidFileException} if the file does not conform to the
     * format.
     */
    static Content read(Path file) throws IOException {
        Storage storage = Storage.of(file);
        long length = storage.length(file);
        try (DataInputStream in = new DataInputStream(storage.open(file))) {
            if (length < Long.BYTES) {
                throw new InvalidFileException(file, length + " bytes, too short for a safetensors file");
            }
            long headerLength = Long.reverseBytes(in.readLong());
            long room = Math.min(MAX_HEADER, length - Long.BYTES);
            if (headerLength < 2 || headerLength > room) {
                throw new InvalidFileException(
                        file, "its header claims " + headerLength + " bytes (must be 2 to " + room + ")");
            }
            JsonNode header = parse(file, in.readNBytes((int) headerLength));
            List<Entry> entries = entries(file, header, length - Long.BYTES - headerLength);
            List<NamedTensor> tensors = new ArrayList<>();
            for (Entry entry : entries) {
                tensors.add(new NamedTensor(entry.name(), entry.shape(), readValues(in, entry)));
            }
            return new Content(metadata(file, header.path(METADATA)), tensors);
        }
    }

    private static JsonNode parse(Path file, byte[] header) throws InvalidFileException {
        JsonNode node = FileJson.tree(header, file, "its header is ", MAX_VALUES);
        if (!node.isObject()) {
            throw new InvalidFileException(file, "its header is not a JSON object");
        }
        return node;
    }

    private static Map<String, String> metadata(Path file, JsonNode node) throws InvalidFileException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new InvalidFileException(file, METADATA + "." + field.getKey() + " is not a string");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static List<Entry> entries(Path file, JsonNode header, long available) throws InvalidFileException {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry(file, field.getKey(), field.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long expected = 0;
        for (Entry entry : entries) {
            if (entry.begin() != expected) {
                throw new InvalidFileException(
                        file,
                        entry.name() + " starts at byte " + entry.begin() + " of the values (must be " + expected
                                + ")");
            }
            expected = entry.end();
        }
        if (expected != available) {
            throw new InvalidFileException(
                    file, available + " bytes of values (must be " + expected + "; the file may be truncated)");
        }
        return entries;
    }

    private static Entry entry(Path file, String name, JsonNode node) throws InvalidFileException {
        String type = node.path("dtype").asText();
        int elementBytes = switch (type) {
            case "F32" -> Float.BYTES;
            case "F64" -> Double.BYTES;
            default -> throw new InvalidFileException(file, name + " has dtype '" + type + "' (must be F32 or F64)");
        };
        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        for (JsonNode dimension : node.path("shape")) {
            int size = dimension.isIntegralNumber() && dimension.canConvertToInt() ? dimension.intValue() : -1;
            // the product stays below 2^31 · 2^31, so it cannot overflow before it is checked
            elements *= size;
            if (size < 0 || elements > Integer.MAX_VALUE - 8) {
                throw new InvalidFileException(file, name + " has shape " + node.path("shape"));
            }
            shape.add(size);
        }
        JsonNode offsets = node.path("data_offsets");
        long begin = offset(offsets, 0);
        long end = offset(offsets, 1);
        if (offsets.size() != 2 || begin < 0 || end - begin != elements * elementBytes) {
            throw new InvalidFileException(
                    file, name + " has shape " + shape + " of " + type + " but data_offsets " + offsets);
        }
        return new Entry(name, shape, elementBytes, begin, end);
    }

    private static long offset(JsonNode offsets, int index) {
        JsonNode offset = offsets.path(index);
        return offset.isIntegralNumber() && offset.canConvertToLong() ? offset.longValue() : -1;
    }

    private static double[] readValues(DataInputStream in, Entry entry) throws IOException {
        double[] values = new double[(int) ((entry.end() - entry.begin()) / entry.elementBytes())];
        byte[] chunk = new byte[CHUNK];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK / entry.elementBytes();
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            in.readFully(chunk, 0, count * entry.elementBytes());
            for (int i = 0; i < count; i++) {
                values[from + i] = entry.elementBytes() == Float.BYTES
                        ? buffer.getFloat(i * Float.BYTES)
                        : buffer.getDouble(i * Double.BYTES);
            }
        }
        return values;
    }
}
