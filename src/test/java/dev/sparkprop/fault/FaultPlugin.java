package dev.sparkprop.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Injects a fault into tasks, from the stage {@code spark.fault.stage} on. {@code spark.fault.kind} is {@code throw},
 * {@code halt}, or {@code interrupt}, which interrupts the task while it is running. {@code spark.fault.once} names a
 * file: only the task that creates it has the fault, so the fault occurs once. Without it, all tasks of the partition
 * {@code spark.fault.partition} have the fault.
 */
public final class FaultPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Executor();
    }

    private static final class Executor implements ExecutorPlugin {
        private SparkConf conf;

        @Override
        public void init(PluginContext context, Map<String, String> extra) {
            conf = context.conf();
        }

        @Override
        public void onTaskStart() {
            TaskContext task = TaskContext.get();
            if (task.stageId() < conf.getInt("spark.fault.stage", 0)
                    || task.partitionId() != conf.getInt("spark.fault.partition", task.partitionId())
                    || !claimFault()) {
                return;
            }
            if ("halt".equals(conf.get("spark.fault.kind"))) {
                Runtime.getRuntime().halt(137);
            }
            if ("interrupt".equals(conf.get("spark.fault.kind"))) {
                interruptSoon(Thread.currentThread());
                return;
            }
            // Spark only logs exceptions of this method
            task.addTaskCompletionListener((TaskCompletionListener) done -> {
                throw new IllegalStateException("injected fault");
            });
        }

        private static void interruptSoon(Thread task) {
            Thread interrupter = new Thread(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                task.interrupt();
            });
            interrupter.setDaemon(true);
            interrupter.start();
        }

        private boolean claimFault() {
            if (!conf.contains("spark.fault.once")) {
                return true;
            }
            try {
                Files.createFile(Path.of(conf.get("spark.fault.once")));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
