"""What a site shows in place of a page is known as that, in many languages; a page on the same matter is a page."""

import time

import pytest
from support.loopback import Desk, site

from kit.sources.capture.capture import CAPTURES
from kit.sources.extract.article import extract_html
from kit.sources.extract.documents import extract
from kit.sources.extract.interstitial.detection import INTERSTITIALS, instead_of_page
from kit.sources.extract.reading.html_tree import parse
from kit.sources.extract.reading.visible import seen
from kit.sources.keep import keep

ADDRESS = "https://www.quay.example/news/2021/03/ferry-late"
STORY = """<p>The ferry to the islands was four hours late on Monday, the harbour master said, because the ramp had frozen
and nobody had the key of the shed in which the salt is kept.</p><p>Some sixty passengers waited in the hall. The company
offered them tea, and promised to pay for the night of those who missed the last bus to the hills.</p><p>The council wants
a report by Friday. It is the third such delay since the new ramp was opened, and the second in which a key was lost.</p>"""
NOTICE = "<p>The ferry does not sail on Monday 3 May.</p>"
BANNER = """<div id="{id}" class="cookie-banner"><p>We and our partners use cookies to store and access personal data, such
as browsing data, and to show you advertising. You can change your choices at any time.</p><button>Accept all</button>
<button>Reject all</button></div>"""


def page(title: str, body: str, head: str = "", h1: str | None = None, lang: str = "en") -> str:
    heading = "" if h1 == "" else f"<h1>{h1 or title}</h1>"
    return f"<!doctype html><html lang={lang}><head><title>{title}</title>{head}</head><body>{heading}{body}</body></html>"


def kind(html: str, url: str = ADDRESS, asked: str = "") -> str:
    return extract_html(html, url, asked=asked or url).instead


