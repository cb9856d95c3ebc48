"""The closed lists of words that a registry may use, each with its plain label.

Words that are also facts of a case (who the work is for, who refers, where, which stage) are
not here: they are the options in `questions.yaml`, so that a page and a question never differ.
"""

from enum import StrEnum


class Word(StrEnum):
    """A word of the registry: its value as written in YAML, and its label as shown to people."""

    label: str

    def __new__(cls, value: str, label: str) -> "Word":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class Tier(Word):
    """How an entry stands in the catalogue."""

    CORE = "core", "Intervention"
    SUPPORT = "support", "Supporting service"
    COMPONENT = "component", "Part of another service"


class Kind(Word):
    """What sort of thing a service is."""

    PACKAGE = "package", "Assessment with a programme"
    ASSESSMENT = "assessment", "Assessment"
    PROGRAMME = "programme", "Programme"
    ONE_TO_ONE = "one_to_one", "One-to-one work"
    SUPPORT = "support", "Support and advocacy"
    ACCOMMODATION = "accommodation", "Safe accommodation"
    THERAPY = "therapy", "Therapy"
    PARENTING = "parenting", "Parenting programme"
    PREVENTION = "prevention", "Prevention in schools"
    CONTACT = "contact", "Supervised contact"
    CONSULTATION = "consultation", "Consultation and advice"
    HELPLINE = "helpline", "Helpline"
    PROCESS = "process", "Multi-agency process"
    SCREENING = "screening", "Referral screening"
    PAPERWORK = "paperwork", "Reports and paperwork"
    TRAINING = "training", "Training"
    CAMPAIGN = "campaign", "Publicity or community campaign"
    ACCREDITATION = "accreditation", "Accreditation or register"


class State(Word):
    """Whether a service or provider is known to stand today as its document describes it."""

    ACTIVE = "active", "Active"
    UNVERIFIED = "unverified", "Not verified"
    HISTORIC = "historic", "Historic"
    SUPERSEDED = "superseded", "Superseded"
    RENAMED = "renamed", "Renamed"


class Place(Word):
    """Where a service is offered, beside the areas that a case can be in."""

    UK_WIDE = "uk_wide", "Across the UK"
    VARIES = "varies", "Varies by area"


class Gender(Word):
    """The gender that a document prints; a service with none printed leaves it out."""

    WOMEN = "women", "Women"
    MEN = "men", "Men"
    WOMEN_AND_MEN = "women_and_men", "Women and men"


class Mode(Word):
    """How a service is delivered."""

    ONE_TO_ONE = "one_to_one", "One to one"
    GROUP = "group", "In a group"
    FAMILY = "family", "With the family"
    VIDEO = "video", "By video call"
    PHONE = "phone", "By telephone"
    ONLINE = "online", "E-mail or web chat"
    OFFICE = "office", "At an office or centre"
    HOME = "home", "At home"
    SCHOOL = "school", "In school"
    HEALTH = "health", "In a health setting"
    MEETING = "meeting", "Multi-agency meeting"


class PriceUnit(Word):
    """What one price pays for."""

    PACKAGE = "package", "for the package"
    PERSON = "person", "per person"


class PriceStatus(Word):
    """Why there is no figure, when a service has no printed price."""

    NOT_PRINTED = "not_printed", "Not printed"
    ON_REQUEST = "on_request", "On request"
    IN_HOUSE = "in_house", "In-house, no charge printed"
    FREE = "free", "Free"
    MAY_BE_CHARGED = "may_be_charged", "May be charged, no figure printed"


class CourtUse(Word):
    """What a document says about using a service's report in court."""

    COURT_COMPLIANT = "court_compliant", "Written for court"
    EXPERT_OPINION = "expert_opinion", "Gives an expert opinion; not called court compliant"
    ASK_FIRST = "ask_first", "For court only if agreed first"
    NOT_FOR_COURT = "not_for_court", "Not for court"
    NOT_PRINTED = "not_printed", "Court use not printed"


class Design(Word):
    """How a finding was come by; the words say what a reader may conclude."""

    RANDOMISED_TRIAL = "randomised_trial", "Randomised controlled trial"
    SYSTEMATIC_REVIEW = "systematic_review", "Systematic review"
    COST_MODEL = "cost_model", "Cost model"
    COMPARISON = "comparison", "Comparison with another group"
    FOLLOW_UP = "follow_up", "Follow-up of those who took part, no comparison printed"
    BEFORE_AFTER = "before_after", "Before and after, no comparison group"
    MONITORING = "monitoring", "Routine monitoring figures"
    REVIEW = "review", "Review or report"
    RECOMMENDATION = "recommendation", "Recommendation, not a measured result"
    NOT_STATED = "not_stated", "Design not stated"


class Direction(Word):
    """Whether a finding speaks for a service."""

    SUPPORTS = "supports", "Supports"
    MIXED = "mixed", "Mixed"
    DOES_NOT_SUPPORT = "does_not_support", "Does not support"
    DESCRIBES = "describes", "Describes, not a test"


class Topic(Word):
    """What every service must answer, or be recorded as not printed or not applying."""

    AGES = "ages", "Ages"
    GENDER = "gender", "Gender"
    AREA = "area", "Area"
    REFERRER = "referrer", "Who may refer"
    DELIVERY = "delivery", "How it is delivered"
    TIMESCALE = "timescale", "Timescale"
    DOCUMENTS = "documents", "Referral documents"
    REPORT = "report", "Report"
    EVIDENCE = "evidence", "Evidence"
    CONTACT = "contact", "Contact"


class ContactKind(Word):
    """A way to reach somebody."""

    PHONE = "phone", "Telephone"
    EMAIL = "email", "E-mail"
    WEB = "web", "Website"
    SYSTEM = "system", "Case system"


class Holder(Word):
    """Whom to ask for a referral document."""

    SOCIAL_WORK = "social_work", "The social worker or social work team"
    LEGAL = "legal", "The local authority’s legal team"
    BUDGET = "budget", "The budget holder in the local authority"
    CONFERENCE = "conference", "The office of the conference chair"
    ASSESSOR = "assessor", "Whoever did the assessment"
    COURT = "court", "The court or the lawyers of the parties"
    SERVICE = "service", "The service you refer to"


class SourceKind(Word):
    """What part a publication plays in the registry."""

    REGISTRY = "registry", "Source document"
    OUTSIDE = "outside", "Outside page"


class Whose(Word):
    """Whose circumstances a fact describes."""

    CASE = "case", "The case"
    VICTIM_SURVIVOR = "victim_survivor", "The victim or survivor"
    PERSON_USING_HARM = "person_using_harm", "The person using harm"
    YOUNG_PERSON = "young_person", "The young person using harm"
    CHILD = "child", "The child"


class Screening(Word):
    """What a screening answer leads to."""

    PROCEED = "proceed", "Go on"
    CHECK = "check", "Check with the team first"
    UNLIKELY = "unlikely", "Unlikely to be accepted; ask for a consultation"
