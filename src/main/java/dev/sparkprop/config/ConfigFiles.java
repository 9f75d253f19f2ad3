package dev.sparkprop.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A configuration file and the files that it includes, all of them local. The library's own includes would also fetch
 * URLs, search the class path, and ignore missing files.
 */
final class ConfigFiles {
    private static final int MAX_BYTES = 16 << 20;

    private final Set<String> read = new HashSet<>();
    /** The files that are being read, each included by the previous one. */
    private final Deque<Path> open = new ArrayDeque<>();

    /**
     * Reads a file and the files that it includes.
     *
     * @throws IOException if the file does not exist or cannot be read; for an included file, wrapped in an
     *     {@link UncheckedIOException}
     * @throws ConfigException if a file is not HOCON
     */
    Config read(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        if (open.contains(absolute)) {
            throw problem(file, "includes itself");
        }
        open.addLast(absolute);
        read.add(file.toString());
        Config config = parse(text(file), file.toString(), file);
        open.removeLast();
        return config;
    }

    /** Parses text that is not in a file. Includes are resolved against the working directory. */
    static Config parse(String text, String origin) {
        return new ConfigFiles().parse(text, origin, Path.of(""));
    }

    /** Returns the file that contains a value, if any. */
    Optional<String> file(ConfigOrigin origin) {
        return Optional.of(description(origin)).filter(read::contains);
    }

    /**
     * Returns where a value is set: its file and line, or the {@code --set} option. Returns {@code fallback} for a
     * default.
     */
    String place(ConfigOrigin origin, String fallback) {
        if (origin.resource() != null) {
            return fallback;
        }
        boolean line = file(origin).isPresent() && origin.lineNumber() > 0;
        return line ? description(origin) + ":" + origin.lineNumber() : description(origin);
    }

    /** Returns the description without the line numbers that the library appends. */
    private static String description(ConfigOrigin origin) {
        String text = String.valueOf(origin.description());
        return origin.lineNumber() > 0 ? text.replaceFirst(": \\d+(-\\d+)?$", "") : text;
    }

    private Config parse(String text, String origin, Path file) {
        try {
            return ConfigFactory.parseString(
                    text,
                    ConfigParseOptions.defaults().setOriginDescription(origin).setIncluder(new Includes(file)));
        } catch (StackOverflowError e) {
            throw problem(origin, "nested too deeply");
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NoSuchFileException(file.toString(), null, "is a directory (must be a configuration file)");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "configuration not found");
        } catch (AccessDeniedException e) {
            throw new IOException("Cannot read configuration " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new IOException("Cannot read configuration " + file + ": " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw problem(file, "larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem(file, "not valid UTF-8");
        }
    }

    private static ConfigException problem(Object place, String text) {
        return new ConfigException.Generic(place + ": " + text);
    }

    /** Resolves includes against the directory of the including file. */
    private final class Includes
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
        private final Path from;

        Includes(Path from) {
            this.from = from;
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder other) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String location) {
            if (location.contains("://")) {
                throw rejected(location);
            }
            try {
                Path exactFile = from.resolveSibling(location);
                // HOCON's rule for a name without an extension
                return read(Stream.of(".conf", ".json")
                                .map(ending -> from.resolveSibling(location + ending))
                                .filter(file -> !Files.isRegularFile(exactFile) && Files.isRegularFile(file))
                                .findFirst()
                                .orElse(exactFile))
                        .root();
            } catch (InvalidPathException e) {
                throw problem(from, "Invalid include: " + e.getMessage());
            } catch (NoSuchFileException e) {
                throw new UncheckedIOException(
                        new NoSuchFileException(e.getFile(), null, e.getReason() + ", included by " + from));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File location) {
            return include(context, location.toString());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL location) {
            throw rejected(location);
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String location) {
            throw rejected("classpath(" + location + ")");
        }

        private ConfigException rejected(Object include) {
            return problem(from, "Invalid include: " + include + " (must be a file)");
        }
    }
}
