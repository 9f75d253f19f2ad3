package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.sparkprop.cli.options.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** README beside what the program has. */
class DocumentationTest {
    /** Words for keys without a default. */
    private static final Set<String> NO_DEFAULT =
            Set.of("none", "must be given", "the file's name", "by the output", "all others", "seed", "log-every");

    /** The cells of the rows of a table, without backticks. */
    private static List<List<String>> table(String head) throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.equals(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
    }

    /** Defaults by their keys, as README has them. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : table("| key | default | meaning |")) {
            List<String> keys = new ArrayList<>();
            for (String key : row.get(0).split(", ")) {
                keys.add(key.startsWith(".") ? keys.get(0).replaceFirst("\\.[^.]*$", "") + key : key);
            }
            String[] defaults =
                    keys.size() == 1 ? new String[] {row.get(1)} : row.get(1).split(", ");
            for (int i = 0; i < keys.size(); i++) {
                documented.put(keys.get(i), defaults[Math.min(i, defaults.length - 1)]);
            }
        }
        return documented;
    }

    private static void collect(String prefix, ConfigObject object, Map<String, String> keys) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            if (entry.getValue() instanceof ConfigObject inner) {
                collect(prefix + entry.getKey() + ".", inner, keys);
            } else {
                keys.put(
                        prefix + entry.getKey(), String.valueOf(entry.getValue().unwrapped()));
            }
        }
    }

    @Test
    void everyKeyHasItsDefaultInReadme() throws IOException {
        Map<String, String> actual = new TreeMap<>();
        collect("", ConfigFactory.parseResources("sparkprop-defaults.conf").root(), actual);
        Map<String, String> documented = documented();
        assertThat(documented.keySet()).isEqualTo(actual.keySet());
        actual.forEach((key, value) -> {
            if (value.equals("null")) {
                assertThat(NO_DEFAULT).as(key).contains(documented.get(key));
            } else {
                assertThat(plain(documented.get(key))).as(key).isEqualTo(plain(value));
            }
        });
    }

    /** The same number in the same words. */
    private static String plain(String value) {
        try {
            return String.valueOf(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    @Test
    void readmeHasTheExitCodesOfTheProgram() throws IOException {
        assertThat(table("| code | meaning |").stream().map(row -> row.get(0)))
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> String.valueOf(code.code()))
                        .toList());
    }

    @Test
    void readmeHasTheFaultsInTheirOrder() throws IOException {
        List<String> numbers =
                table("| row | what happens | what the run does | see it with | tried many times |").stream()
                        .map(row -> row.get(0))
                        .toList();
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 29).mapToObj(String::valueOf).collect(Collectors.toList()));
    }
}
