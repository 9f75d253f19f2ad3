package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads training plans from configuration files. */
public final class TrainingPlans {
    private static final Config DEFAULTS = ConfigFactory.parseResources(
            TrainingPlans.class.getClassLoader(),
            "sparkprop-defaults.conf",
            ConfigParseOptions.defaults().setAllowMissing(false));

    /** Maximum nesting depth, more than any known key has. The library's time and memory grow with its square. */
    static final int MAX_DEPTH = 50;

    private static final String TOO_DEEP = ": nested too deeply, in the file or in a --set";

    private static final Set<String> NOT_DECISIVE = Set.of(
            "name",
            "data.partitions",
            "training.iterations",
            "training.log-every",
            "training.log-first",
            "training.checkpoint-every",
            "training.keep-checkpoints",
            "training.start-timeout",
            "training.stop.target-cost",
            "training.stop.gradient-norm",
            "training.stop.max-time",
            "sparkprop.kernels",
            "sparkprop.engine");

    private TrainingPlans() {}

    /**
     * Reads the plan in a file, with overrides.
     *
     * @param overrides settings, each {@code KEY=VALUE}; the last one for a key takes effect
     * @throws NoSuchFileException if the file or an included file does not exist
     * @throws IOException if a file cannot be read
     * @throws InvalidConfigException if the configuration is invalid; the message lists all problems
     */
    public static TrainingPlan read(Path file, List<String> overrides) throws IOException, InvalidConfigException {
        try {
            ConfigFiles files = new ConfigFiles();
            Config given = files.read(file);
            for (String override : overrides) {
                given = Overrides.parse(override).withFallback(given);
            }
            given = given.resolve();
            if (depth(given.root()) > MAX_DEPTH) {
                throw new InvalidConfigException(List.of(file + TOO_DEEP));
            }
            Config effective = given.withFallback(DEFAULTS);
            Config written = Secrets.hide(effective);
            Settings settings = new Settings(effective, DEFAULTS, file.toString(), files);
            UnknownKeys.note(given, DEFAULTS, settings);
            return new PlanReader(settings, file)
                    .read(decisive(written), written.root().render(ConfigRenderOptions.concise()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ConfigException e) {
            throw new InvalidConfigException(List.of(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            throw new InvalidConfigException(List.of(file + TOO_DEEP));
        }
    }

    /** Returns the nesting depth of objects and lists. */
    private static int depth(Object value) {
        Stream<?> inner = value instanceof Map<?, ?> map
                ? map.values().stream()
                : value instanceof List<?> list ? list.stream() : Stream.empty();
        return 1 + inner.mapToInt(TrainingPlans::depth).max().orElse(0);
    }

    /** Returns the settings that can affect the parameters at a given iteration: all except {@code NOT_DECISIVE}. */
    private static Map<String, String> decisive(Config effective) {
        Map<String, String> settings = new TreeMap<>();
        effective.entrySet().stream()
                .filter(entry -> !NOT_DECISIVE.contains(entry.getKey()))
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
        return settings;
    }

    /**
     * Returns a description of each decisive setting whose value has changed. A missing key has its default value,
     * because the earlier run may be from a version without that key.
     *
     * @param earlier {@link TrainingPlan#decisive} of the earlier run
     */
    public static List<String> changes(Map<String, String> earlier, TrainingPlan plan) {
        Map<String, String> defaults = decisive(DEFAULTS);
        Set<String> keys = new TreeSet<>(earlier.keySet());
        keys.addAll(plan.decisive().keySet());
        List<String> changes = new ArrayList<>();
        for (String key : keys) {
            String defaultValue = defaults.getOrDefault(key, "absent");
            String oldValue = earlier.getOrDefault(key, defaultValue);
            String newValue = plan.decisive().getOrDefault(key, defaultValue);
            if (!oldValue.equals(newValue)) {
                changes.add(key + " was " + oldValue + " and is now " + newValue);
            }
        }
        return changes;
    }
}
