package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.InitialParameters;
import java.io.IOException;

/** Provides the initial parameters of a new training. */
public final class InitialPoint {
    private InitialPoint() {}

    /**
     * Returns the initial parameters of a plan. They are read from the plan's file if it names one, and drawn at
     * random otherwise.
     *
     * @throws dev.sparkprop.store.files.InvalidFileException if the file does not contain parameters of this network
     */
    public static double[] of(TrainingPlan plan) throws IOException {
        return plan.initial().file().isPresent()
                ? InitialParameters.read(plan.initial().file().get(), new ParameterLayout(plan.topology()))
                : plan.drawnParameters();
    }
}
