package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 29: users, locales and machines with missing or unusual settings. */
class EnvironmentIT {
    private static final String SCRIPT =
            Program.PROJECT.resolve("scripts/sparkprop").toString();

    @TempDir
    private Path directory;

    private String conf() throws IOException {
        return Files.writeString(
                        directory.resolve("xor.conf"),
                        "network.layers = [2, 2, 1]\ndata.source = xor\ntraining.iterations = 3\n")
                .toString();
    }

    /** Runs a command in a shell under a tool. Skips the test if the tool is missing or needs root. */
    private Outcome shell(String tool, String command) {
        assumeTrue(Program.execute(directory, "sh", "-c", tool + " true").exitCode() == 0, tool);
        return Program.execute(directory, "sh", "-c", tool + " sh -c '" + command + "'");
    }

    /**
     * Returns a shell command without quotes, because {@link #shell} quotes it. Options that would need quotes are
     * in a properties file.
     */
    private String trainCommand() throws IOException {
        Files.writeString(directory.resolve("spark-defaults.conf"), Runs.quick()[1].replaceFirst("=", " "));
        return "SPARK_CONF_DIR=" + directory + " " + SCRIPT + " train " + conf() + " --master local[1] --output "
                + directory + "/run --quiet";
    }

    private void assertSucceeds(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(directory.resolve("run/_SUCCESS")).exists();
    }

    @Test
    void row29FileNamesMayContainAnyLettersInAnyLocale() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("étude"));
        Files.writeString(folder.resolve("dåta.csv"), "a,b,label\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
        Path conf = Files.writeString(
                folder.resolve("ĉsv.conf"),
                "name = csv\nnetwork.layers = [2, 1]\ndata { source = csv, path = \"dåta.csv\" }\ntraining.iterations = 3\n");
        for (String locale : List.of("POSIX", "C.UTF-8")) {
            String output = folder.resolve("run-" + locale).toString();
            String[] command = {"train", conf.toString(), "--master", "local[1]", "--output", output, "--quiet"};
            Outcome outcome = Program.run(
                    directory, Map.of("LC_ALL", locale), "scripts/sparkprop", Runs.merge(Runs.quick(), command));
            assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
            assertThat(Path.of(output).resolve("_SUCCESS")).exists();
        }
    }

    @Test
    void row29UserIdWithoutANameIsReportedWithARemedy() throws IOException {
        String tool = "setpriv --reuid=12345 --regid=12345 --clear-groups";
        assumeTrue(Program.execute(directory, "sh", "-c", tool + " test -x " + SCRIPT)
                        .exitCode()
                == 0);
        Outcome outcome = shell(tool, trainCommand());
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.errors())
                .isEqualTo(
                        "sparkprop: User 12345 has no name, but Hadoop requires one (add the user to /etc/passwd, or run as"
                                + " another user)\n");
    }

    @Test
    void row29TrainsOnAMachineWithAnUnknownHostName() throws IOException {
        assertSucceeds(shell("unshare --uts", "hostname nosuch-machine && " + trainCommand()));
    }

    @Test
    void row29TrainsWithoutAHomeDirectory() throws IOException {
        assertSucceeds(shell("env -u HOME", trainCommand()));
    }

    @Tag("faults")
    @Test
    void row29TrainsIfTheHomeDirectoryDoesNotExist() throws IOException {
        assertSucceeds(shell("env HOME=/nonexistent", trainCommand()));
    }

    @Test
    void row29TrainsFromAReadOnlyInstallation() throws IOException {
        String mount = "mount --bind " + Program.PROJECT + " " + Program.PROJECT + " && mount -o remount,bind,ro "
                + Program.PROJECT + " && ! touch " + SCRIPT + " && ";
        assertSucceeds(shell("unshare --mount", mount + trainCommand()));
    }

    @Test
    void olderSparkVersionIsReported() throws IOException {
        Path jars = Files.createDirectories(directory.resolve("spark/jars"));
        Files.createFile(jars.resolve("spark-core_2.12-3.5.5.jar"));
        Outcome outcome = Program.run(
                directory, Map.of("SPARK_HOME", directory + "/spark"), "scripts/sparkprop", "train", conf());
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.errors())
                .contains("SPARK_HOME is " + directory + "/spark, which has Spark 3.5.5 (must be 4.1 or later");
    }

    @Test
    void localRunsGetHalfOfTheMemoryByDefault() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long half = system.getTotalMemorySize() >> 21;
        assertThat(memory(Map.of())).isBetween(half * 98 / 100, half * 102 / 100);
        assertThat(memory(Map.of("SPARK_DRIVER_MEMORY", "700m"))).isEqualTo(700);
        assertThat(memory(Map.of("SPARK_DRIVER_MEMORY", "700m"), "--conf", "spark.driver.memory=800m"))
                .isEqualTo(800);
    }

    /** Returns the memory in MiB that a training run reports. */
    private long memory(Map<String, String> environment, String... options) throws IOException {
        String[] train = {"train", conf(), "--output", directory + "/run", "--overwrite"};
        Outcome outcome = Program.run(
                directory, environment, "scripts/sparkprop", Runs.merge(train, Runs.merge(Runs.quick(), options)));
        assertSucceeds(outcome);
        Matcher matcher = Pattern.compile("([0-9,]+) MiB of memory; ").matcher(outcome.output());
        assertThat(matcher.find()).as(outcome.output()).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    @Test
    void acceptsTheConfOptionOfSparkSubmit() throws IOException {
        // Spark rejects the value, so the option has reached it
        Outcome memory =
                Program.run(directory, "scripts/sparkprop", "count", "2,1", "--conf", "spark.driver.memory=1x");
        assertThat(memory.exitCode()).isEqualTo(78);
        assertThat(memory.errors()).contains("Invalid memory: 1x");
        Outcome invalid = Program.run(directory, "scripts/sparkprop", "count", "2,1", "--conf=ui.enabled=false");
        assertThat(invalid.exitCode()).isEqualTo(2);
        assertThat(invalid.errors()).contains("Invalid --conf: ui.enabled=false (must be KEY=VALUE");
    }
}
