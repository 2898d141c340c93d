/**
 * The Canonical ABI: values between Java and linear memory, by plans made once for each function type, and the state
 * of one running instance that they need. It owns handle tables and the rules of entering and leaving components; it
 * may touch types and the engine SPI, and never a binary or a name to link by.
 */
@NullMarked
package dev.warpgrid.component.abi;

import org.jspecify.annotations.NullMarked;
