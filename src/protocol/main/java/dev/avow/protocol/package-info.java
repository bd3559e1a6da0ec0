/** The commit protocol as pure functions over immutable state. */
package dev.avow.protocol;
