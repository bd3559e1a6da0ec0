package dev.avow.engine.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A frame that was read whole: its records, and where it stood. */
record Frame(int offset, List<ByteBuffer> records) {

    /** Empty if the records' lengths don't add up to the payload's. */
    static Optional<Frame> of(byte[] segment, int offset, int payloadBytes) {
        List<ByteBuffer> records = new ArrayList<>();
        ByteBuffer payload = ByteBuffer.wrap(segment, offset + FrameCodec.HEADER_BYTES, payloadBytes)
                .slice()
                .asReadOnlyBuffer();
        while (payload.hasRemaining()) {
            if (payload.remaining() < 4) {
                return Optional.empty();
            }
            int length = payload.getInt();
            if (length < 0 || length > payload.remaining()) {
                return Optional.empty();
            }
            records.add(payload.slice(payload.position(), length));
            payload.position(payload.position() + length);
        }
        return Optional.of(new Frame(offset, records));
    }
}
