/**
 * Words and numbers as text: names of constants, counts with nouns, decimal numbers and class labels. The lowest
 * package: imports {@code java.*} only.
 */
package dev.sparkprop.text;
