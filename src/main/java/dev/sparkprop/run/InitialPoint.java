package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.InitialParameters;
import java.io.IOException;

/** Where a new training begins. */
public final class InitialPoint {
    private InitialPoint() {}

    /**
     * The initial parameters of a plan: read from its file, if it names one, else drawn.
     *
     * @throws dev.sparkprop.store.files.InvalidFileException if the file does not hold parameters of this net
     */
    public static double[] of(TrainingPlan plan) throws IOException {
        return plan.initial().file().isPresent()
                ? InitialParameters.read(plan.initial().file().get(), new ParameterLayout(plan.topology()))
                : plan.drawnParameters();
    }
}
