"""What was found and done → text for people; nothing here prints.

`terminal` makes text from articles safe to show and measures it; `hits`, `counts`, `explanations` and `pages` write
what goes to stdout, `reports` and `errors` what goes to stderr.
"""
