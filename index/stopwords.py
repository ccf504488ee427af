"""Words that join others, point or ask, by language: in a question they don't tell what is sought.

Only the commonest of each language: forms of its pronouns, prepositions, conjunctions, auxiliaries and question words.
A script that tells its language has its words here once and for all.  Of the languages that share the Latin script the
one that a question has most such words of is taken for its own: "die" and "war" are none in English.
"""

from __future__ import annotations

from collections.abc import Sequence

ENGLISH = frozenset(
    """a about above after again all also am an and any are as at be because been before being between both but by can
    could did do does doing during each few for from further had has have having he her here hers him his how i if in
    into is it its itself just me more most my no nor not now of off on once only or other our ours out over own same
    she should so some such than that the their theirs them then there these they this those through to too under
    until up us very was we were what when where which while who whom whose why will with would you your yours
    tell give show please find explain describe""".split()
)

# Of scripts that tell their language.
_TOLD = """
а без более бы был была были было быть в вам вас ведь весь во вот все всего всех всю вы где да даже для до его ее ей
ему если есть ещё еще же за здесь и из или им ими их к как какая какие каким какими каких какова каково каковы каков
какого какое какой каком какому какую когда кого ком кому который которая которое которые которого которой которых
кто куда ли между меня мне много может могут можно мы на над нас наш не него нее нет ни них но ну о об однако он она
они оно от откуда очень перед по под после потому почему при про с сам свой своего своей свои сколько со согласно
среди так также такие такой там тем то того тоже той только том тот тут ты у уже чего чей чем что чтобы чьи чья эта
эти это этим этих этого этой этом этот эту я является являются образом

αλλά αν αντί από αυτά αυτές αυτή αυτήν αυτό αυτοί αυτόν αυτός αυτού αυτούς αυτών για γιατί δε δεν εάν είναι είχε
είχαν εκεί ένα έναν ένας ενός επί επίσης έχει έχουν η ή ήταν θα και κατά κάθε κάποια κάποιος κι μας με μέσα μετά
μεταξύ μέχρι μη μην μια μία μιας μπορεί μπορούν να ο οι όμως όπως όσο όταν ότι ού ποια ποιά ποιες ποιο ποιοι ποιον
ποιος ποιός ποιου ποιους ποιων πόσα πόσες πόση πόσο πόσοι πόσος πότε που πού πριν προς πως πώς σαν σας σε στα στη
στην στις στο στον στους στης στου στων συνέβη τα τη την της τι τί τις το τον του τους των υπάρχει υπάρχουν υπό ως

إذا إذ إلا إلى إليه أم أما أن أنه أنها أو أي أية أين أيضا أيضاً أحد إن إنه بأن بعد بعض به بها بين تكون تم حتى حول حيث
خلال دون ذلك سوف عام على عليه عليها عن عند عندما عنه عنها غير فقد في فيه فيها قبل قد قام كان كانت كانوا كل كم كما كيف
كيفية لا لدى لدي لقد لكن لم لماذا لما لن له لها لهم ليس ليست ما ماذا متى مثل مع من منذ منه منها مما نحو نفس هذا هذه هل
هم هنا هناك هو هؤلاء هي وقد وكان ولا ولم وما ومن وهو وهي يتم يكون يمكن الذي التي الذين اللذان اللتان اللاتي اللواتي
كذلك تلك أكثر

अपना अपनी अपने अब आदि आप इन इस इसका इसकी इसके इसमें इसलिए इसे उन उनका उनकी उनके उनको उन्हें उन्होंने उस उसका उसकी उसके
उसने उसे एक एवं और ऐसा ऐसी ऐसे कब कभी कर करता करती करते करना करने करें कहा कहाँ कहां का कि किन किया किस किसका किसकी
किसके किसको किसने किसी किसे की कितना कितनी कितने कुछ के केवल कैसा कैसी कैसे को कोई कौन कौनसा कौनसी कौनसे क्या क्यों गई
गए गया गयी गये चाहिए जब जहाँ जहां जा जाता जाती जाते जाना जाने जिन जिस जिसका जिसकी जिसके जिसने जिसे जैसा जैसी जैसे जो तक
तब तरह तो था थी थीं थे दिया दी द्वारा न नहीं नाम ने पर पास फिर बाद भी मगर में मेरा मैं यदि यह यहाँ यहां या ये रहा रही
रहे लिए लेकिन व वह वहाँ वहां वाला वाली वाले वे वो सकता सकती सकते सब सभी साथ से हम हर ही हुआ हुई हुए हूँ हैं है हो होता
होती होते होना होने
"""

