"""The two hundred commonest English and French words of speech and print, as frequency lists have
them: the test's own lists, not the product's.
"""

_ENGLISH = """
the be to of and a in that have I it for not on with he as you do at this but his by from they we
say her she or an will my one all would there their what so up out if about who get which go me when
make can like time no just him know take people into year your good some could them see other than
then now look only come its over think also back after use two how our work first well way even new
want because any these give day most us is was are been has had were said did having may am should
each where those much many very through long down own must before right too means old same tell does
set three state never become between high really something another family leave while last might
great man week company next system still program question government night point home water room
mother area money story fact month lot study book eye job word business issue side kind head house
service friend father power hour game line end among ever stand bad member law car city community
name president team minute idea kid body information nothing ago lead social whether watch together
follow around parent stop face anything create public already speak others read level allow add
office spend door health person art sure such war history party within grow result open change
morning walk reason low win research girl guy early food himself air teacher force offer
"""

_FRENCH = """
être avoir faire dire pouvoir aller voir savoir vouloir venir falloir devoir croire trouver donner
prendre parler aimer passer mettre le la les de un une à et en il elle que qui ne pas se ce dans je
tu nous vous ils elles on du des au aux pour sur avec sans sous par plus moins tout tous toute
toutes mais ou où donc or ni car si comme même aussi bien très trop peu beaucoup encore toujours
jamais déjà ici là y lui leur leurs mon ma mes ton ta tes son sa ses notre nos votre vos cette cet
ces celui celle ceux cela ça rien personne quelque chaque aucun autre autres quel quelle quoi dont
quand comment pourquoi combien est suis es sommes êtes sont était ai as a avons avez ont fait dit va
vais peut peux veut veux homme femme jour temps vie monde an année heure moment main chose enfant
fille fils père mère ami maison pays ville mot tête coeur oeil yeux eau nuit matin soir fois part
place cas point côté fin nom gens groupe travail question problème raison service entre vers chez
depuis pendant avant après contre puis alors ainsi enfin non oui deux trois premier dernier grand
petit bon nouveau seul jeune vieux beau haut oh ah eh bon merci monsieur madame
"""

ENGLISH = frozenset(_ENGLISH.split())
FRENCH = frozenset(_FRENCH.split())