OVERLAY = "<h2>We value your privacy</h2><p>We and our 812 partners store and/or access information on a device, such as cookies, and process personal data for advertising. You may accept or manage your choices.</p>"
WALLS = {
    "OneTrust": page("Quay News", f"<div id=onetrust-banner-sdk>{OVERLAY}<button id=onetrust-accept-btn-handler>Accept All Cookies</button></div>", h1=""),
    "Didomi": page("Votre vie privée", "<div id=didomi-host><p>Avec votre accord, nos partenaires et nous utilisons des cookies pour stocker et traiter vos données personnelles.</p><button>Continuer sans accepter</button><button>Tout accepter</button></div>", lang="fr"),
    "Sourcepoint": page("Zustimmung | Quay Zeitung", "<p>Weiterlesen mit Werbung: Wir und unsere Partner verarbeiten Ihre Daten mit Ihrer Einwilligung für personalisierte Werbung.</p><p>Oder Sie lesen im Pur-Abo für 4,99 Euro im Monat.</p><button>Einwilligen und weiter</button><script src=https://cdn.privacy-mgmt.com/x.js></script>", h1="Quay Zeitung mit Werbung lesen", lang="de"),
    "Usercentrics": page("Datenschutzeinstellungen", "<div id=usercentrics-root></div><p>Wir benötigen Ihre Zustimmung, bevor Sie unsere Seite besuchen können, und setzen Cookies ein.</p><button>Alle akzeptieren</button>", lang="de"),
    "Cookiebot": page("Quay", "<div id=CybotCookiebotDialog><h2>This website uses cookies</h2><p>We use cookies to personalise content and ads, and to analyse our traffic.</p><a>Allow all</a></div>", h1=""),
    "Google": page("Before you continue to Google Search", "<p>We use cookies and data to deliver and maintain our services.</p><p>If you choose to “Accept all,” we will also use cookies and data to develop and improve new services.</p><form action=https://consent.google.com/save><button>Reject all</button><button>Accept all</button></form>", h1="Before you continue"),
    "Spanish": page("Tu privacidad es importante para nosotros", "<p>Nosotros y nuestros socios usamos cookies y tratamos tus datos para mostrarte publicidad.</p><button>Aceptar y continuar</button>", lang="es"),
    "greeted in German": page("Quay Zeitung - Zustimmung erforderlich", "<p>Besuchen Sie unsere Seite wie gewohnt mit Werbung.</p><button>Akzeptieren und weiter</button><a>Jetzt abonnieren</a>", h1="Willkommen bei der Quay Zeitung", lang="de"),
    "greeted in English": page("Quay News", "<div id=didomi-popup><p>With your agreement, we and our 31 partners use cookies to process personal data.</p><button>Agree &amp; close</button></div>", h1="Welcome to the Quay News"),
    "Italian": page("La tua privacy", "<p>Noi e i nostri partner utilizziamo cookie per trattare i tuoi dati e mostrarti pubblicità.</p><button>Accetta tutto</button>", lang="it"),
    "Dutch": page("DPG Media Privacy Gate", "<p>Wij en onze partners gebruiken cookies en verwerken je gegevens voor advertenties.</p><button>Akkoord</button>", lang="nl"),
}  # fmt: skip
ROBOTS = {
    "Cloudflare": page("Just a moment...", "<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={};</script>", h1=""),
    "Cloudflare, by hand": page("quay.example", "<h2>Verify you are human by completing the action below.</h2><p>quay.example needs to review the security of your connection before proceeding.</p><p>Ray ID: 7d1f</p>", h1="quay.example"),
    "Cloudflare, blocked": page("Attention Required! | Cloudflare", "<p>Why have I been blocked? This website is using a security service to protect itself from online attacks.</p>", h1="Sorry, you have been blocked"),
    "DataDome": page("quay.example", "<p id=cmsg>Please enable JS and disable any ad blocker</p><script src=https://ct.captcha-delivery.com/c.js></script>", h1=""),
    "PerimeterX": page("Access to this page has been denied", "<p>Access to this page has been denied because we believe you are using automation tools to browse the website.</p><div id=px-captcha></div><p>Reference ID: #ab-12</p>"),
    "Akamai": page("Access Denied", "<p>You don't have permission to access \"http://quay.example/\" on this server.</p>Reference #18.ab12.170 https://errors.edgesuite.net/18.ab12"),
    "Imperva": page("Pardon Our Interruption", "<p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen.</p>"),
    "Incapsula": page("", "<iframe src=/_Incapsula_Resource?x=1>Request unsuccessful. Incapsula incident ID: 12-34</iframe>", h1=""),
    "hCaptcha": page("Human Verification", "<p>Please solve the captcha below to continue.</p><div class=h-captcha></div>"),
    "Google, unusual traffic": page("https://quay.example/", "<p>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a robot.</p><div class=g-recaptcha></div>", h1=""),
    "Anubis": page("Making sure you're not a bot!", "<p>Loading...</p><script id=anubis_challenge type=application/json>{}</script>"),
    "Vercel": page("Vercel Security Checkpoint", "<p>We're verifying your browser</p>", h1=""),
    "German": page("Einen Moment bitte", "<p>Wir überprüfen, ob Sie ein Mensch sind. Das kann einige Sekunden dauern.</p>", lang="de"),
    "French": page("Un instant…", "<p>Vérification que vous êtes bien un humain. Cette opération peut prendre quelques secondes.</p>", lang="fr"),
    "Spanish": page("Un momento…", "<p>Estamos comprobando que su navegador es seguro.</p>", lang="es"),
    "rate limit": page("429 Too Many Requests", "<p>You have sent too many requests.</p>"),
}  # fmt: skip
ERRORS = {
    "English": page("Page not found | Quay News", "<p>Sorry, we can't find the page you are looking for. Try our search, or go back to the home page.</p>" + "<ul>" + "<li><a href=/x>Ferry late again after the ramp froze</a></li>" * 5 + "</ul>"),
    "number alone": page("Quay News", "<p>Return to the home page.</p>", h1="404"),
    "gone": page("This article is no longer available", "<p>It was removed at the request of the agency.</p>"),
    "oops": page("Quay News", "<p>We looked everywhere.</p>", h1="Oops! That page can’t be found."),
    "German": page("Seite nicht gefunden - Quay Zeitung", "<p>Die gewünschte Seite existiert leider nicht mehr.</p>", lang="de"),
    "German, article": page("Quay Zeitung", "<p>Bitte nutzen Sie die Suche.</p>", h1="Dieser Artikel ist nicht mehr verfügbar", lang="de"),
    "French": page("Erreur 404 : page introuvable", "<p>La page que vous cherchez n'existe plus.</p>", lang="fr"),
    "Spanish": page("Página no encontrada", "<p>Lo sentimos, la página que buscas no existe.</p>", lang="es"),
    "Italian": page("Pagina non trovata", "<p>La pagina che cerchi non c'è.</p>", lang="it"),
    "Dutch": page("Pagina niet gevonden", "<p>Deze pagina bestaat niet.</p>", lang="nl"),
    "Polish": page("Nie znaleziono strony", "<p>Przepraszamy.</p>", lang="pl"),
    "Japanese": page("お探しのページが見つかりません", "", lang="ja"),
    "server": page("500 Internal Server Error", "<p>The server met an error and could not do what you asked for.</p>"),
    "database": page("Database Error", "", h1="Error establishing a database connection"),
    "maintenance": page("Under maintenance", "<p>We’ll be back soon. Thank you for your patience.</p>"),
    "exception": page("", "Fatal error: Uncaught Exception in /srv/www/index.php:12", h1=""),
    "region": page("451: Unavailable due to legal reasons", "<p>We recognize you are attempting to access this website from a country in the European Economic Area.</p>"),
    "an exclamation": page("Quay News", "<h2>404</h2><p>The page you asked for could not be found.</p>", h1="Oh no!"),
    "Spanish, an exclamation": page("El Muelle", "", h1="¡Ups! No encontramos la página que buscas", lang="es"),
    "WordPress": page("Quay News", "<p>There has been a critical error on this website.</p>", h1=""),
    "said by a meta element": page("Quay News", "<p>What you look for sank.</p>", '<meta name="prerender-status-code" content="404">'),
}  # fmt: skip
OTHERS = {
    "a refresh": ("sends-on", page("Redirecting", "", '<meta http-equiv="refresh" content="0;url=/real">', h1="")),
    "a refresh with words": ("sends-on", page("Moved", "<p>This page has moved. If you are not sent on, <a href=/real>click here</a>.</p>", "<meta http-equiv=Refresh content=\"3; URL='https://new.example/'\">")),
    "a script": ("sends-on", page("", "<script>window.location.replace('https://new.example/a')</script>", h1="")),
    "another script": ("sends-on", page("Quay", "<script>top.location.href = '/subscribe';</script>", h1="")),
    "react": ("shell", page("Quay News", "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=/a.js></script>", h1="")),
    "next": ("shell", page("Quay News", "<div id=__next><div>Loading…</div></div><script src=/a.js></script>", h1="")),
    "in words": ("shell", page("Quay", "<p>JavaScript is not available.</p><p>Please enable JavaScript in your browser to use this site.</p><script src=/a.js></script>", h1="")),
    "angular": ("shell", page("Quay", "<app-root></app-root><script src=/main.js></script>", h1="")),
    "empty": ("empty", page("", "", h1="")),
    "login": ("login", page("Log in | Quay News", "<form><input type=email><input type=password><button>Log in</button></form><p>Forgotten your password? We can send you another.</p>")),
    "login, German": ("login", page("Anmelden", "<form><input name=u><input type=password></form>", lang="de")),
    "browser": ("browser", page("Quay", "<p>Your browser is not supported. Please update your browser to read this site.</p>", h1="Unsupported browser")),
    "home by its own address": ("home", page("Quay News: all about the port", "<ul>" + "<li><a href=/x>Ferry late again</a></li>" * 9 + "</ul>", '<link rel=canonical href="https://www.quay.example/"><meta property=og:url content="https://www.quay.example/">')),
}  # fmt: skip
PAGES = {
    "a column": page("Just a moment, minister", STORY),
    "a story on cookies": page("Cookie walls", "<p>The regulator fined the portal for its cookie wall, which gave readers no choice. Publishers said that consent is hard to ask for.</p><p>“We use cookies to show advertising,” the portal had told its readers. The court found the words too vague.</p><p>Partners of the portal store personal data for up to ten years.</p>"),
    "a story on cookies, with a banner": page("Before you continue: what cookie walls ask of us", STORY + BANNER.format(id="onetrust-banner-sdk")),
    "a story on consent, with a banner": page("Privacy", "<p>The court found on Monday that consent given under pressure is void, and that the firm must delete the data of 400 people.</p><p>The judges said that advertising cannot be a condition.</p>" + STORY + BANNER.format(id="didomi-host")),
    "a policy asked for as such": page("Cookie policy", "<p>We use cookies to count visits. You can refuse them.</p><button>Accept all</button>"),
    "a story on CAPTCHAs": page("Are you a robot? How the puzzles became harder", STORY + "<p>“Verify you are human,” it says.</p><div class=g-recaptcha></div>"),
    "a short story on CAPTCHAs": page("Robots pass the test", "<p>A robot has solved the puzzle with which websites check that visitors are human, engineers in Turku report.</p>"),
    "a story on a 404": page("Page not found: how the council lost its minutes", "<p>The council has lost the minutes of three years.</p>"),
    "a long story headed 404": page("404", STORY * 2),
    "a short notice": page("Ferry", NOTICE),
    "a short notice with a banner": page("Ferry", NOTICE + BANNER.format(id="onetrust-banner-sdk") + "<script src=/a.js></script>"),
    "a notice drawn into a mount": page("Ferry", f"<div id=root>{NOTICE}</div><script src=/a.js></script><noscript>Please enable JavaScript.</noscript>"),
    "a short story on a refusal": page("Access denied", "<p class=byline>By Jane Roe</p><p>The office denied three councillors access to the berth books on Monday.</p>"),
    "a list": page("News from the port", "<ul>" + "<li><a href=/x>Ferry late again, says the master</a></li>" * 12 + "</ul>"),
    "a live page that renews itself": page("Ferry times", STORY, "<meta http-equiv=refresh content=300>"),
    "a page that renews itself soon": page("Ferry times", NOTICE, f'<meta http-equiv=refresh content="5;url={ADDRESS}">'),
    "a story with a login form": page("Ferry late", STORY + "<form><input type=email><input type=password><button>Log in</button></form>"),
    "a story whose site calls the root its address": page("Ferry late", STORY, '<link rel=canonical href="https://www.quay.example/">'),
    "a story with a widget of Cloudflare": page("Ferry late", STORY + "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script><div class=cf-turnstile></div>"),
    "a story in German": page("Einen Moment, Frau Ministerin", "<p>Die Fähre kam vier Stunden zu spät, sagte der Hafenmeister. Niemand hatte den Schlüssel.</p>", lang="de"),
    "a picture": page("Chart of the port", "<img src=/chart.png alt='Chart of the port'>"),
    "a story that a script may move": page("Ferry late", STORY + "<script>if (top != self) top.location.replace('https://quay.example/x')</script>"),
    "a story on an outage": page("Service unavailable for hours", STORY),
    "a story on maintenance": page("Maintenance", "<p>The bridge is closed for maintenance until May, the council says. Buses take the old road, which adds forty minutes.</p>" + STORY),
    "a study of consent, with a banner": page("Consent", "<p>Students in Bergen looked at nine thousand cookie banners and found that few let visitors refuse as easily as agree.</p><p>The study came out on Tuesday.</p>" + BANNER.format(id="x")),
    "a notice with a banner of no name": page("Notice", "<p>The hall is shut on Friday.</p><div><p>We use cookies; by going on you accept them.</p><button>OK</button></div>"),
    "a picture with a banner": page("Tide table", "<img src=t.png>" + BANNER.format(id="onetrust-banner-sdk")),
    "a small table with a banner": page("Berths", "<table><tr><th>Berth<th>Boxes<tr><td>nine<td>38</table><div><p>We use cookies to count you.</p><button>OK</button></div>"),
    "a story of bakers, with a banner": page("Baker sues over cookies", "<p>“We use cookies in all our cakes,” said the baker of Quay Street.</p><div><p>We use cookies to count you.</p><button>OK</button></div>"),
    "a story headed as a check is": page("Verify you are human: a puzzle that nobody likes", STORY),
    "a poem": page("Please wait", "<p>The ferry is late again,<br>the rain is on the pane,<br>the clerk has lost the key.</p>"),
    "a history of 404": page("404: a history of a page that nobody wants", "<p>The number came from a room that never was, its makers said.</p>"),
    "a story headed by its section": page("Error", "<p>Four hundred houses were counted twice.</p>", h1="Errors in the census: 400 houses counted twice"),
    "a service that is not there": page("Service unavailable", "<p>The ramp froze.</p>", h1="Ferry service unavailable until May"),
    "a notice beside a map that a script draws": page("Ferry", "<p>No ferry today.</p><noscript>Enable JavaScript for the map.</noscript><div id=map></div><script src=a.js></script>"),
    "an exclamation": page("Oops", "<p>The minister read the speech of the year before.</p>", h1="Oops! Minister reads wrong speech"),
    "a welcome page of a library": page("Welcome back", STORY),
    "a table": page("Berths", "<table><tr><th>Berth<th>Boxes<tr><td>nine<td>38</table>"),
}  # fmt: skip


