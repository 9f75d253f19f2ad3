/**
 * Follow {@code report} from directories of runs to one HTML page, which {@code report} draws.
 *
 * <p>May import {@code cli.options}, {@code report} and {@code store}.
 */
package dev.sparkprop.cli.report;
