"""All planters, whichever file they plant in."""

from tests.screening.hidden import plant_books, plant_images, plant_others, plant_pdfs, plant_word
from tests.screening.hidden.planting import PLANTERS, Planted, Planter

__all__ = [
    "PLANTERS",
    "Planted",
    "Planter",
    "plant_books",
    "plant_images",
    "plant_others",
    "plant_pdfs",
    "plant_word",
]
