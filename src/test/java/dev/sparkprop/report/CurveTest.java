package dev.sparkprop.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveTest {
    private record Points(List<Integer> x, List<Double> y) {}

    private static Points points(Curve curve) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        curve.writeTo(json);
        List<Integer> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        json.get("x").forEach(value -> x.add(value.intValue()));
        json.get("y").forEach(value -> y.add(value.doubleValue()));
        assertThat(y).hasSameSizeAs(x);
        return new Points(x, y);
    }

    @Test
    void shortCurveKeepsAllPoints() {
        Curve curve = new Curve();
        for (int i = 0; i < Curve.MAX_BUCKETS; i++) {
            curve.add(3 * i, -i);
        }
        Points points = points(curve);
        assertThat(points.x()).hasSize(Curve.MAX_BUCKETS).startsWith(0, 3, 6).isSorted();
        assertThat(points.y()).startsWith(0.0, -1.0, -2.0).endsWith(1.0 - Curve.MAX_BUCKETS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 10_000, 65_536, 1_000_003})
    void longCurveKeepsSpikesAndEndpoints(int length) {
        Curve curve = new Curve();
        for (int i = 0; i < length; i++) {
            curve.add(i, i == length / 3 ? 99 : i == length / 2 ? -99 : i % 2);
        }
        Points points = points(curve);
        assertThat(points.x()).startsWith(0).endsWith(length - 1).isSorted().doesNotHaveDuplicates();
        assertThat(points.x()).hasSizeBetween(Curve.MAX_BUCKETS / 2, 2 * Curve.MAX_BUCKETS + 1);
        assertThat(points.y().get(points.x().indexOf(length / 3))).isEqualTo(99);
        assertThat(points.y().get(points.x().indexOf(length / 2))).isEqualTo(-99);
        for (int i = 0; i < points.x().size(); i++) {
            int x = points.x().get(i);
            if (x != length / 3 && x != length / 2) {
                assertThat(points.y().get(i)).isEqualTo(x % 2);
            }
        }
    }

    @Test
    void valuesHaveSixDigits() {
        Curve curve = new Curve();
        curve.add(0, 1.0 / 3);
        curve.add(1, 123456.789e-30);
        assertThat(points(curve).y()).containsExactly(0.333333, 1.23457e-25);
    }
}
