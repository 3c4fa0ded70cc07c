"""Reads a feed by feedparser, twice: prints as JSON what it holds, and the status of the second, conditional request."""

import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
again = feedparser.parse(sys.argv[1], etag=feed.get("etag"), modified=feed.get("modified"))
later = feedparser.parse(sys.argv[1], modified=feed.get("modified"))
print(
    json.dumps(
        {
            "well_formed": not feed.bozo,
            "version": feed.version,
            "title": feed.feed.get("title"),
            "id": feed.feed.get("id"),
            "updated": feed.feed.get("updated"),
            "entries": [[entry.get("id"), entry.get("title"), entry.get("link")] for entry in feed.entries],
            "status": [feed.get("status"), again.get("status"), later.get("status")],
        }
    )
)
