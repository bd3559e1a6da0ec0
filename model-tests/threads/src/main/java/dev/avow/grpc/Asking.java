package dev.avow.grpc;

import dev.avow.grpc.contract.Ack;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.Order;
import dev.avow.threads.world.Meeting;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** An order on a stream that is answered, or ends, or both, while it is asked. */
public final class Asking {
    private final Meeting meeting = new Meeting();
    private final Conversation conversation = Conversation.over(new Nowhere());

    public CompletableFuture<Answer> ask() {
        meeting.meetAndLinger(200);
        return conversation.ask(Order.newBuilder()).answer();
    }

    public void end() {
        meeting.meetAndLinger(200);
        conversation.onError(Status.UNAVAILABLE.asRuntimeException());
    }

    /** The answer to the first order, if it has been asked by then, and the end after it. */
    public void answerAndEnd() {
        meeting.meetAndLinger(200);
        conversation.onNext(Answers.newBuilder()
                .addAnswers(Answer.newBuilder().setNumber(1).setAck(Ack.getDefaultInstance()))
                .build());
        conversation.onError(Status.UNAVAILABLE.asRuntimeException());
    }

    /** What has become of it, once all are done. */
    public static String outcome(CompletableFuture<Answer> answer) {
        if (!answer.isDone()) {
            return "waits for ever";
        }
        return answer.isCompletedExceptionally() ? "failed" : "answered";
    }

    /** A connection that takes everything and says nothing. */
    private static final class Nowhere extends Channel {
        @Override
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            return new ClientCall<>() {
                @Override
                public void start(Listener<A> listener, Metadata headers) {}

                @Override
                public void request(int messages) {}

                @Override
                public void cancel(String message, Throwable cause) {}

                @Override
                public void halfClose() {}

                @Override
                public void sendMessage(Q message) {}
            };
        }

        @Override
        public String authority() {
            return "nowhere";
        }
    }
}
