package dev.avow.cli;

import dev.avow.engine.TransactionId;

/** One participant's part of a transaction, to be resolved. */
record Part(TransactionId id, String name, String participant) {}
