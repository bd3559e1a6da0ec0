package dev.avow.grpc;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Ack;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Damage;
import dev.avow.grpc.contract.Ended;
import dev.avow.grpc.contract.Failure;
import dev.avow.grpc.contract.PeerAnswer;
import dev.avow.grpc.contract.VoteOf;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;

/** The protocol's words, and the contract's. */
final class Wire {
    /** Many answers share a message, whose size has a limit. */
    private static final int MOST_WORDS = 1_000;

    /** So many may be asked about at once. */
    static final int MOST_IN_DOUBT = 1_000;

    private Wire() {}

    /** @throws IllegalArgumentException if one question is about too many transactions */
    static void requireFew(int transactions) {
        if (transactions > MOST_IN_DOUBT) {
            throw new IllegalArgumentException(
                    "a question about " + transactions + " transactions: ask about " + MOST_IN_DOUBT + " at a time");
        }
    }

    static dev.avow.grpc.contract.TransactionId toWire(TransactionId id) {
        return dev.avow.grpc.contract.TransactionId.newBuilder()
                .setHigh(id.high())
                .setLow(id.low())
                .build();
    }

    /** @throws IllegalArgumentException if no coordinator can have given it out */
    static TransactionId fromWire(dev.avow.grpc.contract.TransactionId id) {
        return new TransactionId(id.getHigh(), id.getLow());
    }

    static Answer.Builder answer(Vote vote) {
        dev.avow.grpc.contract.Vote cast = switch (vote) {
            case YES -> dev.avow.grpc.contract.Vote.VOTE_YES;
            case READ_ONLY -> dev.avow.grpc.contract.Vote.VOTE_READ_ONLY;
            case NO -> dev.avow.grpc.contract.Vote.VOTE_NO;
        };
        return Answer.newBuilder().setVote(VoteOf.newBuilder().setVote(cast));
    }

    /** What isn't known for a yes isn't one. (UnknownVotesNo) */
    static Vote fromWire(dev.avow.grpc.contract.Vote vote) {
        return switch (vote) {
            case VOTE_YES -> Vote.YES;
            case VOTE_READ_ONLY -> Vote.READ_ONLY;
            case VOTE_NO, VOTE_UNSPECIFIED, UNRECOGNIZED -> Vote.NO;
        };
    }

    static Answer.Builder answer(Ending ending) {
        return Answer.newBuilder().setEnded(Ended.newBuilder().setEnding(toWire(ending)));
    }

    private static dev.avow.grpc.contract.Ending toWire(Ending ending) {
        return switch (ending) {
            case COMMITTED -> dev.avow.grpc.contract.Ending.ENDING_COMMITTED;
            case ABORTED -> dev.avow.grpc.contract.Ending.ENDING_ABORTED;
            case UNKNOWN -> dev.avow.grpc.contract.Ending.ENDING_UNKNOWN;
        };
    }

    /** For another participant. */
    static PeerAnswer answer(TransactionId id, Ending ending) {
        return PeerAnswer.newBuilder()
                .setTransaction(toWire(id))
                .setEnding(toWire(ending))
                .build();
    }

    static Ending fromWire(dev.avow.grpc.contract.Ending ending) {
        return switch (ending) {
            case ENDING_COMMITTED -> Ending.COMMITTED;
            case ENDING_ABORTED -> Ending.ABORTED;
            case ENDING_UNKNOWN, ENDING_UNSPECIFIED, UNRECOGNIZED -> Ending.UNKNOWN;
        };
    }

    static Answer.Builder ack() {
        return Answer.newBuilder().setAck(Ack.getDefaultInstance());
    }

    static Answer.Builder answer(HeuristicException alone) {
        Damage.Settled settled = switch (alone.ending()) {
            case HEURISTIC_COMMITTED -> Damage.Settled.SETTLED_COMMITTED;
            case HEURISTIC_ABORTED -> Damage.Settled.SETTLED_ABORTED;
            case HEURISTIC_MIXED -> Damage.Settled.SETTLED_MIXED;
            case COMMITTED, ABORTED, READ_ONLY, BEING_TOLD, UNKNOWN, HEURISTIC_HAZARD ->
                Damage.Settled.SETTLED_UNSPECIFIED;
        };
        return Answer.newBuilder()
                .setDamage(Damage.newBuilder().setSettled(settled).setWords(words(alone)));
    }

    static HeuristicException fromWire(Damage damage) {
        BranchEnding ending = switch (damage.getSettled()) {
            case SETTLED_COMMITTED -> BranchEnding.HEURISTIC_COMMITTED;
            case SETTLED_ABORTED -> BranchEnding.HEURISTIC_ABORTED;
            case SETTLED_MIXED -> BranchEnding.HEURISTIC_MIXED;
            case SETTLED_UNSPECIFIED, UNRECOGNIZED -> BranchEnding.HEURISTIC_HAZARD;
        };
        return new HeuristicException(ending, damage.getWords());
    }

    static Answer.Builder answer(Throwable failure) {
        return Answer.newBuilder().setFailure(Failure.newBuilder().setWords(words(failure)));
    }

    private static String words(Throwable failure) {
        String words = failure.toString();
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }
}
