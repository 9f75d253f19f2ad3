package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.diagnosis.Symptom;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.store.RunDirectory;
import dev.sparkprop.store.RunRecord;
import dev.sparkprop.training.Iteration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs trainings without a command line, with Spark in this process. */
class TrainingRunTest {
    @BeforeAll
    static void stopTheSharedSpark() {
        LocalSpark.stop();
    }

    @TempDir
    private Path directory;

    /** Counts the logged iterations, and requests a stop after five. */
    private static final class CountingObserver implements RunObserver, StopRequest {
        private int logged;

        @Override
        public void line(String text) {}

        @Override
        public void damaged(String warning) {}

        @Override
        public void startsFromScratch(String run) {}

        @Override
        public void started(RunRecord record, String engine, LoopFacts loop, String run) {}

        @Override
        public void packed(PackedFacts dataset) {}

        @Override
        public void loopBegins(LoopFacts loop) {}

        @Override
        public void evaluated(int iteration, long evaluations, CostAndGradient evaluation) {}

        @Override
        public void logged(Iteration iteration) {
            logged++;
        }

        @Override
        public void noticed(Symptom symptom) {}

        @Override
        public void loopEnds() {}

        @Override
        public void failed(List<Symptom> symptoms) {}

        @Override
        public void reported(String page) {}

        @Override
        public Optional<String> by() {
            return logged < 5 ? Optional.empty() : Optional.of("a test");
        }
    }

    private TrainingPlan plan(String settings) throws Exception {
        // the rows of class b have weight 0
        Files.writeString(directory.resolve("rows.csv"), "x,y,label,w\n0,0,a,1\n0,1,b,0\n1,0,a,1\n1,1,b,0\n");
        Path conf = directory.resolve("my.conf");
        Files.writeString(
                conf,
                "network.layers = [2, 2, 1]\ndata { source = csv, path = rows.csv, weight = w }\n"
                        + "training.log-every = 1\nsparkprop.kernels = scalar\n" + settings);
        return TrainingPlans.read(conf, List.of());
    }

    @Test
    void diagnosisIsCompleteAfterAStop() throws Exception {
        Path run = directory.resolve("run");
        CountingObserver observer = new CountingObserver();
        RunOutcome outcome = TrainingRun.run(
                plan("training.iterations = 1000000"), run.toString(), RunDirectory.Existing.FAIL, observer, observer);
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Stopped.class, stopped -> {
            assertThat(stopped.by()).isEqualTo("a test");
            assertThat(stopped.diagnosis()).extracting(Symptom::rule).contains("one-class");
            assertThat(stopped.report()).isPresent();
        });
        assertThat(run.resolve("run.json")).content().contains("\"stopped\"", "\"one-class\"");
    }

    @Test
    void finishedRunHasNothingToDo() throws Exception {
        String run = directory.resolve("run").toString();
        TrainingPlan plan = plan("training.iterations = 3");
        assertThat(TrainingRun.run(plan, run, RunDirectory.Existing.FAIL, new CountingObserver(), Optional::empty))
                .isInstanceOfSatisfying(
                        RunOutcome.Finished.class,
                        finished -> assertThat(finished.diagnosis())
                                .extracting(Symptom::rule)
                                .contains("one-class"));
        assertThat(TrainingRun.run(plan, run, RunDirectory.Existing.RESUME, new CountingObserver(), Optional::empty))
                .isEqualTo(new RunOutcome.NothingToDo(run));
    }
}
