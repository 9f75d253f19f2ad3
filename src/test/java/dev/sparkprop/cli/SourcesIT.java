package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on the same rows from files, a table, a database and a lake. All give the same bits. */
class SourcesIT {
    private static final int ROWS = 1_500;

    private static final String SCHEMA =
            "id INT, age DOUBLE, city STRING, paid BOOLEAN, since DATE, income DECIMAL(9, 2), kind STRING";

    @WorkingDirectory
    private static Path directory;

    private static Runs runs;
    private static String expected;

    /** Spark properties: a catalog of Delta tables, and one with the tables of a database. */
    private static String[] catalogs() {
        return new String[] {
            "--spark", "spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension",
            "--spark", "spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "--spark", "spark.sql.catalog.shop=org.apache.spark.sql.execution.datasources.v2.jdbc.JDBCTableCatalog",
            "--spark", "spark.sql.catalog.shop.url=" + url(),
            "--spark", "spark.sql.catalog.shop.driver=org.h2.Driver",
            "--master", "local[2]"
        };
    }

    private static String url() {
        return "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
    }

    private static List<String> lines() {
        Random random = new Random(7);
        String[] cities = {"Paris", "Oslo", "Rome, old", "Łódź"};
        return IntStream.range(0, ROWS)
                .mapToObj(id -> {
                    double age = 18 + random.nextInt(60);
                    String city = cities[random.nextInt(cities.length)];
                    boolean paid = random.nextBoolean();
                    int day = 1 + random.nextInt(28);
                    boolean old = age + (paid ? 10 : 0) + random.nextGaussian() * 5 > 50;
                    // a quarter of the ages are missing, and some cities
                    return String.format(
                            Locale.ROOT,
                            "%d,%s,%s,%s,2024-%02d-%02d,%.2f,%s",
                            id,
                            random.nextInt(4) == 0 ? "" : String.valueOf(age),
                            random.nextInt(20) == 0 ? "" : '"' + city + '"',
                            paid,
                            1 + random.nextInt(12),
                            day,
                            random.nextInt(900_000) / 100.0,
                            old ? "yes" : "no");
                })
                .toList();
    }

    @BeforeAll
    static void store() throws IOException, SQLException {
        runs = new Runs(directory);
        runs.conf("network { layers = [auto, 4, 2], hidden = tanh, output = softmax }\n"
                + "data { source = csv, path = one.csv, target = kind, categorical = [city]\n"
                // JSON has no order of columns
                + "  features = [age, city, paid, since, income]\n"
                + "  missing = median, missing-indicator = true, standardize = true, shard-examples = 256\n"
                + "  columns { paid.type = boolean, since { type = date, parts = [month, weekday] } }\n"
                + "  validation.fraction = 0.2 }\n"
                + "optimizer { name = adam, learning-rate = 0.05 }\ntraining.iterations = 20\n");
        String header = "id,age,city,paid,since,income,kind";
        List<String> lines = lines();
        Files.writeString(directory.resolve("one.csv"), header + "\n" + String.join("\n", lines) + "\n");
        Files.createDirectories(directory.resolve("seven"));
        for (int f = 0; f < 7; f++) {
            List<String> part = lines.subList(f * ROWS / 7, (f + 1) * ROWS / 7);
            Files.writeString(
                    directory.resolve("seven/part-" + f + ".csv"), header + "\n" + String.join("\n", part) + "\n");
        }
        try (Connection database = DriverManager.getConnection(url());
                SparkSession session = SparkSession.builder()
                        .master("local[2]")
                        .config("spark.ui.enabled", false)
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                        .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                        .getOrCreate()) {
            try (Statement statement = database.createStatement()) {
                statement.execute("CREATE TABLE \"people\" (\"id\" INT, \"age\" DOUBLE, \"city\" VARCHAR(20),"
                        + " \"paid\" BOOLEAN, \"since\" DATE, \"income\" DECIMAL(9, 2), \"kind\" VARCHAR(3))");
                statement.execute("CREATE USER READER PASSWORD 'xyzzy-42' ADMIN");
                statement.execute("INSERT INTO \"people\" SELECT * FROM CSVREAD('" + directory.resolve("one.csv")
                        + "', null, 'charset=UTF-8')");
            }
            Dataset<Row> table =
                    session.read().schema(SCHEMA).option("header", true).csv(path("one.csv"));
            assertThat(table.count()).isEqualTo(ROWS);
            table.coalesce(1).write().parquet(path("one.parquet"));
            table.coalesce(1).write().orc(path("one.orc"));
            table.coalesce(1).write().option("ignoreNullFields", true).json(path("one.json"));
            Dataset<Row> shuffled = table.repartition(3).sortWithinPartitions("income");
            shuffled.write().parquet(path("shuffled.parquet"));
            shuffled.write().orc(path("shuffled.orc"));
            shuffled.write().json(path("shuffled.json"));
            shuffled.limit(100).write().format("delta").save(path("people.delta"));
            shuffled.write().format("delta").mode("overwrite").save(path("people.delta"));
        }
        Outcome trained = train("model");
        expected = Runs.hash(trained);
    }

    private static String path(String name) {
        return directory.resolve(name).toString();
    }

