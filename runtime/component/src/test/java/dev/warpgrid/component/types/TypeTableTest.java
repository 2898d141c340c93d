package dev.warpgrid.component.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warpgrid.component.types.ValueType.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeTableTest {
    private final TypeTable types = new TypeTable();

    private ValueType scalar(Kind kind) {
        return types.scalar(kind);
    }

    @Test
    void givesEqualTypesTheSameObject() {
        ValueType one = types.composite(Kind.LIST, types.composite(Kind.TUPLE, scalar(Kind.U8), scalar(Kind.STRING)));
        ValueType other = types.composite(Kind.LIST, types.composite(Kind.TUPLE, scalar(Kind.U8), scalar(Kind.STRING)));

        assertThat(one).isSameAs(other);
        assertThat(one).isNotSameAs(types.composite(Kind.LIST, scalar(Kind.U8)));
    }

    @Test
    void tellsHandlesOfDifferentResourcesApart() {
        ResourceType a = new ResourceType("r");
        ResourceType b = new ResourceType("r");

        assertThat(types.handle(Kind.OWN, a)).isSameAs(types.handle(Kind.OWN, a));
        assertThat(types.handle(Kind.OWN, a)).isNotSameAs(types.handle(Kind.OWN, b));
        assertThat(types.handle(Kind.OWN, a)).isNotSameAs(types.handle(Kind.BORROW, a));
    }

    @Test
    void laysRecordsOutWithPadding() {
        ValueType record = types.composite(
                Kind.RECORD, List.of("a", "b", "c"), List.of(scalar(Kind.U8), scalar(Kind.S64), scalar(Kind.U16)));

        assertThat(record.size()).isEqualTo(24);
        assertThat(record.alignment()).isEqualTo(8);
        assertThat(record.flatCount()).isEqualTo(3);
    }

    @Test
    void laysVariantsOutBehindTheirDiscriminant() {
        ValueType variant = types.composite(Kind.RESULT, scalar(Kind.U8), scalar(Kind.F64));
        ValueType option = types.composite(Kind.OPTION, null, scalar(Kind.U8));

        assertThat(variant.payloadOffset()).isEqualTo(8);
        assertThat(variant.size()).isEqualTo(16);
        assertThat(option.payloadOffset()).isEqualTo(1);
        assertThat(option.size()).isEqualTo(2);
    }

    @Test
    void widensFlagsByTheirNumber() {
        assertThat(types.labelled(Kind.FLAGS, labels(8)).size()).isEqualTo(1);
        assertThat(types.labelled(Kind.FLAGS, labels(9)).size()).isEqualTo(2);
        assertThat(types.labelled(Kind.FLAGS, labels(17)).size()).isEqualTo(4);
        assertThat(types.labelled(Kind.ENUM, labels(257)).size()).isEqualTo(2);
    }

    @Test
    void saturatesTheSizeOfHugeTypes() {
        ValueType type = types.fixedList(scalar(Kind.U64), 1 << 30);
        for (int i = 0; i < 50; i++) {
            type = types.composite(Kind.TUPLE, type, type);
        }

        assertThat(type.size()).isPositive();
        assertThat(type.flatCount()).isEqualTo(1 << 20);
    }

    @Test
    void namesTheAsyncTypeInside() {
        ValueType stream = types.composite(Kind.STREAM, scalar(Kind.U8));

        assertThat(types.composite(Kind.OPTION, null, stream).unsupported()).isEqualTo("stream");
        assertThat(scalar(Kind.STRING).unsupported()).isNull();
    }

    private static List<String> labels(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> "f" + i).toList();
    }
}