@pytest.mark.parametrize("name", WALLS)
def test_a_consent_wall_is_known(name):
    assert kind(WALLS[name]) == "consent"


@pytest.mark.parametrize("name", ROBOTS)
def test_a_check_for_robots_is_known(name):
    assert kind(ROBOTS[name]) == "robots"


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_is_known_though_it_is_answered_as_a_page(name):
    assert kind(ERRORS[name]) == "error"


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_stands_in_place_of_a_page_is_known(name):
    wanted, html = OTHERS[name]
    assert kind(html) == wanted


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_a_page(name):
    url = "https://quay.example/cookie-policy" if "policy" in name else ADDRESS
    assert kind(PAGES[name], url) == ""


HOME = page("Quay News", "<ul>" + "<li><a href=/x>Ferry late again</a></li>" * 9 + "</ul>")


@pytest.mark.parametrize(
    ("asked", "url", "wanted"),
    [
        ("https://quay.example/news/ferry-late", "https://quay.example/", "home"),
        ("https://quay.example/old", "https://www.quay.example/en/", "home"),
        ("https://quay.example/?p=123", "https://quay.example/", "home"),
        ("https://old.example/2021/03/ferry-late.html", "https://quay.example/index.html", "home"),
        ("https://quay.example/", "https://quay.example/", ""),
        ("https://quay.example/index.php", "https://quay.example/", ""),
        ("https://quay.example/de", "https://quay.example/", ""),
        ("https://quay.example/?utm_source=x", "https://quay.example/", ""),
        ("https://s.example/aB3x9", "https://quay.example/", ""),
        ("https://quay.example/a", "https://quay.example/b", ""),
    ],
)
def test_a_home_page_is_another_page_unless_it_was_asked_for(asked, url, wanted):
    assert kind(HOME, url, asked) == wanted


