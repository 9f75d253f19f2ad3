package dev.sparkprop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.generated.Circles;
import dev.sparkprop.data.generated.NoisyXor;
import dev.sparkprop.data.generated.Parity;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.data.generated.Spirals;
import dev.sparkprop.data.generated.XorTruthTable;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.WeightInitializer;
import dev.sparkprop.optimizer.BreezeLbfgs;
import dev.sparkprop.optimizer.Descent;
import dev.sparkprop.optimizer.LearningRate;
import dev.sparkprop.optimizer.Nesterov;
import dev.sparkprop.training.Penalty;
import dev.sparkprop.training.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingPlansTest {
    private static final String MINIMAL = "network.layers = [2, 2, 1]\ndata.source = xor\n";

    @TempDir
    private Path directory;

    private Path conf(String text) throws IOException {
        return Files.writeString(directory.resolve("my.conf"), text);
    }

    private TrainingPlan read(String text, String... overrides) throws Exception {
        return TrainingPlans.read(conf(text), List.of(overrides));
    }

    private String problems(String text, String... overrides) {
        try {
            read(text, overrides);
        } catch (InvalidConfigException e) {
            return e.getMessage().replace(directory + "/", "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was wrong with " + text);
    }

    @Test
    void hasTheDocumentedDefaults() throws Exception {
        TrainingPlan plan = read(MINIMAL);
        assertThat(plan.name()).isEqualTo("my");
        assertThat(plan.seed()).isEqualTo(1);
        assertThat(plan.topology().layers()).containsExactly(2, 2, 1);
        assertThat(plan.initial().scheme()).isEqualTo(WeightInitializer.NORMAL);
        assertThat(plan.initial().scale()).isEqualTo(1);
        assertThat(plan.initial().file()).isEmpty();
        assertThat(plan.generated().orElseThrow().source()).isEqualTo(new XorTruthTable(1));
        assertThat(plan.generated().orElseThrow().sharding().shardExamples()).isEqualTo(16_384);
        assertThat(plan.partitions()).isEmpty();
        assertThat(plan.optimizer())
                .asString()
                .startsWith("Descent[rule=GradientDescent[], learningRate=LearningRate[initial=0.1, curve=CONSTANT,");
        assertThat(plan.penalty()).isEqualTo(Penalty.NONE);
        assertThat(plan.schedule()).isEqualTo(new Schedule(1000, 100, 100, OptionalInt.empty()));
        assertThat(plan.batches(7)).isEqualTo(Batches.all(7));
        assertThat(plan.keepCheckpoints()).isEqualTo(2);
        assertThat(plan.startTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(plan.effective()).contains("\"learning-rate\":0.1");
    }

    @Test
    void laterSettingsOverrideEarlierOnesAndTheFile() throws Exception {
        TrainingPlan plan = read(
                MINIMAL + "seed = 3\n",
                "seed=4",
                "seed = 5",
                "network.layers=[2, 10, 1]",
                "name=a b",
                "data.copies=7",
                "data.partitions=3",
                "network.initial.file=hdfs://host:9000/w.json",
                "training.iterations=9");
        assertThat(plan.seed()).isEqualTo(5);
        assertThat(plan.topology()).hasToString("2-10-1");
        assertThat(plan.name()).isEqualTo("a b");
        assertThat(plan.generated().orElseThrow().source().examples()).isEqualTo(28);
        assertThat(plan.partitions()).hasValue(3);
        assertThat(plan.initial().file()).hasValue("hdfs://host:9000/w.json");
        assertThat(plan.schedule().iterations()).isEqualTo(9);
    }

    @Test
    void initialFileIsRelativeToItsConfiguration() throws Exception {
        TrainingPlan plan = read(MINIMAL + "network.initial.file = w.json");
        assertThat(plan.initial().file()).hasValue(directory.resolve("w.json").toString());
        assertThat(read(MINIMAL, "network.initial.file=w.json").initial().file())
                .hasValue("w.json");
    }

    @Test
    void allowsEmptySectionsAndIncludes() throws Exception {
        Files.writeString(directory.resolve("base.conf"), MINIMAL);
        assertThat(read("include required(\"base.conf\")\noptimizer {}").topology())
                .hasToString("2-2-1");
    }

    @Test
    void randomDataHaveTheWidthsOfTheNetwork() throws Exception {
        String random =
                "network.layers = [784, 10, 10]\nnetwork.output = softmax\ndata { source = random, examples = 5 }";
        assertThat(read(random, "seed=3").generated().orElseThrow().source())
                .isEqualTo(new RandomExamples(784, 10, RandomExamples.Targets.ONE_OF, 5, 3));
        assertThat(read(random).topology().loss()).isEqualTo(Loss.SOFTMAX_CROSS_ENTROPY);
    }

    @Test
    void hiddenLayersMayDiffer() throws Exception {
        assertThat(read(MINIMAL, "network.layers=[2, 4, 4, 1]", "network.hidden=[relu, tanh]")
                        .topology()
                        .hidden())
                .containsExactly(Activation.RELU, Activation.TANH);
        assertThat(read(MINIMAL, "network.layers=[2, 1]").topology().hidden()).isEmpty();
    }

    @Test
    void readsOptimizerSettings() throws Exception {
        assertThat(read(
                                MINIMAL,
                                "optimizer.name=nesterov",
                                "optimizer.momentum=0.8",
                                "optimizer.clip-norm=5",
                                "optimizer.schedule={name=cosine, every=10, factor=0.1, warm-up=3}")
                        .optimizer())
                .isEqualTo(new Descent(
                        new Nesterov(0.8),
                        new LearningRate(0.1, LearningRate.Curve.COSINE, 10, 0.1, 3),
                        OptionalDouble.of(5)));
        assertThat(read(MINIMAL, "optimizer.name=adam").optimizer().description())
                .isEqualTo("adam 0.9 0.999 with learning-rate 0.1");
        assertThat(read(MINIMAL, "optimizer.name=l-bfgs").optimizer()).isEqualTo(new BreezeLbfgs(10));
        assertThat(read(MINIMAL, "optimizer.name=l-bfgs", "optimizer.history=3").optimizer())
                .isEqualTo(new BreezeLbfgs(3));
        assertThat(problems(MINIMAL, "optimizer.name=l-bfgs", "network.l1=0.5"))
                .isEqualTo(
                        "--set network.l1=0.5: Invalid network.l1: 0.5 (must be 0 with l-bfgs, which needs a smooth cost)");
        assertThat(problems(MINIMAL, "optimizer.name=l-bfgs", "training.batch=64"))
                .isEqualTo(
                        "--set training.batch=64: Invalid training.batch: 64 (must be full with l-bfgs, which compares"
                                + " the costs of different parameters)");
        assertThat(read(MINIMAL, "network.l2=0.5", "network.l1=0.25").penalty()).isEqualTo(new Penalty(0.5, 0.25));
    }

    @Test
    void batchesUseTheRunSeedAndAreDecisive() throws Exception {
        TrainingPlan plan = read(MINIMAL, "training.batch=64", "seed=3");
        assertThat(plan.batches(1000)).isEqualTo(new Batches(1000, 64, 3));
        assertThat(plan.decisive()).containsEntry("training.batch", "64");
    }

    @Test
    void generatedDataUseTheRunSeedUnlessTheySetOne() throws Exception {
        String plane = "seed = 3\nnetwork.layers = [2, 4, 1]\ndata.examples = 9\ndata.source = ";
        assertThat(read(plane + "circles").generated().orElseThrow().source()).isEqualTo(new Circles(9, 0.1, 3));
        assertThat(read(plane + "xor-noise", "data.flip=0.2")
                        .generated()
                        .orElseThrow()
                        .source())
                .isEqualTo(new NoisyXor(9, 0.1, 0.2, 3));
        assertThat(read(plane + "spirals", "data.seed=4", "data.noise=0")
                        .generated()
                        .orElseThrow()
                        .source())
                .isEqualTo(new Spirals(9, 0, 1.5, 4));
        assertThat(read("network.layers = [5, 4, 1]\ndata { source = parity, bits = 5, copies = 2 }")
                        .generated()
                        .orElseThrow()
                        .source())
                .isEqualTo(new Parity(5, 2));
        assertThat(problems("network.layers = [5, 1]\ndata.source = parity"))
                .isEqualTo("my.conf: Missing data.bits (number of bits)");
    }

    @Test
    void dataFilesAreRelativeToTheirConfiguration() throws Exception {
        String csv = "network.layers = [4, 3]\nnetwork.output = softmax\ndata.source = csv\n";
        assertThat(problems(csv)).isEqualTo("my.conf: Missing data.path (files, directories or patterns of them)");
        FileData files = files(csv + "data.path = [a.csv, \"/b/*.csv\", \"hdfs://host/c\"]");
        assertThat(files.paths()).containsExactly(directory.resolve("a.csv").toString(), "/b/*.csv", "hdfs://host/c");
        assertThat(files.csv()).isEqualTo(new FileData.Csv(true, ',', '"'));
        assertThat(files.features()).isEmpty();
        assertThat(files.targets()).containsExactly("label");
        assertThat(files.weight()).isEmpty();
        assertThat(files.kind()).isEqualTo(TargetKind.CLASSES);
        assertThat(files.badRows()).isEqualTo(BadRows.FAIL);
        assertThat(files.standardize()).isFalse();
        assertThat(files(csv, "data.path=a.csv", "data.separator=\"\\t\"").paths())
                .containsExactly("a.csv");
        assertThat(files(csv, "data.path=a.csv", "network.output=sigmoid", "data.target=[a,b,c]")
                        .kind())
                .isEqualTo(TargetKind.FRACTIONS);
        assertThat(files(csv, "data.path=a.csv", "network.output=sigmoid", "network.layers=[4,1]")
                        .kind())
                .isEqualTo(TargetKind.TWO_CLASSES);
    }

    @Test
    void readsTextFormatSettings() throws Exception {
        String csv = "network.layers = [4, 3]\nnetwork.output = softmax\ndata { source = csv, path = a.csv }\n";
        assertThat(files(csv, "data.separator=\\t").csv().separator()).isEqualTo('\t');
        assertThat(files(csv, "data.escape=\\", "data.multi-line=true", "data.charset=latin1")
                        .csv())
                .isEqualTo(new FileData.Csv(true, ',', '"', '\\', true, new TextCharset("ISO-8859-1")));
        assertThat(files(csv, "data.exclude=[a, b]").excluded()).containsExactly("a", "b");
        assertThat(files(csv, "data.exclude=a").excluded()).containsExactly("a");
        assertThat(problems(csv, "data.charset=UTF-16"))
                .isEqualTo("--set data.charset=UTF-16: Invalid data.charset: UTF-16 (must be a charset that contains"
                        + " ASCII, such as UTF-8 or ISO-8859-1: convert the files to UTF-8)");
        assertThat(problems(csv, "data.charset=nonsense"))
                .endsWith("(must be the name of a charset, such as UTF-8 or ISO-8859-1)");
        assertThat(problems(csv, "data.escape=\",\""))
                .endsWith("Invalid data.escape: , (must differ from data.separator and data.quote)");
        assertThat(problems(csv, "data.exclude=[label]"))
                .endsWith("Invalid data.exclude: label (must be named once, and not be a feature, target or weight)");
    }

    /**
     * A checkpoint of a version without a key does not contain it. The key's default preserves the behaviour of that
     * version.
     */
    @Test
    void keysMissingFromARunHaveTheirDefaults() throws Exception {
        TrainingPlan plan = read(MINIMAL);
        Map<String, String> earlier = new TreeMap<>(plan.decisive());
        assertThat(earlier).containsKeys("data.charset", "data.multi-line");
        earlier.remove("data.charset");
        earlier.remove("data.multi-line");
        assertThat(TrainingPlans.changes(earlier, plan)).isEmpty();
        assertThat(TrainingPlans.changes(earlier, read(MINIMAL, "data.charset=latin1", "data.escape=\\")))
                .containsExactly(
                        "data.charset was \"UTF-8\" and is now \"latin1\"",
                        "data.escape was absent and is now \"\\\\\"");
        earlier.put("data.charset", "\"latin1\"");
        assertThat(TrainingPlans.changes(earlier, plan))
                .containsExactly("data.charset was \"latin1\" and is now \"UTF-8\"");
    }

    private FileData files(String text, String... overrides) throws Exception {
        return ((TrainingPlan.Files) read(text, overrides).data()).files();
    }

    @Test
    void nullKeepsTheDefault() throws Exception {
        assertThat(read(MINIMAL + "seed = null\ntraining.log-every = null").seed())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optimizer.learning-rate = -0.1 | Invalid optimizer.learning-rate: -0.1 (must be a number > 0)",
                "optimizer.learning-rate = fast | Invalid optimizer.learning-rate: fast (must be a number > 0)",
                "optimizer.learning-rate = 1e999 | Invalid optimizer.learning-rate: Infinity (must be a number > 0)",
                "optimizer.learning-rate = [1] | Invalid optimizer.learning-rate: [1] (must be a number > 0)",
                "optimizer.momentum = 1 | Invalid optimizer.momentum: 1 (must be a number >= 0 and < 1)",
                "optimizer.schedule.name = linear | Invalid optimizer.schedule.name: linear (must be constant or step or exponential or"
                        + " cosine)",
                "optimizer.schedule.factor = 0 | Invalid optimizer.schedule.factor: 0 (must be a number > 0 and <= 1)",
                "training.stop.target-cost = low | Invalid training.stop.target-cost: low (must be >= 0)",
                "training.stop.max-time = soon | Invalid training.stop.max-time: soon (must be a duration from 1 s to 31536000 s, such as"
                        + " 90 s or 2 minutes)",
                "optimizer.clip-norm = 0 | Invalid optimizer.clip-norm: 0 (must be a number > 0)",
                "network.l2 = -1 | Invalid network.l2: -1 (must be >= 0)",
                "optimizer.name = adagrad | Invalid optimizer.name: adagrad (must be gradient-descent, momentum, nesterov, adam or"
                        + " l-bfgs)",
                "optimizer.history = 0 | Invalid optimizer.history: 0 (must be a whole number from 1 to 2147483647)",
                "seed = 1.5 | Invalid seed: 1.5 (must be a whole number from -9223372036854775808 to 9223372036854775807)",
                "training.iterations = 0 | Invalid training.iterations: 0 (must be a whole number from 1 to 2147483647)",
                "training.iterations = many | Invalid training.iterations: many (must be a whole number from 1 to 2147483647)",
                "training.log-first = 0 | Invalid training.log-first: 0 (must be a whole number from 1 to 2147483647)",
                "training.batch = 0 | Invalid training.batch: 0 (must be full or a whole number from 1 to 2147483647)",
                "training.batch = auto | Invalid training.batch: auto (must be full or a whole number from 1 to 2147483647)",
                "data.copies = 0 | Invalid data.copies: 0 (must be a whole number from 1 to 4398046511104)",
                "data.shard-examples = 300 | Invalid data.shard-examples: 300 (must be a positive multiple of 256)",
                "data { source = csv, path = x, shard-examples = 300 } | Invalid data.shard-examples: 300 (must be a positive multiple of 256)",
                "data { source = csv, path = x, shard-examples = 2147483392 } | Invalid data.shard-examples: 2147483392 (at 12 bytes"
                        + " each, must be at most 178956970)",
                "data.partitions = none | Invalid data.partitions: none (must be auto or a whole number from 1 to 100000)",
                "data.source = mars | Invalid data.source: mars (must be xor or parity or xor-noise or circles or spirals or random or csv or libsvm or parquet or spark)",
                "data { source = xor-noise, examples = 9, noise = -1 } | Invalid data.noise: -1 (must be >= 0)",
                "data { source = circles, examples = 9, noise = 1e999 } | Invalid data.noise: Infinity (must be >= 0)",
                "data { source = xor-noise, examples = 9, flip = 1.5 } | Invalid data.flip: 1.5 (must be from 0 to 1)",
                "data { source = spirals, examples = 9, turns = 0 } | Invalid data.turns: 0 (must be a number > 0)",
                "data { source = libsvm, path = x, missing = median } | Invalid data.source: libsvm (must be csv, parquet or spark to set data.columns, data.categorical, data.missing or similar keys)",
                "data { source = csv, path = x, header = maybe } | Invalid data.header: maybe (must be true or false)",
                "data { source = csv, path = x, separator = ab } | Invalid data.separator: ab (must be one character)",
                "data { source = csv, path = x, on-bad-row = keep } | Invalid data.on-bad-row: keep (must be fail or skip)",
                "data { source = csv, path = x, target = [a, b] } | Invalid data.target: [a, b] (must be one column with labels)",
                "data { source = csv, path = x, weight = label } | Invalid data.weight: label (must be named only once in"
                        + " features, target and weight)",
                "data { source = parity, bits = 25 } | Invalid data.bits: 25 (must be a whole number from 1 to 24)",
                "data { source = circles, examples = 9, seed = x } | Invalid data.seed: x (must be a whole number from"
                        + " -9223372036854775808 to 9223372036854775807)",
                "network.hidden = step | Invalid network.hidden: step (must be sigmoid or tanh or relu or leaky-relu or linear)",
                "network.hidden = [tanh, relu] | Invalid network.hidden: [tanh, relu] (must be one activation for all hidden"
                        + " layers, or one for each of the 1)",
                "network.hidden = [tanh, x] | Invalid network.hidden: x (must be sigmoid or tanh or relu or leaky-relu or linear)",
                "network.output = tanh | Invalid network.output: tanh (must be sigmoid or softmax or linear)",
                "network.loss = softmax-cross-entropy | Invalid network.loss: softmax-cross-entropy with output sigmoid (must be"
                        + " binary-cross-entropy)",
                "sparkprop.kernels = gpu | Invalid sparkprop.kernels: gpu (must be auto or scalar or vector)",
                "wholly-unrelated-thing = 1 | Unknown key wholly-unrelated-thing",
                "network.layers = 2 | Invalid network.layers: 2 (must be a list of whole numbers, such as [2, 2, 1])",
                "network.layers = [2] | Invalid network.layers: [2] (must be two or more widths, each at least 1)",
                "network.layers = [2, 0, 1] | Invalid network.layers: 0 (must be a whole number from 1 to 2147483647)",
                "network.layers = [2, x, 1] | Invalid network.layers: x (must be a whole number from 1 to 2147483647)",
                "network.layers = [3, 2, 2] | Invalid network.layers: [3, 2, 2] (must start with 2 and end with 1, the"
                        + " features and targets of data.source = xor)",
                "network.initial.scheme = random | Invalid network.initial.scheme: random (must be normal or xavier or he or"
                        + " zero)",
                "name = ../../x | 'Invalid name: ../../x (must be at most 100 letters, digits, dots, blanks, - or _, and start"
                        + " with a letter or digit)'",
                "optimizer.learning-rat = 1 | Unknown key optimizer.learning-rat (did you mean optimizer.learning-rate?)",
                "training.learning-rate = 1 | Unknown key training.learning-rate (did you mean optimizer.learning-rate?)",
                "layers = [2, 1] | Unknown key layers (did you mean network.layers?)",
                "optimizer = adam | Unknown key optimizer",
            })
    void reportsEachProblemWithFileAndLine(String line, String message) {
        assertThat(problems(MINIMAL + "\n" + line)).contains("my.conf:4: " + message);
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(problems("sed = 1\nnetwork.layers = [2]\noptimizer.learning-rate = 0\n", "training.iterations=-1"))
                .contains(
                        "my.conf:1: Unknown key sed (did you mean seed?)",
                        "my.conf:2: Invalid network.layers: [2]",
                        "my.conf:3: Invalid optimizer.learning-rate: 0",
                        "--set training.iterations=-1: Invalid training.iterations: -1",
                        "my.conf: Missing data.source");
        assertThat(problems("seed = 1")).contains("Missing network.layers", "Missing data.source");
        assertThat(problems("network.layers = [2, 1]\ndata.source = random"))
                .isEqualTo("my.conf: Missing data.examples (number of examples to generate)");
    }

    @Test
    void reportsTheLineOfInvalidHocon() {
        assertThat(problems("seed = 1\nnetwork {\n")).contains("my.conf: 3");
        assertThat(problems(MINIMAL, "seed")).isEqualTo("--set seed: Invalid setting (must be KEY=VALUE)");
        assertThat(problems(MINIMAL, "data.copies=1000000000000"))
                .isEqualTo("my.conf: Invalid data.shard-examples: 16384 (4000000000000 examples would require more than"
                        + " 134217728 shards)");
        assertThat(problems(MINIMAL, "a..b=1")).isEqualTo("--set a..b=1: Invalid key a..b");
        assertThat(problems(MINIMAL + "seed = ${nowhere}")).contains("nowhere");
    }

    @Test
    void reportsAMissingFile() {
        assertThatThrownBy(() -> TrainingPlans.read(directory.resolve("none.conf"), List.of()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("none.conf") + ": configuration not found");
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedConfigurationIsValid(Path file) throws Exception {
        assertThat(TrainingPlans.read(file, List.of()).name() + ".conf")
                .isEqualTo(file.getFileName().toString());
    }

    @Test
    void holdsOutExamplesForValidation() throws Exception {
        assertThat(read(MINIMAL).validation())
                .isEqualTo(new TrainingPlan.ValidationSettings(0, List.of(), OptionalInt.empty()));
        assertThat(read(MINIMAL).generated().orElseThrow().heldOut()).isEmpty();
        TrainingPlan plan =
                read(MINIMAL, "data.copies=100", "data.validation.fraction=0.25", "training.stop.patience=5", "seed=9");
        assertThat(plan.generated().orElseThrow().source().examples()).isEqualTo(300);
        assertThat(plan.generated().orElseThrow().heldOut().orElseThrow().examples())
                .isEqualTo(100);
        assertThat(plan.generated().orElseThrow().sharding().examples()).isEqualTo(300);
        assertThat(plan.schedule().stop().patience()).hasValue(5);
        assertThat(plan.validateEvery(300)).isEqualTo(1);
        TrainingPlan batches = read(MINIMAL, "data.copies=100", "data.validation.fraction=0.25", "training.batch=100");
        assertThat(batches.validateEvery(300)).isEqualTo(3);
        assertThatThrownBy(() -> batches.validateEvery(1_000_000))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("Invalid training.validate-every: 10000 iterations, one epoch (must be at most"
                        + " training.iterations = 1000; give a number)");
    }

    @Test
    void rejectsInvalidValidationSettings() {
        assertThat(problems(MINIMAL, "data.validation.fraction=0.6"))
                .isEqualTo(
                        "--set data.validation.fraction=0.6: Invalid data.validation.fraction: 0.6 (must be a number > 0"
                                + " and <= 0.5)");
        assertThat(problems(MINIMAL, "data.validation.fraction=0.01"))
                .isEqualTo(
                        "--set data.validation.fraction=0.01: Invalid data.validation.fraction: 0.01 (must leave some"
                                + " of 4 examples for training and some for validation)");
        assertThat(problems(MINIMAL, "data.validation.path=other.csv"))
                .isEqualTo(
                        "--set data.validation.path=other.csv: Invalid data.validation.path: other.csv (must not be set"
                                + " for generated data)");
        assertThat(problems(MINIMAL, "training.validate-every=1001"))
                .isEqualTo("--set training.validate-every=1001: Invalid training.validate-every: 1001 (must be at most"
                        + " training.iterations)");
        // each problem is reported once, even if several readers use the value
        assertThat(problems(MINIMAL, "training.iterations=0"))
                .isEqualTo(
                        "--set training.iterations=0: Invalid training.iterations: 0 (must be a whole number from 1 to"
                                + " 2147483647)");
        assertThat(problems(MINIMAL, "training.stop.patience=0")).contains("Invalid training.stop.patience: 0");
        assertThat(problems(MINIMAL, "training.stop.min-delta=-1")).contains("Invalid training.stop.min-delta: -1");
    }
}
