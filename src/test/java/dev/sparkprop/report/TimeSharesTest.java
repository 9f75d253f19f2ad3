package dev.sparkprop.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TimeSharesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode written(TimeShares time) {
        ObjectNode json = JSON.createObjectNode();
        time.writeTo(json);
        return json;
    }

    @Test
    void meansAreOverIterationsNotLines() throws IOException {
        TimeShares time = new TimeShares();
        time.add(0, 1, JSON.readTree("{\"b\": 10, \"a\": 1}"));
        time.add(9, 9, JSON.readTree("{\"b\": 20, \"a\": 1, \"late\": 5, \"odd\": \"text\"}"));
        JsonNode json = written(time);
        assertThat(json.get("names")).hasToString("[\"b\",\"a\",\"late\",\"odd\"]");
        // (1·10 + 9·20)/10, (1·1 + 9·1)/10, 9·5/10
        assertThat(json.get("mean")).hasToString("[19.0,1.0,4.5,0.0]");
        assertThat(json.get("x")).hasToString("[0,9]");
        assertThat(json.get("milliseconds")).hasToString("[[10.0,20.0],[1.0,1.0],[0.0,5.0],[0.0,0.0]]");
    }

    @Test
    void mergesManyLinesIntoFewBuckets() throws IOException {
        TimeShares time = new TimeShares();
        for (int i = 0; i < 100_000; i++) {
            time.add(i, 1, JSON.createObjectNode().put("name", i % 2));
        }
        JsonNode json = written(time);
        assertThat(json.get("x").size()).isBetween(64, 128);
        assertThat(json.at("/x").get(json.get("x").size() - 1).intValue()).isEqualTo(99_999);
        assertThat(json.at("/milliseconds/0/0").doubleValue()).isEqualTo(0.5);
        assertThat(json.at("/mean/0").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void keepsALimitedNumberOfNames() {
        TimeShares time = new TimeShares();
        for (int i = 0; i < 1_000; i++) {
            time.add(i, 1, JSON.createObjectNode().put("name " + i, 1));
        }
        assertThat(written(time).get("names").size()).isEqualTo(24);
    }
}
