"""What the pages share, and the only code beside them that says Streamlit.

A page in outline::

    experiment = page.header("similarity")                  # title, sentence, page title in the tab
    links.tell(RULES)                                       # one sentence if the link was tampered with
    presets.choose("similarity", apply)                     # data/presets/similarity.toml as a row of names
    with saying.sentences():                                # a ValueError becomes one sentence in the page
        spec = SimilaritySpec(...).validate()
        page.figure(draw(decompose(spec), page.colours()), key="cloud", alt="what one sees, in words")
    takeaways.code(python, command)                         # "Show me the code"
    takeaways.downloads([Download("Table", "scores.csv", "text/csv", build)])
    page.footer(experiment)                                 # sources

Cheap knobs are widgets with `key=` and `bind="query-params"`: the link holds their state,
`page.reset(keys)` puts them back. Heavy work goes through `pipelines.engine()` and is shown by a fragment
that polls, as pages/morph.py does.
"""
