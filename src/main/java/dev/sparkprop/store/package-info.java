/**
 * What a run leaves behind, on any file system that Hadoop knows: the run directory, models, the metrics log, provenance.
 */
package dev.sparkprop.store;
