"""What a report finds: how sure each finding is, and the front on which the first of them stand."""
