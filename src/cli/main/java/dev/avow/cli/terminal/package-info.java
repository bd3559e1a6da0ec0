/** What the command says to a person, and how. */
package dev.avow.cli.terminal;