    private static Outcome train(String output, String... more) {
        return runs.train(output, Runs.merge(catalogs(), more));
    }

    private static String[] settings(String text) {
        return List.of(text.split("; ")).stream()
                .flatMap(setting -> List.of("--set", setting).stream())
                .map(word -> word.replace("DIR", directory.toString()).replace("URL", url()))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data.path = seven",
                "data.source = parquet; data.path = one.parquet",
                "data.source = spark; data.format = orc; data.path = one.orc",
                "data.source = spark; data.format = json; data.path = one.json",
                "data.source = spark; data.format = parquet; data.path = one.parquet",
            })
    void filesInTheSameOrderGiveTheSameBits(String settings) {
        assertThat(Runs.hash(train("stored-" + settings.hashCode(), settings(settings))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"data.order-by = [id]", "data.order = content"})
    void sameRowsFromAnySourceGiveTheSameBits(String order) {
        String first = Runs.hash(train(name(order, "csv"), settings(order)));
        for (String source : List.of(
                "data.path = seven",
                "data.source = parquet; data.path = shuffled.parquet",
                "data.source = spark; data.format = orc; data.path = shuffled.orc",
                "data.source = spark; data.format = json; data.path = shuffled.json",
                "data.source = spark; data.path = null; data.table = \"shop.PUBLIC.people\"",
                "data.source = spark; data.path = null; data.query = \"SELECT * FROM parquet.`DIR/shuffled.parquet`\"",
                "data.source = spark; data.path = null; data.format = jdbc; data.options = { url = \"URL\", dbtable = \"\\\"people\\\"\" }",
                "data.source = spark; data.format = delta; data.path = people.delta")) {
            assertThat(Runs.hash(train(name(order, source), settings(order + "; " + source))))
                    .as(source)
                    .isEqualTo(first);
        }
    }

    private static String name(String order, String source) {
        return "run-" + (order + source).hashCode();
    }

    @Test
    void columnsThatOrderRowsMustExistAndDiffer() {
        Outcome repeated = train("repeated", settings("data.order-by = [paid, since]"));
        assertThat(repeated.exitCode()).isEqualTo(65);
        assertThat(repeated.errors())
                .containsPattern("Invalid data.order-by: paid, since \\(two rows have the value (true|false), 2024-")
                .doesNotContain("\tat ");
        Outcome unknown = train("unknown", settings("data.order-by = [number]"));
        assertThat(unknown.exitCode()).isEqualTo(65);
        assertThat(unknown.errors()).contains("no column number (data.order-by; the columns are id, age, city,");
    }

    @Test
    void recordsTheVersionOfATableThatKeepsSeveral() throws IOException {
        Outcome trained =
                train("version", settings("data.source = spark; data.format = delta; data.path = people.delta"));
        assertThat(trained.output()).as(trained.errors()).contains("delta version 1");
        assertThat(Files.readString(directory.resolve("version/run.json")))
                .contains("\"version\" : \"delta version 1\"");
    }

    @Test
    void modelsOfATableEvaluateAndPredictOtherTables() {
        assertThat(train("by-name", settings("data.source = spark; data.path = null; data.table = shop.PUBLIC.people"))
                        .exitCode())
                .isZero();
        Outcome evaluated = Runs.sparkprop(
                directory, Runs.merge(new String[] {"evaluate", "by-name", "shop.PUBLIC.people"}, catalogs()));
        assertThat(evaluated.exitCode()).as(evaluated.errors()).isZero();
        assertThat(evaluated.output()).contains("Examples  1,500");
        Outcome predicted = Runs.sparkprop(
                directory,
                Runs.merge(
                        new String[] {"predict", "by-name", "shop.PUBLIC.people", "--output", path("predicted")},
                        catalogs()));
        assertThat(predicted.output()).contains("Wrote predictions for 1,500 rows");
        Outcome missing = Runs.sparkprop(
                directory, Runs.merge(new String[] {"evaluate", "by-name", "shop.PUBLIC.none"}, catalogs()));
        assertThat(missing.exitCode()).isEqualTo(65);
        assertThat(missing.errors()).contains("Cannot read shop.PUBLIC.none: ").doesNotContain("\tat ");
    }

    @Test
    void passwordsAreInNoFileOfARun() throws IOException {
        Outcome trained = train(
                "secret",
                settings("data.source = spark; data.path = null; data.format = jdbc; data.options = { url = \"URL\","
                        + " dbtable = \"\\\"people\\\"\", user = READER, password = xyzzy-42 }"));
        assertThat(trained.exitCode()).as(trained.errors()).isZero();
        assertThat(trained.output() + trained.errors()).doesNotContain("xyzzy-42");
        try (Stream<Path> files = Files.walk(directory.resolve("secret"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("xyzzy-42");
            }
        }
    }

    @Test
    void sameHashIsNotThatOfOtherRows() {
        assertThat(Runs.hash(train(
                        "other",
                        settings("data.source = spark; data.format = delta; data.path = people.delta;"
                                + " data.options.versionAsOf = 0; data.order = content"))))
                .isNotEqualTo(Runs.hash(train("by-content", settings("data.order = content"))));
    }
}
