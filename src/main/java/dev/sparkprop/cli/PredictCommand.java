package dev.sparkprop.cli;

import dev.sparkprop.store.Model;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "predict", description = "Shows what a trained model says of the truth table of exclusive or.")
final class PredictCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model.safetensors, or the directory of the run that made it.")
    private String model;

    @Override
    public Integer call() throws Exception {
        Model loaded = Model.read(model);
        if (!TruthTable.suits(loaded.topology())) {
            throw new UsageException("The truth table is for nets with 2 inputs and 1 output; " + model + " is a "
                    + loaded.topology() + " net");
        }
        System.out.println(TruthTable.of(loaded));
        return 0;
    }
}
