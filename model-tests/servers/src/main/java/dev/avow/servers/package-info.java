/** Real servers for tests, from Maven artifacts alone. */
package dev.avow.servers;
