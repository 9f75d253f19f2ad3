/** How fast kernels and trainings are, and what that says of others. */
package dev.sparkprop.benchmark;
