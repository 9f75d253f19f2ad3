package dev.sparkprop.spark.packing;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParserSettings;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.TableFiles;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.CellReader;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import dev.sparkprop.spark.files.RowParser;
import dev.sparkprop.spark.files.Split;
import dev.sparkprop.spark.formats.CsvParser;
import dev.sparkprop.spark.formats.LibsvmParser;
import dev.sparkprop.spark.formats.TextRows;
import dev.sparkprop.spark.formats.TextSplit;
import dev.sparkprop.text.Label;
import dev.sparkprop.text.NumberText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads random and damaged data. Each input must give an example, a short description of a problem, or a
 * {@code BadDataException}. The system property {@code fuzz.inputs} sets the number of inputs of each kind.
 */
class DataFileFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 3_000);
    private static final int MAX_CHARACTERS = 300;
    private static final String CHARACTERS = "01239.,;:#\"'\\\\eE+-\t \u00e9\uFEFF\uFFFD\u0000\uD83Dabnul\r\n|=";
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final List<String> LINES = List.of(
            "1,2.5,-3e4,dog,1",
            "\"1\",\"2\",\"3\",\"a, \"\"b\"\"\",0.5",
            "true,FALSE,.5,00501,1",
            "yes 1:2 2:-3e4 3:.5 # comment",
            "9999999999999999999999,1e400,NaN,null,-1");

    @TempDir
    private Path directory;

    private static String randomText(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private static String mutated(Random random) {
        StringBuilder text = new StringBuilder(LINES.get(random.nextInt(LINES.size())));
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, randomText(random, 3));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, text.substring(Math.min(at, text.length() / 2)));
                default -> text.insert(at, "9".repeat(random.nextInt(400)));
            }
        }
        return text.toString();
    }

    private static FileData.Csv format(Random random) {
        char[] separators = {',', ';', '\t', '|'};
        char escape = random.nextBoolean() ? '\\' : FileData.Csv.NO_ESCAPE;
        return new FileData.Csv(
                random.nextBoolean(),
                separators[random.nextInt(4)],
                random.nextInt(4) == 0 ? '\'' : '"',
                escape,
                random.nextBoolean(),
                random.nextInt(3) == 0 ? new TextCharset("Shift_JIS") : TextCharset.UTF_8);
    }

    private static TargetKind kind(Random random) {
        return TargetKind.values()[random.nextInt(TargetKind.values().length)];
    }

    private static void assertParsedOrRejected(RowParser parser, Row row, boolean first) {
        FileRow parsed = new FileRow(8);
        parsed.clear();
        parser.parse(row, first, parsed);
        assertThat(parser.lines(row)).isPositive();
        assertThat(parsed.isGood() ? "" : parsed.problem()).hasSizeLessThan(MAX_CHARACTERS);
    }

    private static CsvParser csvParser(FileData.Csv format, TargetKind kind) {
        Columns columns =
                new Columns(List.of("a", "b", "c", "label", "w"), List.of(0, 1, 2), List.of(3), 4, kind, false);
        return new CsvParser(format, columns, CellReader.numbers(List.of("a", "b", "c")), "f.csv");
    }

    @Test
    void anyCsvLineIsParsedOrRejected() {
        Random random = new Random(1);
        for (int i = 0; i < INPUTS; i++) {
            FileData.Csv format = format(random);
            String line = random.nextBoolean() ? mutated(random) : randomText(random, 60);
            assertParsedOrRejected(
                    csvParser(format, kind(random)), RowFactory.create(line, "f", 0L), random.nextInt(8) == 0);
        }
    }

    @Test
    void anyLibsvmLineIsParsedOrRejected() {
        Random random = new Random(2);
        for (int i = 0; i < INPUTS; i++) {
            String line = random.nextBoolean() ? mutated(random) : randomText(random, 60);
            assertParsedOrRejected(new LibsvmParser(3, kind(random)), RowFactory.create(line, "f", 0L), false);
        }
    }

    @Test
    void parsesAnyTextAsNumberAndLabel() {
        Random random = new Random(3);
        for (int i = 0; i < INPUTS; i++) {
            String text =
                    randomText(random, 24).replaceAll("[^0-9.eE+\\- a]", "").strip();
            double expected = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            assertThat(Double.compare(NumberText.parse(text), expected))
                    .as(text)
                    .isZero();
            String name = Label.name(text);
            assertThat(Label.name(name)).as(text).isEqualTo(name);
            boolean sameNumber = Double.isFinite(expected)
                    && !name.equals(text)
                    && new BigDecimal(name).compareTo(new BigDecimal(text)) == 0;
            assertThat(name.equals(text) || sameNumber)
                    .as(text + " is called " + name)
                    .isTrue();
        }
    }

    @Test
    void anyBytesAreParsedOrRejected() throws IOException {
        Random random = new Random(4);
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
        Path file = directory.resolve("f.csv");
        Path packed = directory.resolve("f.csv.gz");
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = (mutated(random) + "\n" + mutated(random) + "\r\n" + randomText(random, 30))
                    .getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
            for (int change = random.nextInt(4); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Path target = random.nextInt(10) == 0 ? packed : file;
            Files.write(target, bytes);
            FileData.Csv format = format(random);
            CsvParser parser = csvParser(format, kind(random));
            Split split = new Split(target.toUri().toString(), 0);
            try (TextRows rows = new TextRows(new TextSplit(split, bytes.length), format, hadoop)) {
                for (boolean first = true; rows.hasNext(); first = false) {
                    assertParsedOrRejected(parser, rows.next(), first);
                }
            }
        }
    }

    @Test
    void anyHeaderIsParsedOrRejected() {
        Random random = new Random(5);
        for (int i = 0; i < INPUTS; i++) {
            List<String> names = CsvParser.values(randomText(random, 40), TableFiles.COMMAS);
            try {
                Columns columns = Columns.of(names, TableFiles.csv(2).at(List.of("f")), "f");
                assertThat(columns.features()).hasSizeLessThan(names.size());
            } catch (BadDataException e) {
                assertThat(e.getMessage()).startsWith("f: ");
            }
        }
    }

    /** Compares with the parser that Spark's own CSV reader uses. */
    @Test
    void parsesTablesLikeTheReaderOfSpark() throws IOException {
        Random random = new Random(6);
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
        Path file = directory.resolve("table.csv");
        for (int i = 0; i < INPUTS; i++) {
            FileData.Csv format = format(random);
            FileData.Csv lines = new FileData.Csv(
                    true, format.separator(), format.quote(), format.escape(), true, TextCharset.UTF_8);
            List<List<String>> table = table(random);
            StringBuilder text = new StringBuilder();
            table.forEach(
                    row -> text.append(formatted(row, lines, random)).append(random.nextBoolean() ? "\n" : "\r\n"));
            Files.writeString(file, text);
            List<List<String>> parsedRows = new ArrayList<>();
            TextSplit split = new TextSplit(new Split(file.toUri().toString(), 0), Files.size(file));
            try (TextRows rows = new TextRows(split, lines, hadoop)) {
                rows.forEachRemaining(row -> parsedRows.add(CsvParser.values(row.getString(0), lines)));
            }
            assertThat(parsedRows).as(text.toString()).isEqualTo(table);
            assertThat(parsedByUnivocity(text.toString(), lines))
                    .as(text.toString())
                    .isEqualTo(table);
        }
    }

    private static List<List<String>> table(Random random) {
        String characters = "ab1 ,;|\t\"'\\\n.\u00e9";
        int columns = 2 + random.nextInt(3);
        List<List<String>> table = new ArrayList<>();
        for (int r = 1 + random.nextInt(4); r > 0; r--) {
            List<String> row = new ArrayList<>(List.of("row"));
            while (row.size() < columns) {
                StringBuilder value = new StringBuilder();
                for (int c = random.nextInt(6); c > 0; c--) {
                    value.append(characters.charAt(random.nextInt(characters.length())));
                }
                row.add(value.toString());
            }
            table.add(row);
        }
        return table;
    }

    private static String formatted(List<String> row, FileData.Csv format, Random random) {
        String quote = String.valueOf(format.quote());
        List<String> cells = new ArrayList<>();
        for (String value : row) {
            boolean quoted = random.nextInt(3) == 0
                    || value.contains(quote)
                    || value.contains("\n")
                    || value.indexOf(format.separator()) >= 0;
            boolean escaped = format.escape() != FileData.Csv.NO_ESCAPE;
            String escape = String.valueOf(format.escape());
            String inner = escaped
                    ? value.replace(escape, escape + escape).replace(quote, escape + quote)
                    : value.replace(quote, quote + quote);
            cells.add(quoted ? quote + inner + quote : value);
        }
        return String.join(String.valueOf(format.separator()), cells);
    }

    private static List<List<String>> parsedByUnivocity(String text, FileData.Csv format) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(format.separator());
        settings.getFormat().setQuote(format.quote());
        boolean escaped = format.escape() != FileData.Csv.NO_ESCAPE;
        settings.getFormat().setQuoteEscape(escaped ? format.escape() : format.quote());
        settings.getFormat().setCharToEscapeQuoteEscaping(escaped ? format.escape() : format.quote());
        settings.setLineSeparatorDetectionEnabled(false);
        settings.getFormat().setLineSeparator("\n");
        settings.setIgnoreLeadingWhitespaces(false);
        settings.setIgnoreTrailingWhitespaces(false);
        settings.setNullValue("");
        settings.setEmptyValue("");
        settings.setCommentProcessingEnabled(false);
        List<List<String>> table = new ArrayList<>();
        for (String[] row : new com.univocity.parsers.csv.CsvParser(settings)
                .parseAll(new java.io.StringReader(text.replace("\r\n", "\n")))) {
            table.add(List.of(row));
        }
        return table;
    }

    @Test
    void damagedFilesAreReadOrRejected() throws IOException {
        Random random = new Random(7);
        try (JavaSparkContext context = LocalSpark.context()) {
            for (int i = 0; i < 6; i++) {
                StringBuilder text = new StringBuilder("a,b,label\n1,2,0\n3,4,1\n");
                for (int line = random.nextInt(4); line > 0; line--) {
                    text.append(mutated(random)).append('\n');
                }
                Path file =
                        Files.write(directory.resolve("f" + i), text.toString().getBytes(StandardCharsets.UTF_8));
                FileFormat format = i % 2 == 0 ? FileFormat.CSV : FileFormat.LIBSVM;
                try {
                    FileExamples.survey(context, TableFiles.files(format, TableFiles.COMMAS, 2, file));
                } catch (BadDataException e) {
                    assertThat(e.getMessage()).contains("f" + i).hasSizeLessThan(20 * MAX_CHARACTERS);
                }
            }
        }
    }
}
