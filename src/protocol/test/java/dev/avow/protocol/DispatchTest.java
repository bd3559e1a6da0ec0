package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each effect and each message reaches the one method that is for it, with what it carries. */
class DispatchTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void every_effect_is_carried_out_by_its_own_method() {
        List<Effect> effects = List.of(
                new Effect.Send(new Message.Ack(1)),
                new Effect.Tell(Ending.ABORTED),
                new Effect.ForceCommitRecord(BranchSet.of(0, 2)),
                new Effect.AppendEndRecord(),
                new Effect.ForceReport(3),
                new Effect.ForceRecord(4, DiskRecord.PREPARED),
                new Effect.AppendRecord(5, DiskRecord.ABORTED));
        effects.forEach(effect -> effect.carriedOutBy(new WritingHands()));
        assertEquals(
                List.of(
                        "send Ack[branch=1]",
                        "tell ABORTED",
                        "force commit {0, 2}",
                        "append end",
                        "force report 3",
                        "force 4 PREPARED",
                        "append 5 ABORTED"),
                calls);
        assertEquals(Effect.class.getPermittedSubclasses().length, effects.size());
    }

    @Test
    void every_message_arrives_at_its_own_method() {
        List<Message.ToParticipant> messages = List.of(
                new Message.Prepare(1),
                new Message.Commit(2),
                new Message.Abort(3),
                new Message.OnePhase(4),
                new Message.Forget(5));
        messages.forEach(message -> message.receivedBy(new WritingInbox()));
        assertEquals(List.of("prepare 1", "commit 2", "abort 3", "onePhase 4", "forget 5"), calls);
        assertEquals(Message.ToParticipant.class.getPermittedSubclasses().length, messages.size());
    }

    private final class WritingHands implements Effect.Hands {
        @Override
        public void send(Message message) {
            calls.add("send " + message);
        }

        @Override
        public void tell(Ending ending) {
            calls.add("tell " + ending);
        }

        @Override
        public void forceCommitRecord(BranchSet branches) {
            calls.add("force commit " + branches);
        }

        @Override
        public void appendEndRecord() {
            calls.add("append end");
        }

        @Override
        public void forceReport(int branch) {
            calls.add("force report " + branch);
        }

        @Override
        public void forceRecord(int branch, DiskRecord disk) {
            calls.add("force " + branch + " " + disk);
        }

        @Override
        public void appendRecord(int branch, DiskRecord disk) {
            calls.add("append " + branch + " " + disk);
        }
    }

    private final class WritingInbox implements Message.ParticipantInbox {
        @Override
        public void prepare(int branch) {
            calls.add("prepare " + branch);
        }

        @Override
        public void commit(int branch) {
            calls.add("commit " + branch);
        }

        @Override
        public void abort(int branch) {
            calls.add("abort " + branch);
        }

        @Override
        public void onePhase(int branch) {
            calls.add("onePhase " + branch);
        }

        @Override
        public void forget(int branch) {
            calls.add("forget " + branch);
        }
    }
}
