package dev.sparkprop;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.sparkprop.data.Tile;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.sparkprop", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.sparkprop.";
    private static final String BREEZE = "dev\\.sparkprop\\.optimizer\\.Breeze.*";

    private static final Set<String> MATHEMATICS = Set.of(
            "training",
            "evaluation",
            "network",
            "kernel",
            "optimizer",
            "data",
            "data.columns",
            "data.tables",
            "data.generated",
            "text");

    private static final Set<String> SPARK = Set.of(
            "spark",
            "spark.engine",
            "spark.packing",
            "spark.scoring",
            "spark.formats",
            "spark.files",
            "spark.dataset",
            "spark.profile",
            "spark.peer");

    private static final Set<String> BELOW_RUN = union(
            union(SPARK, MATHEMATICS),
            Set.of("store", "store.lock", "store.files", "report", "config", "diagnosis", "metrics"));

    private static final Set<String> COMMAND = union(BELOW_RUN, Set.of("run", "cli.options", "benchmark"));

    /** The packages that each package may import. */
    private static final Map<String, Set<String>> ALLOWED_IMPORTS = Map.ofEntries(
            Map.entry("text", Set.of()),
            Map.entry("data", Set.of()),
            Map.entry("data.generated", Set.of("data")),
            Map.entry("data.columns", Set.of("data", "text")),
            Map.entry("data.tables", Set.of("data", "data.columns", "text")),
            Map.entry("optimizer", Set.of()),
            Map.entry("kernel", Set.of("data")),
            Map.entry("metrics", Set.of("data")),
            Map.entry("network", Set.of("kernel", "data", "text")),
            Map.entry("evaluation", Set.of("network", "kernel", "optimizer", "data")),
            Map.entry("training", Set.of("evaluation", "network", "kernel", "optimizer", "data")),
            Map.entry("benchmark", Set.of("network", "kernel", "data", "data.generated")),
            Map.entry("diagnosis", Set.of("training", "network", "kernel", "optimizer", "text")),
            Map.entry("config", MATHEMATICS),
            Map.entry("store.files", Set.of()),
            Map.entry("store.lock", Set.of("store.files")),
            Map.entry("store", union(MATHEMATICS, Set.of("store.lock", "store.files", "diagnosis"))),
            Map.entry("report", Set.of("store", "store.files", "network", "kernel", "data", "text")),
            Map.entry("spark.dataset", Set.of("evaluation", "data")),
            Map.entry(
                    "spark.engine",
                    Set.of("spark.dataset", "training", "evaluation", "network", "kernel", "optimizer", "data")),
            Map.entry("spark.files", Set.of("spark.dataset", "data", "data.columns", "data.tables", "text")),
            Map.entry("spark.formats", Set.of("spark.files", "data", "data.columns", "data.tables", "text")),
            Map.entry(
                    "spark.packing",
                    Set.of(
                            "spark.formats",
                            "spark.files",
                            "spark.dataset",
                            "data",
                            "data.columns",
                            "data.tables",
                            "text")),
            Map.entry(
                    "spark.profile",
                    Set.of("spark.formats", "spark.files", "data", "data.columns", "data.tables", "text")),
            Map.entry(
                    "spark.scoring",
                    Set.of(
                            "spark.formats",
                            "spark.files",
                            "spark.dataset",
                            "metrics",
                            "network",
                            "kernel",
                            "data",
                            "data.columns",
                            "data.tables",
                            "text")),
            Map.entry("spark.peer", Set.of("spark.files", "spark.dataset", "network", "kernel", "data")),
            Map.entry("spark", Set.of("spark.engine", "spark.dataset", "kernel")),
            Map.entry("run", BELOW_RUN),
            Map.entry("ml", Set.of("store", "network", "spark.files", "data", "data.columns", "data.tables")),
            Map.entry("cli.options", union(BELOW_RUN, Set.of("run"))),
            Map.entry("cli.describe", COMMAND),
            Map.entry("cli.train", COMMAND),
            Map.entry("cli.score", COMMAND),
            Map.entry("cli.gradient", COMMAND),
            Map.entry("cli.bench", COMMAND),
            Map.entry("cli.report", COMMAND),
            Map.entry(
                    "cli",
                    Set.of(
                            "cli.describe",
                            "cli.train",
                            "cli.score",
                            "cli.gradient",
                            "cli.bench",
                            "cli.report",
                            "cli.options",
                            "run",
                            "spark",
                            "text")));

    private static Set<String> union(Set<String> first, Set<String> second) {
        return Set.of(Stream.concat(first.stream(), second.stream()).distinct().toArray(String[]::new));
    }

    private static String packageName(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    @ArchTest
    static final ArchRule packagesImportOnlyAllowedPackages = classes()
            .should(new ArchCondition<>("import only allowed packages") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Set<String> allowed = ALLOWED_IMPORTS.get(packageName(type));
                    if (allowed == null) {
                        events.add(SimpleConditionEvent.violated(
                                type, packageName(type) + " has no entry in ALLOWED_IMPORTS: add it"));
                        return;
                    }
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass();
                        if (target.getPackageName().startsWith(ROOT)
                                && !packageName(target).equals(packageName(type))
                                && !allowed.contains(packageName(target))) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    packageName(type) + " may not import " + packageName(target) + ": "
                                            + dependency.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.sparkprop.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule classesHaveNoCycles =
            slices().assignedFrom(new Families()).should().beFreeOfCycles();

    /**
     * Assigns each file to its own slice. The types of a sealed hierarchy refer to each other, so they share a slice.
     */
    private static final class Families implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(familyRoot(topLevel(type.reflect())).getName());
        }

        private static Class<?> topLevel(Class<?> type) {
            return type.getEnclosingClass() == null ? type : topLevel(type.getEnclosingClass());
        }

        private static Class<?> familyRoot(Class<?> type) {
            return Stream.concat(Stream.of(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
                    .filter(Class::isSealed)
                    .filter(parent -> parent.getPackage() == type.getPackage())
                    .findFirst()
                    .<Class<?>>map(parent -> familyRoot(topLevel(parent)))
                    .orElse(type);
        }

        @Override
        public String getDescription() {
            return "files and sealed families";
        }
    }

    @ArchTest
    static final ArchRule basePackagesImportOnlyJava = classes()
            .that()
            .resideInAnyPackage("dev.sparkprop.text", "dev.sparkprop.data..", "dev.sparkprop.metrics")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sparkprop..");

    @ArchTest
    static final ArchRule kernelImportsOnlyJavaAndTile = classes()
            .that()
            .resideInAPackage("dev.sparkprop.kernel")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java..", "com.sun.management..", "jdk.incubator.vector..", "dev.sparkprop.kernel")
                    .or(equivalentTo(Tile.class)));

    @ArchTest
    static final ArchRule onlyVectorClassesUseTheVectorApi = noClasses()
            .that()
            .haveNameNotMatching("dev\\.sparkprop\\.kernel\\.Vector.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule onlyTheAdapterUsesBreeze = noClasses()
            .that()
            .haveNameNotMatching(BREEZE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("breeze..");

    @ArchTest
    static final ArchRule mathematicsUsesNoLibraries = classes()
            .that()
            .resideInAnyPackage(
                    "dev.sparkprop.network",
                    "dev.sparkprop.optimizer",
                    "dev.sparkprop.evaluation",
                    "dev.sparkprop.training")
            .and()
            .haveNameNotMatching(BREEZE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sparkprop..");

    @ArchTest
    static final ArchRule lowerPackagesDoNotUseSpark = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.sparkprop.spark..", "dev.sparkprop.run", "dev.sparkprop.cli..", "dev.sparkprop.ml")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    @ArchTest
    static final ArchRule mlUsesOnlySparkVectors = noClasses()
            .that()
            .resideInAPackage("dev.sparkprop.ml")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.spark..").and(resideOutsideOfPackage("org.apache.spark.ml.linalg")));

    @ArchTest
    static final ArchRule onlyStoreAndSparkUseHadoopFiles = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sparkprop.store..", "dev.sparkprop.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hadoop..");

    @ArchTest
    static final ArchRule onlyCliUsesPicocli = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.cli.."))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule onlyConfigUsesTypesafeConfig = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.config"))
            .should()
            .dependOnClassesThat(resideInAPackage("com.typesafe.config.."));

    @ArchTest
    static final ArchRule noClassDeserializesObjects =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule onlyCliExitsAndPrints = noClasses()
            .that(resideOutsideOfPackage("dev.sparkprop.cli.."))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
