package dev.sparkprop.diagnosis;

/**
 * What a rule found.
 *
 * @param rule name of the rule
 * @param iteration since which it has been so, as far as is known
 * @param text what is the matter and what to try, in plain words
 */
public record Symptom(String rule, int iteration, String text) {}