# Of languages that share a script.
_SHARED = {
    "german": """aber als am an andere anderen auch auf aus bei beim bevor bin bis da dabei damit dann darauf das dass
        dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem
        einen einer eines er es etwas für gab gibt gegen haben hat hatte hatten hinter ich ihm ihn ihnen ihr ihre ihrem
        ihren ihrer im in indem ins ist ja jede jedem jeden jeder jedes jedoch kann kein keine keinen können könnte man
        mehr mit muss müssen nach neben nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich
        sie sind so soll sollte sondern sowie über um und uns unter vom von vor wann war waren warum was wegen weil
        welche welchem welchen welcher welches wem wen wenn wer werden wessen wie wieso wieviel wird wo wobei wodurch
        wofür woher wohin womit worden wozu wurde wurden während würde zu zum zur zwischen""",
    "spanish": """a al algo algún alguna algunas algunos ante antes aquel aquella como cómo con contra cuál cuáles
        cuando cuándo cuánta cuántas cuánto cuántos cuya cuyo de del desde donde dónde durante e el él ella ellas ellos
        en entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron ha había habían han
        hasta hay haya la las le les lo los más me mi mientras muy ni no nos o otra otras otro otros para pero poco por
        porque puede pueden que qué quién quien quiénes se según ser si sí sido sin sobre son su sus también tan tanto
        te tiene tienen toda todas todo todos tras tu un una unas uno unos y ya yo""",
    "french": """a à afin ai ainsi alors après au aucun aucune aussi autre autres aux avait avant avec avoir c ce cela
        celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis des donc dont du elle elles en
        encore entre es est et étaient était été être eu eux fait fut furent il ils j je jusque l la laquelle le lequel
        les lesquelles lesquels leur leurs lors lui m ma mais même mes moins mon n ne ni nos notre nous on ont ou où par
        parce pas pendant peut peuvent plus pour pourquoi près qu quand que quel quelle quelles quels qui quoi s sa sans
        se selon sera ses si soit son sont sous sur t ta tous tout toute toutes très tu un une vers vos votre vous y""",
    "italian": """a abbia ad agli ai al alcuni alla alle allo anche ancora avere aveva avevano che chi ci ciò col come
        con contro cui da dagli dai dal dalla dalle dallo degli dei del della delle dello di dopo dove due durante e è
        ed era erano essere fra fu furono gli ha hanno i il in io l la le lei li lo loro lui ma mentre mi nei nel nella
        nelle nello negli non o ogni per perché però più poi prima può possono qual quale quali quando quanta quante
        quanti quanto quella quelle quelli quello questa queste questi questo se senza si sia sono sotto stata stati
        stato su sua sue sugli sui sul sulla sulle sullo suo suoi tra tutti tutto un una uno""",
    "portuguese": """a à ao aos aquela aquele aquilo as às até com como da das de dela dele deles depois do dos durante
        e é ela elas ele eles em entre era eram essa esse está estão esta este eu foi foram há isso isto já lhe mais mas
        me mesmo muito na nas não nem no nos nós o onde os ou para pela pelas pelo pelos por porque pode podem qual
        quais quando quanta quantas quanto quantos que quê quem são se seja sem ser seu seus só sobre sua suas também
        te tem têm tinha tinham um uma umas uns você""",
    "romanian": """a acea aceasta această aceea acel acela acelui acest acesta aceste acestei acestor acestui acești ai
        al ale altă alte alți am an ani aproape ar are aș asupra atât atunci au avea avut ca că căror cărui care carei
        căreia cât câtă câte câți când către ce cea cei cel cele celor cine cu cui cum cumva da dacă dar după de deci
        din dintre doar decât ei el ele era erau este eu fără fi fie fiecare fiind fost îi îl în înainte între îmi
        își la le li lor lui mai mult ne nici nu o or ori orice pe pentru pot poate prin printre s sa să sale sau se și
        sub sunt sunt spre te un una unde unei unele unor unui va vor""",
    "turkish": """acaba ama ancak arasında aslında bazı ben bir biri bu bunlar bunu bunun da daha de değil diye
        dolayı eden en gibi göre hangi hangisi hangileri hem hep her hiç için içinde ile ise kadar kaç kendi ki kim kime
        kimdi kimdir kimin kimler mi mı mu mü mıdır midir nasıl nasıldır ne neden nedeni nedir neler nelerdir nerede
        nereden neredeydi nereye neydi neyi neyin niçin niye o olan olarak oldu olduğu olduğunu olmuştur olur olup
        onlar onu onun sonra şey siz şu tarafından ve veya ya zaman yani""",
    "dutch": """aan al alle als bij daar dan dat de den der deze die dit doch door dus een en er ge geen had
        hadden hebben heeft hem het hier hij hoe hoeveel hun ik in is ja je kan kon kunnen maar me meer men met mijn
        moet na naar niet nog nu of om omdat onder ons ook op over te tegen toch toen tot tussen u uit van veel voor
        waar waarom wanneer waren was wat we wel welk welke werd werden wie wiens worden wordt ze zich zij zijn zo
        zoals zou""",
    "vietnamese": """ai ấy bao bằng bị bởi các cái cho có của cùng cũng đã đang đây để đến điều do đó được gì giữa hay
        họ hoặc khi không là lại lâu làm lên mà mấy mỗi một này nào nên nếu như nhiêu nhiều những nó ở qua ra rằng rất
        sao sau sẽ tại thế theo thì thứ trên trong trước từ và vào về vẫn vì việc với vậy""",
}
TOLD = frozenset(_TOLD.casefold().split())  # a Greek word ends in another sigma then
SHARED = {language: frozenset(words.casefold().split()) for language, words in _SHARED.items()}


# Letters that hardly another of these languages writes.
_LETTERS = {"german": "ß", "spanish": "ñ", "portuguese": "ãõ", "romanian": "ăşșţț", "turkish": "ğı"}


def language_of(words: Sequence[str]) -> str:
    """The language of a question's case folded words, of those that share the Latin script, as Snowball calls it.

    English gives way only where another language has two more of its words: names bring such words with them.
    """
    signs = {language: len(held.intersection(words)) for language, held in SHARED.items()}
    for language, letters in _LETTERS.items():
        signs[language] += sum(any(letter in word for letter in letters) for word in words)
    most = max(signs, key=signs.__getitem__)
    return most if signs[most] > len(ENGLISH.intersection(words)) + 1 else "english"


def stopwords_of(words: Sequence[str]) -> frozenset[str]:
    """Which of a question's case folded words are no more than that."""
    return (TOLD | SHARED.get(language_of(words), ENGLISH)).intersection(words)
