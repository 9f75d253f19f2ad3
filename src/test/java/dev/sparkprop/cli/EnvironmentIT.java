package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sparkprop.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 29: users, locales and machines that lack what others have. */
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

    /** A command in a shell, where that can be: as root, with the tool there. */
    private Outcome shell(String tool, String command) {
        assumeTrue(Program.execute(directory, "sh", "-c", tool + " true").exitCode() == 0, tool);
        return Program.execute(directory, "sh", "-c", tool + " sh -c '" + command + "'");
    }

    /** A training for a shell within quotes, for which options would need quotes of their own. */
    private String train() throws IOException {
        Files.writeString(directory.resolve("spark-defaults.conf"), Runs.quick()[1].replaceFirst("=", " "));
        return "SPARK_CONF_DIR=" + directory + " " + SCRIPT + " train " + conf() + " --master local[1] --output "
                + directory + "/run --quiet";
    }

    private void trained(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
        assertThat(directory.resolve("run/_SUCCESS")).exists();
    }

    @Test
    void row29NamesOfFilesMayHaveAnyLettersInAnyLocale() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("étude"));
        Files.writeString(folder.resolve("dåta.csv"), "a,b,label\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
        Path conf = Files.writeString(
                folder.resolve("ĉsv.conf"),
                "name = csv\nnetwork.layers = [2, 1]\ndata { source = csv, path = \"dåta.csv\" }\ntraining.iterations = 3\n");
        for (String locale : List.of("POSIX", "C", "C.UTF-8")) {
            String output = folder.resolve("run-" + locale).toString();
            String[] command = {"train", conf.toString(), "--master", "local[1]", "--output", output, "--quiet"};
            Outcome outcome = Program.run(
                    directory, Map.of("LC_ALL", locale), "scripts/sparkprop", Runs.merge(Runs.quick(), command));
            assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
            assertThat(Path.of(output).resolve("_SUCCESS")).exists();
        }
    }

    @Test
    void row29AUserNumberWithoutANameIsToldWhatToDo() throws IOException {
        String tool = "setpriv --reuid=12345 --regid=12345 --clear-groups";
        assumeTrue(Program.execute(directory, "sh", "-c", tool + " test -x " + SCRIPT)
                        .exitCode()
                == 0);
        Outcome outcome = shell(tool, train());
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.errors())
                .isEqualTo(
                        "sparkprop: User 12345 has no name, which Hadoop needs (add the number to /etc/passwd, or run as"
                                + " a user who is there)\n");
    }

    @Test
    void row29AMachineWhoseNameIsUnknownTrains() throws IOException {
        trained(shell("unshare --uts", "hostname nosuch-machine && " + train()));
    }

    @Test
    void row29WithoutAHomeItTrains() throws IOException {
        trained(shell("env -u HOME", train()));
        Files.delete(directory.resolve("run/_SUCCESS"));
        trained(shell("env HOME=/nonexistent", train() + " --overwrite"));
    }

    @Test
    void row29AReadOnlyInstallationTrains() throws IOException {
        String mount = "mount --bind " + Program.PROJECT + " " + Program.PROJECT + " && mount -o remount,bind,ro "
                + Program.PROJECT + " && ! touch " + SCRIPT + " && ";
        trained(shell("unshare --mount", mount + train()));
    }

    @Test
    void anOlderSparkIsNamed() throws IOException {
        Path jars = Files.createDirectories(directory.resolve("spark/jars"));
        Files.createFile(jars.resolve("spark-core_2.12-3.5.5.jar"));
        Outcome outcome = Program.run(
                directory, Map.of("SPARK_HOME", directory + "/spark"), "scripts/sparkprop", "train", conf());
        assertThat(outcome.exitCode()).isEqualTo(78);
        assertThat(outcome.errors())
                .contains("SPARK_HOME is " + directory + "/spark, which has Spark 3.5.5 (must be 4.1 or later");
    }

    @Test
    void propertiesOfSparkMayBeSpeltAsSparkSubmitDoes() throws IOException {
        String[] command = {"train", conf(), "--master", "local[1]", "--output", "run", "--quiet"};
        String[] train = Runs.merge(Runs.quick(), command);
        trained(Program.run(directory, "scripts/sparkprop", Runs.merge(train, "--conf", "spark.ui.enabled=false")));
        Outcome wrong = Program.run(directory, "scripts/sparkprop", Runs.merge(train, "--conf=ui.enabled=false"));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains("Invalid --conf: ui.enabled=false (must be KEY=VALUE");
    }
}
