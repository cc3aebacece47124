"""The words and marks by which a page shown in place of another is known, in the languages of the larger sites."""

from __future__ import annotations

import re


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


#: Headings are compared whole, in lower case, without the marks around them.
ROBOT_HEADS = _any(
    r"just a moment( please)?", r"attention required", r"pardon our interruption", r"ddos protection by .{1,40}", r"ddos-guard",
    r"(please )?(verify|confirm|prove)( that)? (you are|you're|that you are) (a |not a )?(human|robot|bot|person)( being)?( (to|by|before|below|and|not|\(and) .{0,60})?",
    r"(are you|you (may|might) be|checking (if|that) you are|making sure you're) (a |not a )?(human|robot|bot).{0,20}",
    r"let's confirm you are human.{0,20}", r"i'?m not a robot", r"(robot|bot|human) or (a )?(not|human|bot|robot)", r"(robot|bot|human|captcha) (check|verification|challenge)", r"captcha",
    r"checking your (browser|connection).{0,60}", r".{0,30}security checkpoint", r"security (verification|challenge)",
    r"access to this page has been denied.{0,20}", r"sorry,? you have been blocked", r"you have been blocked", r"unusual traffic.{0,60}",
    r"performing security verification", r"please complete the security check.{0,60}", r"one more step", r"request unsuccessful.{0,60}",
    r"(nur )?einen moment( bitte)?", r"sind sie ein (mensch|roboter).{0,20}", r"(bitte )?bestätigen sie,? dass sie (ein mensch|kein roboter) sind",
    r"sicherheitsüberprüfung.{0,30}", r"(un|juste un) (instant|moment)( s'il vous plaît)?", r"vérification de sécurité.{0,30}",
    r"(êtes-vous|vérifiez que vous êtes|confirmez que vous êtes) (un |bien un )?(humain|robot|être humain).{0,30}",
    r"(solo )?un momento( por favor)?", r"espera? un momento.{0,20}", r"verificación de seguridad.{0,30}", r"(verifica|confirma|verifique|confirme) que (eres|es) (un )?humano.{0,20}",
    r"een ogenblik( geduld)?", r"un attimo( di pazienza)?", r"um momento", r"ett ögonblick", r"et øjeblik", r"chwileczkę", r"минуточку",
    r"вы не робот", r"しばらくお待ちください", r"请稍候", r"bevestig dat (je|u) een mens bent",
)  # fmt: skip
REFUSAL_HEADS = _any(
    r"(error )?(403|401|429|1020|1015)?[\s:–-]*(access (is )?(denied|forbidden|restricted|blocked)|forbidden|blocked|unauthorized|too many requests)[\s:–-]*(403|1020)?",
    r"request (rejected|blocked|denied)",
    r"zugriff (verweigert|gesperrt)", r"accès (refusé|interdit|bloqué)", r"acceso (denegado|prohibido|bloqueado)", r"accesso (negato|bloccato)",
    r"acesso negado", r"toegang geweigerd", r"åtkomst nekad", r"adgang nægtet", r"ingen tilgang", r"odmowa dostępu", r"доступ (запрещен|ограничен)",
)  # fmt: skip
#: These head much else: the page must say what it checks.
WAITING_HEADS = _any(
    r"(please )?(wait|hold on|stand by).{0,20}", r"one moment( please)?", r"security check.{0,30}",
    r"bitte warten.{0,20}", r"veuillez patienter.{0,20}", r"espere( por favor)?", r"human or bot",
)  # fmt: skip
ROBOT_SPEECH = _any(
    r"(verif|confirm|prov|check|ensur|establish)\w*.{0,50}\b(human|robots?|bots?|browser|connection)\b", r"\b(not|are) a (robot|bot)\b",
    r"(unusual|suspicious|automated|malicious) (traffic|activity|access|requests|queries|behaviou?r)", r"disable (any |your )?ad.?block",
    r"enable (js|javascript|cookies)( and cookies)?\b.{0,60}(continue|proceed|ad block|verify)", r"\bray id\b", r"(incident|support|request|event|reference) (id|number|#)", r"reference:? ?#?[\w.]{3,}",
    r"\b(re|h)?captcha\b.{0,60}\b(below|above|solve|complete|enter|continue|proceed)|(solve|complet\w+|enter).{0,40}captcha", r"press (&|and) hold", r"characters you see",
    r"(protect|secur)\w* (itself|by|service|solution).{0,60}(attack|cloudflare|akamai|imperva|datadome|perimeterx|human|sucuri|wordfence)",
    r"you (don't|do not) have permission to (access|view)", r"review the security of your connection", r"(looking|look) at your browser",
    r"(takes?|in) a few seconds", r"your (ip|computer|device|network|browser).{0,40}(blocked|flagged|banned|automated|\bbot\b)", r"access.{0,30}(was|has been|is) (blocked|denied|limited)",
    r"something about your browser made us think", r"browser (is accepting|accepts|supports) (cookies|java ?script)", r"(überprüf|bestätig|prüf)\w*.{0,60}(mensch|roboter|browser|verbindung)", r"(mensch|kein roboter).{0,30}(sind|bist)",
    r"ungewöhnliche\w* (aktivität|datenverkehr|zugriff)", r"(vérifi|confirm|prouv)\w*.{0,60}(humain|robot|navigateur|connexion)", r"(trafic|activité) inhabituel",
    r"(verific|comprob|confirm|comprueb)\w*.{0,60}(human|robot|navegador|conexión)", r"(tráfico|actividad) inusual", r"\b(geen|niet een|pas un|non (à )?un|no (eres|es|sea|soy) un) robot\b", r"no eres un robot",
    r"you'?ve been blocked|have been blocked",
)  # fmt: skip
#: Marks of the firms that make such pages, as they stand in the markup in lower case.
ROBOT_MARKS = (
    "_cf_chl_opt", "cf-browser-verification", "cf-challenge", "cf-error-details", "cf_chl_", "challenge-error-text",
    "cf-turnstile", "captcha-delivery.com", "px-captcha", "distil_r_captcha", "_incapsula_resource", "errors.edgesuite.net",
    "sec-if-cpt", "sec-cpt", "h-captcha", "hcaptcha.com/1/api", "g-recaptcha", "arkoselabs", "funcaptcha",
    "awswafcookiedomainlist", "aws-waf-token", "geetest", "anubis_challenge", "within.website/x/cmd/anubis",
    "sucuri website firewall", "ddos-guard", "kpsdk", "vercel security checkpoint",
)  # fmt: skip
CONSENT_HEADS = _any(
    r"before (you|we) (continue|proceed|begin|start|go).{0,50}", r"(we (value|care about|respect)|about) your (privacy|data).{0,30}", r"your (privacy|data|cookie)s?( choices| settings| rights| matters?| is important.{0,20})?", r"you'?re in control.{0,40}",
    r"your choices (regarding|about|on|for) (cookies|data|privacy|advert\w*|your data).{0,30}", r"(cookies?|privacy|consent)[ -](consent|settings|preferences?|notice|choices|wall|gate|banner|centre|center|manager|management|required|options|form)", r"cookies?( (and|&) (privacy|consent|similar).{0,20})?", r"consent", r"privacy", r"manage (your )?(consent|cookies?|privacy).{0,30}", r"(accept|allow) (our )?cookies.{0,20}",
    r"(we|this (web)?site|.{1,30}) (use|uses|need|needs) (your consent|cookies).{0,60}", r"(we|\w{2,30}) asks? for your consent.{0,60}", r"personali[sz]ed advert.{0,40}", r"help us .{0,40}cookies.{0,20}",
    r"bevor (sie|du|ihr|wir) .{3,40}", r"(ihre|deine|wir (benötigen|brauchen|bitten um) (ihre|deine)) (einwilligung|zustimmung|privatsphäre|daten|auswahl).{0,40}", r"zustimmung( (erforderlich|nötig|verwalten|zu cookies|zur datenverarbeitung|einholen))?", r"einwilligung( (erforderlich|nötig|verwalten|zu cookies|zur datenverarbeitung))?", r"privatsphäre(-?(einstellungen|präferenzen|center))?", r"datenschutz(-?einstellungen|hinweise?|-?präferenzen)?.{0,20}",
    r"cookie-?(einstellungen|hinweise?|zustimmung|richtlinie|auswahl)", r"wir (respektieren|schätzen|achten) (ihre|deine) privatsphäre.{0,20}", r".{0,40}(weiterlesen|lesen|nutzen|weiter) mit werbung.{0,30}", r".{0,40}mit werbung (weiterlesen|lesen|nutzen|weiter).{0,30}", r"wir verwenden cookies.{0,30}",
    r"avant de (continuer|poursuivre|commencer|lire).{0,40}", r"(nous (respectons|protégeons)|le respect de|respect de|à propos de|protégeons)?\s?(votre|vos) (vie privée|choix|consentement|données).{0,50}", r"gestion (des cookies|du consentement|de vos.{0,20})", r"(paramètres|préférences|politique) (de|des|sur les) (cookies|confidentialité)", r"consentement.{0,30}", r"vie privée", r"(accepter|choisir) (les|vos) cookies", r"nous utilisons des cookies.{0,30}", r"continuer sans accepter",
    r"antes de (continuar|seguir|empezar|ir a|leer).{0,40}", r"(valoramos |respetamos |nos importa |cuidamos )?(tu|su) (privacidad|consentimiento|elección)( .{0,40})?", r"(configuración|política|aviso|uso|preferencias|gestión|panel) de (las )?(cookies|privacidad)", r"consentimiento.{0,30}", r"privacidad", r"(usamos|utilizamos) cookies.{0,30}", r"aceptar (las )?cookies.{0,20}",
    r"prima di (continuare|procedere|iniziare).{0,40}", r"(la tua|rispettiamo la tua|la vostra) privacy.{0,40}", r"informativa( sui cookie)?", r"voordat (je|u|we) .{3,40}", r"(jouw|uw|je|we respecteren (je|uw)) privacy.{0,30}", r"cookie(s|-?instellingen|voorkeuren|toestemming)?", r"toestemming.{0,30}", r"dpg media privacy gate",
    r"antes de (prosseguir|continuar).{0,40}", r"a sua privacidade.{0,40}", r"innan du (fortsätter|går vidare).{0,30}", r"din integritet.{0,30}", r"før du fortsætter.{0,30}", r"før du fortsetter.{0,30}", r"zanim (przejdziesz|zaczniesz).{0,40}", r"(twoja|szanujemy twoją) prywatność.{0,30}",
)  # fmt: skip
CONSENT_SPEECH = _any(
    r"cookie", r"\bconsent", r"privacy", r"personal (data|information)", r"\bpartners?\b", r"advertis", r"legitimate interest", r"\bvendors?\b", r"tracking|trackers?", r"personali[sz]", r"store and/or access",
    r"zustimm", r"einwillig", r"datenschutz", r"personenbezogen", r"\bdaten\b", r"werbung|werbe", r"partnern?\b", r"\b(pur|abo)\b", r"privatsphäre",
    r"confidentialité", r"consent(ement|ir|ez)", r"données", r"publicit", r"traceurs?", r"partenaires?", r"vie privée", r"accepte[rz]",
    r"privacidad", r"consentimiento", r"\bdatos\b", r"publicidad", r"\bsocios\b", r"anuncios", r"consenso", r"\bdati\b", r"toestemming", r"\bgegevens\b", r"advertenti", r"dados", r"samtyck", r"samtykke", r"zgod[aęy]", r"prywatno",
)  # fmt: skip
#: A wall speaks to its reader; an article on walls speaks of others.
PERSON = _any(
    r"\b(we|our|us|you|your|this (web)?site|accept|click|choose|select)\b", r"\b(wir|uns|unser\w*|ihre?[mnrs]?|deine?\w*|sie können|du kannst|klicken)\b", r"(?-i:(?<=[a-zäöüß,] )Sie)\b", r"\b(nous|nos|notre|vous|vos|votre|cliquez)\b",
    r"\b(nuestr\w+|nosotros|usamos|utilizamos|puedes?|tus?|usted|pulsa|haz)\b", r"\b(noi|nostr\w|tuo|tua|tuoi|puoi|utilizziamo)\b", r"\b(wij|we|ons|onze|je|jouw|uw)\b", r"\b(nós|nossos?|você|vi|du|din|dina|my|nasi|twoj\w+|ty)\b",
)  # fmt: skip
CONSENT_MARKS = (
    "onetrust", "optanon", "didomi", "sp_message", "sourcepoint", "privacy-mgmt", "sp-prod.net", "usercentrics", "uc-banner",
    "uc-cmp", "cookiebot", "consent.google", "consent.youtube", "consent.yahoo", "quantcast", "qc-cmp", "trustarc", "truste",
    "consentmanager.net", "cmpbox", "iubenda", "borlabs", "cookieyes", "cky-consent", "complianz", "cmplz", "osano", "klaro",
    "axeptio", "tarteaucitron", "fc-consent-root", "fundingchoices", "__tcfapi", "cookie-law", "cookielaw", "cookie-wall",
    "cookiewall", "consent-wall", "appconsent", "sfbx", "trustcommander", "privacy-gate",
)  # fmt: skip
CONSENT_ADDRESS = _any(r"\bconsent\b", r"collectconsent", r"cookie-?(wall|consent|settings)", r"privacy-?(gate|wall|manager|mgmt)", r"zustimmung", r"einwilligung", r"consentement", r"consentimiento", r"myprivacy", r"/gdpr\b", r"/cmp\b")  # fmt: skip
PRIVACY_ADDRESS = _any(r"cookie", r"privacy", r"consent", r"datenschutz", r"privatsphaere", r"confidentialite", r"vie-privee", r"donnees", r"privacidad", r"gdpr|dsgvo|rgpd")  # fmt: skip
#: Headings that a wall and a page may both have.
GREETING = _any(
    r"(acc[eé]de[rz]?|continue to|weiter zu|welcome|willkommen|bienvenue|bienvenid[oa]s?|welkom|benvenut[oi])\b.{0,60}"
)
ACCEPTING = _any(
    r"(yes,? )?(i |ok,? i )?(accept|agree|allow|consent)( to)?( all| everything| (all )?cookies| (and|&) (continue|close|proceed|go on)| optional cookies| recommended| selection)*", r"(ok|okay|got it|i understand|yes to all|continue|that's ok)", r"(reject|refuse|decline|deny)( all)?( cookies)?", r"(manage|more) (options|settings|preferences|choices)", r"accept all.{0,20}", r"agree.{0,20}", r"continue with (ads|advertising|recommended cookies).{0,20}",
    r"(alle |allen |alles |allem )?(cookies )?(akzeptieren|zulassen|annehmen|zustimmen|erlauben|ablehnen|einwilligen)( und .{1,30})?", r"(ich )?(bin )?einverstanden( und weiter)?", r"ich stimme zu", r"akzeptieren und weiter.{0,20}", r"(mit werbung )?(weiter|weiterlesen)( mit werbung)?", r"zustimmen.{0,20}",
    r"(tout )?(accepter|refuser|autoriser)( tout| et (continuer|fermer|poursuivre)| les cookies| tous les cookies)?", r"j'accepte", r"continuer sans accepter", r"ok pour moi", r"(tout )?rejeter( tout)?", r"accepter.{0,20}",
    r"(aceptar|rechazar|permitir)( todo| todas| y (continuar|cerrar)| (todas )?(las )?cookies)*( .{0,20})?", r"acepto( todo)?", r"de acuerdo",
    r"accett[ao].{0,20}", r"rifiuta.{0,20}", r"(alles )?(akkoord|accepteren|toestaan|weigeren)( en .{0,20})?", r"(ja, )?ik ga akkoord", r"aceitar.{0,20}", r"(acceptera|godkänn).{0,20}", r"(accepter|godkend|tillad).{0,20}", r"godta.{0,20}", r"(za)?akceptuj.{0,20}", r"zgadzam się.{0,20}", r"hyväksy.{0,20}", r"přijmout.{0,20}", r"同意.{0,10}", r"принять.{0,10}",
)  # fmt: skip
_THING = r"(page|article|story|content|post|site|url|file|document|resource|item|link|address|webpage)"
ERROR_HEADS = _any(
    r"(http )?(error |status |code )*(400|403|404|410|418|429|451|50[0-9]|52[0-9])( error| not found| gone| page not found)?", r"(error|http|oops|sorry|404|410|500|50\d)?[\s,:!.–-]*(the |this |that |requested |your |our )*" + _THING + r"( you('re| are| were)? .{3,40}| requested)? ?(was |is |has been |could |can|does |has |cannot |couldn't |can't |doesn't |isn't )*(not |no longer |never |unavailable|been |be )*(found|exist|exists|available|removed|deleted|moved|unavailable|expired|here|there|accessible)( anymore| any more| here| on this server)?",
    r"(http )?(error )?(4|5)\d\d[\s,:!.–-]+(not found|forbidden|gone|error|unauthorized|bad|service|internal|unavailable|oops|sorry|unknown)\b.{0,40}", r"not found", r"(we('re| are) )?(sorry)?[\s,!.–-]*(we |but we )*(can'?t|couldn'?t|could not|cannot|can not|were unable to|are unable to) (seem to )?find .{2,60}", r"nothing (was |to be )?found( here)?", r"(permanently )?gone", r"(page|article|content) (missing|gone|removed|expired|error)", r"dead link|broken link|missing page",
    r"(500 )?(internal )?server error", r"bad (gateway|request)", r"(service |temporarily |site |website |page )*unavailable", r"gateway time-?out", r"something('s| has)? (went|gone) wrong.{0,40}", r"(an? |unexpected |application |unknown |fatal )*error( has| have)?( occurred| page)?.{0,40}", r"(scheduled |site |down for |under |undergoing )*maintenance( mode)?", r"we('ll| will) be (right )?back.{0,30}", r"error establishing a database connection", r"account suspended", r"(this )?domain (name )?(.{1,40} )?(is |has )?(for sale|parked|expired)", r"(this )?(site|content|page|website) (is )?(not available|unavailable|blocked) (in|from|for) .{3,40}", r"unavailable (for|due to) legal reasons", r"whitelabel error page", r"welcome to nginx", r"index of /", r"(apache2? .{0,20}default page.{0,20}|it works)",
    r"(diese |die |der |dieser |das |dieses |ihre |angeforderte |gesuchte |gewünschte |angefragte )*(seite|artikel|inhalt|dokument|datei|beitrag)( wurde| konnte| ist| existiert| gibt es| steht)?( leider)? (nicht|nicht mehr)( gefunden| verfügbar| vorhanden| erreichbar| existent| da| zur verfügung)?( werden)?", r"nicht gefunden", r"fehler(seite)?([\s:–-]*\d{3})?", r"\d{3}[\s:–-]*(fehler|seite nicht gefunden)", r"(es ist )?ein (unerwarteter |technischer )?fehler( ist)?( aufgetreten)?", r"wartungs(arbeiten|modus)", r"(interner )?serverfehler", r"(leider )?nicht (gefunden|verfügbar)",
    r"(erreur[\s:–-]*(404|\d{3})?[\s:–-]*)?(cette |la |l'|le |ce )?(page|article|contenu|document)( demandée?| que vous .{3,40}| recherchée?)*( est| n'existe| n'a| n'est| a)? ?(introuvable|inexistante?|indisponible|non trouvée?|pas|plus|pas pu être trouvée?|été (supprimée?|déplacée?)|plus disponible|pas disponible)( été trouvée?| trouvée?| disponible)?", r"erreur([\s:–-]*\d{3})?( serveur| interne.{0,20})?", r"\d{3}[\s:–-]*(page )?introuvable", r"une erreur (est survenue|s'est produite).{0,20}", r"(site )?en maintenance", r"non trouvé",
    r"(error[\s:–-]*\d{3}[\s:–-]*)?(lo sentimos[\s,.]*)?(esta |la |el |este )?(página|artículo|contenido|noticia|enlace)( solicitad[oa]| que (buscas?|busca|está buscando|intentas .{3,20}))?( ya)? no( se)?( ha sido| ha podido| pudo| está| se ha)? ?(encontrad[oa]|existe|disponible|encontrar|ser encontrad[oa]|encuentra)( disponible)?", r"no (encontrad[oa]|disponible)", r"no (se (ha |han |pudo |puede )?|hemos |podemos |pudimos |ha sido )?(encontr|encontramos|encontrado|encontrar|existe).{0,60}", r"error( \d{3}| interno.{0,20})", r"(ha ocurrido|se ha producido|se produjo|ocurrió) un error.{0,20}", r"algo (salió|ha ido|fue) mal", r"en mantenimiento",
    r"(errore[\s:–-]*\d{3}[\s:–-]*)?(la )?pagina (richiesta )?(non (è stata )?(trovata|disponibile|esiste|esistente))( più)?", r"errore( \d{3})?", r"(de |deze )?pagina (is |bestaat |kan |kon )?(niet|niet meer) ?(gevonden|beschikbaar|worden gevonden)?", r"niet gevonden", r"(a )?página (não (foi )?(encontrada|existe|disponível))", r"não encontrad[oa]", r"erro( \d{3})?", r"sidan (kunde inte |gick inte att |finns )?(hittas|hittades|hitta)? ?(inte)?", r"(siden|artiklen) (blev|ble|kunne|findes|finnes|eksisterer) ?ikke.{0,20}", r"(strona|artykuł) nie (została znaleziona|istnieje|znaleziono)", r"nie znaleziono.{0,30}", r"błąd( \d{3})?", r"sivua ei löy(dy|tynyt)", r"str(á|a)nka (nebyla )?nenalezena|stránka nebyla nalezena", r"sayfa bulunamadı", r"az oldal nem található", r"pagina nu (a fost|poate fi) găsită", r"страница не найдена|ошибка \d{3}", r"сторінку не знайдено", r".{0,10}(ページ|記事)(は|が)(見つかりません|ありません|存在しません).{0,10}", r"(页面|網頁|頁面)(不存在|未找到|找不到)|找不到(页面|網頁|頁面)", r"페이지를 찾을 수 없습니다",
)  # fmt: skip
#: Exclamations head error pages, and stories too: the page must say what it lacks.
EXCLAIMED = _any(
    r"(oops|whoops|uh-?oh|oh no|oh dear|hmm+|yikes|ouch|dang|sorry|hoppla|huch|ups|oups|aïe|vaya|uy|mince|ojej|ops)\b.{0,60}"
)
ERROR_BEGINS = _any(r"\s*(php )?(fatal|parse) error:|\s*server error in|\s*traceback \(most recent|\s*sqlstate\[|\s*uncaught exception|\s*application error:|\s*whitelabel error page|\s*there has been a critical error|\s*no input file specified|\s*\{\s*\"?(error|errors|message|status)\"?\s*:")  # fmt: skip
#: What an error page says that it lacks, and what else such pages say.
NOT_THERE = _any(
    rf"\b{_THING}s?\b.{{0,80}}(not|n't|no longer|moved|removed|deleted|unavailable|wrong|exist|expired|mistyped)",
    rf"(not|n't|cannot|unable to) find .{{0,30}}\b{_THING}\b",
    r"(seite|inhalt|artikel).{0,80}(nicht|verschoben|gelöscht|entfernt)",
    r"(page|contenu).{0,80}(existe|introuvable|supprim|déplac)|trouv\w* .{0,20}page",
    r"(página|contenido).{0,80}(\bno\b|existe|movid|eliminad)|(encontr|existe).{0,20}página",
)
ERROR_SPEECH = _any(
    r"sorry|apologi[sz]e|oops|inconvenience|patience",
    r"try (again|searching|our)|(use|try) (the |our )?search|(return|go|head|take me) (back )?to|home ?page",
    r"check the (address|url|spelling)|report (this|the) problem|contact us|visit our|link (you followed|may be)",
    r"startseite|suche|versuchen sie|entschuldig|leider|page d'accueil|désolé|recherche|página de inicio|lo sentimos|buscador",
)  # fmt: skip
LOGIN_HEADS = _any(
    r"(please )?(log|sign)[ -]?(in|on)( to .{1,40}| or .{1,40}| with .{1,40}| required| page)?", r"(member|subscriber|user|account|staff|customer) (login|log in|sign in)", r"login( required| page)?", r"authentication( required)?", r"welcome back", r"create (an |your )?(free )?account.{0,30}", r"register( to .{1,40}| or .{1,40})?",
    r"(bitte )?(anmelden|anmeldung|einloggen|melden sie sich an)( .{1,30})?", r"(se )?connecter|connexion( à .{1,30})?|identifi(ez-vous|cation)|connectez-vous.{0,30}", r"(iniciar?|inicia|inicie) (de )?sesión( .{1,30})?|identif[ií](cate|quese)|acceso( .{1,20})?", r"accedi|inloggen|logga in|log ind|logg inn|zaloguj się|entrar",
)  # fmt: skip
LOGIN_SPEECH = _any(r"log ?in|sign ?in|sign ?up|regist|password|account|subscri|e-?mail|user ?name", r"anmeld|passwort|konto|einlogg|abonn", r"connect|mot de passe|compte|identif", r"sesión|contraseña|cuenta|suscri")  # fmt: skip
LOGIN_ADDRESS = _any(r"/(log-?in|sign-?in|auth|sso|oauth2?|saml|anmelden|anmeldung|connexion|identification|iniciar-sesion|acceso|accounts?/login|users?/login|session|login\.\w+|register|subscribe)\b")  # fmt: skip
BROWSER_HEADS = _any(
    r"(sorry,? )?(your |this )?(web )?browser (version )?(is |isn't |is not |not |no longer )*(supported|unsupported|compatible|out of date|outdated|too old).{0,40}", r"unsupported browser", r"(please )?(update|upgrade|change) (your )?(web )?browser", r"(please )?enable cookies", r"cookies (are )?(disabled|required|not enabled)",
    r"(ihr |dieser )?browser (wird )?(nicht|nicht mehr) unterstützt", r"(votre )?navigateur (n'est )?(pas|plus|non) (pris en charge|supporté|compatible)", r"(tu |su )?navegador no (es compatible|está soportado|compatible)",
)  # fmt: skip
BROWSER_SPEECH = _any(
    r"browser.{0,60}(not|no longer|n't|un)[ -]?(be )?(supported|compatible)|browser.{0,40}(out ?of ?date|outdated|too old|unsupported)", r"(update|upgrade|switch|use|download|install).{0,50}(browser|chrome|firefox|edge|safari)", r"(enable|allow|accept|turn on) cookies", r"cookies? (is|are|must be) (disabled|blocked|required|enabled)",
    r"browser.{0,40}(nicht|veraltet).{0,30}", r"(aktualisieren|verwenden) sie.{0,40}browser", r"navigateur.{0,60}(pas|plus|obsol)|mettez à jour votre navigateur", r"navegador.{0,60}(no|compatible|obsoleto)|actuali[cz]a.{0,20}navegador",
)  # fmt: skip
SCRIPT_SPEECH = _any(
    r"(you need to |you'll need to |please |to .{0,40}, ?)?(enable|turn on|activate|allow|requires?|needs?|without) (java ?script|js)\b[^.!]{0,80}[.!]?", r"java ?script (is |must be |has been )?(not )?(required|disabled|enabled|available|turned off|deactivated)[^.!]{0,80}[.!]?", r"doesn't work (properly )?without javascript[^.!]{0,80}[.!]?", r"(aktivieren|erlauben)[^.!]{0,20} java ?script[^.!]{0,60}[.!]?|java ?script[^.!]{0,20}(aktivier|deaktiviert|erforderlich|benötigt)[^.!]{0,60}[.!]?",
    r"(activer|activez)[^.!]{0,20}java ?script[^.!]{0,60}[.!]?|java ?script[^.!]{0,20}(désactivé|requis|nécessaire)[^.!]{0,60}[.!]?", r"(habilit|activ)\w*[^.!]{0,20}java ?script[^.!]{0,60}[.!]?|java ?script[^.!]{0,20}(desactivado|necesario)[^.!]{0,60}[.!]?", r"\b(loading|please wait|laden|lädt|wird geladen|chargement|cargando|caricamento|bitte warten)\b[ .…]*",
)  # fmt: skip
SENDING = _any(r"redirect|(you are|you're|you will be|being) (now )?(sent|taken|forwarded|transferred)|if (you are|the page|your browser|nothing).{0,60}(click|not)|click here|(page|site|we) (has|have)( been)? moved|moved (permanently|temporarily|to|here)|new address|please wait|take you (to|there)|one moment", r"(einen moment|bitte warten)|weitergeleitet|weiterleitung|umgezogen|klicken sie hier", r"redirig|cliquez ici|déplacé", r"redirec|haga clic|pulse aquí|se ha (movido|trasladado)")  # fmt: skip
ROOT = re.compile(r"/*(?:(?:[a-z]{2}(?:[-_][a-z]{2})?)/?)?(?:(?:index|default|home|start|startseite|main|accueil|inicio|portada)(?:\.\w{2,5})?/?)?", re.IGNORECASE)  # fmt: skip
#: What in a query chooses a page.
CHOOSING = re.compile(r"(?:^|&)(?:p|id|page_?id|article(?:_?id)?|story(?:_?id)?|aid|nid|doc|artikel|item|post|news_?id|node|q)=[^&]", re.IGNORECASE)  # fmt: skip
#: An address that names a page, and is no short form of another.
STORY_ADDRESS = re.compile(r"[^/]{2,}/[^/]{2,}|-|\.\w{3,5}$|\d{4}")
MOUNTS = frozenset({"root", "app", "__next", "__nuxt", "app-root", "app-mount", "react-root", "main-app", "q-app", "ember-app", "svelte", "application", "react-app", "vue-app", "page-root", "container-root", "mount", "gatsby", "___gatsby"})  # fmt: skip
MEDIA = ("img", "video", "audio", "iframe", "embed", "object", "canvas", "svg", "frame", "picture")
