"""Where things lie, as an outsider must not know: paths, inner networks, machines, links that let their bearer in."""

from __future__ import annotations

import re

from kit.text.secrets.randomness import looks_random
from kit.text.secrets.sign import Sign

#: What a path may go on with.
_STEP = r"[^\s\"'<>|:*?`{}\\/]+"
_PATH = (
    r"(?<![\w.%:/~>)\]-])(?:file://)?/(?:home|Users|root|mnt|media|Volumes|private/var|var/folders)/[^\s\"'<>|:*?]+"
    rf"|(?<![\w.%:/~>)\]-])/(?:srv|opt|var|etc|tmp|usr|data|export|storage|nfs|share|run|net)(?:/{_STEP}){{2,}}"
    rf"|(?<![A-Za-z0-9])[A-Za-z]:(?:\\{{1,2}}|/(?!/)){_STEP}(?:(?:\\{{1,2}}|/){_STEP})+"
    r"|(?<![\w:/\\])\\\\[A-Za-z0-9._-]+\\[A-Za-z0-9$._-]+|file:///[^\s\"'<>]+"
    r"|(?<![a-z])(?:smb|afp|nfs|cifs|sftp|ssh)://[^\s\"'<>]+"
)
_SHARED = (
    r"(?<![\w.-])(?:drive\.google\.com/(?:file/d/|drive/(?:u/\d/)?folders/|open\?id=)|docs\.google\.com/\w+/(?:u/\d/)?d/)[\w-]{16,}"
    r"|(?<![\w-])dropbox\.com/(?:s|scl|sh|t|request)/\w[^\s\"'<>]{6,}"
    r"|(?<![\w-])[\w-]{1,63}\.sharepoint\.com/:\w:/[^\s\"'<>]+|(?<![\w.-])1drv\.ms/[^\s\"'<>]+"
    r"|(?<![\w.-])(?:we\.tl/t-\w+|wetransfer\.com/downloads/\w+|mega\.(?:nz|co\.nz)/(?:file/|folder/|#)[^\s\"'<>]+)"
    r"|(?<![\w-])icloud\.com/\w*drive/\w+[^\s\"'<>]*"
    r"|(?<![\w.-])(?:chat\.whatsapp\.com/\w{16,}|t\.me/(?:\+|joinchat/)[\w-]{10,}|signal\.group/#[\w-]{10,})"
    r"|(?<![a-z2-7])[a-z2-7]{56}\.onion[^\s\"'<>]*"
)
#: An address that holds what lets its bearer in: as a named value, or as a key behind `#` or `/s/`.
_BEARER = re.compile(
    r"https?://[^\s\"'<>]{0,400}?(?:[?&;#](?:(?:api_?|access_?|auth_?|share_?|resource|rl)?key|(?:access_?|auth_?|id_?|share_?|refresh_?)?token"
    r"|sig|signature|x-amz-signature|x-goog-signature|pwd|passw(?:ord|d)|secret|jwt|sid|session_?id)=|#|/s/)([\w%.+/=-]{8,})",
    re.IGNORECASE,
)
_HOST = (
    r"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.){2,4}(?:local|internal|intranet|lan|corp|intra|localdomain)(?![\w(-]|\.\w)"
    r"|(?:https?|ftp)://(?:[a-z0-9-]+\.){0,4}(?:local|internal|intranet|lan|corp|intra|intern)(?![\w-])(?:\.[a-z0-9-]+)*[^\s\"'<>]*"
    r"|(?:https?|ftp)://(?!localhost(?![\w.-]))[a-z][a-z0-9-]*(?=[:/])(?!://)[^\s\"'<>]*"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_QUAD = rf"{_OCTET}(?:\.{_OCTET}){{3}}(?![\w-]|\.\d)"
_MACHINE = (
    rf"(?<![\w.-])(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))\.{_OCTET}\.{_OCTET}(?![\w-]|\.\d)"
    rf"|(?<=[@/])(?!127\.|0\.0\.){_QUAD}"
    rf"|(?<![\w.-])(?!127\.|0\.0\.){_QUAD}(?=:\d{{2,5}}(?!\d))"
    rf"|(?<![\w-])(?-i:IPv?4?)(?:[- ](?:address|adresse|adres|number|nummer))?\W{{1,3}}(?!127\.|0\.0\.){_QUAD}"
)

_SHARES = ("google.com", "dropbox", "sharepoint", "1drv", "we.tl", "wetransfer", "mega.", "icloud", "whatsapp", "t.me/", "signal.group", ".onion")  # fmt: skip
_LINK, _OUT = "a link that lets its bearer in", "take it out, or make its page a source of the case"
_INNER = (".local", ".internal", ".intranet", ".lan", ".corp", ".intra", "://")

LOCATIONS = (
    Sign(
        "a path of somebody's machine",
        re.compile(_PATH),
        "write a path seen from the case folder",
        ("/", "\\"),
    ),
    Sign(_LINK, re.compile(_SHARED), _OUT, _SHARES),
    Sign(_LINK, _BEARER, _OUT, ("://",), lambda match: looks_random(match[1])),
    Sign("a machine of an inner network", re.compile(_HOST), "take it out", _INNER),
    Sign("the address of a machine", re.compile(_MACHINE, re.IGNORECASE), "take it out", (".",)),
)