def test_a_redirect_to_an_address_of_consent_needs_no_words_of_a_wall():
    html = page(
        "Quay Zeitung",
        "<p>Lesen Sie unsere Angebote. Mit Werbung oder ohne, für 4,99 Euro im Monat.</p>",
        lang="de",
    )
    assert kind(html, "https://www.quay.example/zustimmung?url=%2Fnews", ADDRESS) == "consent"
    assert kind(html) == ""


@pytest.mark.parametrize("name", INTERSTITIALS)
def test_each_kind_says_what_to_do(name):
    what, remedy = INTERSTITIALS[name]
    assert what
    assert remedy


def test_a_wall_is_kept_named_by_its_address_and_said_to_be_one(tmp_path):
    case = Desk(tmp_path / "case")
    with site() as here:
        here.page("/raid", ROBOTS["Akamai"])
        capture = keep(case, here.url("/raid"), allow_private=True)
    assert (case.path / CAPTURES / capture.warc).is_file()
    assert "access-denied" not in capture.source
    says = [warn.says for warn in extract(capture).warnings if warn.code == "instead-robots"]
    assert len(says) == 1
    assert "no evidence" in says[0]


@pytest.mark.parametrize(
    "hostile",
    [
        "<noscript>" + "enable javascript " * 20_000, "<h1>" + "not found " * 40_000, "<title>" + "the page " * 40_000,
        "<meta http-equiv=refresh content='0;" + " " * 400_000 + "'>", "<script>" + "location=" * 60_000 + "</script>",
        "<button>" + "accept all " * 30_000,
    ],
)  # fmt: skip
def test_no_page_takes_the_test_of_it_long(hostile):
    root = parse(hostile)
    shown, began = seen(root), time.process_time()
    instead_of_page(root, hostile, shown, "", is_article=False, url=ADDRESS, asked=ADDRESS)
    assert time.process_time() - began < 2
