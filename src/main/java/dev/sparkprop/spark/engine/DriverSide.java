package dev.sparkprop.spark.engine;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** Replies to the reports of resident tasks. Spark calls it on a single thread. */
final class DriverSide implements DriverPlugin {
    /** The latest reply, cached with its bytes because many tasks receive the same reply. */
    private Reply latest;

    private byte[] latestPacked;

    @Override
    public Map<String, String> init(SparkContext context, PluginContext pluginContext) {
        return Map.of();
    }

    @Override
    public Object receive(Object message) {
        // a task in this process sends the object itself
        return message instanceof TaskReport report
                ? ResidentSession.answer(report)
                : packed(ResidentSession.answer((TaskReport) PackedMessage.unpack(message)));
    }

    private byte[] packed(Reply reply) {
        if (reply != latest) {
            latest = reply;
            latestPacked = PackedMessage.pack(reply);
        }
        return latestPacked;
    }
}
