"""The site's shell: base templates, components, stylesheet, constellation, security headers. Knows no feature."""
