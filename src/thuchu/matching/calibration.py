"""How sure is sure enough: the two thresholds of the decision."""

# Not yet measured: nothing is answered by words alone until the thresholds come from the train splits.
ANSWER_PROBABILITY = 1.0
SUGGEST_PROBABILITY = 0.1
