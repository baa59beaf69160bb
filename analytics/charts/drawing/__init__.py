"""Drawing of chart models as pixels; the only home of matplotlib."""
