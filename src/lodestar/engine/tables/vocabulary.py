"""Knows which headings other tools and other languages use for a field."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

# fmt: off
# Headings are compared after `plain_heading`: small letters, no accents, words parted by one blank.
SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "email": (
            "email", "email address", "mail", "mail address", "your email", "your email address",
            "recipient email", "contact email", "primary email", "email 1", "main email", "e address",
            "emailadresse", "mailadresse", "email adresse", "adresse email", "adresse mail", "courriel",
            "adresse de courriel", "correo", "correo electronico", "direccion de correo electronico",
            "endereco de email", "indirizzo email", "posta elettronica", "emailadres", "email adres",
            "adres email", "epost", "e post", "e postadress", "sahkoposti", "electronic mail",
            "adrprf email", "邮箱", "电子邮件", "メールアドレス", "البريد الالكتروني", "электронная почта",
        ),
        "email_preferred": ("pref email", "preferred email", "preferred email address", "best email"),
        "email_personal": (
            "personal email", "personal email address", "home email", "private email",
            "your personal email address", "private email adresse", "email privat", "email prive",
        ),
        "email_work": (
            "work email", "work email address", "business email", "office email", "company email",
            "email geschaftlich", "email dienstlich", "email professionnel",
        ),
        "email_alternate": (
            "alt email", "alternate email", "alternative email", "other email", "secondary email",
            "email 2", "second email", "additional email",
        ),
        "phone": (
            "phone", "phone number", "telephone", "mobile", "mobile phone", "cell phone", "home phone",
            "work phone", "other phone", "telefon", "telefonnummer", "handy", "telefono", "telefone",
        ),
        "given_name": (
            "first name", "firstname", "given name", "forename", "fname", "first", "recipient first name",
            "vorname", "prenom", "nombre", "nombres", "nome", "primeiro nome", "voornaam", "imie",
            "fornamn", "etunimi", "名", "имя", "الاسم الاول",
        ),
        "family_name": (
            "last name", "lastname", "surname", "family name", "lname", "last", "recipient last name",
            "nachname", "familienname", "zuname", "nom", "nom de famille", "apellido", "apellidos",
            "sobrenome", "apelido", "cognome", "achternaam", "nazwisko", "efternamn", "sukunimi", "姓",
            "фамилия", "اسم العائلة",
        ),
        "full_name": (
            "name", "full name", "your name", "your full name", "contact name", "display name",
            "attendee name", "person", "first and last name", "name surname", "vollstandiger name",
            "vor und nachname", "nom complet", "nom et prenom", "nombre completo", "nombre y apellidos",
            "nome completo", "nome e cognome", "volledige naam", "naam", "姓名", "氏名", "الاسم", "фио",
            "mentee name", "mentor name",
        ),
        "class_year": (
            "class year", "class of", "class", "graduation year", "grad year", "year of graduation",
            "year graduated", "graduated", "pref class year", "preferred class year", "pral class of",
            "abschlussjahr", "jahrgang", "annee de diplome", "promotion", "promo", "ano de graduacion",
            "ano de formatura", "anno di laurea", "afstudeerjaar", "year of degree", "grad term",
            "graduation date", "degree year", "cohort year",
        ),
        "degree": (
            "degree", "degree code", "degree desc", "degree type", "education level", "pral degree",
            "current degree program", "degree program", "abschluss", "diplome", "titulo", "titulacion",
            "grau", "titolo di studio", "diploma", "level of education",
            "highest degree",
        ),
        "field_of_study": (
            "field of study", "major", "majors", "major 1", "major desc", "pral major", "subject",
            "course", "course of study", "programme of study", "program of study", "studiengang",
            "studienfach", "fachrichtung", "filiere", "domaine d etudes", "carrera", "area de estudio",
            "curso", "corso di laurea", "studierichting", "school major",
            "degree subject", "studies", "study program",
        ),
        "school": (
            "school", "college", "university", "institution", "faculty", "hochschule", "universitat",
            "universite", "universidad", "universidade", "universita",
        ),
        "employer": (
            "employer", "company", "company name", "organization", "organisation", "workplace",
            "current employer", "account name", "account 1 name", "employer name", "arbeitgeber", "firma",
            "unternehmen", "employeur", "entreprise", "empresa", "empleador", "azienda", "werkgever",
            "bedrijf", "business name", "current company",
        ),
        "job_title": (
            "job title", "title", "position", "occupation", "current position", "current job title",
            "current title", "role title", "jobtitle", "beruf", "berufsbezeichnung", "poste", "fonction",
            "cargo", "puesto", "profesion", "profissao", "professione", "functie", "headline",
            "job", "current role", "function", "job function",
        ),
        "industry": (
            "industry", "current industry", "sector", "field of work", "employment field", "branche",
            "secteur", "secteur d activite", "industria", "setor", "settore", "sektor",
            "what industry do you work in", "industry wanted", "desired industry",
        ),
        "city": (
            "city", "town", "home city", "mailing city", "location city", "current city", "adrprf city",
            "stadt", "ort", "wohnort", "ville", "ciudad", "cidade", "citta", "stad", "woonplaats",
        ),
        "state": (
            "state", "province", "region", "state region", "state province", "home state",
            "home state province", "mailing state", "adrprf state", "bundesland", "provincia", "estado",
            "departement", "county",
            "state or province",
        ),
        "country": (
            "country", "country region", "home country", "mailing country", "country of residence",
            "current country", "adrprf country", "cntry", "country live", "land", "pays", "pais", "paese",
            "nation", "cc",
            "what country do you work in",
        ),
        "time_zone": (
            "time zone", "timezone", "zeitzone", "fuseau horaire", "zona horaria", "fuso orario",
            "tz", "time zone iana",
        ),
        "languages": (
            "languages", "language", "languages spoken", "home language", "language at home",
            "spoken languages", "sprachen", "sprache", "sprachkenntnisse", "langues", "idiomas", "lingue",
            "talen",
            "preferred language", "preferred languages",
        ),
        "role": (
            "role", "i am joining as", "joining as", "mentor or mentee", "mentor mentee", "program role",
            "programme role", "rolle", "participant type", "rol", "ruolo", "papel",
        ),
        "topics": (
            "topics", "skills", "areas i can help with", "topics i would like help with", "interests",
            "expertise", "areas of expertise", "help with", "mentoring topics",
            "themen", "interessen", "competences", "themes", "temas", "habilidades", "competenze",
            "areas of interest",
            "topic", "topics wanted", "topics offered", "topics i can help with",
            "areas i would like help with", "wishes", "wants help with", "help wanted", "can help with",
            "i would like help with", "i can help with", "what would you like to learn",
        ),
        "goal": (
            "career interest", "career interests", "career interest other", "career goal",
            "career goals", "desired role", "target role",
        ),
        "style": ("mentoring style", "preferred mentoring style", "style of mentoring"),
        "tags": ("tags", "labels", "segments", "groups"),
        "about": (
            "about", "bio", "biography", "about me", "about you", "summary", "profile", "introduction",
            "short bio", "uber mich", "a propos", "sobre mi", "sobre mim", "descrizione",
            "statement", "motivation", "tell us about yourself", "what would make this worth your time",
        ),
        "capacity": (
            "capacity", "number of mentees", "max mentees", "maximum mentees", "how many mentees",
            "mentee capacity", "places", "anzahl mentees", "platze",
            "max number of mentees",
        ),
        "hours": (
            "hours per month", "hours a month", "monthly hours", "availability hours",
            "stunden pro monat",
        ),
        "years_of_experience": (
            "years of experience", "years experience", "experience years", "total years of experience",
            "years of work experience", "berufserfahrung", "berufserfahrung in jahren",
            "experience", "work experience", "professional experience", "years of professional experience",
        ),
        "external_id": (
            "constituent id", "banner id", "record id", "bio id", "alumni id", "student id", "person id",
            "contact id", "member id", "id number", "external id", "external data reference",
            "external reference", "custom data 1", "matrikelnr", "matrikelnummer", "student number",
            "euid", "emplid", "university id", "numero etudiant", "customer id",
        ),
        "confidential": (
            "confidential", "confidential ind", "confidentiality", "confidentiality indicator",
            "ferpa hold", "privacy hold", "privacy flag", "vertraulich", "sperrvermerk", "confidentiel",
        ),
        "deceased": (
            "deceased", "bio deceased", "is deceased", "deceased ind", "deceased date", "date of death",
            "dead", "verstorben", "decede", "fallecido", "falecido", "deceduto", "overleden",
        ),
        "no_contact": (
            "do not contact", "no contact", "do not email", "no email", "email opt out", "opted out",
            "has opted out of email", "unsubscribed", "unsub time", "unsubscribed from all email",
            "requests no email", "kontaktverbot",
        ),
        "organisation": ("bio org name", "org name", "organization record name"),
        "record_type": (
            "record type", "constituent type", "contact type", "key indicator", "entity type",
            "personenart",
        ),
        "email_preference": ("email preference", "email type preference"),
        "salutation": (
            "salutation", "bio title", "bio title 1", "prefix", "anrede", "civilite", "name prefix",
        ),
        "response_status": ("response type", "status", "distribution channel", "attendee status"),
    }
)
# fmt: on

# Whole questions, tried in this order when no synonym fits the heading exactly.
QUESTIONS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("email", r"\bemail( address)?\b"),
        ("role", r"mentor (or|and|oder) (a |an )?mentee|joining as|participate as|take part as"),
        ("capacity", r"how many (students|mentees|people|alumni).*(mentor|support|take)|number of mentees"),
        ("hours", r"how many hours.*\b(give|offer|spare|commit|available|mentor)|hours.*per month"),
        ("state", r"(what|which) (us |u s )?(state|province)"),
        ("country", r"(what|which) country|country.*(live|work|reside)"),
        ("city", r"(what|which) (city|town)|city.*(live|work|reside)"),
        ("industry", r"(what|which).*industry|industry you work"),
        ("years_of_experience", r"years.*experience(?!.*your field)"),
        ("job_title", r"^(what is |your |current )*job title$|describes your occupation"),
        ("employer", r"(where do you work|who is your employer|company do you work)"),
        ("class_year", r"(year|when).*(graduat|finish your degree)|graduat.*year"),
        ("degree", r"level of education|degree program|highest degree"),
        ("field_of_study", r"what.*(did|do) you study|your (major|field of study)"),
        ("languages", r"languages? .*(speak|spoken)|speak.*languages?"),
        ("time_zone", r"\btime ?zone\b"),
        ("topics", r"(topics|areas|subjects|skills).*(help|want|need|offer|interest|mentor)"),
        ("about", r"describe.*(career|yourself)|about (you|yourself)|tell us about"),
        ("full_name", r"(your|full) name\b|what is your name"),
    )
)  # fmt: skip

SOMEBODY_ELSE: Final = re.compile(
    r"\b(owner|advis[eo]r|manager|supervisor|parent|guardian|emergency|buyer|purchaser|spouse|partner|"
    r"assistant|referee|reference|referr(ed|al|er)|creator|created|modified|collector|sender|staff|"
    r"coordinator|mentors?|domain|status|opt|type)\b"
)

PREFIXES: Final = re.compile(r"^(cn |contact \d |attendee |respondent |cnbio |cnadrprf |cnpral )")
OTHER_PERSON: Final = re.compile(r"^(?:contact|person|account) ?([12])\b")


@lru_cache(maxsize=4096)
def plain_heading(heading: str) -> str:
    """Return a heading in the form in which headings are compared.

    >>> plain_heading("CnBio_First_Name"), plain_heading("E-Mail"), plain_heading("Prénom *")
    ('bio first name', 'email', 'prenom')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading[:300])
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"[\W_]+", " ", text).strip()
    text = re.sub(r"\be mails?\b|\bemails\b", "email", text)
    text = re.sub(r"(?<=[a-z])(?=\d)", " ", text)
    return re.sub(r"^cn (?=bio|adr|pral|pr al|ph)", "", text)


