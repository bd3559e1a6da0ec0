package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * What a child does at one place.
 *
 * @param haltAt a point's number or name, or {@link #TO_THE_END}
 */
record Errand(Kind kind, Path folder, String haltAt, Flaw flaw) {
    static final String TO_THE_END = "none";

    enum Kind {
        WORK,
        RECOVER,
        LOAD,
        BARE_H2
    }

    static Errand work(Place place, String haltAt) {
        return new Errand(Kind.WORK, place.folder(), haltAt, Flaw.NONE);
    }

    static Errand recover(Place place, String haltAt) {
        return new Errand(Kind.RECOVER, place.folder(), haltAt, Flaw.NONE);
    }

    static Errand recover(Place place) {
        return recover(place, TO_THE_END);
    }

    /** With concurrent callers, until it is told to stop or dies; payments hold from this many acknowledgements on. */
    static Errand load(Place place, long holdFrom) {
        return new Errand(Kind.LOAD, place.folder(), Long.toString(holdFrom), Flaw.NONE);
    }

    /** With callers of one database and without a coordinator, until it dies. */
    static Errand bareH2(Place place, String way) {
        return new Errand(Kind.BARE_H2, place.folder(), way, Flaw.NONE);
    }

    Errand with(Flaw another) {
        return new Errand(kind, folder, haltAt, another);
    }

    static final int WORDS = 4;

    List<String> words() {
        return List.of(kind.name(), folder.toString(), haltAt, flaw.name());
    }

    static Errand of(List<String> words) {
        return new Errand(Kind.valueOf(words.get(0)), Path.of(words.get(1)), words.get(2), Flaw.valueOf(words.get(3)));
    }

    void run() throws Exception {
        Place place = Place.read(folder);
        switch (kind) {
            case WORK -> work(place);
            case RECOVER -> recoverAt(place);
            case LOAD -> new Load(place, Long.parseLong(haltAt)).run();
            case BARE_H2 -> new BareH2(place, haltAt).run();
        }
    }

    private void work(Place place) throws IOException, SQLException {
        HaltingPoints points = new HaltingPoints(haltAt, place);
        try (Acknowledgements caller = new Acknowledgements(place.acknowledgements())) {
            try (Shop shop = Shop.inTurn(place, points, flaw)) {
                new Workload(shop, points, caller).run();
                points.during("closing");
            }
        }
        points.end();
    }

    private void recoverAt(Place place) throws IOException, InterruptedException {
        HaltingPoints points = new HaltingPoints(haltAt, place);
        points.during("recovery");
        try (Shop shop = Shop.inTurn(place, points, Flaw.NONE)) {
            shop.recover();
            points.during("closing");
        }
        points.end();
    }
}
