package dev.sparkprop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.columns.ColumnEncoding;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.DatePart;
import dev.sparkprop.data.columns.DateText;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.columns.HashEncoding;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.columns.NumberEncoding;
import dev.sparkprop.data.columns.OneHotEncoding;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedDataTest {
    private static final Topology NUMBERS =
            new Topology(List.of(2, 1), Activation.LINEAR, Output.LINEAR, Loss.SQUARED_ERROR);
    private static final Topology CLASSES =
            new Topology(List.of(2, 2), Activation.LINEAR, Output.SOFTMAX, Loss.SOFTMAX_CROSS_ENTROPY);
    private static final org.apache.hadoop.fs.Path FILE = new org.apache.hadoop.fs.Path("m.safetensors");

    @TempDir
    private Path directory;

    private static FileData files(TargetKind kind, int outputs) {
        return new FileData(
                FileFormat.CSV,
                List.of("somewhere.csv"),
                new FileData.Csv(false, '\t', '\''),
                List.of("_c0", "_c2"),
                List.of("_c1"),
                Optional.of("_c3"),
                kind,
                2,
                outputs,
                BadRows.FAIL,
                kind == TargetKind.NUMBERS);
    }

    private static LearnedData numbers() {
        return new LearnedData(
                files(TargetKind.NUMBERS, 1),
                Encodings.plain(List.of("_c0", "_c2")),
                List.of(),
                Optional.of(new Standardization(new double[] {1, 0.1, 30}, new double[] {2, 1e-30, 10})));
    }

    private static LearnedData classes() {
        return new LearnedData(
                files(TargetKind.CLASSES, 2),
                Encodings.plain(List.of("_c0", "_c2")),
                List.of("no", "\"yes\" \u00fc"),
                Optional.empty());
    }

    private LearnedData writeAndRead(Topology topology, LearnedData data) throws IOException {
        Path file = directory.resolve("model.safetensors");
        Models.write(new Model(topology, RandomNets.parameters(topology, 1), Optional.of(data)), file);
        return Model.read(file.toString()).data().orElseThrow();
    }

    @Test
    void modelStoresItsFileFormatAndClassNames() throws IOException {
        LearnedData read = writeAndRead(CLASSES, classes());
        assertThat(read).isEqualTo(classes());
        assertThat(read.files().paths()).isEmpty();
    }

    @Test
    void modelStoresItsStandardizationExactly() throws IOException {
        LearnedData read = writeAndRead(NUMBERS, numbers());
        assertThat(read.files()).isEqualTo(numbers().files());
        Standardization columns = read.standardization().orElseThrow();
        assertThat(columns.mean()).containsExactly(1, 0.1, 30);
        assertThat(columns.deviation()).containsExactly(2, 1e-30, 10);
        assertThat(read.input(0, 5)).isEqualTo(2);
        assertThat(read.target(0, 50)).isEqualTo(2);
        assertThat(read.predictedValue(0, 2)).isEqualTo(50);
    }

    @Test
    void modelStoresItsTextFormatAndBadRowPolicy() throws IOException {
        FileData base = files(TargetKind.CLASSES, 2);
        FileData custom = new FileData(
                        base.format(),
                        base.paths(),
                        new FileData.Csv(true, ';', '"', '\\', true, new TextCharset("latin1")),
                        base.features(),
                        base.targets(),
                        base.weight(),
                        base.kind(),
                        2,
                        2,
                        BadRows.SKIP,
                        false)
                .withBadRows(BadRows.SKIP);
        LearnedData data =
                new LearnedData(custom, Encodings.plain(List.of("_c0", "_c2")), List.of("no", "yes"), Optional.empty());
        FileData read = writeAndRead(CLASSES, data).files();
        assertThat(read).isEqualTo(custom.at(List.of()));
        assertThat(read.csv().charset().name()).isEqualTo("ISO-8859-1");
    }

    private static LearnedData allEncodings() {
        Feature date = new Feature(
                "since", "since", ColumnType.DATE, Missing.MEAN, new DateText(ZoneId.of("Europe/Paris"), true));
        Feature city = new Feature("city", "city", ColumnType.CATEGORY, Missing.MOST_FREQUENT, DateText.UTC);
        Feature shop = new Feature("shop", "shop", ColumnType.CATEGORY, Missing.FAIL, DateText.UTC);
        List<ColumnEncoding> columns = List.of(
                new NumberEncoding(
                        new Feature("age", "age", ColumnType.NUMBER, Missing.MEDIAN, DateText.UTC),
                        0.1,
                        List.of(),
                        true),
                new NumberEncoding(date, 19_000.5, List.of(DatePart.WEEKDAY), false),
                new OneHotEncoding(
                        city,
                        new OneHotEncoding.Categories(List.of("2", "O\"Brien", "\u00fc"), List.of(3L, 1L, 5L), 2),
                        Optional.of("\u00fc"),
                        true),
                new HashEncoding(shop, 16, false));
        FileData files = files(TargetKind.CLASSES, 2)
                .withFeatures(List.of("age", "since", "city", "shop"))
                .withColumns(EncodingsJson.rules(
                        new Encodings(columns), List.of("_c1"), List.of("", "NA"), ColumnRules.Unseen.FAIL));
        return new LearnedData(files, new Encodings(columns), List.of("no", "yes"), Optional.empty());
    }

    private static Topology wide() {
        return new Topology(List.of(31, 2), Activation.LINEAR, Output.SOFTMAX, Loss.SOFTMAX_CROSS_ENTROPY);
    }

    @Test
    void modelStoresItsEncodingsExactly() throws IOException {
        LearnedData read = writeAndRead(wide(), allEncodings());
        assertThat(read).isEqualTo(allEncodings());
        assertThat(read.features())
                .startsWith("age", "age is missing", "since", "since.weekday=1")
                .contains("city=O\"Brien", "city is another category", "city is missing", "shop#15");
        assertThat(read.files().skipsMissingTargets()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"type\":\"date\" | \"type\":\"day\" | data.encodings[1].type is \"day\" (must be one of number, boolean, date, category)",
                "\"counts\":[3,1,5] | \"counts\":[3,1] | Invalid counts: 2 (must be 3)",
                "\"counts\":[3,1,5] | \"counts\":[3,1,-5] | data.encodings[2].counts is [3,1,-5] (must be an array of whole numbers >= 0)",
                "\"buckets\":16 | \"buckets\":17 | Invalid features: 32 (must be 31)",
                "\"buckets\":16 | \"buckets\":2000000000 | Invalid buckets: 2000000000 (must be 1 to 65536)",
                "\"fill\":0.1 | \"fill\":\"x\" | data.encodings[0].fill is \"x\" (must be a number)",
                "\"zone\":\"Europe/Paris\" | \"zone\":\"Mars\" | data.encodings[1].zone is \"Mars\" (must be a time zone)",
                "\"parts\":[\"weekday\"] | \"parts\":[7] | data.encodings[1].parts is [7] (must be an array of strings)",
                "\"unseen\":\"fail\" | \"unseen\":1 | data.unseen is 1 (must be a string)",
            })
    void rejectsInvalidEncodings(String valid, String invalid, String problem) {
        String text = LearnedDataJson.write(allEncodings());
        assertThat(text).contains(valid);
        assertThatThrownBy(() -> LearnedDataJson.read(FILE, text.replace(valid, invalid), wide()))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(problem);
    }

    /** Default settings are omitted, so that files are the same as in earlier versions, which can read them. */
    @Test
    void omitsDefaultSettings() {
        assertThat(LearnedDataJson.write(classes())).doesNotContain("escape", "multi-line", "charset", "on-bad-row");
    }

    @Test
    void modelsWithDifferentDataDiffer() {
        double[] parameters = RandomNets.parameters(CLASSES, 1);
        Model withData = new Model(CLASSES, parameters, Optional.of(classes()));
        assertThat(withData.isSame(new Model(CLASSES, parameters.clone(), Optional.of(classes()))))
                .isTrue();
        assertThat(withData.isSame(new Model(CLASSES, parameters))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"version\":1 | \"version\":2 | its data has version 2 (must be 1)",
                "{\"version\" | [{\"version\" | its data is not JSON",
                "\"format\":\"csv\" | \"format\":\"xls\" | data.format is \"xls\" (must be one of csv, libsvm, parquet, spark)",
                "\"header\":false | \"header\":\"no\" | data.header is \"no\" (must be true or false)",
                "\"header\":false, | '' | data.header is missing (must be true or false)",
                "\"separator\":\"\\t\" | \"separator\":\";;\" | data.separator is \";;\" (must be one character)",
                "\"weight\":\"_c3\" | \"wait\":\"_c3\" | data.wait is unknown (must be one of charset, classes,",
                "\"target\":[\"_c1\"] | \"target\":[] | Invalid target: [] (must be 1 columns)",
                "\"features\":[\"_c0\", | \"features\":[ | Invalid features: 1 (must be 2)",
                "\"classes\":[] | \"classes\":[\"a\"] | Invalid classes: 1 (must be 0)",
                "\"classes\":[] | \"classes\":[1] | data.classes is [1] (must be an array of strings)",
                "\"header\":false | \"header\":false,\"charset\":\"UTF-16\" | must be a charset that contains ASCII",
                "\"header\":false | \"header\":false,\"multi-line\":1 | data.multi-line is 1 (must be true or false)",
                "\"mean\":[1.0, | \"mean\":[ | Invalid means: 2 (must be 3)",
                "\"mean\":[1.0 | \"mean\":[\"1\" | data.mean is [\"1\",0.1,30.0] (must be an array of numbers)",
                "\"deviation\":[2.0 | \"deviation\":[0.0 | deviations finite and > 0",
            })
    void reportsTheKeyOfAnInvalidValue(String text, String replacement, String message) {
        String written = LearnedDataJson.write(numbers());
        String changed = written.replace(text, replacement.equals("''") ? "" : replacement);
        assertThat(changed).isNotEqualTo(written);
        assertThatThrownBy(() -> LearnedDataJson.read(FILE, changed, NUMBERS))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(message);
    }
}
