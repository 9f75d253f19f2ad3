package dev.sparkprop.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of parameters, which is equal exactly if all bits are equal. */
public final class ParameterHash {
    private ParameterHash() {}

    /** Returns the SHA-256 hash, in hexadecimal, of the parameters as little-endian float64 values. */
    public static String sha256(double[] parameters) {
        MessageDigest digest = sha256();
        update(digest, parameters);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    static void update(MessageDigest digest, double[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (!buffer.hasRemaining()) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            buffer.putDouble(value);
        }
        digest.update(buffer.flip());
    }
}