def _index() -> dict[str, str]:
    return {plain_heading(word): name for name, words in SYNONYMS.items() for word in words}


BY_HEADING: Final[Mapping[str, str]] = MappingProxyType(_index())


def known_field(heading: str) -> str:
    """Return the field that a heading names outright, or nothing.

    >>> known_field("Contact2 Work Email"), known_field("CnPrAl_Class_of")
    ('email_work', 'class_year')
    """
    plain = plain_heading(heading)
    for form in (plain, PREFIXES.sub("", plain), re.sub(r" \d+$", "", plain), _raisers_edge(plain)):
        if form in BY_HEADING:
            return BY_HEADING[form]
    return ""


def _raisers_edge(plain: str) -> str:
    """Raiser's Edge puts the tab of its record, and a count, before the field."""
    bare = re.sub(r"^(bio|adr prf|adrprf|pr al|pral|ph( \d+)*) ", "", plain)
    return re.sub(r" \d+$", "", bare)


def asked_field(heading: str) -> str:
    """Return the field that a whole question asks for, or nothing."""
    plain = plain_heading(heading)
    if len(plain.split()) < 3:
        return ""
    return next((name for name, pattern in QUESTIONS if pattern.search(plain)), "")


def person_of(heading: str) -> int:
    """Return which person of a row a column belongs to; 0 means all of them."""
    found = OTHER_PERSON.match(plain_heading(heading))
    return int(found.group(1)) if found else 0
