package dev.sparkprop.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the HTML around the data: styles, scripts and a content security policy. The policy allows only these styles
 * and scripts, and no requests.
 */
final class Page {
    /** The directory of uPlot's files in its jar. */
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

    private static final List<String> STYLES = List.of(UPLOT + "dist/uPlot.min.css", "report.css");
    private static final List<String> SCRIPTS = List.of(
            UPLOT + "dist/uPlot.iife.min.js",
            "dom.js",
            "curves.js",
            "time.js",
            "surface.js",
            "net.js",
            "tables.js",
            "report.js");

    /** A placeholder in {@code report.html}. */
    private static final Pattern PART = Pattern.compile("\\{(policy|title|styles|licence|scripts|json)}");

    private Page() {}

    /** Returns a page with the given title and JSON. */
    static byte[] of(String title, String json) throws IOException {
        StringBuilder policy =
                new StringBuilder("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'");
        String styles = elements("style", STYLES, policy.append("; style-src"));
        String scripts = elements("script", SCRIPTS, policy.append("; script-src"));
        Map<String, String> parts = Map.of(
                "policy", policy.toString(),
                "title", text(title),
                "styles", styles,
                "licence", resource(UPLOT + "LICENSE").strip(),
                "scripts", scripts,
                "json", data(json));
        return PART.matcher(resource("report.html"))
                .replaceAll(part -> Matcher.quoteReplacement(parts.get(part.group(1))))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Wraps each file in an element, and adds its hash to the policy. */
    private static String elements(String name, List<String> files, StringBuilder policy) throws IOException {
        StringBuilder elements = new StringBuilder();
        for (String file : files) {
            String content = resource(file);
            policy.append(" 'sha256-").append(sha256(content)).append('\'');
            elements.append('<')
                    .append(name)
                    .append('>')
                    .append(content)
                    .append("</")
                    .append(name)
                    .append(">\n");
        }
        return elements.toString();
    }

    private static String resource(String file) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + file + ": the build is incomplete");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /** Escapes text for use between tags. */
    private static String text(String any) {
        return any.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * Escapes JSON so that it can neither end its element nor begin a comment. In JSON, a less-than sign occurs only
     * in strings.
     */
    private static String data(String json) {
        return json.replace("<", "\\u003c");
    }
}
