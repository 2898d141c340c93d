package dev.warpgrid.wasi.http;

import dev.warpgrid.component.Variant;
import dev.warpgrid.wasi.InstanceState;
import dev.warpgrid.wasi.WasiResource;

/** {@code wasi:http/types.incoming-response}. */
final class IncomingResponse extends WasiResource {
    private final OutgoingCall call;
    private final WireReader.Head head;
    private boolean consumed;

    IncomingResponse(OutgoingCall call, WireReader.Head head) {
        super(null);
        this.call = call;
        this.head = head;
    }

    int status() {
        return head.status();
    }

    Fields headers() {
        return new Fields(this, head.fields());
    }

    Variant consume() {
        if (consumed) {
            return Variant.err();
        }
        consumed = true;
        return Variant.ok(new IncomingBody(call.answer()));
    }

    @Override
    protected String wasiName() {
        return "incoming-response";
    }

    @Override
    protected void dropped(InstanceState state) {
        if (!consumed) {
            call.cancel();
        }
        // What is left of it is one stream, which is counted as such.
        state.requestEnded();
    }
}
