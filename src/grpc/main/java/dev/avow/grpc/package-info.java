/**
 * Participants in other processes, over gRPC. In the coordinator's process a {@link dev.avow.grpc.RemoteParticipant} stands
 * for each, and a {@link dev.avow.grpc.CoordinatorService} lets transactions travel with calls; in the participant's process
 * a {@link dev.avow.grpc.ParticipantService} stands before its database or store.
 */
package dev.avow.grpc;
