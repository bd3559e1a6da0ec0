package dev.avow.engine.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers every record as it is. */
final class RecordingState implements LogState {

    final List<byte[]> records = new ArrayList<>();

    @Override
    public void apply(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        records.add(bytes);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        records.forEach(sink);
    }
}
