"""The statutory annual report: its forms as data, its figures, the relations between them."""
