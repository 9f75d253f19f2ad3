/**
 * The command line: one class for each command, exit codes, and what a person reads. The only caller of
 * {@code System.exit} and {@code System.out}.
 */
package dev.sparkprop.cli;
