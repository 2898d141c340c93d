package dev.warpgrid.agent.guest;

/** How a call on a guest went wrong. */
public enum CallFailure {
    TRAPPED("GuestTrapped", 500, "The service crashed while it answered this request."),
    TIMED_OUT("CallTimedOut", 504, "The service did not answer within its time limit."),
    CPU_LIMIT("CpuLimitReached", 504, "The service used more processor time than one request may."),
    NO_RESPONSE("NoResponse", 502, "The service ended its work on this request without a response."),
    /** The node ended the instance under a running call. */
    STOPPED("InstanceStopped", 503, "The service's instance was stopped while it answered this request."),
    /** The connection to the node that ran the call broke. */
    NODE_GONE("NodeGone", 502, "The node that runs this service went away while it answered this request.");

    private final String eventReason;
    private final int status;
    private final String sentence;

    CallFailure(String eventReason, int status, String sentence) {
        this.eventReason = eventReason;
        this.status = status;
        this.sentence = sentence;
    }

    /** Upper camel case and stable. */
    public String eventReason() {
        return eventReason;
    }

    /** The HTTP status a client sees. */
    public int status() {
        return status;
    }

    /** For the client; tells nothing of the guest's inside. */
    public String sentence() {
        return sentence;
    }
}
