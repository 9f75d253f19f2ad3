package dev.sparkprop.cli;

import dev.sparkprop.cli.bench.BenchCommand;
import dev.sparkprop.cli.describe.DescribeCommand;
import dev.sparkprop.cli.gradient.CheckCommand;
import dev.sparkprop.cli.gradient.CountCommand;
import dev.sparkprop.cli.gradient.ExplainCommand;
import dev.sparkprop.cli.options.ExitCode;
import dev.sparkprop.cli.report.ReportCommand;
import dev.sparkprop.cli.score.EvaluateCommand;
import dev.sparkprop.cli.score.PredictCommand;
import dev.sparkprop.cli.train.TrainCommand;
import dev.sparkprop.run.FailureText;
import dev.sparkprop.run.Version;
import dev.sparkprop.spark.LostThreads;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The entry point of the program. */
@Command(
        name = "sparkprop",
        description = "Train feed-forward neural networks on Apache Spark.",
        subcommands = {
            DescribeCommand.class,
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
        versionProvider = Main.VersionText.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nSpark options of scripts/sparkprop (with spark-submit, use the options of spark-submit):%n",
        footer = {
            "      --master URL         Where to run: local[N], spark://HOST:PORT, yarn, ...",
            "                             (default: local[*]).",
            "      --deploy-mode MODE   Where the driver runs: client or cluster.",
            "      --spark KEY=VALUE    Set a Spark property, such as spark.driver.memory=4g.",
            "                             --conf is the same.",
        },
        exitCodeListHeading = "%nExit codes:%n")
public final class Main {
    @Option(names = "--debug", description = "Print the stack trace of an error.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintableOutput.install();
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    public static int run(String... args) {
        Main main = new Main();
        CommandLine command = new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> main.report(failure));
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            exitCodes.put(String.format("%2d", code.code()), code.meaning());
        }
        listExitCodes(command, exitCodes);
        try {
            return command.execute(args);
        } catch (Throwable e) { // an Error: the handler above receives exceptions only
            return main.report(e);
        }
    }

    private static void listExitCodes(CommandLine command, Map<String, String> exitCodes) {
        command.getCommandSpec().usageMessage().exitCodeList(exitCodes);
        command.getSubcommands().values().forEach(subcommand -> listExitCodes(subcommand, exitCodes));
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
            System.err.println("sparkprop: this is a bug in sparkprop; --debug prints the stack trace");
        }
        return code.code();
    }

    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sparkprop " + Version.current()};
        }
    }
}
