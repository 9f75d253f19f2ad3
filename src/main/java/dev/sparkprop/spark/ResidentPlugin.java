package dev.sparkprop.spark;

import dev.sparkprop.spark.ResidentSession.Report;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Brings what resident tasks say to the driver and its answers back, over Spark's own RPC and so under its authentication and
 * encryption. Spark makes one in the driver and one in each executor where {@code spark.plugins} names it.
 */
public final class ResidentPlugin implements SparkPlugin {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** What Spark calls the executor within the driver, of local mode. */
    private static final String DRIVER = "driver";

    private Object latest;
    private byte[] latestPacked;

    /** This process's way to the driver; null where the plugin is not, or not any more. */
    private static volatile PluginContext executor;

    /** What the driver answers to a task; at once. */
    static Object ask(Report report) throws Exception {
        PluginContext context = executor;
        if (context == null) {
            throw new IllegalStateException("Spark has no plugin " + ResidentPlugin.class.getName() + " here");
        }
        if (context.executorID().equals(DRIVER)) {
            // both in one process: Spark hands the objects over as they are
            return context.ask(report);
        }
        return unpack((byte[]) context.ask(pack(report)));
    }

    /** As bytes, because the threads of Spark's RPC do not know the classes of applications. */
    private static byte[] pack(Object message) {
        ByteBuffer buffer = serializer().serialize(message, ANY);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Object unpack(byte[] message) {
        return serializer().deserialize(ByteBuffer.wrap(message), ResidentPlugin.class.getClassLoader(), ANY);
    }

    private static SerializerInstance serializer() {
        return SparkEnv.get().closureSerializer().newInstance();
    }

    /** The latest answer as bytes, since many tasks get the same. */
    private byte[] packed(Object answer) {
        if (answer != latest) {
            latest = answer;
            latestPacked = pack(answer);
        }
        return latestPacked;
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext context, PluginContext pluginContext) {
                return Map.of();
            }

            @Override
            public Object receive(Object message) {
                return message instanceof Report report
                        ? ResidentSession.answer(report)
                        : packed(ResidentSession.answer((Report) unpack((byte[]) message)));
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> extraConf) {
                executor = context;
            }

            @Override
            public void shutdown() {
                executor = null;
            }
        };
    }
}
