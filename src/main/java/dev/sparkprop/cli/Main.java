package dev.sparkprop.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program. */
@Command(
        name = "sparkprop",
        description = "Trains feed-forward neural networks by backpropagation as a batch job on Apache Spark.",
        subcommands = {
            TrainCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            CountCommand.class,
            ExplainCommand.class,
            CheckCommand.class,
            BenchCommand.class,
            ReportCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nOptions for Spark, taken by scripts/sparkprop (with spark-submit, give its own):%n",
        footer = {
            "      --master URL         where to run: local[N], spark://HOST:PORT, yarn, ... (default: local[*])",
            "      --deploy-mode MODE   client or cluster",
            "      --spark KEY=VALUE    any Spark property, such as spark.driver.memory=4g",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:finished",
            " 1:check found a gradient that is wrong",
            " 2:usage",
            " 3:stopped by a signal or training.stop.max-time, with a checkpoint to go on from",
            " 4:diverged",
            "65:bad data",
            "66:input missing",
            "70:internal error",
            "73:output exists",
            "74:input or output failed",
            "75:try again: another run has the output, or no executor came in time",
            "78:bad configuration",
        })
public final class Main {
    @Option(names = "--debug", description = "Show the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> main.report(failure, failed));
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) {
            return main.report(
                    new IOException(
                            "Out of memory: " + e.getMessage() + ", with a driver of "
                                    + (Runtime.getRuntime().maxMemory() >> 20)
                                    + " MiB (give it more with --spark spark.driver.memory=8g)",
                            e),
                    command);
        }
    }

    private int report(Exception failure, CommandLine command) {
        ExitCode code = ExitCode.of(failure);
        boolean unforeseen = code == ExitCode.INTERNAL_ERROR;
        String text = unforeseen ? failure.toString() : message(failure);
        text.lines().forEach(line -> command.getErr().println("sparkprop: " + line));
        if (debug) {
            failure.printStackTrace(command.getErr());
        } else if (unforeseen) {
            command.getErr().println("sparkprop: this is an error in sparkprop; --debug shows where");
        }
        return code.code();
    }

    /** The message of ours, or of what lies at the bottom of a failure of Spark's. */
    private static String message(Throwable failure) {
        boolean wrapper = failure instanceof SparkException || failure instanceof UncheckedIOException;
        if (wrapper && failure.getCause() != null) {
            return message(failure.getCause());
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sparkprop " + version()};
        }
    }
}
