/** Agroal's connection pool under Avow's transaction manager. */
package dev.avow.agroal;
