package dev.avow.engine.run;

import dev.avow.protocol.BranchSet;
import dev.avow.protocol.DiskRecord;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;

/** Carries a coordinator's effects out. What a phase of the protocol can't ask for stays refused. */
abstract class Carrier implements Effect.Hands, Message.ParticipantInbox {
    @Override
    public final void send(Message message) {
        if (message instanceof Message.ToParticipant toParticipant) {
            toParticipant.receivedBy(this);
        } else {
            throw unexpected("send " + message);
        }
    }

    /** The caller is answered by the value that commit returns. */
    @Override
    public final void tell(Ending ending) {}

    @Override
    public void forceCommitRecord(BranchSet branches) {
        throw unexpected("force a commit record for " + branches);
    }

    @Override
    public void appendEndRecord() {
        throw unexpected("append an end record");
    }

    @Override
    public void forceReport(int branch) {
        throw unexpected("report branch " + branch);
    }

    @Override
    public final void forceRecord(int branch, DiskRecord disk) {
        throw unexpected("force a participant's record " + disk);
    }

    @Override
    public final void appendRecord(int branch, DiskRecord disk) {
        throw unexpected("append a participant's record " + disk);
    }

    @Override
    public void prepare(int branch) {
        throw unexpected("prepare branch " + branch);
    }

    @Override
    public void commit(int branch) {
        throw unexpected("commit branch " + branch);
    }

    @Override
    public void abort(int branch) {
        throw unexpected("abort branch " + branch);
    }

    @Override
    public void onePhase(int branch) {
        throw unexpected("commit branch " + branch + " in one phase");
    }

    @Override
    public void forget(int branch) {
        throw unexpected("forget branch " + branch);
    }

    private IllegalStateException unexpected(String what) {
        return new IllegalStateException(getClass().getSimpleName() + " was asked to " + what);
    }
}
