/**
 * Follow {@code report} from run directories to one HTML page, which the package {@code report} builds.
 *
 * <p>May import {@code cli.options}, {@code report} and {@code store}.
 */
package dev.sparkprop.cli.report;
