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

/** The HTML round the data: styles, scripts, and a policy that lets a browser run these scripts, show these styles and load nothing. */
final class Page {
    /** The folder of the files of uPlot, as its jar has them. */
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

    /** A place in {@code report.html} that is filled in. */
    private static final Pattern PART = Pattern.compile("\\{(policy|title|styles|licence|scripts|json)}");

    private Page() {}

    /** A page with this title and this JSON in it. */
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

    /** An element round each file, with the hashes that allow them added to the policy. */
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
                throw new IllegalStateException("The program has no " + file + ": it was not built as it should be");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Text that means nothing but itself, between tags. */
    private static String text(String any) {
        return any.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** JSON that neither ends the element that it is in nor begins a comment: a less-than sign can only be in a string there. */
    private static String data(String json) {
        return json.replace("<", "\\u003c");
    }
}
