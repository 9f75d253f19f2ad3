package dev.sparkprop.spark.engine;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Serializes messages between processes to bytes, because Spark's RPC threads cannot load application classes. */
final class PackedMessage {
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private PackedMessage() {}

    static byte[] pack(Object message) {
        ByteBuffer buffer = serializer().serialize(message, ANY);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static Object unpack(Object bytes) {
        return serializer().deserialize(ByteBuffer.wrap((byte[]) bytes), PackedMessage.class.getClassLoader(), ANY);
    }

    private static SerializerInstance serializer() {
        return SparkEnv.get().closureSerializer().newInstance();
    }
}
