/** Clients of Jakarta Transactions that nobody here wrote, over Avow. */
package dev.avow.clients;
