"""The second reader: a large model that reads beside the built-in one, held to the words of the page."""
