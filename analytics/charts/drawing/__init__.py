"""Chart models to pixels; the only home of matplotlib."""
