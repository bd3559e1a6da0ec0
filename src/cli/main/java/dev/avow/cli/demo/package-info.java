/** A shop with its orders in one database and their payments in another, and what happens to it. */
package dev.avow.cli.demo;
