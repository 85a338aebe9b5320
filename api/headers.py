"""Headers that every answer carries, errors too: CORS for a public read-only service, and the security headers."""

from __future__ import annotations

from api.pages import POLICY

ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Baligraph-Release, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
