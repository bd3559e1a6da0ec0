package dev.avow.simulator.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.log.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static final Path FOLDER = Path.of("log");
    private static final Path FILE = FOLDER.resolve("0000000001-000000.avow");
    private static final int LENGTH = 4 * StoredFile.SECTOR_BYTES;

    private static Mount mount(SimulatedDisk disk, DiskPlan plan, Trick trick) {
        return new Mount(disk, plan, trick, false, new SplittableRandom(7));
    }

    private static byte[] ones() {
        byte[] ones = new byte[LENGTH];
        Arrays.fill(ones, (byte) 1);
        return ones;
    }

    private static SimulatedDisk written(Trick trick, boolean forced) throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        Mount mount = mount(disk, DiskPlan.calm(), trick);
        LogFile file = mount.create(FILE);
        file.write(0, new byte[LENGTH], LENGTH);
        file.force();
        mount.forceDirectory(FOLDER);
        file.write(0, ones(), LENGTH);
        if (forced) {
            file.force();
            assertEquals(trick == Trick.NONE, mount.isDurable());
        }
        return disk;
    }

    private static byte[] content(SimulatedDisk disk) throws IOException {
        byte[] content = new byte[LENGTH];
        mount(disk, DiskPlan.calm(), Trick.NONE).open(FILE, false).read(0, content);
        return content;
    }

    @Test
    void what_was_forced_survives_a_loss_of_power() throws IOException {
        SimulatedDisk disk = written(Trick.NONE, true);
        assertFalse(disk.losePower(new SplittableRandom(1)));
        assertArrayEquals(ones(), content(disk));
    }

    @Test
    void of_what_was_not_forced_any_sectors_survive() throws IOException {
        Set<String> survivors = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            SimulatedDisk disk = written(Trick.NONE, false);
            assertTrue(disk.losePower(new SplittableRandom(seed)));
            byte[] content = content(disk);
            StringBuilder sectors = new StringBuilder();
            for (int from = 0; from < LENGTH; from += StoredFile.SECTOR_BYTES) {
                byte[] sector = Arrays.copyOfRange(content, from, from + StoredFile.SECTOR_BYTES);
                sectors.append(sector[0]);
                assertArrayEquals(new byte[] {sector[0]}, new byte[] {sector[sector.length - 1]});
            }
            survivors.add(sectors.toString());
        }
        assertEquals(16, survivors.size(), survivors::toString);
    }

    @Test
    void a_name_that_was_not_forced_may_be_gone() throws IOException {
        Set<List<String>> found = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = new SimulatedDisk();
            mount(disk, DiskPlan.calm(), Trick.NONE).create(FILE);
            disk.losePower(new SplittableRandom(seed));
            found.add(disk.list());
        }
        assertEquals(2, found.size());
    }

    @Test
    void what_a_loss_of_power_left_the_next_ones_leave() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedDisk disk = written(Trick.NONE, true);
            Mount mount = mount(disk, DiskPlan.calm(), Trick.NONE);
            mount.create(FOLDER.resolve("made"));
            if (seed % 2 == 0) {
                mount.delete(FILE);
            }
            disk.losePower(random);
            List<String> left = disk.list();
            for (int loss = 0; loss < 10; loss++) {
                assertFalse(disk.losePower(random));
                assertEquals(left, disk.list());
            }
        }
    }

    @Test
    void a_disk_that_lies_keeps_nothing_for_sure() throws IOException {
        int lost = 0;
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = written(Trick.LIES_ABOUT_FORCE, true);
            disk.losePower(new SplittableRandom(seed));
            lost += disk.list().isEmpty() || !Arrays.equals(ones(), content(disk)) ? 1 : 0;
        }
        assertTrue(lost > 0);
    }

    @Test
    void a_process_crashes_at_each_point_of_each_operation_and_does_nothing_more() throws IOException {
        int points = 0;
        boolean crashed = true;
        while (crashed) {
            SimulatedDisk disk = new SimulatedDisk();
            Mount mount = mount(disk, new DiskPlan(points, DiskPlan.NEVER, DiskPlan.NEVER, false), Trick.NONE);
            crashed = crashes(mount);
            if (crashed) {
                assertFalse(mount.isAlive());
                assertThrows(Crash.class, () -> mount.list(FOLDER));
            }
            points++;
        }
        assertEquals(11, points, "create: 2 points, write: 3, force: 3, the directory's force: 2, and none");
    }

    private static boolean crashes(Mount mount) throws IOException {
        try {
            LogFile file = mount.create(FILE);
            file.write(0, ones(), LENGTH);
            file.force();
            mount.forceDirectory(FOLDER);
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    @Test
    void a_failed_force_leaves_what_no_later_force_writes() throws IOException {
        int lost = 0;
        for (int seed = 0; seed < 50; seed++) {
            SimulatedDisk disk = written(Trick.NONE, true);
            Mount mount = new Mount(
                    disk,
                    new DiskPlan(DiskPlan.NEVER, DiskPlan.NEVER, 0, false),
                    Trick.NONE,
                    false,
                    new SplittableRandom(seed));
            LogFile file = mount.open(FILE, true);
            file.write(0, new byte[LENGTH], LENGTH);
            assertThrows(IOException.class, file::force);
            file.force();
            disk.losePower(new SplittableRandom(seed));
            lost += Arrays.equals(new byte[LENGTH], content(disk)) ? 0 : 1;
        }
        assertTrue(lost > 0);
    }

    @Test
    void a_full_disk_refuses_to_grow_and_takes_what_fits() throws IOException {
        SimulatedDisk disk = written(Trick.NONE, true);
        disk.setFull(true);
        Mount mount = mount(disk, DiskPlan.calm(), Trick.NONE);
        LogFile file = mount.open(FILE, true);
        file.write(0, new byte[LENGTH], LENGTH);
        assertThrows(IOException.class, () -> file.write(1, ones(), LENGTH));
        assertThrows(IOException.class, () -> mount.create(FOLDER.resolve("other")));
        assertEquals(0, mount.usableBytes(FOLDER));
    }

    @Test
    void an_operator_restores_what_was_before_the_damage() throws IOException {
        SimulatedDisk disk = written(Trick.NONE, true);
        SimulatedDisk backup = disk.backup();
        assertTrue(disk.damage(new SplittableRandom(3)));
        assertFalse(Arrays.equals(ones(), content(disk)));
        disk.restore(backup);
        assertArrayEquals(ones(), content(disk));
    }
}
