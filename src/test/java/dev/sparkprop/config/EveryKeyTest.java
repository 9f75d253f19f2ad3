package dev.sparkprop.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.columns.CategoryEncoding;
import dev.sparkprop.data.columns.ColumnRule;
import dev.sparkprop.data.columns.ColumnRules.Unseen;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.DatePart;
import dev.sparkprop.data.columns.DateText;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.generated.Circles;
import dev.sparkprop.data.generated.NoisyXor;
import dev.sparkprop.data.generated.Parity;
import dev.sparkprop.data.generated.Spirals;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.ClassWeights;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.data.tables.SparkTable;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.Adam;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.GradientDescent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Momentum;
import dev.sparkprop.training.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the plan contains the default of each key, and its value if the key is set. */
class EveryKeyTest {
    private static final String XOR = "network.layers = [2, 3, 1]\ndata.source = xor\n";
    private static final String CIRCLES = "network.layers = [2, 3, 1]\ndata { source = circles, examples = 9 }\n";
    private static final String NOISE = "network.layers = [2, 3, 1]\ndata { source = xor-noise, examples = 9 }\n";
    private static final String SPIRALS = "network.layers = [2, 3, 1]\ndata { source = spirals, examples = 9 }\n";
    private static final String CSV = "network.layers = [2, 3, 1]\ndata { source = csv, path = a.csv }\n";
    private static final String SPARK = "network.layers = [auto, 1]\ndata.source = spark\n";
    private static final String ADAM = XOR + "optimizer.name = adam\n";
    private static final String MOMENTUM = XOR + "optimizer.name = momentum\n";
    private static final String LBFGS = XOR + "optimizer.name = l-bfgs\n";

    @TempDir
    private Path directory;

    /**
     * A key and its place in the plan.
     * @param name the key
     * @param base a configuration in which the key takes effect
     * @param part reads the part of the plan that the key sets
     * @param defaultPart the expected part without the key; null if the key is required
     * @param value a value to set
     * @param changed the expected part with that value
     */
    private record Key(
            String name,
            String base,
            Function<TrainingPlan, Object> part,
            Object defaultPart,
            String value,
            Object changed) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Object generated(TrainingPlan plan) {
        return plan.generated().orElseThrow().source();
    }

    private static FileData files(TrainingPlan plan) {
        return ((TrainingPlan.Files) plan.data()).files();
    }

    private static LearningRate rate(TrainingPlan plan) {
        return ((Descent) plan.optimizer()).learningRate();
    }

    private static Object rule(TrainingPlan plan) {
        return ((Descent) plan.optimizer()).rule();
    }

