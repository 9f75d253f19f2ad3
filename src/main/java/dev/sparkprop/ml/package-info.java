/** Trained nets in plain Java, for programs that score one example at a time. Of Spark it knows the vectors alone. */
package dev.sparkprop.ml;
