package dev.sparkprop.data;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels of classes: texts, among which numbers are known by their value. */
public final class Label {
    /** Numbers by their value, then all other texts by their letters. */
    public static final Comparator<String> ORDER = new Order();

    private Label() {}

    /** The name of a label's class: {@code 2}, {@code 2.0} and {@code +2} are the same, whatever the file's format. */
    public static String name(String text) {
        double number = NumberText.parse(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return text.strip();
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p53;
        return whole ? Long.toString((long) number) : Double.toString(number);
    }

    /** The position of each name among those of the classes: what examples have in the place of their label. */
    public static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
        return numbers;
    }

    private static final class Order implements Comparator<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(String a, String b) {
            double x = NumberText.parse(a);
            double y = NumberText.parse(b);
            // NaN, which stands for text, comes after all numbers
            int byValue = Double.compare(x, y);
            return byValue != 0 ? byValue : a.compareTo(b);
        }
    }
}
