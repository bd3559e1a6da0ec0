package dev.avow.services.micrometer;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The spans of all processes, as they end. */
final class Spans implements SpanExporter {
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Guarded by this. */
    private final List<SpanData> ended = new ArrayList<>();

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> spans) {
        ended.addAll(spans);
        notifyAll();
        return CompletableResultCode.ofSuccess();
    }

    /** So many at least, or as many as there are after a long time. */
    synchronized List<SpanData> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + LONG_NANOS;
        long left = LONG_NANOS;
        while (ended.size() < count && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = deadline - System.nanoTime();
        }
        return List.copyOf(ended);
    }

    /** One line for each: what it is, and in what. */
    static List<String> tree(List<SpanData> spans) {
        Map<String, String> names = spans.stream().collect(Collectors.toMap(SpanData::getSpanId, SpanData::getName));
        return spans.stream()
                .map(span -> span.getName() + " in " + names.getOrDefault(span.getParentSpanId(), "nothing"))
                .sorted()
                .toList();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
