"""What the law asks of an agency that publishes of its own motion (第十九条至第二十六条), as pure rules.

``review`` who reviews before release · ``templates`` the catalogs an office starts from ·
``channels`` where it publishes · ``cadence`` by when · ``registers`` what Table 2 counts ·
``classes`` proactive, on application, withheld · ``inspection`` what the inspectors veto ·
``metadata`` and ``completeness`` what an item, the guide and the catalog must hold ·
``responsibility`` which agency discloses.
"""
