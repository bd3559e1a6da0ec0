package dev.avow.benchmarks.compare;

/** What a comparison can say. */
enum Verdict {
    BETTER("faster", "less"),
    WORSE("slower", "more"),
    UNCLEAR("can't tell", "can't tell");

    private final String ofSpeed;
    private final String ofCost;

    Verdict(String ofSpeed, String ofCost) {
        this.ofSpeed = ofSpeed;
        this.ofCost = ofCost;
    }

    String word(boolean cost) {
        return cost ? ofCost : ofSpeed;
    }
}
