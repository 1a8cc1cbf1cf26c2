"""What a rule may ask, in three scripts. Whatever stands here was weighed against the charter: nothing asks for a "violation",
a method, an examination, or whether a child's parents are married; how many children only where a text in force names it.
"""
