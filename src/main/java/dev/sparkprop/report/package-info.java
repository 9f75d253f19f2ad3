/**
 * Runs as pages to look at: one HTML file each, with all that it needs in it. Reads what {@code store} wrote, and knows nets and
 * kernels to draw what a net says of the plane.
 */
package dev.sparkprop.report;
