"""Registering oneself on one's own telephone, at /daftar: one block a screen, kept as a draft until the last one.

A draft belongs to a telephone whose code was typed in. Every block can be sent twice; the last one makes one member.
"""
