package dev.warpgrid.component.binary;

/** Finds the end of the expression that initialises a global or a table. */
final class ConstantExpression {
    private static final int SIMD = 0xfd;
    private static final int V128_CONST = 12;

    private ConstantExpression() {}

    static void skip(ByteReader in) {
        while (true) {
            int opcode = in.u8();
            switch (opcode) {
                case 0x0b -> {
                    return;
                }
                case 0x41, 0x42, 0xd0 -> in.skipSigned();
                case 0x43 -> in.skip(4);
                case 0x44 -> in.skip(8);
                case 0x23, 0xd2 -> in.index();
                case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e -> {}
                case SIMD -> {
                    if (in.u32() != V128_CONST) {
                        throw in.malformed("A constant expression holds an instruction that is not constant");
                    }
                    in.skip(16);
                }
                default ->
                    throw in.malformed("A constant expression holds the instruction 0x" + Integer.toHexString(opcode));
            }
        }
    }
}
