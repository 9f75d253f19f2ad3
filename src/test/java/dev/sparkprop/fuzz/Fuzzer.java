package dev.sparkprop.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Reads mutated inputs. For any input, reading must end quickly with a result or an expected exception, and must
 * allocate memory in proportion to the size of the input. {@code -Dfuzz.inputs=N} tries N inputs instead of the small
 * default of each test.
 */
public final class Fuzzer {
    /** Tokens with a meaning in any JSON. */
    private static final List<String> JSON = List.of(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\0", "null", "true", "-", "1e", "[[],", "{\"a\":",
            "\n", "é", "\u2028");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A parsed list or tree takes a few dozen bytes per byte of the shortest JSON or HOCON. */
    private static final long BYTES_PER_BYTE = 100;

    private static final long MAX_NANOSECONDS = 20_000_000_000L;
    private static final int MAX_BYTES = 1 << 16;
    private static final List<String> NUMBERS = List.of(
            "0", "-1", "1e999", "1e308", "2147483647", "2147483648", "9223372036854775808", "NaN", "0.5", "\"5\"");

    private final Random random;
    private final List<byte[]> seeds;
    private final List<String> tokens;
    private final List<Class<? extends Exception>> expected;
    private final long fixedBytes;

    /**
     * Creates a fuzzer.
     * @param seed the seed of the mutations
     * @param seeds valid inputs
     * @param tokens tokens with a meaning in the inputs
     * @param expected the expected exceptions
     * @param fixedBytes the bytes that reading any input may allocate
     */
    public Fuzzer(
            long seed,
            List<byte[]> seeds,
            List<String> tokens,
            List<Class<? extends Exception>> expected,
            long fixedBytes) {
        this.random = new Random(seed);
        this.seeds = seeds;
        this.tokens = List.copyOf(tokens);
        this.expected = expected;
        this.fixedBytes = fixedBytes;
    }

    /** Returns the tokens with a meaning in any JSON, and further ones. */
    public static List<String> jsonTokens(String... more) {
        return Stream.concat(JSON.stream(), Stream.of(more)).toList();
    }

    /** Reads an input. */
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    /** Reads the given number of inputs, or the number in the system property {@code fuzz.inputs}. */
    public void run(int defaultInputs, Reader reader) {
        int inputs = Integer.getInteger("fuzz.inputs", defaultInputs);
        for (int number = 0; number < inputs; number++) {
            byte[] input = mutated();
            long start = System.nanoTime();
            long maxBytes = fixedBytes + BYTES_PER_BYTE * input.length;
            long bytes = allocated(reader, number, input);
            // the first input on a code path also loads classes
            if (bytes > maxBytes) {
                bytes = allocated(reader, number, input);
            }
            if (bytes > maxBytes) {
                throw failure("allocated " + bytes + " bytes for " + input.length, number, input, null);
            }
            if (System.nanoTime() - start > MAX_NANOSECONDS) {
                throw failure("took " + (System.nanoTime() - start) / 1e9 + " s", number, input, null);
            }
        }
    }

    private long allocated(Reader reader, int number, byte[] input) {
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        try {
            reader.read(input);
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            if (expected.stream().noneMatch(type -> type.isInstance(e))) {
                throw failure("threw " + e, number, input, e);
            }
        }
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    private static AssertionError failure(String description, int number, byte[] input, Throwable cause) {
        String shown = new String(input, StandardCharsets.ISO_8859_1);
        return new AssertionError("Input " + number + " " + description + ":\n" + shown, cause);
    }

    /** Returns a seed with a few mutations. */
    public byte[] mutated() {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            input = mutated(input);
        }
        return input.length > MAX_BYTES ? Arrays.copyOf(input, MAX_BYTES) : input;
    }

    private byte[] mutated(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int length = Math.min(input.length - at, 1 << random.nextInt(8));
        byte[] part = Arrays.copyOfRange(input, at, at + length);
        return switch (random.nextInt(8)) {
            case 0 -> spliced(input, at, Math.min(1, length), new byte[] {(byte) random.nextInt()});
            case 1 -> spliced(input, at, length, new byte[0]);
            case 2 -> spliced(input, at, 0, part);
            case 3 -> Arrays.copyOf(input, at);
            case 4 -> spliced(input, at, 0, repeated(part, 1 << random.nextInt(10)));
            case 5 -> number(input, at);
            case 6 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                yield spliced(input, at, length, Arrays.copyOfRange(other, from, Math.min(other.length, from + 64)));
            }
            default -> spliced(input, at, random.nextInt(length + 1), bytes(tokens.get(random.nextInt(tokens.size()))));
        };
    }

    /** Replaces the next number by another one. */
    private byte[] number(byte[] input, int at) {
        int from = at;
        while (from < input.length && (input[from] < '0' || input[from] > '9')) {
            from++;
        }
        int until = from;
        while (until < input.length && input[until] >= '0' && input[until] <= '9') {
            until++;
        }
        return spliced(input, from, until - from, bytes(NUMBERS.get(random.nextInt(NUMBERS.size()))));
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < times && out.size() < MAX_BYTES; i++) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] spliced(byte[] input, int at, int removed, byte[] inserted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, at);
        out.writeBytes(inserted);
        out.write(input, at + removed, input.length - at - removed);
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
