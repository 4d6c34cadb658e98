"""What must stay true of the library, told as identities, transcripts and clicks."""
