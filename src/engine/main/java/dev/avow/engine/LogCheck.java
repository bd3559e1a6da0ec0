package dev.avow.engine;

import dev.avow.engine.log.Checking;
import dev.avow.engine.participant.BranchInspection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a log's files look like byte by byte, of a coordinator or a participant, read without a lock and without changing
 * anything. While it is in use, the last segment's end may move under the reader. Immutable.
 *
 * @param kind whose log it is, in words
 * @param incarnation the last that opened it; 0 if that can't be read
 * @param process the process that did; 0 if that can't be read
 * @param files the file of numbers, then the segments, newest first
 */
public record LogCheck(String kind, int incarnation, long process, List<FileCheck> files) {

    /**
     * One file.
     *
     * @param name its name
     * @param bytes its length
     * @param frames how many whole frames it holds
     * @param records how many records these hold
     * @param counts whether it is the segment that the next opening would read, or the file of numbers
     * @param damage what is wrong, and what no crash can have left
     * @param damagedAt where, in bytes
     * @param tornAt where a write was cut short by a crash, or is under way: harmless
     */
    public record FileCheck(
            String name,
            long bytes,
            int frames,
            long records,
            boolean counts,
            Optional<String> damage,
            Optional<Long> damagedAt,
            Optional<Long> tornAt) {}

    public LogCheck {
        files = List.copyOf(files);
    }

    /** Whether nothing is damaged. */
    public boolean isWhole() {
        return files.stream().allMatch(file -> file.damage().isEmpty());
    }

    /**
     * Checks the log in this directory: every segment, frame, checksum and record.
     *
     * @throws LogUnusableException if no log is there, it is of a newer version, or it may not be read
     * @throws LogFailedException if reading failed
     */
    public static LogCheck of(Path directory) {
        return Checking.check(directory, BranchInspection::blankState);
    }
}
