# Bar, and what every page says
brand = Zhidian
tagline = the document is the dashboard
tab-document = Document
tab-text = Paste a text
tab-tables = Data
tab-engines = Models
tab-scenarios = Scenarios
skip = Skip to the text
loading = Reading…
not-found = There is no such page
failed = Something went wrong
try-again = Try again
