package dev.sparkprop.store.lock;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The process that owns a lock, as recorded in the lock file.
 *
 * @param id the ID of this acquisition; a part of file names
 * @param host the name of the machine, which other machines and containers may share
 * @param pid the process ID, which is unique only within its pid namespace
 * @param since the UTC time of the acquisition in ISO 8601 format
 * @param beat the number of heartbeats
 * @param boot the ID of the running kernel; null if it is unknown
 * @param pidNamespace the ID of the pid namespace on that kernel; null if it is unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockOwner(String id, String host, long pid, String since, long beat, String boot, String pidNamespace) {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    static LockOwner ofThisProcess() {
        return new LockOwner(
                UUID.randomUUID().toString(),
                hostName(),
                ProcessHandle.current().pid(),
                Instant.now().toString(),
                0,
                kernel(),
                namespace());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String kernel() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return null;
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /**
     * Parses the contents of a lock file. Returns empty if they name no owner, for example because the file is just
     * being written.
     */
    static Optional<LockOwner> parse(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readValue(new String(bytes, StandardCharsets.UTF_8), LockOwner.class))
                    .filter(owner -> owner.id != null && ID.matcher(owner.id).matches());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    byte[] bytes() throws JsonProcessingException {
        return JSON.writeValueAsBytes(this);
    }

    LockOwner at(long count) {
        return new LockOwner(id, host, pid, since, count, boot, pidNamespace);
    }

    /**
     * Returns true if the process has certainly ended. This requires the same kernel and pid namespace, in which the
     * pid is unique.
     */
    boolean isKnownDead() {
        return boot != null
                && pidNamespace != null
                && boot.equals(kernel())
                && pidNamespace.equals(namespace())
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host + ", since " + since;
    }
}
