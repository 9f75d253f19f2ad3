package dev.sparkprop.cli;

import dev.sparkprop.spark.LostThreads;
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
            "75:try again: another run has the output, no executor came in time, or no Master answered",
            "78:bad configuration, or a bad setting of Spark",
        })
public final class Main {
    @Option(names = "--debug", description = "Show the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintableOutput.install();
        System.exit(run(args));
    }

    static int run(String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> main.report(failure));
        try {
            return command.execute(args);
        } catch (Throwable e) { // an Error: nothing above this frame would say in a line what it is
            return main.report(e);
        }
    }

    private int report(Throwable caught) {
        Throwable failure = LostThreads.reason(caught);
        ExitCode code = ExitCode.of(failure);
        boolean unforeseen = code == ExitCode.INTERNAL_ERROR;
        String text = unforeseen ? failure.toString() : FailureText.of(failure);
        text.lines().forEach(line -> System.err.println("sparkprop: " + line));
        if (debug) {
            failure.printStackTrace();
        } else if (unforeseen) {
            System.err.println("sparkprop: this is an error in sparkprop; --debug shows where");
        }
        return code.code();
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
