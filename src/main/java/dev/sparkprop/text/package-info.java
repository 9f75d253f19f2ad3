/**
 * Words and numbers as text: names of constants, counts with their nouns, numbers as people write them, labels of classes. The ground
 * floor; imports {@code java.*} only.
 */
package dev.sparkprop.text;
