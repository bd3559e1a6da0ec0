/** Participants in processes of their own, and bare gRPC calls to the same processes. */
package dev.avow.benchmarks.services;
