package dev.sparkprop.diagnosis;

/**
 * A problem found by a rule.
 *
 * @param rule name of the rule
 * @param iteration iteration since which the problem is known to exist
 * @param text diagnosis and suggestions, in plain words
 */
public record Symptom(String rule, int iteration, String text) {}
