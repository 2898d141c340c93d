package dev.warpgrid.server.rest;

import java.nio.charset.StandardCharsets;

/** How frames of a stream are written. */
enum StreamFormat {
    /** {@code text/event-stream}, as the HTML standard has it. */
    SERVER_SENT_EVENTS("text/event-stream", ": WarpGrid\n\n", ": \n\n") {
        @Override
        byte[] frame(String event, String id, Object data) {
            StringBuilder frame = new StringBuilder();
            if (!id.isEmpty()) {
                frame.append("id: ").append(id).append('\n');
            }
            frame.append("event: ").append(event).append("\ndata: ");
            // JSON of ours holds no line break, so one data line is always enough.
            frame.append(new String(Json.write(data), StandardCharsets.UTF_8)).append("\n\n");
            return frame.toString().getBytes(StandardCharsets.UTF_8);
        }
    },
    /** {@code application/x-ndjson}: one object for each line, with the event's name as its only member. */
    LINES("application/x-ndjson", "", "\n") {
        @Override
        byte[] frame(String event, String id, Object data) {
            return ("{\"" + event + "\":" + new String(Json.write(data), StandardCharsets.UTF_8) + "}\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    };

    private final String mediaType;
    private final String beginning;
    private final String heartbeat;

    StreamFormat(String mediaType, String beginning, String heartbeat) {
        this.mediaType = mediaType;
        this.beginning = beginning;
        this.heartbeat = heartbeat;
    }

    /** @param id empty where the stream cannot be resumed */
    abstract byte[] frame(String event, String id, Object data);

    String mediaType() {
        return mediaType;
    }

    String beginning() {
        return beginning;
    }

    String heartbeat() {
        return heartbeat;
    }
}
