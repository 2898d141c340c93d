package dev.warpgrid.agent.guest;

/** Why a request never reached a guest. */
public enum Refusal {
    /** No instance runs here, and none is about to. */
    NO_INSTANCE("No instance of this service is running on this node."),
    /** The revision's queue is at its limit. */
    QUEUE_FULL("The service has more requests waiting than its queue takes."),
    /** No instance became free before the queue's deadline. */
    WAITED_TOO_LONG("The service had no free instance within the time a request may wait."),
    /** The node is ending. */
    ENDING("This node is being shut down.");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
