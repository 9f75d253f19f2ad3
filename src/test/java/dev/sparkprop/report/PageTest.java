package dev.sparkprop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "</script></title><img src=x onerror=alert(1)>{json}{scripts}&amp;<!--";

    private static String page(String title, String json) throws IOException {
        return new String(Page.of(title, json), StandardCharsets.UTF_8);
    }

    private static List<String> elements(String page, String name) {
        return Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void policyAllowsOnlyTheScriptsAndStylesOfThePage() throws Exception {
        String page = page("xor", "[]");
        String policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe", "*", "http");
        assertThat(hashes(policy, "script-src"))
                .isEqualTo(hashesOf(elements(page, "script")))
                .hasSize(8);
        assertThat(hashes(policy, "style-src"))
                .isEqualTo(hashesOf(elements(page, "style")))
                .hasSize(2);
    }

    private static List<String> hashes(String policy, String directive) {
        String sources = policy.substring(policy.indexOf(directive)).split(";", 2)[0];
        return Pattern.compile("'sha256-([^']*)'")
                .matcher(sources)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> hashesOf(List<String> contents) throws Exception {
        List<String> hashes = new ArrayList<>();
        for (String content : contents) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            hashes.add(Base64.getEncoder().encodeToString(hash));
        }
        return hashes;
    }

    @Test
    void escapesNames() throws IOException {
        String page = page(HOSTILE, "[\"" + HOSTILE + "\"]");
        String plain = page("xor", "[]");
        assertThat(page)
                .contains("<title>&lt;/script&gt;&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;{json}{scripts}"
                        + "&amp;amp;&lt;!-- · sparkprop</title>")
                .contains(
                        "[\"\\u003c/script>\\u003c/title>\\u003cimg src=x onerror=alert(1)>{json}{scripts}&amp;\\u003c!--\"]")
                .doesNotContain("<img");
        assertThat(count(page, "<")).isEqualTo(count(plain, "<"));
        assertThat(elements(page, "script")).isEqualTo(elements(plain, "script"));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void pageLoadsNoResources() throws IOException {
        List<String> addresses = Pattern.compile("(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')\\s>]+)")
                .matcher(page("xor", "[]").replaceAll("(?s)<script>.*?</script>", ""))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(addresses).containsExactly("#main");
    }

    @Test
    void pageContainsTheThirdPartyLicence() throws IOException {
        assertThat(page("xor", "[]")).contains("MIT License", "Leon Sorokin", "Permission is hereby granted");
    }
}
