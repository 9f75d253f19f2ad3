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
 * The library that MLlib uses on an executor to multiply matrices.
 *
 * @param name the class name of netlib's binding
 * @param nativeCode whether the library is native code of the machine, which may start its own threads in each task
 * @param settings the environment variables that affect its speed, as far as they are set
 */
public record Blas(String name, boolean nativeCode, Map<String, String> settings) implements Serializable {
    private static final String THREADS = "OPENBLAS_NUM_THREADS";
    private static final List<String> SETTINGS =
            List.of(THREADS, "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE");

    /** Returns the library on an executor of a context. */
    static Blas of(JavaSparkContext context) {
        return context.parallelize(List.of(1), 1)
                .map(ignored -> ofThisProcess())
                .first();
    }

    /** Selects the native library if there is one, like MLlib. */
    private static Blas ofThisProcess() {
        Map<String, String> settings = new LinkedHashMap<>();
        SETTINGS.stream()
                .filter(name -> System.getenv(name) != null)
                .forEach(name -> settings.put(name, System.getenv(name)));
        try {
            return new Blas(NativeBLAS.getInstance().getClass().getSimpleName(), true, settings);
        } catch (Throwable e) {
            // like MLlib, treats any failure to load the native library as its absence
            return new Blas(JavaBLAS.getInstance().getClass().getSimpleName(), false, settings);
        }
    }

    /**
     * Returns true if each task uses one thread, or the number of threads that the user set. By default, OpenBLAS
     * starts one thread per core in each task.
     */
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
