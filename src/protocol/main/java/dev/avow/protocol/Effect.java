package dev.avow.protocol;

/**
 * Something to be carried out after a step, in the order of the list and before the next step of the same side. Where one
 * fails, those behind it aren't carried out and that side takes no further step: recovery goes on from what is durable.
 */
public sealed interface Effect {
    void carriedOutBy(Hands hands);

    /** Whatever carries effects out: one method for each kind. */
    interface Hands {
        void send(Message message);

        void tell(Ending ending);

        void forceCommitRecord(BranchSet branches);

        void appendEndRecord();

        void forceReport(int branch);

        void forceRecord(int branch, DiskRecord disk);

        void appendRecord(int branch, DiskRecord disk);
    }

    /** Hands a message to the network, which may lose, repeat and reorder it. */
    record Send(Message message) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.send(message);
        }
    }

    /** Answers the caller of commit; the first answer counts. */
    record Tell(Ending ending) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.tell(ending);
        }
    }

    /** Appends the commit record with the branches to be told, and returns when it is durable; or the log refuses it. */
    record ForceCommitRecord(BranchSet branches) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.forceCommitRecord(branches);
        }
    }

    /** Appends the end of a commit record without waiting: losing it costs one more round of acknowledgements. */
    record AppendEndRecord() implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.appendEndRecord();
        }
    }

    /** Reports that a branch has contradicted the decision, durably. */
    record ForceReport(int branch) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.forceReport(branch);
        }
    }

    /** Makes the participant's record durable, and with it what it says of the branch's work. */
    record ForceRecord(int branch, DiskRecord disk) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.forceRecord(branch, disk);
        }
    }

    /** Writes the participant's record without waiting: after a crash the earlier one may still stand. */
    record AppendRecord(int branch, DiskRecord disk) implements Effect {
        @Override
        public void carriedOutBy(Hands hands) {
            hands.appendRecord(branch, disk);
        }
    }
}
