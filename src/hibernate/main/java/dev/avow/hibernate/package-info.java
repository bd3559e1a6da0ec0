/** Hibernate ORM under Avow's transaction manager. */
package dev.avow.hibernate;
