"""Ways to tell of an alert beside mail: a webhook, Apprise, a command, an Atom file.

Each sends one letter to the end and raises Postponed or Refused, with the reason in words, when it did not go
out. What a letter says is made from the archive, so that sent again it is the same, under the same key.
"""
