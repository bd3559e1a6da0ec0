/** Many simulated worlds: run on every core, added up, and the first that breaks a rule drawn. */
package dev.avow.cli.simulate;
