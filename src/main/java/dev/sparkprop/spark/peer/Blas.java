package dev.sparkprop.spark.peer;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The library with which MLlib multiplies matrices, as an executor has it.
 *
 * @param name class of netlib's that calls it
 * @param nativeCode whether it is a library of the machine's, which may start threads of its own in each task
 * @param settings of the environment that decide how fast it is; those that are set
 */
public record Blas(String name, boolean nativeCode, Map<String, String> settings) implements Serializable {
    private static final String THREADS = "OPENBLAS_NUM_THREADS";
    private static final List<String> SETTINGS =
            List.of(THREADS, "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE");

    /** What an executor of a context has. */
    static Blas of(JavaSparkContext context) {
        return context.parallelize(List.of(1), 1).map(one -> here()).first();
    }

    /** MLlib takes a native one where there is one. */
    private static Blas here() {
        Map<String, String> settings = new LinkedHashMap<>();
        SETTINGS.stream()
                .filter(name -> System.getenv(name) != null)
                .forEach(name -> settings.put(name, System.getenv(name)));
        try {
            return new Blas(NativeBLAS.getInstance().getClass().getSimpleName(), true, settings);
        } catch (Throwable e) {
            // as MLlib does, which has whatever its loading throws for the lack of it
            return new Blas(JavaBLAS.getInstance().getClass().getSimpleName(), false, settings);
        }
    }

    /** Whether each task has one thread, or as many as a user asked for: by itself OpenBLAS starts one for each core in each task. */
    public boolean fair() {
        return !nativeCode || settings.containsKey(THREADS) || settings.containsKey("MKL_NUM_THREADS");
    }

    @Override
    public String toString() {
        return name
                + (nativeCode
                        ? settings.entrySet().stream()
                                .map(entry -> ", " + entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining())
                        : " (Java)");
    }
}
