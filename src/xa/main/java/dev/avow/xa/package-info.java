/** Any XAResource or XADataSource as a participant. */
package dev.avow.xa;
