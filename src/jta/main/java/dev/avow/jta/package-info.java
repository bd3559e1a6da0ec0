/** A Jakarta Transactions manager on top of Avow's coordinator. */
package dev.avow.jta;
