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

/** Reads training plans. */
public final class TrainingPlans {
    private static final Config DEFAULTS = ConfigFactory.parseResources(
            TrainingPlans.class.getClassLoader(),
            "sparkprop-defaults.conf",
            ConfigParseOptions.defaults().setAllowMissing(false));

    /** No key has as many parts; time and memory grow with the square of them. */
    static final int MAX_DEPTH = 50;

    private static final String TOO_DEEP = ": it, or a --set, is nested too deeply";

    private static final Set<String> INDECISIVE = Set.of(
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
     * The plan of a file, with some keys set otherwise.
     *
     * @param overrides each {@code KEY=VALUE}; the last one for a key counts
     * @throws NoSuchFileException if there is no such file, or none of one that it includes
     * @throws IOException if one cannot be read
     * @throws InvalidConfigException with all that is wrong
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
            Settings settings = new Settings(effective, DEFAULTS, file.toString(), files);
            UnknownKeys.note(given, DEFAULTS, settings);
            return new PlanReader(settings, file)
                    .read(decisive(effective), effective.root().render(ConfigRenderOptions.concise()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (ConfigException e) {
            throw new InvalidConfigException(List.of(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            throw new InvalidConfigException(List.of(file + TOO_DEEP));
        }
    }

    /** Objects and lists within each other. */
    private static int depth(Object value) {
        Stream<?> inner = value instanceof Map<?, ?> map
                ? map.values().stream()
                : value instanceof List<?> list ? list.stream() : Stream.empty();
        return 1 + inner.mapToInt(TrainingPlans::depth).max().orElse(0);
    }

    /** All settings but those that change no bit of what is learned until an iteration. */
    private static Map<String, String> decisive(Config effective) {
        Map<String, String> settings = new TreeMap<>();
        effective.entrySet().stream()
                .filter(entry -> !INDECISIVE.contains(entry.getKey()))
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().render(ConfigRenderOptions.concise())));
        return settings;
    }

    /**
     * Settings that decide bits and are not what they were, each in a text. A key that is absent has its default: the earlier
     * settings may be those of a version that did not have it.
     *
     * @param earlier {@link TrainingPlan#decisive} of another run
     */
    public static List<String> changes(Map<String, String> earlier, TrainingPlan plan) {
        Map<String, String> defaults = decisive(DEFAULTS);
        Set<String> keys = new TreeSet<>(earlier.keySet());
        keys.addAll(plan.decisive().keySet());
        List<String> changes = new ArrayList<>();
        for (String key : keys) {
            String otherwise = defaults.getOrDefault(key, "absent");
            String was = earlier.getOrDefault(key, otherwise);
            String is = plan.decisive().getOrDefault(key, otherwise);
            if (!was.equals(is)) {
                changes.add(key + " was " + was + " and is now " + is);
            }
        }
        return changes;
    }
}
