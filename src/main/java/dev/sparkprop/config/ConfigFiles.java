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
 * A configuration file and the files that it includes. All of them are files on this machine: the library itself would also fetch
 * URLs, look on the class path, and leave out what is missing.
 */
final class ConfigFiles {
    private static final int MAX_BYTES = 16 << 20;

    private final Set<String> read = new HashSet<>();
    /** Those being read, each included by the one before it. */
    private final Deque<Path> open = new ArrayDeque<>();

    /**
     * The content of a file, with that of the files it includes.
     *
     * @throws IOException if it cannot be read, or is not there; of one that is included, within an {@link UncheckedIOException}
     * @throws ConfigException if one is not HOCON
     */
    Config read(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        if (open.contains(absolute)) {
            throw problem(file, "it includes itself");
        }
        open.addLast(absolute);
        read.add(file.toString());
        Config config = parse(text(file), file.toString(), file);
        open.removeLast();
        return config;
    }

    /** What a text says that is in no file, and includes from the working directory. */
    static Config parse(String text, String origin) {
        return new ConfigFiles().parse(text, origin, Path.of(""));
    }

    /** The file that a value is from, if it is from one. */
    Optional<String> file(ConfigOrigin origin) {
        return Optional.of(description(origin)).filter(read::contains);
    }

    /** Where a value is from, as file and line. */
    String place(ConfigOrigin origin, String otherwise) {
        if (origin.resource() != null) {
            return otherwise;
        }
        boolean line = file(origin).isPresent() && origin.lineNumber() > 0;
        return line ? description(origin) + ":" + origin.lineNumber() : description(origin);
    }

    /** Without the lines that the library appends. */
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
            throw problem(origin, "it is nested too deeply");
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new NoSuchFileException(file.toString(), null, "a directory where a configuration belongs");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString(), null, "no such configuration");
        } catch (AccessDeniedException e) {
            throw new IOException("Cannot read configuration " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new IOException("Cannot read configuration " + file + ": " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw problem(file, "it is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem(file, "it is not text in UTF-8");
        }
    }

    private static ConfigException problem(Object place, String text) {
        return new ConfigException.Generic(place + ": " + text);
    }

    /** What a file includes, beside it. */
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
        public ConfigObject include(ConfigIncludeContext context, String what) {
            if (what.contains("://")) {
                throw refused(what);
            }
            try {
                Path named = from.resolveSibling(what);
                // HOCON's rule for a name without its ending
                return read(Stream.of(".conf", ".json")
                                .map(ending -> from.resolveSibling(what + ending))
                                .filter(file -> !Files.isRegularFile(named) && Files.isRegularFile(file))
                                .findFirst()
                                .orElse(named))
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
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return include(context, what.toString());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            throw refused(what);
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            throw refused("classpath(" + what + ")");
        }

        private ConfigException refused(Object what) {
            return problem(from, "Invalid include: " + what + " (must be a file)");
        }
    }
}
