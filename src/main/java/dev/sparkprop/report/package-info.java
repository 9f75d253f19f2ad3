/**
 * Builds HTML pages about finished and running runs. Each page is one self-contained file. Reads the files that
 * {@code store} wrote.
 *
 * <p>May import {@code store}, {@code network}, {@code kernel} and {@code data}: the pages show decision surfaces,
 * for which networks are evaluated.
 */
package dev.sparkprop.report;
