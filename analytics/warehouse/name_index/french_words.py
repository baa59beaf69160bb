"""Everyday French words, folded: one of them alone is never a part of a customer's name."""

from analytics.warehouse.name_index.word_list import words_of

BEFORE_NAMES = words_of(
    """
    pour chez de du des d a au aux sur dans en avec par le la les l un une leur notre nos mon
    mes client clients cliente tenant societe entreprise compte montre montrer affiche afficher
    donne moi svp
    """
)
"""Words before a customer's name that say nothing: `chez le client Contoso`."""

COMMON = words_of(
    """
    a abord accord affaire afin age agir ah ai aide aider aie aime aimer ainsi air ait ajouter
    aller allez allons alors ami amis amour an ancien ancienne annee annees ans apprendre apres
    argent arreter arrive arriver as asseoir assez attendre attention au aucun aucune aujourdhui
    auquel aura auraient aurais aurait aussi aussitot autant autour autre autrefois autrement
    autres aux auxquelles auxquels avaient avais avait avant avec avez aviez avions avoir avons
    ayant ayez ayons bah bas beau beaucoup bel belle belles besoin bien bientot blanc bleu bois
    bon bonjour bonne bonnes bons bord bout bras bureau but c ca car cas cause ce ceci cela
    celle celles celui cent cependant certain certaine certaines certains ces cest cet cette
    ceux chacun chacune chambre changer chaque chef chemin cher chercher cheval chez choisir
    chose choses ci ciel cinq clair coeur combien comme commencer comment comprendre compris
    compte compter connaitre contre corps cote coup cour courir cours croire crois d dabord dans
    davantage de debout debut dedans dehors deja demain demande demander depuis dernier derniere
    dernieres derniers derriere des dessous dessus deux devait devant devenir devoir dieu dire
    dis dit dites divers dix doit doivent donc donne donner dont dos droit du dun dune duquel
    dur durant e eau ecrire effet eh elle elles en encore enfant enfants enfin ensemble ensuite
    entendre entendu entre entreprise entrer envers environ es esprit est et etaient etais etait
    etant etat ete etes etiez etions etre eu eux exemple expliquer face facon faire fais faisait
    fait faite faites falloir famille faudrait faut femme femmes fenetre fera ferait feu fille
    filles fils fin finir fois fond font force forme fort forte francais francaise france frere
    furent fut gagner garder gens grand grande grandes grands gros groupe guerre haut he hein
    heure heures hier histoire homme hommes hors huit ici idee il ils instant j jai jamais je
    jeter jeune jeunes jouer jour journee jours jusqu jusqua jusque juste l la laisse laisser
    laquelle le lequel les lesquelles lesquels lettre leur leurs lever lieu lire livre loi loin
    long longtemps lors lorsque lui lun m ma madame main mains maintenant mais maison mal malgre
    maniere marcher mari matin me meme memes ment mer mere mes met mettre mien mieux milieu
    mille mis moi moins mois moment mon monde monsieur monter montrer mort mot mots mourir moyen
    n ne ni noir nom nombre nombreux non nos notamment notre notres nous nouveau nouveaux nouvel
    nouvelle nouvelles nuit nul o oeil oh on ont or ou oublier oui outre ouvert ouvrir par parce
    parfois parler parmi parole part partie partir partout pas passe passer pays peine pendant
    penser perdre pere permet permettre personne personnes petit petite petites petits peu peur
    peut peuvent peux pied place plein plupart plus plusieurs plutot point porte porter possible
    pour pourquoi pourrait pourtant pouvait pouvez pouvoir premier premiere premieres premiers
    prendre pres presque prix probleme prochain prochaine public puis puisque puisse qu quand
    quant quarante quatre que quel quelle quelles quelque quelques quelquun quels question qui
    quil quils quitte quoi quoique raison rappeler recevoir regard regarder rendre repondre
    reste rester retour revenir rien rire rouge rue s sa sais saison sait salle sang sans sauf
    savez savoir se sein selon semaine semaines semble sembler sens sentir sept sera serait
    serez seront service servir ses seul seule seulement seuls si sien sil silence six soi soir
    sois soit soixante sommes son sont sorte sortir sous souvent soyez suis suite suivant suivre
    sujet sur sure surtout svp systeme t ta table tandis tant tard te tel telle telles tels
    temps tenir terre tes tete tien tient toi tomber ton tot toujours tour tourner tous tout
    toute toutefois toutes travail travailler travers tres trois trop trouve trouver tu tuer un
    une unes uns va vais vas venir vers vert veut veux vie vient vieux ville vingt vite vivre
    voici voila voir vois voit voix vont vos votre votres voudrais voulez vouloir vous voyez
    vrai vraiment vu vue y yeux
    """
)
"""The commonest words of speech and print. One of them alone is a word of a sentence."""

OWN_NOUNS = words_of(
    """
    abonne abonnement abonnements actif actifs activite adoption alerte alertes aout apercu
    attribue attribuee attribuees attribues avr avril bilan client clients consommation
    croissance decembre dimanche domaine essai essais facture factures fevr fevrier graphique
    janv janvier jeudi juil juillet juin licence licences locataire locataires lundi mai mardi
    mars mercredi novembre octobre portefeuille prix produit produits rapport rapports
    renouvellement renouvellements resume samedi septembre siege sieges tendance trimestre
    trimestres utilisateur utilisateurs utilisation utilisations utilise utilisee utilisees
    vendredi vendu vendus
    """
)
"""The trade's own nouns, and the calendar's."""
