/** The commit protocol: pure functions over immutable state. */
module dev.avow.protocol {
    exports dev.avow.protocol;
}
