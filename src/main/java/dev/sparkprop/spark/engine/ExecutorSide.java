package dev.sparkprop.spark.engine;

import java.util.Map;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** The way of this process's tasks to the driver. */
final class ExecutorSide implements ExecutorPlugin {
    /** Spark's name for the executor inside the driver, in local mode. */
    private static final String DRIVER = "driver";

    /** Null before Spark has started the plugin, and after it has stopped it. */
    private static volatile PluginContext executor;

    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
        executor = context;
    }

    @Override
    public void shutdown() {
        executor = null;
    }

    /** Sends a report to the driver and returns its reply, which comes at once. */
    static Reply ask(TaskReport report) throws Exception {
        PluginContext context = executor;
        if (context == null) {
            throw new IllegalStateException("Spark did not start sparkprop's plugin in this executor (spark.plugins)");
        }
        if (context.executorID().equals(DRIVER)) {
            // one process: Spark hands the objects over as they are
            return (Reply) context.ask(report);
        }
        return (Reply) PackedMessage.unpack(context.ask(PackedMessage.pack(report)));
    }
}
