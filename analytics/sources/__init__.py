"""Where figures come from: downloaded files and a made-up partner."""
