package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Part;
import dev.sparkprop.data.columns.ColumnRules;
import dev.sparkprop.data.columns.Feature;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.data.tables.RowOrder;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.RowSource;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.files.Survey;
import dev.sparkprop.spark.files.SurveyReport;
import dev.sparkprop.spark.files.SurveyReport.Use;
import dev.sparkprop.spark.formats.CsvParser;
import dev.sparkprop.spark.formats.FileFormats;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows that have been surveyed and found valid.
 *
 * @param files how to read the rows
 * @param source the rows, in the order in which their examples are numbered
 * @param survey the survey of the rows as they are stored
 * @param places the survey of the rows in order, which determines the numbers of the examples
 */
record SurveyedRows(FileData files, RowSource source, Survey survey, Survey places) {
    /**
     * Surveys rows to train on them.
     *
     * @param statistics whether to collect the statistics of all rows
     */
    static SurveyedRows of(JavaSparkContext context, FileData files, boolean statistics) throws IOException {
        RowSource source = open(context, files);
        if (files.columns().equals(ColumnRules.NONE)) {
            Columns.checkInputs(source.features().stream().map(Feature::name).toList(), files, files.place());
        }
        Survey.Task task = Survey.Task.of(source, files);
        Survey survey = survey(source, statistics ? task : task.withoutStatistics());
        if (survey.examples() == 0 && source.parser() instanceof CsvParser parser) {
            source.rows()
                    .mapPartitions(new TextColumns.Task(parser))
                    .treeReduce(TextColumns::add)
                    .check(source.features(), files);
        }
        new SurveyReport(files, survey, source, Use.TRAINING).check();
        return ordered(files, source, survey);
    }

    /** Surveys rows whose examples are interpreted in the way that was learned from others. */
    static SurveyedRows like(LearnedData learned, JavaSparkContext context, FileData files) throws IOException {
        RowSource source = open(context, files)
                .checking(learned.encodings(), files.columns().unseen());
        Survey survey = survey(source, Survey.Task.of(source, files).withoutStatistics());
        new SurveyReport(files, survey, source, Use.TRAINING).checkSameClasses(learned.classes());
        return ordered(files, source, survey);
    }

    private static RowSource open(JavaSparkContext context, FileData files) throws IOException {
        return files.order().kind() == RowOrder.Kind.COLUMNS
                ? FileFormats.openWhole(Sessions.of(context), files)
                : FileFormats.open(Sessions.of(context), files);
    }

    private static Survey survey(RowSource source, Survey.Task task) {
        return source.rows().mapPartitions(task).treeReduce(Survey::add);
    }

    private static SurveyedRows ordered(FileData files, RowSource source, Survey survey) {
        if (files.order().kind() == RowOrder.Kind.AUTO && FileFormats.hasPlaces(files)) {
            return new SurveyedRows(files, source, survey, survey);
        }
        RowSource ordered = OrderedRows.of(source, files, source.layout(files).values());
        Survey places = survey(ordered, Survey.Task.of(source, files).withoutStatistics());
        return new SurveyedRows(files, ordered, survey, places);
    }

    /** Returns a report about the rows as they are stored. */
    SurveyReport report() {
        return new SurveyReport(files, survey, source, Use.TRAINING);
    }

    /** Returns the examples of a part. */
    PartRows part(JavaSparkContext context, Part part) {
        return new PartRows(source.parser(), source.layout(files).values(), Numbering.of(context, places, part));
    }
}
