/** Metrics of services that take part in each other's transactions, and one trace across their processes. */
package dev.avow.services.micrometer;
