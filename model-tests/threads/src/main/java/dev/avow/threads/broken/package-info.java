/** Races with a protection removed. Their forbidden results must appear: else the sound ones would prove nothing. */
package dev.avow.threads.broken;
