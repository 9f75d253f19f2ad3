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
 * The process that holds a lock, as its file names it.
 *
 * @param id of this acquisition; a part of file names
 * @param host name of the machine, which other machines and containers may share
 * @param pid process number, which means something in its pid namespace only
 * @param since UTC time, ISO 8601
 * @param beat number of heartbeats
 * @param boot identifies the running kernel; null where that is unknown
 * @param pidNamespace identifies the pid namespace on that kernel; null where that is unknown
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

    /** The owner in a lock's file; empty where there is none, such as in a file that is just being written. */
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

    /** Whether the process has certainly ended: it had a number that only this kernel and this pid namespace give. */
    boolean knownDead() {
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
