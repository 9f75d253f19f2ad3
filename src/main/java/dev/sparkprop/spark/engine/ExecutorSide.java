package dev.sparkprop.spark.engine;

import java.util.Map;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** Connects the tasks of this process to the driver. */
final class ExecutorSide implements ExecutorPlugin {
    /** The ID of the executor inside the driver, in local mode. */
    private static final String DRIVER = "driver";

    /** Null before Spark has started the plugin and after Spark has stopped it. */
    private static volatile PluginContext executor;

    @Override
    public void init(PluginContext context, Map<String, String> extraConf) {
        executor = context;
    }

    @Override
    public void shutdown() {
        executor = null;
    }

    /** Sends a report to the driver and returns its reply. The driver replies immediately. */
    static Reply ask(TaskReport report) throws Exception {
        PluginContext context = executor;
        if (context == null) {
            throw new IllegalStateException("Spark did not start sparkprop's plugin in this executor (spark.plugins)");
        }
        if (context.executorID().equals(DRIVER)) {
            // same process: Spark passes the objects by reference
            return (Reply) context.ask(report);
        }
        return (Reply) PackedMessage.unpack(context.ask(PackedMessage.pack(report)));
    }
}