    static Stream<Key> keys() {
        return Stream.of(
                new Key("name", XOR, TrainingPlan::name, "my", "other", "other"),
                new Key("seed", XOR, TrainingPlan::seed, 1L, "7", 7L),
                new Key(
                        "network.layers",
                        "data.source = xor\n",
                        p -> p.topology().layers(),
                        null,
                        "[2, 4, 1]",
                        List.of(2, 4, 1)),
                new Key(
                        "network.hidden",
                        XOR,
                        p -> p.topology().hidden(),
                        List.of(Activation.SIGMOID),
                        "tanh",
                        List.of(Activation.TANH)),
                new Key("network.output", XOR, p -> p.topology().output(), Output.SIGMOID, "linear", Output.LINEAR),
                new Key(
                        "network.loss",
                        XOR + "network.output = linear\n",
                        p -> p.topology().loss(),
                        Loss.SQUARED_ERROR,
                        "squared-error",
                        Loss.SQUARED_ERROR),
                new Key("network.l2", XOR, p -> p.penalty().l2(), 0.0, "0.25", 0.25),
                new Key("network.l1", XOR, p -> p.penalty().l1(), 0.0, "0.125", 0.125),
                new Key(
                        "network.initial.scheme",
                        XOR,
                        p -> p.initial().scheme(),
                        WeightInitializer.NORMAL,
                        "he",
                        WeightInitializer.HE),
                new Key("network.initial.scale", XOR, p -> p.initial().scale(), 1.0, "0.5", 0.5),
                new Key(
                        "network.initial.file",
                        XOR,
                        p -> p.initial().file(),
                        Optional.empty(),
                        "/w.json",
                        Optional.of("/w.json")),
                new Key("data.source", "network.layers = [2, 1]\n", TrainingPlan::sourceName, null, "xor", "xor"),
                new Key(
                        "data.bits",
                        "network.layers = [3, 1]\ndata.source = parity\n",
                        EveryKeyTest::generated,
                        null,
                        "3",
                        new Parity(3, 1)),
                new Key("data.copies", XOR, EveryKeyTest::generated, new XorTruthTable(1), "5", new XorTruthTable(5)),
                new Key(
                        "data.examples",
                        "network.layers = [2, 1]\ndata.source = circles\n",
                        EveryKeyTest::generated,
                        null,
                        "8",
                        new Circles(8, 0.1, 1)),
                new Key(
                        "data.noise",
                        CIRCLES,
                        EveryKeyTest::generated,
                        new Circles(9, 0.1, 1),
                        "0.25",
                        new Circles(9, 0.25, 1)),
                new Key(
                        "data.flip",
                        NOISE,
                        EveryKeyTest::generated,
                        new NoisyXor(9, 0.1, 0, 1),
                        "0.5",
                        new NoisyXor(9, 0.1, 0.5, 1)),
                new Key(
                        "data.turns",
                        SPIRALS,
                        EveryKeyTest::generated,
                        new Spirals(9, 0.1, 1.5, 1),
                        "2",
                        new Spirals(9, 0.1, 2, 1)),
                new Key(
                        "data.seed",
                        CIRCLES,
                        EveryKeyTest::generated,
                        new Circles(9, 0.1, 1),
                        "4",
                        new Circles(9, 0.1, 4)),
                new Key(
                        "data.path",
                        "network.layers = [2, 1]\ndata.source = csv\n",
                        p -> files(p).paths(),
                        null,
                        "/x.csv",
                        List.of("/x.csv")),
                new Key("data.header", CSV, p -> files(p).csv().header(), true, "false", false),
                new Key("data.separator", CSV, p -> files(p).csv().separator(), ',', "\";\"", ';'),
                new Key("data.quote", CSV, p -> files(p).csv().quote(), '"', "\"'\"", '\''),
                new Key("data.escape", CSV, p -> files(p).csv().escape(), FileData.Csv.NO_ESCAPE, "\"%\"", '%'),
                new Key("data.multi-line", CSV, p -> files(p).csv().multiLine(), false, "true", true),
                new Key(
                        "data.charset",
                        CSV,
                        p -> files(p).csv().charset(),
                        TextCharset.UTF_8,
                        "ISO-8859-1",
                        new TextCharset("ISO-8859-1")),
                new Key("data.features", CSV, p -> files(p).features(), List.of(), "[a, b]", List.of("a", "b")),
                new Key("data.exclude", CSV, p -> files(p).excluded(), List.of(), "[id]", List.of("id")),
                new Key("data.target", CSV, p -> files(p).targets(), List.of("label"), "t", List.of("t")),
                new Key("data.weight", CSV, p -> files(p).weight(), Optional.empty(), "w", Optional.of("w")),
                new Key("data.standardize", CSV, p -> files(p).standardize(), false, "true", true),
                new Key("data.format", SPARK, p -> table(p).format(), null, "orc", Optional.of("orc")),
                new Key("data.table", SPARK, p -> table(p).table(), null, "db.sales", Optional.of("db.sales")),
                new Key("data.query", SPARK, p -> table(p).query(), null, "SELECT 1", Optional.of("SELECT 1")),
                new Key(
                        "data.options",
                        SPARK + "data.format = jdbc\n",
                        p -> table(p).options(),
                        Map.of(),
                        "{ url = x }",
                        Map.of("url", "x")),
                new Key("data.order", CSV, p -> files(p).order(), RowOrder.AUTO, "content", RowOrder.CONTENT),
                new Key(
                        "data.order-by",
                        CSV,
                        p -> files(p).order(),
                        RowOrder.AUTO,
                        "[a, b]",
                        RowOrder.by(List.of("a", "b"))),
                new Key(
                        "data.categorical",
                        CSV,
                        p -> city(p).type(),
                        Optional.empty(),
                        "[city]",
                        Optional.of(ColumnType.CATEGORY)),
                new Key(
                        "data.encoding",
                        CSV,
                        p -> city(p).encoding(),
                        CategoryEncoding.ONE_HOT,
                        "hash",
                        CategoryEncoding.HASH),
                new Key("data.buckets", CSV, p -> city(p).buckets(), 64, "8", 8),
                new Key("data.min-count", CSV, p -> city(p).minCount(), 1, "5", 5),
                new Key("data.unseen", CSV, p -> files(p).columns().unseen(), Unseen.OTHER, "fail", Unseen.FAIL),
                new Key("data.missing", CSV, p -> city(p).missing(), Missing.FAIL, "median", Missing.MEDIAN),
                new Key("data.missing-indicator", CSV, p -> city(p).missingIndicator(), false, "true", true),
                new Key(
                        "data.null-values",
                        CSV,
                        p -> files(p).columns().nullValues(),
                        List.of("", "null"),
                        "[NA]",
                        List.of("NA")),
                new Key(
                        "data.columns",
                        CSV,
                        EveryKeyTest::city,
                        ColumnRule.PLAIN,
                        "{ city { type = date, parts = [month, weekday], zone = Europe/Paris, missing = mean,"
                                + " missing-indicator = true, encoding = hash, buckets = 9, min-count = 2 } }",
                        new ColumnRule(
                                Optional.of(ColumnType.DATE),
                                CategoryEncoding.HASH,
                                9,
                                2,
                                Missing.MEAN,
                                true,
                                List.of(DatePart.MONTH, DatePart.WEEKDAY),
                                new DateText(ZoneId.of("Europe/Paris"), true))),
                new Key(
                        "data.class-weight",
                        CSV,
                        p -> files(p).classWeights(),
                        ClassWeights.NONE,
                        "{ no = 1, yes = 5 }",
                        new ClassWeights(false, Map.of("no", 1.0, "yes", 5.0))),
                new Key("data.on-bad-row", CSV, p -> files(p).badRows(), BadRows.FAIL, "skip", BadRows.SKIP),
                new Key("data.validation.fraction", CSV, p -> p.validation().fraction(), 0.0, "0.25", 0.25),
                new Key(
                        "data.validation.path",
                        CSV,
                        p -> p.validation().paths(),
                        List.of(),
                        "/v.csv",
                        List.of("/v.csv")),
                new Key(
                        "data.shard-examples",
                        CSV,
                        p -> ((TrainingPlan.Files) p.data()).shardExamples(),
                        OptionalInt.empty(),
                        "512",
                        OptionalInt.of(512)),
                new Key("data.partitions", XOR, TrainingPlan::partitions, OptionalInt.empty(), "3", OptionalInt.of(3)),
                new Key(
                        "optimizer.name",
                        XOR,
                        p -> p.optimizer() instanceof Descent descent ? descent.rule() : p.optimizer(),
                        new GradientDescent(),
                        "l-bfgs",
                        new BreezeLbfgs(10)),
                new Key("optimizer.learning-rate", XOR, p -> rate(p).initial(), 0.1, "0.25", 0.25),
                new Key(
                        "optimizer.momentum",
                        MOMENTUM,
                        EveryKeyTest::rule,
                        new Momentum(0.9),
                        "0.5",
                        new Momentum(0.5)),
                new Key(
                        "optimizer.beta1",
                        ADAM,
                        EveryKeyTest::rule,
                        new Adam(0.9, 0.999, 1e-8),
                        "0.5",
                        new Adam(0.5, 0.999, 1e-8)),
                new Key(
                        "optimizer.beta2",
                        ADAM,
                        EveryKeyTest::rule,
                        new Adam(0.9, 0.999, 1e-8),
                        "0.5",
                        new Adam(0.9, 0.5, 1e-8)),
                new Key(
                        "optimizer.epsilon",
                        ADAM,
                        EveryKeyTest::rule,
                        new Adam(0.9, 0.999, 1e-8),
                        "0.5",
                        new Adam(0.9, 0.999, 0.5)),
                new Key(
                        "optimizer.history",
                        LBFGS,
                        TrainingPlan::optimizer,
                        new BreezeLbfgs(10),
                        "3",
                        new BreezeLbfgs(3)),
                new Key(
                        "optimizer.clip-norm",
                        XOR,
                        p -> ((Descent) p.optimizer()).maxNorm(),
                        OptionalDouble.empty(),
                        "2",
                        OptionalDouble.of(2)),
                new Key(
                        "optimizer.schedule.name",
                        XOR,
                        p -> rate(p).curve(),
                        LearningRate.Curve.CONSTANT,
                        "step",
                        LearningRate.Curve.STEP),
                new Key(
                        "optimizer.schedule.every",
                        XOR + "optimizer.schedule.name = step\n",
                        p -> rate(p).every(),
                        1000,
                        "7",
                        7),
                new Key(
                        "optimizer.schedule.factor",
                        XOR + "optimizer.schedule.name = step\n",
                        p -> rate(p).factor(),
                        0.5,
                        "0.25",
                        0.25),
                new Key("optimizer.schedule.warm-up", XOR, p -> rate(p).warmUp(), 0, "9", 9),
                new Key("training.iterations", XOR, p -> p.schedule().iterations(), 1000, "17", 17),
                new Key("training.batch", XOR, TrainingPlan::batch, OptionalInt.empty(), "2", OptionalInt.of(2)),
                new Key(
                        "training.validate-every",
                        XOR,
                        p -> p.validation().interval(),
                        OptionalInt.empty(),
                        "6",
                        OptionalInt.of(6)),
                new Key("training.log-every", XOR, p -> p.schedule().logEvery(), 100, "7", 7),
                new Key("training.log-first", XOR, p -> p.schedule().logFirst(), 100, "3", 3),
                new Key(
                        "training.checkpoint-every",
                        XOR,
                        p -> p.schedule().checkpointEvery(),
                        OptionalInt.empty(),
                        "8",
                        OptionalInt.of(8)),
                new Key("training.keep-checkpoints", XOR, TrainingPlan::keepCheckpoints, 2, "4", 4),
                new Key(
                        "training.stop.target-cost",
                        XOR,
                        p -> p.schedule().stop().targetCost(),
                        OptionalDouble.empty(),
                        "0.5",
                        OptionalDouble.of(0.5)),
                new Key(
                        "training.stop.gradient-norm",
                        XOR,
                        p -> p.schedule().stop().gradientNorm(),
                        OptionalDouble.empty(),
                        "0.25",
                        OptionalDouble.of(0.25)),
                new Key(
                        "training.stop.patience",
                        XOR,
                        p -> p.schedule().stop().patience(),
                        OptionalInt.empty(),
                        "5",
                        OptionalInt.of(5)),
                new Key("training.stop.min-delta", XOR, p -> p.schedule().stop().minDelta(), 0.0, "0.125", 0.125),
                new Key(
                        "training.stop.max-time",
                        XOR,
                        p -> p.schedule().stop().maxTime(),
                        Optional.empty(),
                        "8 hours",
                        Optional.of(Duration.ofHours(8))),
                new Key(
                        "training.start-timeout",
                        XOR,
                        TrainingPlan::startTimeout,
                        Duration.ofMinutes(2),
                        "9 seconds",
                        Duration.ofSeconds(9)),
                new Key(
                        "sparkprop.kernels",
                        XOR,
                        TrainingPlan::kernels,
                        KernelSelection.AUTO,
                        "scalar",
                        KernelSelection.SCALAR),
                new Key("sparkprop.engine", XOR, TrainingPlan::engine, Engine.AUTO, "jobs", Engine.JOBS));
    }

