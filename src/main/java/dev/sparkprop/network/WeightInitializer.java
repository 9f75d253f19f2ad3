package dev.sparkprop.network;

import dev.sparkprop.kernel.Dense;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Initial values of the parameters. The same seed gives the same bits on every machine. */
public enum WeightInitializer {
    /** Weights and biases normally distributed with mean 0 and deviation 1. */
    NORMAL {
        @Override
        DoubleSupplier weights(Dense layer, Random random) {
            return random::nextGaussian;
        }

        @Override
        DoubleSupplier biases(Random random) {
            return random::nextGaussian;
        }
    },
    /** Weights uniform within ±√(6/(inputs + outputs)), biases 0 (Glorot and Bengio 2010, equation 16). */
    XAVIER {
        @Override
        DoubleSupplier weights(Dense layer, Random random) {
            double bound = Math.sqrt(6.0 / (layer.inputs() + layer.outputs()));
            return () -> bound * (2 * random.nextDouble() - 1);
        }
    },
    /** Weights normally distributed with deviation √(2/inputs), biases 0 (He et al. 2015, equation 10). */
    HE {
        @Override
        DoubleSupplier weights(Dense layer, Random random) {
            double deviation = Math.sqrt(2.0 / layer.inputs());
            return () -> deviation * random.nextGaussian();
        }
    },
    /** All parameters 0. Demonstrates that a network with a hidden layer cannot leave this point. */
    ZERO {
        @Override
        DoubleSupplier weights(Dense layer, Random random) {
            return () -> 0;
        }
    };

    /**
     * Returns new parameters, drawn tensor by tensor in the order of the layout from one {@link Random}, whose
     * specification defines its algorithm.
     *
     * @param scale a factor for every drawn value
     */
    public double[] parameters(ParameterLayout layout, long seed, double scale) {
        Random random = new Random(seed);
        double[] parameters = new double[layout.size()];
        for (Dense layer : layout.dense()) {
            fill(parameters, layer.weights(), layer.weightCount(), scale, weights(layer, random));
            fill(parameters, layer.biases(), layer.outputs(), scale, biases(random));
        }
        return parameters;
    }

    private static void fill(double[] parameters, int offset, int count, double scale, DoubleSupplier draw) {
        for (int i = 0; i < count; i++) {
            parameters[offset + i] = scale * draw.getAsDouble();
        }
    }

    abstract DoubleSupplier weights(Dense layer, Random random);

    DoubleSupplier biases(Random random) {
        return () -> 0;
    }
}
