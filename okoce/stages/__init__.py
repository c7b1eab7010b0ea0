"""The programme, in order. A stage may look back along the pipeline, never forward."""
