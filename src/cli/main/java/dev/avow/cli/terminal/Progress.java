package dev.avow.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/** How far a long run has come. */
public interface Progress extends AutoCloseable {
    /** One more is done. */
    void step();

    @Override
    void close();

    /** How progress is shown. */
    enum Style {
        /** A bar on a terminal that understands control sequences, else lines. */
        AUTO,
        BAR,
        /** A line for each twentieth of the run. */
        PLAIN,
        NONE;

        /**
         * Starts to show progress.
         *
         * @param total how many steps there are
         */
        public Progress start(String what, int total, PrintWriter out) {
            return switch (this) {
                case AUTO -> (Ansi.AUTO.enabled() ? BAR : PLAIN).start(what, total, out);
                case BAR -> new Bar(what, total);
                case PLAIN -> new Lines(what, total, out);
                case NONE -> new Silence();
            };
        }
    }

    /** A bar on standard error, so that standard output stays readable when it is redirected. */
    final class Bar implements Progress {
        /** Given, so that the library doesn't load native code just to ask the terminal. */
        private static final int COLUMNS = 79;

        private final ProgressBar bar;

        Bar(String what, int total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, COLUMNS))
                    .build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Lines for a file or a pipe. */
    final class Lines implements Progress {
        private static final int PARTS = 20;

        private final String what;
        private final int total;
        private final PrintWriter out;
        private int done;

        Lines(String what, int total, PrintWriter out) {
            this.what = what;
            this.total = total;
            this.out = out;
        }

        @Override
        public void step() {
            done++;
            if ((long) done * PARTS / total > (long) (done - 1) * PARTS / total) {
                out.println("  " + what + ": " + done + " of " + total);
            }
        }

        @Override
        public void close() {}
    }

    /** Shows nothing. */
    final class Silence implements Progress {
        @Override
        public void step() {}

        @Override
        public void close() {}
    }
}
