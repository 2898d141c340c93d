package dev.warpgrid.agent.guest;

/** Why a request never reached a guest, or why nobody knows whether it did. */
public enum Refusal {
    /** No instance runs here, and none is about to. */
    NO_INSTANCE(503, "No instance of this service is running on this node."),
    /** The revision's queue is at its limit. */
    QUEUE_FULL(503, "The service has more requests waiting than its queue takes."),
    /** No instance became free before the queue's deadline. */
    WAITED_TOO_LONG(503, "The service had no free instance within the time a request may wait."),
    /** The node is ending. */
    ENDING(503, "This node is being shut down."),
    /** Every node that answers for the revision is set aside at the moment, or there is none. */
    NO_ENDPOINT(503, "No node answers for this service at the moment."),
    /** The node that answers could not be connected to. */
    UNREACHABLE(503, "The node that runs this service cannot be reached."),
    /** The other node does not know this one as a node of the grid. */
    NOT_ADMITTED(503, "The node that runs this service does not know this node yet."),
    /** The connection broke before an answer came; the request may have been run. */
    BROKEN(502, "The node that runs this service went away before it answered.");

    private final int status;
    private final String sentence;

    Refusal(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** The HTTP status a client sees where no other place took the request. */
    public int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }

    /** Whether another place, or this one later, may take the request. */
    public boolean isOfThePlace() {
        return switch (this) {
            case NO_INSTANCE, ENDING, NO_ENDPOINT, UNREACHABLE, NOT_ADMITTED, BROKEN -> true;
            case QUEUE_FULL, WAITED_TOO_LONG -> false;
        };
    }
}
