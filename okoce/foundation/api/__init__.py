"""The JSON shell: who calls, problem documents, paging, answers kept for repeated writes, readable documentation."""
