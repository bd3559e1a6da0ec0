/** The hand-offs of the edge between services, within its own package: they are no one else's to see. */
package dev.avow.grpc;
