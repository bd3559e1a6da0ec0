/** Tests to point at an XA driver: what it must do, and what it may do. */
package dev.avow.xa.kit;
