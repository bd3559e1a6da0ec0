package dev.avow.spring.boot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A name in the primary database. */
@Entity
public class Entry {
    @Id
    private String name = "";

    protected Entry() {}

    Entry(String name) {
        this.name = name;
    }
}
