package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on tables with categories, missing values and rare classes. */
class TablesIT {
    private static final Path TABLES = Program.PROJECT.resolve("src/test/resources/tables");
    private static final String HEADER = "x,city,paid";

    @WorkingDirectory
    private Path directory;

    private Runs runs;

    @BeforeEach
    void writeTable() throws IOException {
        runs = new Runs(directory);
        runs.conf("network.layers = [auto, 3, 1]\n"
                + "data { source = csv, path = my.csv, target = paid, categorical = [city] }\n"
                + "training.iterations = 5\n");
        write("my.csv", HEADER, rows(60, i -> i + "," + "abc".charAt(i % 3) + "," + (i * 7 % 5 > 2 ? "yes" : "no")));
    }

    private static String rows(int count, IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n"));
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private Outcome sparkprop(String... arguments) {
        return Runs.sparkprop(directory, arguments);
    }

    private static Outcome succeeds(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome;
    }

    private static void fails(Outcome outcome, String message) {
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isEqualTo(65);
        assertThat(outcome.errors()).contains(message).doesNotContain("\tat ", "Exception");
    }

    private Outcome train(String output, String... settings) {
        String[] options = List.of(settings).stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .toArray(String[]::new);
        return runs.train(output, options);
    }

    private String predictions(String output) throws IOException {
        try (var files = Files.list(directory.resolve(output))) {
            Path part = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(part);
        }
    }

    /** What scikit-learn's network of the same size reaches in the median of five seeds, less 0.01 or 0.02. */
    @ParameterizedTest
    @CsvSource({
        "flchain, death, /accuracy, 0.79, /balanced-accuracy, 0.706",
        "pbc, status, /accuracy, 0.60, /balanced-accuracy, 0.45",
        "solder, skips, /targets/0/r2, 0.871, /targets/0/r2, 0.871",
    })
    void suggestedConfigurationLearnsATable(
            String name, String target, String first, double atLeast, String second, double secondAtLeast)
            throws IOException {
        Files.copy(TABLES.resolve(name + "-train.csv"), directory.resolve(name + ".csv"));
        String test = TABLES.resolve(name + "-test.csv").toString();
        String conf = name + ".conf";
        succeeds(sparkprop("describe", name + ".csv", "--target", target, "--write", conf));
        succeeds(sparkprop("train", conf, "--output", "run", "--set", "seed=3"));
        succeeds(sparkprop("evaluate", "run", test, "--json", "result.json"));
        JsonNode result =
                new ObjectMapper().readTree(directory.resolve("result.json").toFile());
        assertThat(result.at(first).asDouble()).isGreaterThanOrEqualTo(atLeast);
        assertThat(result.at(second).asDouble()).isGreaterThanOrEqualTo(secondAtLeast);
        succeeds(sparkprop("predict", "run", test, "--output", "predicted"));
        Outcome again = sparkprop("describe", name + ".csv", "--target", target, "--write", conf);
        assertThat(again.exitCode()).isEqualTo(73);
        assertThat(again.errors()).contains(conf + " exists (use another --write)");
    }

    @Test
    void unseenCategoriesAreLikeOthersOrBadRows() throws IOException {
        write("new.csv", HEADER, "1,zz,no", "2,a,yes");
        succeeds(train("other"));
        assertThat(succeeds(sparkprop("predict", "other", "new.csv", "--output", "predicted"))
                        .errors())
                .contains("1 row with a category that no training example had (data.unseen = other)");
        assertThat(succeeds(sparkprop("evaluate", "other", "new.csv")).errors()).contains("1 row with a category");
        succeeds(train("strict", "data.unseen=fail"));
        fails(
                sparkprop("predict", "strict", "new.csv", "--output", "predicted-2"),
                "new.csv:2: Invalid value in column city: zz (must be a category of the training examples, because of"
                        + " data.unseen = fail)");
    }

    @Test
    void rareCategoriesShareAFeature() throws IOException {
        write("rare.csv", HEADER, rows(40, i -> i + "," + (i < 2 ? "z" + i : "a") + "," + (i % 2 == 0 ? "no" : "yes")));
        succeeds(train("rare", "data.path=rare.csv", "data.min-count=2"));
        write("new.csv", HEADER, "1,z0,no", "1,z9,yes", "2,a,no");
        succeeds(sparkprop("predict", "rare", "new.csv", "--output", "predicted"));
        List<String> lines = predictions("predicted").lines().toList();
        assertThat(lines.get(1).replaceFirst("1,z0,no,", ""))
                .isEqualTo(lines.get(2).replaceFirst("1,z9,yes,", ""));
    }

    @Test
    void missingColumnsAreNamed() throws IOException {
        succeeds(train("run"));
        write("new.csv", "x,town,paid", "1,a,no");
        fails(
                sparkprop("predict", "run", "new.csv", "--output", "predicted"),
                "new.csv: no column city (data.features; the columns are x, town, paid)");
    }

    @Test
    void gapsWhereTrainingHadNoneAreBadRowsOrReplaced() throws IOException {
        write("gaps.csv", HEADER, ",a,no", "3,,yes", "2,a,yes", "4,b,no");
        succeeds(train("strict"));
        Outcome predicted = sparkprop("predict", "strict", "gaps.csv", "--output", "predicted");
        fails(predicted, "gaps.csv:2: Invalid value in column x: (empty) (must be a finite number)");
        fails(
                predicted,
                "Values are missing in 2 rows:\nsparkprop:   x: 1\nsparkprop:   city: 1\nsparkprop: The network cannot"
                        + " replace them: it was trained with data.missing = fail or skip");
        fails(
                train("gaps", "data.path=gaps.csv"),
                "Set data.missing = median to replace them, or data.missing = skip to skip these rows");
        succeeds(train("median", "data.missing=median", "data.missing-indicator=true"));
        assertThat(succeeds(sparkprop("evaluate", "median", "gaps.csv")).output())
                .contains("Examples  4");
        assertThat(succeeds(train("skip", "data.path=gaps.csv", "data.missing=skip"))
                        .output())
                .contains("Skipped 2 rows with missing values (data.missing = skip)");
    }

    @Test
    void targetsWithGapsAreBadRowsOrSkipped() throws IOException {
        write("gaps.csv", HEADER, "1,a,no", "3,b,", "2,a,yes");
        fails(
                train("bad", "data.path=gaps.csv", "data.missing=median"),
                "gaps.csv:3: Invalid value in column paid: (empty) (must be a label of at most 1000 characters)");
        assertThat(succeeds(train("skipped", "data.path=gaps.csv", "data.columns.paid.missing=skip"))
                        .output())
                .contains("Read 2 examples", "Skipped 1 row with missing values (data.missing = skip)");
    }

    @Test
    void emptyColumnsHaveNoMedianAndAreExcludedFromASuggestion() throws IOException {
        write(
                "empty.csv",
                "x,e,city,paid",
                rows(30, i -> i + ",," + "abc".charAt(i % 3) + "," + (i % 2 == 0 ? "no" : "yes")));
        fails(
                train("median", "data.path=empty.csv", "data.missing=median"),
                "empty.csv: Column e has no value in any training example (exclude it with data.exclude)");
        succeeds(train("zero", "data.path=empty.csv", "data.missing=zero"));
        Outcome described = succeeds(sparkprop("describe", "empty.csv", "--target", "paid", "--write", "empty.conf"));
        assertThat(described.output()).contains("e       empty              30");
        assertThat(Files.readString(directory.resolve("empty.conf"))).contains("exclude = [\"x\", \"e\"]");
        succeeds(sparkprop("train", "empty.conf", "--output", "suggested"));
    }

    @Test
    void constantColumnsAreHarmless() throws IOException {
        write("constant.csv", "x,k,city,paid", rows(30, i -> i + ",5,a," + (i % 2 == 0 ? "no" : "yes")));
        assertThat(succeeds(train("run", "data.path=constant.csv", "data.standardize=true"))
                        .output())
                .contains("a 3-3-1 network");
    }

    @Test
    void columnsWithManyCategoriesAreHashedOnRequest() throws IOException {
        write("many.csv", HEADER, rows(100_000, i -> i + ",n" + i + "," + (i % 2 == 0 ? "no" : "yes")));
        fails(
                train("one-hot", "data.path=many.csv"),
                "many.csv: Column city has 100,000 categories (must be at most 1,000; set its encoding = hash, raise its"
                        + " min-count, or exclude it with data.exclude)");
        assertThat(succeeds(train("hash", "data.path=many.csv", "data.encoding=hash", "data.buckets=16"))
                        .output())
                .contains("a 17-3-1 network");
        assertThat(succeeds(train("rare", "data.path=many.csv", "data.min-count=2"))
                        .output())
                .contains("a 2-3-1 network");
    }

    @Test
    void duplicateNamesAreRejectedUnlessExcluded() throws IOException {
        write("twice.csv", "x,x,city,paid", "1,2,a,no", "3,4,b,yes");
        fails(
                train("run", "data.path=twice.csv"),
                "twice.csv: two columns are named x (exclude them with data.exclude, or rename one)");
        fails(
                sparkprop("describe", "twice.csv"),
                "twice.csv: two columns are named x (exclude them with data.exclude, or rename one)");
        assertThat(succeeds(train("excluded", "data.path=twice.csv", "data.exclude=[x]"))
                        .output())
                .contains("a 2-3-1 network");
    }

    @Test
    void namesMayHaveDotsSpacesAndQuotes() throws IOException {
        write("odd.csv", "a.b,\"first class\",\"say \"\"hi\"\"\",paid", "1,u,p,no", "2,v,q,yes", "3,u,q,no");
        succeeds(sparkprop("describe", "odd.csv", "--target", "paid", "--write", "odd.conf"));
        succeeds(sparkprop("train", "odd.conf", "--output", "run"));
        assertThat(succeeds(sparkprop("predict", "run", "odd.csv", "--output", "predicted"))
                        .output())
                .contains("Wrote predictions for 3 rows");
        assertThat(succeeds(sparkprop(
                                "explain",
                                "run",
                                "--weight",
                                "W1[0,first class=v]",
                                "--example",
                                "1,v,p",
                                "--target",
                                "no"))
                        .output())
                .contains("a.b ", "first class=v 1", "say \"hi\"=q 0", "∂loss/∂W1[0,2]");
    }

    @Test
    void classesThatAreMissingInTrainingAreRejectedLater() throws IOException {
        write("new.csv", HEADER, "1,a,maybe");
        fails(
                train("run", "data.validation.path=new.csv"),
                "new.csv: Invalid paid (must be one of the classes of the training examples: no, yes):\n"
                        + "sparkprop:   maybe in 1 row, first at ");
        succeeds(train("trained"));
        fails(
                sparkprop("evaluate", "trained", "new.csv"),
                "new.csv:2: Invalid value in column paid: maybe (must be one of no, yes, the classes of the model)");
    }

    @Test
    void classWeightsAreInTheCostButNotInTheMetrics() throws IOException {
        fails(
                train("unknown", "data.class-weight={maybe=3}"),
                "my.csv: Invalid data.class-weight: there is no class maybe (the classes are no, yes)");
        Outcome balanced = succeeds(train("balanced", "data.class-weight=balanced"));
        // 36 rows are no, and 24 are yes
        assertThat(balanced.output()).contains("Class weights: no 0.8333, yes 1.25");
        String cost = balanced.after("Final cost ").substring(0, 8);
        assertThat(succeeds(train("given", "data.class-weight={no=1,yes=1.5}")).after("Final cost "))
                .startsWith(cost);
        assertThat(succeeds(train("without")).after("Final cost ")).doesNotStartWith(cost);
        assertThat(succeeds(sparkprop("evaluate", "balanced", "my.csv")).output())
                .doesNotContain("total weight")
                .containsPattern("\nno .* 36\nyes .* 24\n");
        JsonNode examples = new ObjectMapper()
                .readTree(directory.resolve("balanced/examples.json").toFile());
        assertThat(examples.at("/confusion/0/0").asDouble()
                        + examples.at("/confusion/0/1").asDouble())
                .isEqualTo(36);
    }

    @Test
    void settingsOfUnknownColumnsAreRejected() {
        fails(
                train("typo", "data.columns.ctiy.missing=mean"),
                "my.csv: no column ctiy (data.columns or data.categorical; the columns are x, city, paid)");
        fails(train("typo", "data.categorical=[town]"), "my.csv: no column town (data.columns or data.categorical;");
    }

    @Test
    void undeclaredTextNamesTheLineToAdd() throws IOException {
        fails(
                train("run", "data.categorical=null"),
                "my.csv: 1 feature column never contains a number:\nsparkprop:   city, such as a, b, c\nsparkprop: (set"
                        + " data.categorical = [city] to encode them as categories");
    }

    @Test
    void countNeedsANumberOfInputs() {
        Outcome counted = sparkprop("count", runs.confFile().toString());
        assertThat(counted.exitCode()).isEqualTo(2);
        assertThat(counted.errors()).contains("its network.layers starts with auto");
        assertThat(sparkprop("check", runs.confFile().toString()).output())
                .contains("Network: 4-3-1 with 19 parameters");
    }
}
