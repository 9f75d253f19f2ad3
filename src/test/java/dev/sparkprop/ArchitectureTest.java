package dev.sparkprop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sparkprop.data.Tile;
import java.io.ObjectInputStream;

@AnalyzeClasses(packages = "dev.sparkprop", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String BREEZE = "dev\\.sparkprop\\.optimizer\\.Breeze.*";

    @ArchTest
    static final ArchRule noArrowRunsUp = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.sparkprop..")
            .layer("cli")
            .definedBy("dev.sparkprop.cli..")
            .layer("ml")
            .definedBy("dev.sparkprop.ml..")
            .layer("config")
            .definedBy("dev.sparkprop.config..")
            .layer("spark")
            .definedBy("dev.sparkprop.spark..")
            .layer("store")
            .definedBy("dev.sparkprop.store..")
            .layer("report")
            .definedBy("dev.sparkprop.report..")
            .layer("benchmark")
            .definedBy("dev.sparkprop.benchmark..")
            .layer("diagnosis")
            .definedBy("dev.sparkprop.diagnosis..")
            .layer("training")
            .definedBy("dev.sparkprop.training..")
            .layer("network")
            .definedBy("dev.sparkprop.network..")
            .layer("metrics")
            .definedBy("dev.sparkprop.metrics..")
            .layer("kernel")
            .definedBy("dev.sparkprop.kernel..")
            .layer("optimizer")
            .definedBy("dev.sparkprop.optimizer..")
            .layer("data")
            .definedBy("dev.sparkprop.data..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ml")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("spark")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("benchmark")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("cli", "ml", "report")
            .whereLayer("diagnosis")
            .mayOnlyBeAccessedByLayers("cli", "store")
            .whereLayer("training")
            .mayOnlyBeAccessedByLayers("cli", "config", "spark", "store", "diagnosis")
            .whereLayer("optimizer")
            .mayOnlyBeAccessedByLayers("cli", "config", "store", "diagnosis", "training")
            .whereLayer("network")
            .mayOnlyBeAccessedByLayers(
                    "cli", "ml", "config", "spark", "store", "benchmark", "report", "diagnosis", "training")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("cli", "spark")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers(
                    "cli", "config", "spark", "store", "benchmark", "report", "diagnosis", "training", "network")
            .whereLayer("data")
            .mayOnlyBeAccessedByLayers(
                    "cli",
                    "ml",
                    "config",
                    "spark",
                    "store",
                    "benchmark",
                    "report",
                    "training",
                    "network",
                    "metrics",
                    "kernel");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.sparkprop.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dataImportsJavaOnly = classes()
            .that()
            .resideInAPackage("dev.sparkprop.data")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sparkprop.data");

    @ArchTest
    static final ArchRule metricsImportJavaAndDataOnly = classes()
            .that()
            .resideInAPackage("dev.sparkprop.metrics")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sparkprop.metrics", "dev.sparkprop.data");

    @ArchTest
    static final ArchRule kernelImportsJavaAndTheTileOnly = classes()
            .that()
            .resideInAPackage("dev.sparkprop.kernel")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "jdk.incubator.vector..", "dev.sparkprop.kernel")
                    .or(equivalentTo(Tile.class)));

    @ArchTest
    static final ArchRule vectorsOnlyInClassesThatAreNamedForThem = noClasses()
            .that()
            .haveNameNotMatching("dev\\.sparkprop\\.kernel\\.Vector.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule breezeOnlyInItsAdapter = noClasses()
            .that()
            .haveNameNotMatching(BREEZE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("breeze..");

    @ArchTest
    static final ArchRule mathematicsIsFreeOfLibraries = classes()
            .that()
            .resideInAnyPackage("dev.sparkprop.network", "dev.sparkprop.optimizer", "dev.sparkprop.training")
            .and()
            .haveNameNotMatching(BREEZE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sparkprop..");

    @ArchTest
    static final ArchRule sparkOnlyInSparkAndCli = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sparkprop.spark", "dev.sparkprop.cli", "dev.sparkprop.ml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule mlKnowsOfSparkTheVectorsAlone = noClasses()
            .that()
            .resideInAPackage("dev.sparkprop.ml")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.spark..").and(resideOutsideOfPackage("org.apache.spark.ml.linalg")));

    @ArchTest
    static final ArchRule hadoopFilesOnlyInStoreAndSpark = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sparkprop.store", "dev.sparkprop.spark")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hadoop..");

    @ArchTest
    static final ArchRule commandLineLibraryOnlyInCli = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.cli"))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule configurationLibraryOnlyInConfig = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.config"))
            .should()
            .dependOnClassesThat(resideInAPackage("com.typesafe.config.."));

    @ArchTest
    static final ArchRule nobodyDeserializesObjects =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule onlyCliExitsAndPrints = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.cli"))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
