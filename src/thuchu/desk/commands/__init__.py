"""What each desk command does once Django stands: read the words, call the journey, print what happened."""
