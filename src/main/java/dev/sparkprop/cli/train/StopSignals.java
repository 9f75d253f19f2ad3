package dev.sparkprop.cli.train;

import dev.sparkprop.run.StopRequest;
import java.util.Optional;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and SIGINT (Ctrl-C) as a wish to stop soon. A second signal ends the process at once, as one would without this.
 * Not a shutdown hook: Spark's own hook would take the cluster away from the iteration that is still under way.
 */
final class StopSignals implements StopRequest {
    private final Consumer<String> console;
    private final Signal[] signals = {new Signal("TERM"), new Signal("INT")};
    private final SignalHandler[] before = new SignalHandler[signals.length];
    private volatile String received;

    StopSignals(Consumer<String> console) {
        this.console = console;
    }

    @Override
    public void listen() {
        for (int i = 0; i < signals.length; i++) {
            before[i] = Signal.handle(signals[i], this::handle);
        }
    }

    private void handle(Signal signal) {
        received = "SIG" + signal.getName();
        end();
        console.accept(received + ": stopping after this iteration; once more ends the process at once");
    }

    @Override
    public Optional<String> by() {
        return Optional.ofNullable(received);
    }

    @Override
    public void end() {
        for (int i = 0; i < signals.length; i++) {
            if (before[i] != null) {
                Signal.handle(signals[i], before[i]);
            }
        }
    }
}
