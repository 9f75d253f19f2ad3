/**
 * Finished and running runs as pages: one HTML file each, with all that it needs in it. Reads what {@code store}
 * wrote.
 *
 * <p>May import {@code store}, {@code network}, {@code kernel} and {@code data}: nets are evaluated to draw what they say
 * of the plane.
 */
package dev.sparkprop.report;
