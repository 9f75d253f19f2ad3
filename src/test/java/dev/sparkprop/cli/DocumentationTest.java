package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.sparkprop.cli.options.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Compares the README and the documentation pages with the program. */
class DocumentationTest {
    private static final Path README = Path.of("README.md");
    private static final Path PAGES = Path.of("src/docs");
    private static final Path CONFIGURATION = PAGES.resolve("configuration.md");
    private static final Path GUARANTEES = PAGES.resolve("guarantees.md");
    private static final int WIDTH = 120;

    /** A link. Its groups are the path, which may be empty, and the anchor, which may be missing. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");

    /** Options that scripts/sparkprop handles itself. */
    private static final Set<String> SCRIPT_OPTIONS = Set.of("--master", "--deploy-mode", "--spark", "--conf");

    /** Entries of the default column for keys without a default. */
    private static final Set<String> NO_DEFAULT = Set.of(
            "none", "must be given", "the file's name", "depends on network.output", "all others", "seed", "log-every");

    /** Returns the rows of a table. Each row is a list of its cells, without backticks. */
    private static List<List<String>> table(Path page, String head) throws IOException {
        return Files.readAllLines(page).stream()
                .dropWhile(line -> !line.equals(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", -1))
                        .map(cell -> cell.replace("`", "").strip())
                        .toList())
                .toList();
    }

    /** Returns the documented defaults by key. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : table(CONFIGURATION, "| key | default | meaning |")) {
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

    private static String text(ConfigValue value) {
        return value instanceof ConfigList
                ? value.render(ConfigRenderOptions.concise()).replace(",", ", ")
                : String.valueOf(value.unwrapped());
    }

    private static void collect(String prefix, ConfigObject object, Map<String, String> keys) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            if (entry.getValue() instanceof ConfigObject inner && !inner.isEmpty()) {
                collect(prefix + entry.getKey() + ".", inner, keys);
            } else {
                keys.put(prefix + entry.getKey(), text(entry.getValue()));
            }
        }
    }

    @Test
    void everyKeyIsDocumentedWithItsDefault() throws IOException {
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

    /** Returns the same text for equal numbers. */
    private static String plain(String value) {
        try {
            return String.valueOf(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    @Test
    void everyExitCodeIsDocumentedAsInHelp() throws IOException {
        assertThat(table(CONFIGURATION, "| exit code | meaning |"))
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> List.of(String.valueOf(code.code()), code.meaning(), ""))
                        .toList());
    }

    @Test
    void everyFaultIsDocumentedInOrder() throws IOException {
        String head = "| row | what happens | what the run does | try it | tested repeatedly |";
        assertThat(table(GUARANTEES, head).stream().map(row -> row.get(0)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 29).mapToObj(String::valueOf).toList());
    }

    private static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new LinkedHashMap<>(new CommandLine(Main.class).getSubcommands());
        commands.remove("help");
        return commands;
    }

    @Test
    void everyCommandIsDocumentedAsInHelp() throws IOException {
        List<List<String>> expected = commands().entrySet().stream()
                .map(command -> List.of(
                        command.getKey(),
                        command.getValue().getCommandSpec().usageMessage().description()[0]))
                .toList();
        assertThat(table(CONFIGURATION, "| command | what it does |").stream()
                        .map(row -> List.of(row.get(0).split(" ")[0], row.get(1))))
                .containsExactlyElementsOf(expected);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return Stream.concat(
                            Stream.of(README),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    private static String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path page : pages()) {
            text.append(Files.readString(page));
        }
        return text.toString();
    }

    @Test
    void everyOptionIsMentionedOnSomePage() throws IOException {
        String text = text();
        commands()
                .forEach((name, command) -> assertThat(command.getCommandSpec().options())
                        .as(name)
                        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                        .allSatisfy(option -> assertThat(text).contains(option.longestName())));
    }

    /** Returns the example commands of all pages, each on one line. */
    private static List<String> examples() throws IOException {
        return Pattern.compile("(?m)^scripts/sparkprop .*$")
                .matcher(text().replace("\\\n", ""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void everyExampleUsesExistingOptions() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(20).allSatisfy(example -> {
            CommandLine command = commands().get(example.split("\\s+")[1]);
            assertThat(command).as("command").isNotNull();
            assertThat(Arrays.stream(example.split("\\s+"))
                            .filter(word -> word.startsWith("--"))
                            .filter(option -> !SCRIPT_OPTIONS.contains(option)))
                    .allSatisfy(option -> assertThat(command.getCommandSpec().findOption(option))
                            .as(option)
                            .isNotNull());
        });
    }

    /** Returns the anchors of a page's headings, as GitHub generates them. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void everyLinkHasATarget() throws IOException {
        int links = 0;
        for (Path page : pages()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(page)).results().toList()) {
                if (link.group(1).startsWith("https://")) {
                    continue;
                }
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                assertThat(target).as("%s: %s", page, link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(anchors(target)).as("%s: %s", page, link.group()).contains(link.group(2));
                }
                links++;
            }
        }
        assertThat(links).isGreaterThan(30);
    }

    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void proseFitsInTheLineWidth() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page).replaceAll("(?s)```.*?```", "").lines())
                    .as("%s", page)
                    .filteredOn(line -> !line.startsWith("|") && !line.startsWith("!["))
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(WIDTH));
        }
    }
}
