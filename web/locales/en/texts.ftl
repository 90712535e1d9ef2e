# Pasting a text
texts-title = Paste a text
texts-lede = Check a draft before it is printed: paste, drop or open it, and each sentence is set beside the data.
texts-label = Text
texts-placeholder = Paste a text here, or drop a file anywhere on the page
texts-open = Open a file
texts-example-button = Try an example
texts-kinds = txt, md, html, docx or pdf, up to { $size }
texts-letters = { $n ->
    [one] 1 character
   *[other] { $n } characters
  }
texts-remove-file = Remove
texts-wrong-ending = This kind of file cannot be read; .txt, .md, .html, .docx and .pdf can
texts-too-large = The file is too large; the limit is { $size }
texts-no-bytes = The file is empty
texts-dossier = Against which dossier
texts-dated = Date of the text
texts-dated-note = Tells what “this year” means. Left empty, it is the dossier’s reference date.
texts-region = Region it speaks of
texts-region-note = A six-digit code; tells what “the city” means. Left empty, it is the dossier’s region.
texts-region-wrong = Write a six-digit code such as 330800
texts-go = Read and answer
texts-kept = The text is held in this machine’s memory alone. It is not written to disk or sent anywhere, and is gone when the program stops.
texts-drop = Drop it to have it read
texts-pasted = Texts pasted so far
texts-statements = { $n ->
    [one] 1 statement
   *[other] { $n } statements
  }
texts-example = Quzhou in brief (an example of our own; one figure is wrong on purpose)\nIn 2020 Quzhou's GDP grew by 3.5%, the third highest growth in Zhejiang and its best place in seven years. GDP reached 183.9 billion yuan.\nUrban disposable income per person grew faster than in any other city of the province.\nBy 2025 GDP is to exceed 250 billion yuan.\nWe propose that the province support a multimodal transport hub where the four provinces meet.
