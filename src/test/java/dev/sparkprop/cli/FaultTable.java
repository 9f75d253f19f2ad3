package dev.sparkprop.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Counts attempted and survived faults, and prints a table of them after all tests. */
final class FaultTable implements BeforeAllCallback, AutoCloseable {
    private static final Map<String, Row> ROWS = new TreeMap<>();

    private record Row(int tries, int survived) {}

    /** Runs a test of {@code tries} faults of one kind. All of them count as survived if it throws nothing. */
    static void attempt(String fault, int tries, Runnable test) {
        boolean survived = false;
        try {
            test.run();
            survived = true;
        } finally {
            add(fault, new Row(tries, survived ? tries : 0));
        }
    }

    private static synchronized void add(String fault, Row more) {
        ROWS.merge(fault, more, (a, b) -> new Row(a.tries + b.tries, a.survived + b.survived));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // the root store closes its values at the end of the whole test run
        context.getRoot().getStore(Namespace.GLOBAL).put(FaultTable.class, this);
    }

    @Override
    public void close() {
        List<String> lines = new ArrayList<>();
        synchronized (FaultTable.class) {
            ROWS.forEach((fault, row) -> lines.add(String.format("%-64s %6d %9d", fault, row.tries, row.survived)));
            ROWS.clear();
        }
        if (!lines.isEmpty()) {
            System.out.printf("%n%-64s %6s %9s%n%s%n", "fault", "tries", "survived", String.join("\n", lines));
        }
    }
}