    private static SparkTable table(TrainingPlan plan) {
        return files(plan).table().orElseThrow();
    }

    private static ColumnRule city(TrainingPlan plan) {
        return files(plan).columns().of("city");
    }

    private TrainingPlan read(String text) throws Exception {
        Path file = directory.resolve("my.conf");
        Files.writeString(file, text);
        return TrainingPlans.read(file, List.of());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void setsItsPartOfThePlan(Key key) throws Exception {
        assertThat(key.part.apply(read(key.base + key.name + " = " + key.value)))
                .isEqualTo(key.changed);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void hasItsDefaultInThePlan(Key key) throws Exception {
        if (key.defaultPart != null) {
            assertThat(key.part.apply(read(key.base))).isEqualTo(key.defaultPart);
        }
    }

    @Test
    void everyKeyIsTested() {
        Set<String> tested = keys().map(Key::name).collect(Collectors.toSet());
        assertThat(tested).isEqualTo(Defaults.keys());
    }

    /** The keys in the defaults file, including those without a default value. */
    static final class Defaults {
        private Defaults() {}

        static Set<String> keys() {
            Config defaults = ConfigFactory.parseResources("sparkprop-defaults.conf");
            Set<String> keys = new TreeSet<>();
            collect("", defaults.root(), keys);
            return keys;
        }

        private static void collect(String prefix, ConfigObject object, Set<String> keys) {
            for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
                if (entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()) {
                    collect(prefix + entry.getKey() + ".", inner, keys);
                } else {
                    keys.add(prefix + entry.getKey());
                }
            }
        }
    }
}
