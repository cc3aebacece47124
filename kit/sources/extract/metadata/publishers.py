"""What publications are called in a citation, by host: for those whose pages name a company, an address or a slogan.

A newspaper that writes its name in another script is listed under the Latin form libraries use for it.
Public broadcasters are listed under their full names. A host that is not listed is named by its own pages.
"""

from __future__ import annotations

_LIST = """
20min.ch=20 Minuten; aa.com.tr=Anadolu Ajansı; abc.es=ABC; abc.net.au=ABC News (Australia); abcnews.go.com=ABC News
abendblatt.de=Hamburger Abendblatt; aftonbladet.se=Aftonbladet; ahram.org.eg=Al-Ahram; aljazeera.com=Al Jazeera
apnews.com=Associated Press; ard.de=ARD; arstechnica.com=Ars Technica; asahi.com=Asahi Shimbun
axios.com=Axios; barrons.com=Barron's; bbc.co.uk=BBC News; bbc.com=BBC News; bild.de=Bild; bloomberg.com=Bloomberg
bmj.com=BMJ; br.de=Bayerischer Rundfunk; braunschweiger-zeitung.de=Braunschweiger Zeitung; bostonglobe.com=The Boston Globe
businessinsider.com=Business Insider; buzzfeednews.com=BuzzFeed News; cbc.ca=CBC News; cbsnews.com=CBS News
chosun.com=Chosun Ilbo; chunichi.co.jp=Chunichi Shimbun; cnbc.com=CNBC; cnn.com=CNN; corriere.it=Corriere della Sera
dailymail.co.uk=Daily Mail; dailystar.co.uk=Daily Star; derstandard.at=Der Standard; diepresse.com=Die Presse
donga.com=Dong-A Ilbo; dr.dk=DR; dw.com=Deutsche Welle; economist.com=The Economist; elpais.com=El País
elmundo.es=El Mundo; euronews.com=Euronews; express.co.uk=Daily Express; faz.net=Frankfurter Allgemeine Zeitung
fortune.com=Fortune; forbes.com=Forbes; fr.de=Frankfurter Rundschau; ft.com=Financial Times; haaretz.com=Haaretz
handelsblatt.com=Handelsblatt; hani.co.kr=Hankyoreh; hankookilbo.com=Hankook Ilbo; hessenschau.de=Hessenschau
heise.de=heise online; hs.fi=Helsingin Sanomat; huffpost.com=HuffPost; independent.co.uk=The Independent
joongang.co.kr=JoongAng Ilbo; kommersant.ru=Kommersant; krone.at=Kronen Zeitung; lastampa.it=La Stampa
latimes.com=Los Angeles Times; lefigaro.fr=Le Figaro; lemonde.fr=Le Monde; lesechos.fr=Les Echos; liberation.fr=Libération
mainichi.jp=Mainichi Shimbun; mbl.is=Morgunblaðið; mdr.de=Mitteldeutscher Rundfunk; meduza.io=Meduza; metro.co.uk=Metro
mirror.co.uk=Daily Mirror; mk.co.kr=Maeil Business Newspaper; mittelbayerische.de=Mittelbayerische; morgenpost.de=Berliner Morgenpost
mz.de=Mitteldeutsche Zeitung; nature.com=Nature; nbcnews.com=NBC News; ndr.de=Norddeutscher Rundfunk
newyorker.com=The New Yorker; nhk.or.jp=NHK; nieuwsblad.be=Het Nieuwsblad; nikkei.com=Nikkei; 9news.com.au=Nine News
npr.org=NPR; nrc.nl=NRC; nrk.no=NRK; nytimes.com=The New York Times; nypost.com=New York Post; nzz.ch=Neue Zürcher Zeitung
orf.at=Österreichischer Rundfunk; pbs.org=PBS; people.com.cn=People's Daily; politico.com=Politico; politico.eu=Politico Europe
pravda.com.ua=Ukrainska Pravda; propublica.org=ProPublica; publico.es=Público; publico.pt=Público; rbb24.de=Rundfunk Berlin-Brandenburg
reuters.com=Reuters; repubblica.it=La Repubblica; rferl.org=Radio Free Europe/Radio Liberty; rp-online.de=Rheinische Post
rte.ie=RTÉ; rtve.es=RTVE; sankei.com=Sankei Shimbun; science.org=Science; scmp.com=South China Morning Post
sfchronicle.com=San Francisco Chronicle; smh.com.au=The Sydney Morning Herald; spiegel.de=Der Spiegel; srf.ch=SRF
standard.co.uk=The Standard; stern.de=Stern; sueddeutsche.de=Süddeutsche Zeitung; svt.se=SVT; swr.de=Südwestrundfunk
tagesschau.de=tagesschau; tagesspiegel.de=Der Tagesspiegel; taz.de=die tageszeitung; techcrunch.com=TechCrunch
telegraph.co.uk=The Daily Telegraph; theatlantic.com=The Atlantic; theguardian.com=The Guardian; theinformation.com=The Information
theprovince.com=The Province; theregister.com=The Register; thesun.co.uk=The Sun; thetimes.co.uk=The Times; thetimes.com=The Times
theverge.com=The Verge; time.com=Time; usatoday.com=USA Today; venturebeat.com=VentureBeat; vg.no=VG; vox.com=Vox
volkskrant.nl=de Volkskrant; washingtonpost.com=The Washington Post; wdr.de=Westdeutscher Rundfunk; welt.de=Die Welt
wired.com=Wired; wsj.com=The Wall Street Journal; xinhuanet.com=Xinhua; yle.fi=Yle; yna.co.kr=Yonhap; yomiuri.co.jp=Yomiuri Shimbun
yonhapnews.co.kr=Yonhap; zdf.de=ZDF; zdnet.com=ZDNet; zeit.de=Die Zeit
"""

_NAMES = dict(pair.strip().split("=") for line in _LIST.strip().splitlines() for pair in line.split(";"))


def of_host(host: str) -> str:
    """The publication's name for a host or a host under it, or '' for one not listed.

    >>> of_host("www.nytimes.com"), of_host("example.org")
    ('The New York Times', '')
    """
    labels = host.lower().split(".")
    return next((name for i in range(len(labels) - 1) if (name := _NAMES.get(".".join(labels[i:])))), "")
