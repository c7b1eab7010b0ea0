"""The site's shell: base templates, components, stylesheet, constellation, headers. Knows no feature."""
