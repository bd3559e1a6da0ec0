package dev.avow.clients;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A name in either database, as Hibernate knows it. */
@Entity
public class Entry {
    @Id
    private String name = "";

    protected Entry() {}

    Entry(String name) {
        this.name = name;
    }
}
