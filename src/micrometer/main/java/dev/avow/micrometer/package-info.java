/** Puts a coordinator's metrics and spans into the application's own Micrometer registries. */
package dev.avow.micrometer;
