package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads training plans. */
public final class TrainingPlans {
    private static final Config DEFAULTS = ConfigFactory.parseResources(
            TrainingPlans.class.getClassLoader(),
            "sparkprop-defaults.conf",
            ConfigParseOptions.defaults().setAllowMissing(false));

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
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read
     * @throws InvalidConfigException with all that is wrong
     */
    public static TrainingPlan read(Path file, List<String> overrides) throws IOException, InvalidConfigException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "no such configuration");
        }
        try {
            Config given = ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            for (String override : overrides) {
                given = parseOverride(override).withFallback(given);
            }
            given = given.resolve();
            Config effective = given.withFallback(DEFAULTS);
            Settings settings = new Settings(effective, DEFAULTS, file.toString());
            UnknownKeys.note(given, DEFAULTS, settings);
            return new PlanReader(settings, file)
                    .read(decisive(effective), effective.root().render(ConfigRenderOptions.concise()));
        } catch (ConfigException.IO e) {
            // of an included file that is missing, the library tells that it is not on the class path either
            String cause = e.getMessage()
                    .replaceFirst("java.io.IOException: resource not found on classpath:.*", "no such file");
            throw new IOException("Cannot read configuration " + cause, e);
        } catch (ConfigException e) {
            throw new InvalidConfigException(List.of(String.valueOf(e.getMessage())));
        }
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

    private static Config parseOverride(String override) throws InvalidConfigException {
        int equals = override.indexOf('=');
        String origin = "--set " + override;
        if (equals < 1) {
            throw new InvalidConfigException(List.of(origin + ": Invalid setting (must be KEY=VALUE)"));
        }
        String key = override.substring(0, equals).strip();
        try {
            ConfigUtil.splitPath(key);
        } catch (ConfigException e) {
            throw new InvalidConfigException(List.of(origin + ": Invalid key " + key));
        }
        return ConfigFactory.empty().withValue(key, parseValue(override.substring(equals + 1), origin));
    }

    /** A value in HOCON; what is not HOCON, such as a path with a colon, is text. */
    private static ConfigValue parseValue(String text, String origin) {
        try {
            Map<String, ConfigValue> parsed = ConfigFactory.parseString(
                            "value = " + text, ConfigParseOptions.defaults().setOriginDescription(origin))
                    .root();
            if (parsed.keySet().equals(Set.of("value"))) {
                return parsed.get("value").withOrigin(ConfigOriginFactory.newSimple(origin));
            }
        } catch (ConfigException.Parse e) {
            // not HOCON, so it is text
        }
        return ConfigValueFactory.fromAnyRef(text, origin);
    }
}
