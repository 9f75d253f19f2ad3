package dev.sparkprop.cli.train;

import dev.sparkprop.run.StopRequest;
import java.util.Optional;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns SIGTERM and SIGINT (Ctrl-C) into requests to stop after the current iteration. A second signal ends the
 * process immediately, as a first one would without this handler. A shutdown hook would not work: Spark's own hook
 * would stop the cluster during the current iteration.
 */
final class StopSignals implements StopRequest {
    private final Consumer<String> console;
    private final Signal[] signals = {new Signal("TERM"), new Signal("INT")};
    private final SignalHandler[] previousHandlers = new SignalHandler[signals.length];
    private volatile String received;

    StopSignals(Consumer<String> console) {
        this.console = console;
    }

    @Override
    public void listen() {
        for (int i = 0; i < signals.length; i++) {
            previousHandlers[i] = Signal.handle(signals[i], this::handle);
        }
    }

    private void handle(Signal signal) {
        received = "SIG" + signal.getName();
        end();
        console.accept(received + ": stopping after this iteration; a second signal exits immediately");
    }

    @Override
    public Optional<String> by() {
        return Optional.ofNullable(received);
    }

    @Override
    public void end() {
        for (int i = 0; i < signals.length; i++) {
            if (previousHandlers[i] != null) {
                Signal.handle(signals[i], previousHandlers[i]);
            }
        }
    }
}
