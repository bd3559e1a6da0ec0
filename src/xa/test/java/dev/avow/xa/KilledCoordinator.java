package dev.avow.xa;

import java.nio.file.Path;

/** A transfer of 30 in a process that halts right after one protocol step: {@code main(directory, action)}. */
final class KilledCoordinator {
    public static void main(String[] arguments) throws Exception {
        Banks banks = Banks.create(Path.of(arguments[0]), step -> {
            if (step.action().equals(arguments[1])) {
                Runtime.getRuntime().halt(KilledProcess.HALTED);
            }
        });
        System.out.println(banks.transfer("T1", 30));
    }

    private KilledCoordinator() {}
}
